"""GET and POST /claims/{claim}/sources/."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Assignment
from sources.models import Capture, Source
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom


def test_adds_a_source_and_has_it_fetched(room: Newsroom) -> None:
    claim = make.researching(room)
    answer = Api(room.researcher).post(f"claims/{claim.pk}/sources/", url="https://EXAMPLE.org/a#top")
    assert answer.status == 201
    source = answer.body["source"]
    assert source["canonical_url"] == "https://example.org/a"
    assert (source["capture"]["state"], source["capture"]["snapshot"]) == ("queued", None)
    assert Capture.objects.get().source_id == source["id"]
    assert Assignment.objects.filter(claim=claim, person=room.researcher, part="researcher").exists()


def test_the_same_source_again_changes_nothing(room: Newsroom) -> None:
    claim = make.researching(room)
    api = Api(room.researcher)
    first = api.post(f"claims/{claim.pk}/sources/", url="https://example.org/a")
    again = api.post(f"claims/{claim.pk}/sources/", url="https://example.org/a#later")
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body
    assert Capture.objects.count() == 1


def test_a_page_that_is_held_is_not_fetched_again(room: Newsroom) -> None:
    claim, snapshot = make.researching(room), make.archived_page(room.researcher)
    answer = Api(room.researcher).post(f"claims/{claim.pk}/sources/", url=snapshot.url)
    assert answer.body["source"]["capture"]["snapshot"]["payload_sha256"] == snapshot.payload_sha256
    assert Capture.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "Give the address of the page, beginning with https:// or http://."),
        (
            "ftp://example.org/a",
            "Addresses that begin with ftp: cannot be archived. Cite the page on the web, with https:// or http://.",
        ),
        (
            "file:///etc/passwd",
            "A file on your computer cannot be cited by its address. Give the address at which readers find it.",
        ),
        ("javascript:alert(1)", "This is a script, not an address. Copy the page's address from the address bar."),
        ("no address", "The address has a space or a line break in it. Paste one address, without the text round it."),
    ],
)
def test_refuses_what_is_no_address_of_a_page(room: Newsroom, url: str, sentence: str) -> None:
    claim = make.researching(room)
    answer = Api(room.researcher).post(f"claims/{claim.pk}/sources/", url=url)
    assert answer.status == 422
    assert answer.errors == {"url": sentence}
    assert not Source.objects.exists()


def test_who_has_no_part_may_not_add_one(room: Newsroom) -> None:
    claim = make.researching(room)
    answer = Api(room.robot).post(f"claims/{claim.pk}/sources/", url="https://example.org/a")
    assert answer.problem[:2] == (403, "not_allowed")
    assert not Source.objects.exists()


def test_nothing_is_added_once_the_claim_is_judged(room: Newsroom) -> None:
    claim = make.in_review(room)
    answer = Api(room.researcher).post(f"claims/{claim.pk}/sources/", url="https://example.org/late")
    assert answer.problem[:2] == (409, "conflict")
    assert not Source.objects.filter(canonical_url="https://example.org/late").exists()


def test_lists_sources_with_the_state_of_their_captures(room: Newsroom) -> None:
    claim = make.with_evidence(room)
    api = Api(room.researcher)
    api.post(f"claims/{claim.pk}/sources/", url="https://example.org/new")
    items = api.get(f"claims/{claim.pk}/sources/").body["items"]
    assert [item["source"]["capture"]["state"] for item in items] == ["done", "queued"]


def test_takes_as_many_queries_for_many_as_for_one(room: Newsroom, queries: Any) -> None:
    api, claim = Api(room.robot), make.with_evidence(room)
    with queries(5):
        api.get(f"claims/{claim.pk}/sources/")
    for _ in range(4):
        make.pinned(room, claim)
    with queries(5):
        assert len(api.get(f"claims/{claim.pk}/sources/").body["items"]) == 5


def test_there_is_no_such_claim(room: Newsroom) -> None:
    api = Api(room.researcher)
    assert api.get("claims/999/sources/").problem == (404, "not_found", "There is no claim 999.")
    assert api.post("claims/999/sources/", url="https://example.org/a").problem[:2] == (404, "not_found")


def test_only_allows_get_and_post(room: Newsroom) -> None:
    answer = Api(room.researcher).delete(f"claims/{make.researching(room).pk}/sources/")
    assert answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS"
