"""What goes wrong under /api/v1/ outside its endpoints, where Django would answer with a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from factcheck.api import problems

ROOT = "/api/v1/"


def told(code: str, detail: str) -> HttpResponse:
    """The problem, for whom no endpoint renders it."""
    body = problems.problem(code, detail).data
    return JsonResponse(
        body, status=body["status"], content_type=problems.MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django refused it before any view was asked; most often for its Host header."""
    if not request.path.startswith(ROOT):
        return defaults.bad_request(request, exception)
    return told("unreadable", "This site is not known by the name in the Host header. Ask at the address that it has.")


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours that no endpoint caught. Django has logged it."""
    if not request.path.startswith(ROOT):
        return defaults.server_error(request)
    return told("failed", problems.DETAILS["failed"])
