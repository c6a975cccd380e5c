"""GET /claims/{claim}/versions/ and /claims/{claim}/versions/{number}/."""

from __future__ import annotations

from typing import Any

from claims import workflow
from claims.frozen import digest_of
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import QUOTE, Newsroom


def test_lists_what_readers_were_shown(room: Newsroom) -> None:
    claim = make.corrected(room)
    items = Api(room.robot).get(f"claims/{claim.pk}/versions/").body["items"]
    assert [(v["number"], v["kind"], v["note"], v["published_by"]["name"]) for v in items] == [
        (2, "correction", "A date was wrong.", "Editor"),
        (1, "first", "", "Editor"),
    ]


def test_gives_the_content_as_it_was_frozen(room: Newsroom) -> None:
    claim = make.corrected(room)
    body = Api(room.robot).get(f"claims/{claim.pk}/versions/1/").body
    frozen = claim.publications.get(number=1).content
    assert body["content"] == frozen
    assert body["content_sha256"] == digest_of(frozen)
    assert (body["content"]["summary"], body["content"]["evidence"][0]["exact"]) == ("The rule stayed in force.", QUOTE)


def test_a_claim_that_was_never_published_has_none(room: Newsroom) -> None:
    claim = make.decided(room)
    api = Api(room.editor)
    assert api.get(f"claims/{claim.pk}/versions/").body == {"items": []}
    sentence = f"There is no version 1 of claim {claim.pk}."
    assert api.get(f"claims/{claim.pk}/versions/1/").problem == (404, "not_found", sentence)


def test_takes_as_many_queries_for_many_as_for_one(room: Newsroom, queries: Any) -> None:
    api, claim = Api(room.robot), make.published(room)
    with queries(3):
        api.get(f"claims/{claim.pk}/versions/")
    for number in range(4):
        workflow.correct(claim, by=room.editor, summary="It stayed.", note=f"Correction {number}")
    with queries(3):
        assert len(api.get(f"claims/{claim.pk}/versions/").body["items"]) == 5


def test_there_is_no_such_claim(room: Newsroom) -> None:
    assert Api(room.robot).get("claims/999/versions/").problem == (404, "not_found", "There is no claim 999.")


def test_only_allows_get(room: Newsroom) -> None:
    api = Api(room.editor)
    assert api.post("claims/1/versions/").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert api.delete("claims/1/versions/1/").headers["Allow"] == "GET, HEAD, OPTIONS"
