"""Whatever goes wrong is a problem (RFC 9457) with a sentence, and never a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project

from factcheck.api.problems import KINDS
from tests.api.conftest import Api
from tests.factories import Newsroom


@pytest.fixture
def api(room: Newsroom) -> Api:
    return Api(room.editor)


def test_a_problem_has_the_members_of_the_standard(api: Api) -> None:
    answer = api.get("claims/1/")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body == {
        "type": "/api/#problem-not_found",
        "title": "Nothing here",
        "status": 404,
        "detail": "There is no claim 1.",
        "code": "not_found",
    }


def test_every_field_that_needs_mending_is_pointed_at(api: Api) -> None:
    answer = api.put("fact-sheets/1/", title=[1], claims=[1, "two"])
    assert answer.status == 404  # What is not there is said before what is wrong with it.
    sheet = api.post("fact-sheets/", title="Trade").body["id"]
    answer = api.put(f"fact-sheets/{sheet}/", title=[1], claims=[1, "two"])
    assert answer.body["errors"] == [
        {"field": "title", "pointer": "#/title", "detail": "Send text here."},
        {"field": "claims.1", "pointer": "#/claims/1", "detail": "Give its number, such as 12."},
    ]
    assert answer.body["detail"] == "Send text here. Give its number, such as 12."


@pytest.mark.parametrize(
    "body",
    [b"{", b'{"a": NaN}', b"\xff\xfe\x00", b'{"statement": "a', 5000 * b"[", b"1" * 5000, b'{"a": 1,}', b"\x00"],
)
def test_refuses_what_is_no_json(api: Api, body: bytes) -> None:
    assert api.call("POST", "claims/", body).problem[:2] == (400, "unreadable")


@pytest.mark.parametrize("body", [[], [1], "text", 5, True, None])
def test_refuses_json_that_is_no_object(api: Api, body: Any) -> None:
    answer = api.call("POST", "claims/", json.dumps(body).encode())
    sentence = "Send a JSON object: names of fields and their values."
    assert answer.problem == (422, "invalid", sentence)
    assert answer.body["errors"] == [{"field": "", "pointer": "#", "detail": sentence}]


@pytest.mark.parametrize("value", [b"5", b"1e999", b"0.5", b"true", b"[1]", b"{}"])
def test_takes_nothing_but_text_for_text(api: Api, value: bytes) -> None:
    answer = api.call("POST", "fact-sheets/", b'{"title": ' + value + b"}")
    assert answer.problem == (422, "invalid", "Send text here.")


def test_a_pointer_leads_to_a_field_of_any_name(api: Api) -> None:
    errors = api.call("POST", "fact-sheets/", rb'{"a/b~c": 1, "\ud800": 1, "\u0434": 1}').body["errors"]
    assert [(error["field"], error["pointer"]) for error in errors] == [
        ("\\ud800", "#/%5Cud800"),
        ("a/b~c", "#/a~1b~0c"),
        ("\u0434", "#/%D0%B4"),
    ]


def test_refuses_half_a_character(api: Api) -> None:
    answer = api.call("POST", "claims/", rb'{"statement": "\ud800"}')
    assert answer.status == 422
    assert "statement" in answer.errors


def test_an_unknown_address_is_a_problem_too(api: Api) -> None:
    sentence = "There is no /api/v1/claims. Addresses end with a slash, and /api/ lists them all."
    assert api.get("claims").problem == (404, "not_found", sentence)
    assert Api().get("nowhere/").problem[:2] == (401, "no_token")


def test_refuses_a_method_and_names_the_others(api: Api) -> None:
    answer = api.call("PUT", "events/", {})
    assert answer.problem == (405, "method_not_allowed", 'Method "PUT" not allowed.')
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_serves_json_only(api: Api) -> None:
    assert api.call("GET", "me/", accept="text/html").problem[:2] == (406, "not_acceptable")
    assert api.call("GET", "me/", accept="text/html, */*;q=0.1").status == 200


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"])
def test_reads_json_only(api: Api, kind: str) -> None:
    answer = api.call("POST", "claims/", b"statement=a", content_type=kind)
    assert answer.problem[:2] == (415, "not_json")


def test_refuses_a_charset_that_is_none(api: Api) -> None:
    answer = api.call("POST", "claims/", b"{}", content_type="application/json; charset=bz2_codec")
    assert answer.problem[:2] == (400, "unreadable")


def test_refuses_a_body_that_is_too_large(api: Api, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = api.post("claims/", statement=1001 * "a")
    assert answer.problem[:2] == (413, "too_large")


def test_a_mistake_of_ours_is_logged_and_tells_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr("claims.api.scales.Scale.objects.prefetch_related", broken)
    api.client.raise_request_exception = False
    answer = api.get("scales/")
    assert answer.problem[:2] == (500, "failed")
    assert "inside" not in answer.response.content.decode()
    assert "the inside of it" in caplog.text


def test_a_mistake_of_ours_reaches_whoever_listens_for_them(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr("claims.api.scales.Scale.objects.prefetch_related", broken)
    with pytest.raises(RuntimeError, match="the inside of it"):
        api.get("scales/")


def test_every_code_that_a_verb_uses_is_known() -> None:
    """A refusal with a code that nobody listed would be a KeyError at the worst moment."""
    source = "".join(
        path.read_text()
        for app in ("claims", "sources", "factcheck")
        for path in Path(project.BASE_DIR, app).rglob("*.py")
    )
    # "refused" is the base of all; "signed_out" is for pages alone, since the API knows no session.
    used = set(re.findall(r'\bcode ?= ?"(\w+)"', source)) - {"refused", "signed_out"}
    assert {"not_ready", "quote_not_found", "conflict"} <= used
    assert used <= set(KINDS)


def test_the_docs_list_every_problem() -> None:
    docs = Path(project.BASE_DIR, "docs", "api.md").read_text()
    assert re.findall(r"^\| `(\w+)` \| (\d+) \|", docs, re.MULTILINE) == [
        (code, str(kind.status)) for code, kind in KINDS.items()
    ]
