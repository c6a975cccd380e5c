"""Every error of the API as a problem (RFC 9457), with the sentence that the pages show too."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from factcheck.errors import Invalid, Refusal

MEDIA_TYPE = "application/problem+json"
Path = tuple[str, ...]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """One sort of problem. ``meaning`` says to whoever writes a client what to do about it."""

    status: int
    title: str
    meaning: str


#: ``code`` → what it is. The page at /api/ and docs/api.md list exactly these.
KINDS: dict[str, Kind] = {
    "unreadable": Kind(400, "This cannot be read", "The body is not JSON. Mend the request before you send it again."),
    "no_token": Kind(401, "Who are you?", "No token, or one that is unknown, revoked or of a closed account."),
    "not_allowed": Kind(403, "You may not do this", "The account has not the role, or took a part that excludes this."),
    "not_found": Kind(404, "Nothing here", "There is nothing at this address, or nothing that you may know of."),
    "method_not_allowed": Kind(405, "Not with this method", "The Allow header names the methods of this address."),
    "not_acceptable": Kind(406, "Only JSON is served", "Accept application/json."),
    "conflict": Kind(409, "Not in this state", "The state does not allow it, or somebody was faster. Look again."),
    "not_ready": Kind(409, "Something is missing", "The detail lists what must be there before this can be done."),
    "too_large": Kind(413, "Too large", "Send less in one request."),
    "not_json": Kind(415, "Only JSON is read", "Send the body as application/json."),
    "invalid": Kind(422, "Something needs mending", "What was sent cannot be used: errors says why, field by field."),
    "quote_not_found": Kind(
        422, "The quote is not in the page", "nearest is the closest passage of the archived text; quote that."
    ),
    "walled": Kind(
        422, "The copy shows a wall", "Capture the page again, or send despite_wall when it shows this all the same."
    ),
    "too_many_requests": Kind(429, "Too many requests", "Wait for the seconds that the Retry-After header names."),
    "failed": Kind(500, "Something went wrong here", "Our mistake, and it is in the log. Sending it again may help."),
}

_CODES: dict[type[Exception], str] = {
    exceptions.ParseError: "unreadable",
    exceptions.NotAuthenticated: "no_token",
    exceptions.AuthenticationFailed: "no_token",
    exceptions.PermissionDenied: "not_allowed",
    PermissionDenied: "not_allowed",
    exceptions.NotFound: "not_found",
    Http404: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "not_json",
    exceptions.ValidationError: "invalid",
    exceptions.Throttled: "too_many_requests",
    RequestDataTooBig: "too_large",
}
DETAILS = {
    "no_token": "Send a token: “Authorization: Bearer fct_…”. You make one on your account page.",
    "not_found": "There is nothing here.",
    "not_acceptable": "This API answers with application/json only. Mend the Accept header.",
    "not_json": "Send the body as JSON, with “Content-Type: application/json”.",
    "too_large": "This is too large for one request. Texts are at most 20,000 characters.",
    "failed": "Something went wrong on our side. It is in the log, and nothing was changed.",
}


def answer(error: Exception, context: Mapping[str, Any]) -> Response:
    """What DRF asks when a view raised. A mistake of our own is logged and reported as Django would do it."""
    if isinstance(error, Refusal):
        return of(error)
    code = _CODES.get(type(error), "failed")
    if code == "failed":
        return _failed(error, context)
    if isinstance(error, exceptions.ValidationError):
        return problem(code, **_said(list(_flat(error.detail))))
    detail = _detail(code, error)
    return problem(code, detail, headers=_headers(error))


def of(error: Refusal, **members: Any) -> Response:
    """The refusal of a verb, with what else a client can use."""
    return problem(error.code, error.sentence, status=error.status, **_fields_of(error), **members)


def problem(
    code: str, detail: str, *, status: int = 0, headers: Mapping[str, str] | None = None, **members: Any
) -> Response:
    kind = KINDS[code]
    body = {
        "type": f"/api/#problem-{code}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": detail,
        "code": code,
        **members,
    }
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _detail(code: str, error: Exception) -> str:
    if isinstance(error, exceptions.Throttled):
        return f"That were too many requests. Wait {_seconds(error)} seconds."
    if isinstance(error, exceptions.AuthenticationFailed | exceptions.ParseError | exceptions.MethodNotAllowed):
        return str(error.detail)
    return DETAILS[code]


def _headers(error: Exception) -> dict[str, str]:
    if isinstance(error, exceptions.Throttled):
        return {"Retry-After": str(_seconds(error))}
    header = getattr(error, "auth_header", "")
    return {"WWW-Authenticate": header} if header else {}


def _seconds(error: exceptions.Throttled) -> int:
    return max(1, round(getattr(error, "wait", None) or 0))


def _failed(error: Exception, context: Mapping[str, Any]) -> Response:
    request = context["request"]._request
    logger.error("The API failed at %s", request.path, exc_info=error)
    got_request_exception.send(sender=type(context["view"]), request=request)
    return problem("failed", DETAILS["failed"])


def _fields_of(error: Refusal) -> dict[str, Any]:
    if not isinstance(error, Invalid):
        return {}
    return {"errors": [_error((name,), sentence) for name, sentence in error.fields.items()]}


def _said(found: list[tuple[Path, str]]) -> dict[str, Any]:
    return {
        "detail": " ".join(sentence for _, sentence in found),
        "errors": [_error(path, sentence) for path, sentence in found],
    }


def _error(path: Path, sentence: str) -> dict[str, str]:
    """``field`` names it in words, ``pointer`` (RFC 6901) finds it in the body; ``#`` is all of it."""
    steps = (quote(step.replace("~", "~0").replace("/", "~1")) for step in path)
    return {"field": ".".join(path), "pointer": "/".join(["#", *steps]), "detail": sentence}


def _flat(detail: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The sentences of DRF's nested errors, each with its place such as ``claims``, ``2``."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flat(inner, path if name == "non_field_errors" else (*path, str(name)))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, path)
    else:
        yield path, str(detail)
