"""Requests as they come over the wire to the real web server; Django's test client knows neither chunks nor limits."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings

from claims.models import Claim
from factcheck.access.models import Token
from tests import factories as make
from tests.processes import Processes, Web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SAID = {"statement": "The rule stayed in force.", "claimant_name": "An official", "claimed_on": "2025-06-09"}


def ask(web: Web, method: str, path: str, body: Iterator[bytes] | None = None) -> tuple[int, Any]:
    """An iterator is sent in chunks, without Content-Length."""
    _, secret = Token.issue(make.newsroom().robot, "a test")
    connection = http.client.HTTPConnection(urlsplit(web.url).netloc, timeout=20)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    connection.request(method, f"/api/v1/{path}", body, headers, encode_chunked=True)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    return answer.status, said


def test_reads_a_body_that_comes_in_chunks(processes: Processes) -> None:
    text = json.dumps(SAID).encode()
    status, said = ask(processes.web(), "POST", "claims/", iter([text[:20], text[20:]]))
    assert (status, said["statement"]) == (201, SAID["statement"])
    assert Claim.objects.get().statement == SAID["statement"]


def test_refuses_chunks_without_end(processes: Processes) -> None:
    largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert largest
    status, said = ask(processes.web(), "POST", "claims/", iter([b" " * largest, json.dumps(SAID).encode()]))
    assert (status, said["code"]) == (413, "too_large")
    assert not Claim.objects.exists()


def test_searches_for_the_longest_words_of_any_script(processes: Processes) -> None:
    words = "희" * 500
    assert ask(processes.web(), "GET", f"claims/?q={quote(words)}") == (200, {"items": [], "next": None})
