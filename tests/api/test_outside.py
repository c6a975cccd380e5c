"""Problems under /api/v1/ that no endpoint has answered, and pages everywhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from factcheck.api import reference
from tests.api.conftest import Answer, Api


def test_the_description_is_only_read() -> None:
    answer = Api().post("openapi.json")
    assert answer.problem == (405, "method_not_allowed", "This is only there to be read: GET.")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_a_browser_without_the_token_of_its_forms_is_told_the_same() -> None:
    answer = Answer(Client(enforce_csrf_checks=True).post("/api/v1/openapi.json"))
    assert answer.problem == (405, "method_not_allowed", "This is only there to be read: GET.")


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/claims/", "application/problem+json"), ("/", "text/html")])
def test_a_site_of_another_name(path: str, kind: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["facts.example"]
    answer = Client().get(path, headers={"host": "evil.example"})
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (400, kind)


def test_a_site_of_another_name_says_so(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["facts.example"]
    answer = Answer(Client().get("/api/v1/claims/", headers={"host": "evil.example"}))
    sentence = "This site is not known by the name in the Host header. Ask at the address that it has."
    assert answer.problem == (400, "unreadable", sentence)


def test_a_mistake_of_ours_outside_an_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr(reference, "document", broken)
    answer = Answer(Client(raise_request_exception=False).get("/api/v1/openapi.json"))
    sentence = "Something went wrong on our side. It is in the log, and nothing was changed."
    assert answer.problem == (500, "failed", sentence)


def test_a_mistake_of_ours_elsewhere_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr(reference, "contents", broken)
    answer = Client(raise_request_exception=False).get("/api/")
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (500, "text/html")
