"""GET /events/: the log as a feed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from claims import workflow
from factcheck.access import accounts
from factcheck.api.paging import cursor_at
from factcheck.audit.models import Event
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom


def types(answer: Any) -> list[str]:
    return [item["type"] for item in answer.body["items"]]


def test_tells_what_happened_the_oldest_first(room: Newsroom) -> None:
    claim = make.accepted(room)
    body = Api(room.robot).get("events/").body
    submitted, accepted = body["items"]
    assert (submitted["subject"], submitted["seq"], submitted["type"], submitted["actor"]["name"]) == (
        claim.subject, 1, "claim.submitted", "Author",
    )  # fmt: skip
    assert accepted["data"] == {"status": {"from": "submitted", "to": "accepted"}}
    assert body["more"] is False


def test_the_chain_can_be_checked_without_us(room: Newsroom) -> None:
    claim = make.published(room)
    items = Api(room.robot).get("events/", subject=claim.subject).body["items"]
    before = ""
    for item in items:
        assert hashlib.sha256(item["leaf"].encode()).hexdigest() == item["hash"]
        leaf = json.loads(item["leaf"])
        assert (leaf["prev"], item["prev"]) == (before, before)
        assert (leaf["type"], leaf["data"], leaf["seq"]) == (item["type"], item["data"], item["seq"])
        before = item["hash"]
    assert len(items) == 8


def test_who_comes_back_gets_what_is_new_and_nothing_twice(room: Newsroom) -> None:
    claim = make.accepted(room)
    api = Api(room.robot)
    first = api.get("events/", limit=1)
    second = api.get(first.body["next"])
    assert (types(first), first.body["more"]) == (["claim.submitted"], True)
    assert (types(second), second.body["more"]) == (["claim.accepted"], False)
    nothing = api.get(second.body["next"])
    assert (nothing.body["items"], nothing.body["next"]) == ([], second.body["next"])
    workflow.start_research(claim, by=room.researcher)
    assert types(api.get(nothing.body["next"])) == ["claim.research_started"]


def test_an_empty_log_can_be_waited_on(room: Newsroom) -> None:
    api = Api(room.robot)
    nothing = api.get("events/")
    make.submitted(room)
    assert types(api.get(nothing.body["next"])) == ["claim.submitted"]


def test_gives_one_chain_or_one_type(room: Newsroom) -> None:
    make.published(room)
    claim = make.accepted(room)
    api = Api(room.robot)
    assert types(api.get("events/", subject=claim.subject)) == ["claim.submitted", "claim.accepted"]
    assert types(api.get("events/", type="claim.published")) == ["claim.published"]
    following = api.get("events/", type="claim.published").body["next"]
    assert api.get(following).body["items"] == []


def test_a_seal_is_told_to_others_once_the_round_is_complete(room: Newsroom) -> None:
    claim = make.in_review(room)
    watchers = [Api(person) for person in (room.bob, room.editor, room.admin, room.robot)]
    before = [api.get("events/").body for api in watchers]
    make.seal(claim, room.alice)
    seal = Event.objects.get(type="review.sealed")
    assert [api.get("events/").body for api in watchers] == before
    assert [api.get("events/", subject=seal.subject).body["items"] for api in watchers] == [[], [], [], []]
    assert types(Api(room.alice).get("events/", type="review.sealed")) == ["review.sealed"]
    make.seal(claim, room.bob)
    told = watchers[1].get("events/", subject=seal.subject).body["items"]
    assert [event["hash"] for event in told] == [seal.hash]
    decided = watchers[1].get("events/", type="claim.decided").body["items"][0]
    assert decided["data"]["reviews"][0]["commitment"] == told[0]["data"]["commitment"]


def test_no_number_or_cursor_tells_of_a_seal(room: Newsroom) -> None:
    claim = make.in_review(room)
    bob = Api(room.bob)
    plain = bob.get("events/").body
    make.seal(claim, room.alice)
    review = Event.objects.get(type="review.sealed").subject
    after = bob.get("events/").body
    assert after["next"] == plain["next"]
    assert "id" not in after["items"][0]
    made_up = bob.get("events/", cursor=cursor_at(f"{review}#1"))
    of_nothing = bob.get("events/", cursor=cursor_at("review:999#1"))
    assert made_up.body == of_nothing.body
    assert made_up.problem[:2] == (422, "invalid")


def test_accounts_concern_administrators(room: Newsroom) -> None:
    accounts.issue_token(room.alice, name="CMS")
    assert Api(room.editor).get("events/").body["items"] == []
    assert types(Api(room.admin).get("events/")) == ["user.token_issued"]


@pytest.mark.parametrize("cursor", ["x", "MTI", "Y2xhaW06MSN4", "ümlaut"])
def test_refuses_a_cursor_that_is_none(room: Newsroom, cursor: str) -> None:
    answer = Api(room.robot).get("events/", cursor=cursor)
    assert answer.errors == {
        "cursor": "This cursor is not one of ours. Follow the “next” of a page, or begin without one."
    }


def test_takes_as_many_queries_for_many_as_for_one(room: Newsroom, queries: Any) -> None:
    api = Api(room.robot)
    make.submitted(room)
    with queries(3):
        following = api.get("events/").body["next"]
    make.published(room)
    make.adjudicating(room)
    with queries(4):  # One for the place of the cursor.
        assert len(api.get(following).body["items"]) > 10


def test_only_allows_get(room: Newsroom) -> None:
    assert Api(room.robot).post("events/").headers["Allow"] == "GET, HEAD, OPTIONS"
