"""Nothing under /api/v1/ answers without a token, except its own description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from factcheck.access.models import User
from tests import factories as make

DESCRIPTION = "api/v1/openapi.json"


def views() -> Iterator[tuple[str, Any]]:
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: Any, before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        else:
            yield from _walk(pattern.url_patterns, address)


API = [
    (address, view) for address, view in views() if address.lstrip("^").startswith("api/v1/") and address != DESCRIPTION
]


def test_finds_the_views() -> None:
    assert len(API) > 35


@pytest.mark.parametrize(("address", "view"), API, ids=[address for address, _ in API])
def test_every_view_is_marked(address: str, view: Any) -> None:
    assert view.access == "token"


@pytest.fixture
def signed_in(db: None) -> Client:
    editor: User = make.newsroom().editor
    client = Client()
    client.force_login(editor)
    return client


@pytest.mark.parametrize("address", [address for address, _ in API])
def test_every_view_answers_401_to_a_browser_that_is_signed_in(signed_in: Client, address: str) -> None:
    path = "/" + re.sub(r"<\w+:\w+>", "1", address.strip("^$")).replace(".*", "nowhere/")
    for method in ("get", "post", "put", "patch", "delete"):
        response = getattr(signed_in, method)(path, content_type="application/json")
        assert response.status_code == 401, (method, path)
        assert response.headers["Content-Type"] == "application/problem+json"
