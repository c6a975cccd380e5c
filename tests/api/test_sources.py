"""GET /sources/, GET /sources/{source}/, POST …/capture/ and …/retry/, GET /snapshots/{snapshot}/."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from sources import archive
from sources.models import Capture, Source
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import PAGE, Newsroom


def failed(room: Newsroom, url: str = "https://example.org/gone") -> Source:
    source = archive.add_source(url, by=room.researcher)
    now = timezone.now()
    Capture.objects.create(
        source=source,
        state="failed",
        reason="http_404",
        detail="The server answered 404 (page not found).",
        started_at=now,
        finished_at=now,
    )
    return source


def ids(answer: Any) -> list[int]:
    return [item["id"] for item in answer.body["items"]]


def test_lists_the_newest_first_in_pages(room: Newsroom) -> None:
    made = [make.archived_page(room.researcher).source_id for _ in range(3)]
    api = Api(room.robot)
    first = api.get("sources/", limit=2)
    second = api.get(first.body["next"])
    assert (ids(first) + ids(second), second.body["next"]) == (made[::-1], None)


def test_filters_by_address_and_by_state(room: Newsroom) -> None:
    held, gone = make.archived_page(room.researcher).source, failed(room)
    api = Api(room.robot)
    assert ids(api.get("sources/", url=f"{held.url}#part")) == [held.pk]
    assert ids(api.get("sources/", url="javascript:alert(1)")) == []
    assert ids(api.get("sources/", state="failed")) == [gone.pk]
    archive.request_capture(gone, by=None)
    assert ids(api.get("sources/", state="failed")) == []
    assert ids(api.get("sources/", state="queued")) == [gone.pk]
    assert api.get("sources/", state="lost").status == 422


def test_takes_as_many_queries_for_many_as_for_one(room: Newsroom, queries: Any) -> None:
    api = Api(room.robot)
    make.archived_page(room.researcher)
    with queries(3):
        api.get("sources/")
    for _ in range(4):
        make.archived_page(room.author)
    with queries(3):
        assert len(api.get("sources/").body["items"]) == 5


def test_shows_a_source_with_all_its_captures(room: Newsroom) -> None:
    source = failed(room)
    archive.request_capture(source, by=room.researcher)
    body = Api(room.robot).get(f"sources/{source.pk}/").body
    assert [(c["state"], c["detail"]) for c in body["captures"]] == [
        ("queued", ""),
        ("failed", "The server answered 404 (page not found)."),
    ]
    assert body["capture"] == body["captures"][0]
    assert body["added_by"] == {"id": room.researcher.pk, "name": "Researcher"}


def test_asks_for_another_capture(room: Newsroom) -> None:
    source = make.archived_page(room.researcher).source
    api = Api(room.researcher)
    first = api.post(f"sources/{source.pk}/capture/")
    again = api.post(f"sources/{source.pk}/capture/")
    assert (first.status, first.body["state"], again.status) == (201, "queued", 200)
    assert again.body["id"] == first.body["id"]
    assert source.captures.count() == 2


def test_tries_a_failed_capture_again(room: Newsroom) -> None:
    source = failed(room)
    answer = Api(room.researcher).post(f"sources/{source.pk}/retry/")
    assert (answer.status, answer.body["state"]) == (201, "queued")
    assert list(source.captures.order_by("id").values_list("state", flat=True)) == ["failed", "queued"]


def test_refuses_to_retry_what_has_not_failed(room: Newsroom) -> None:
    held = make.archived_page(room.researcher).source
    never = archive.add_source("https://example.org/never", by=room.researcher)
    api = Api(room.researcher)
    assert api.post(f"sources/{held.pk}/retry/").problem[:2] == (409, "conflict")
    assert api.post(f"sources/{never.pk}/retry/").problem == (
        409,
        "conflict",
        "This source was never fetched. Ask for a capture instead.",
    )
    assert Capture.objects.count() == 1


def test_an_account_without_a_role_has_nothing_fetched(room: Newsroom) -> None:
    source = failed(room)
    api = Api(room.nobody)
    assert api.post(f"sources/{source.pk}/capture/").problem[:2] == (403, "not_allowed")
    assert api.post(f"sources/{source.pk}/retry/").problem[:2] == (403, "not_allowed")
    assert Capture.objects.count() == 1


def test_shows_a_snapshot_with_its_text(room: Newsroom) -> None:
    snapshot = make.archived_page(room.researcher)
    body = Api(room.robot).get(f"snapshots/{snapshot.pk}/").body
    assert (body["text"], body["text_sha256"], body["source"]) == (PAGE, snapshot.text_sha256, snapshot.source_id)


@pytest.mark.parametrize(
    ("method", "path", "sentence"),
    [
        ("GET", "sources/99/", "There is no source 99."),
        ("POST", "sources/99/capture/", "There is no source 99."),
        ("POST", "sources/99/retry/", "There is no source 99."),
        ("GET", "snapshots/99/", "There is no snapshot 99."),
    ],
)
def test_there_is_nothing_of_that_number(room: Newsroom, method: str, path: str, sentence: str) -> None:
    assert Api(room.researcher).call(method, path).problem == (404, "not_found", sentence)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "sources/", "GET, HEAD, OPTIONS"),
        ("DELETE", "sources/{}/", "GET, HEAD, OPTIONS"),
        ("GET", "sources/{}/capture/", "POST, OPTIONS"),
        ("GET", "sources/{}/retry/", "POST, OPTIONS"),
        ("PUT", "snapshots/{}/", "GET, HEAD, OPTIONS"),
    ],
)
def test_only_allows_what_it_says(room: Newsroom, method: str, path: str, allowed: str) -> None:
    answer = Api(room.researcher).call(method, path.format(failed(room).pk))
    assert (answer.status, answer.headers["Allow"]) == (405, allowed)
