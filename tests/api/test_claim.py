"""GET and PATCH /claims/{claim}/."""

from __future__ import annotations

from typing import Any

import pytest

from claims import discussion, evidence, workflow
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import QUOTE, Newsroom


def step(answer: Any, verb: str) -> dict[str, Any]:
    return next(step for step in answer.body["steps"] if step["verb"] == verb)


def test_shows_all_that_is_known(room: Newsroom) -> None:
    claim = make.published(room, context="In an interview.")
    discussion.assign(claim, room.alice, "reviewer", by=room.admin)
    body = Api(room.author).get(f"claims/{claim.pk}/").body
    assert (body["status"], body["context"], body["scale"]) == ("published", "In an interview.", "five-step")
    assert [a["url"] for a in body["appearances"]] == ["https://example.org/said"]
    assert [s["source"]["capture"]["state"] for s in body["sources"]] == ["done"]
    assert [(e["exact"], e["stance"]) for e in body["evidence"]] == [(QUOTE, "supports")]
    assert [(r["number"], len(r["reviews"]), r["decision"]["method"]) for r in body["rounds"]] == [(1, 2, "agreement")]
    assert [(a["person"]["name"], a["part"]) for a in body["assignments"]] == [
        ("Researcher", "researcher"),
        ("Alice", "reviewer"),
    ]
    assert [(v["number"], v["kind"]) for v in body["versions"]] == [(1, "first")]
    assert body["public_url"].endswith(f"/checked/{claim.pk}/")


def test_says_what_the_caller_may_do_and_why_not(room: Newsroom) -> None:
    claim = make.researching(room)
    answer = Api(room.researcher).get(f"claims/{claim.pk}/")
    assert step(answer, "send_to_review") == {
        "verb": "send_to_review",
        "allowed": False,
        "why_not": "Pin at least one quote from an archived page as evidence.",
    }
    assert step(answer, "accept")["why_not"] == "Only an editor or an administrator can do this."
    make.pinned(room, claim)
    assert step(Api(room.researcher).get(f"claims/{claim.pk}/"), "send_to_review")["allowed"]


def test_says_that_a_review_is_sealed(room: Newsroom) -> None:
    claim = make.in_review(room)
    api = Api(room.alice)
    assert step(api.get(f"claims/{claim.pk}/"), "seal_review")["allowed"]
    make.seal(claim, room.alice)
    assert step(api.get(f"claims/{claim.pk}/"), "seal_review")["why_not"] == (
        "You have sealed your review in this round. It cannot be changed or given twice."
    )


def test_a_sealed_review_changes_nothing_that_others_see(room: Newsroom) -> None:
    claim = make.in_review(room)
    watchers = [Api(person) for person in (room.bob, room.editor, room.admin, room.author, room.robot)]
    before = [api.get(f"claims/{claim.pk}/").body for api in watchers]
    make.seal(claim, room.alice, reasons="Because of the seventh rare earth.")
    assert [api.get(f"claims/{claim.pk}/").body for api in watchers] == before
    own = Api(room.alice).get(f"claims/{claim.pk}/").body["rounds"][0]["reviews"]
    assert [review["reasons"] for review in own] == ["Because of the seventh rare earth."]


def test_reviews_of_a_complete_round_are_shown_to_all(room: Newsroom) -> None:
    claim = make.adjudicating(room)
    rounds = Api(room.author).get(f"claims/{claim.pk}/").body["rounds"]
    assert [review["rating"]["slug"] for review in rounds[0]["reviews"]] == ["true", "mixed"]
    assert rounds[0]["decision"] is None


def test_reviews_of_an_abandoned_round_stay_sealed(room: Newsroom) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice)
    workflow.reopen(claim, by=room.admin, reason="A new page turned up.")
    rounds = Api(room.bob).get(f"claims/{claim.pk}/").body["rounds"]
    assert [(r["number"], r["reviews"]) for r in rounds] == [(1, [])]


def test_a_retracted_claim_keeps_its_public_page(room: Newsroom) -> None:
    claim = make.retracted(room)
    body = Api(room.robot).get(f"claims/{claim.pk}/").body
    assert (body["status"], body["public_url"].endswith(f"/checked/{claim.pk}/")) == ("retracted", True)


def test_there_is_no_claim_of_that_number(room: Newsroom) -> None:
    assert Api(room.robot).get("claims/12/").problem == (404, "not_found", "There is no claim 12.")
    assert Api(room.robot).get(f"claims/{10**30}/").problem[:2] == (404, "not_found")


def test_takes_as_many_queries_for_much_as_for_little(room: Newsroom, queries: Any) -> None:
    api, claim = Api(room.robot), make.adjudicating(room)
    with queries(14):
        api.get(f"claims/{claim.pk}/")
    more = make.with_evidence(room)
    for number in range(4):
        make.pinned(room, more)
        evidence.add_appearance(more, by=room.researcher, citation=f"Page {number}")
        discussion.assign(more, make.person(f"helper{number}"), "researcher", by=room.admin)
    workflow.send_to_review(more, by=room.researcher)
    make.seal(more, room.alice, "true")
    make.seal(more, room.bob, "false")
    with queries(14):
        assert len(api.get(f"claims/{more.pk}/").body["sources"]) == 5


def test_changes_what_is_sent_and_leaves_the_rest(room: Newsroom) -> None:
    claim = make.submitted(room, context="In an interview.")
    answer = Api(room.author).patch(f"claims/{claim.pk}/", statement="China kept its rule.", due_on="2030-05-01")
    assert answer.status == 200
    body = answer.body
    assert (body["statement"], body["context"], body["due_on"], body["claimant"]["name"]) == (
        "China kept its rule.", "In an interview.", "2030-05-01", "An official",
    )  # fmt: skip
    assert Api(room.author).patch(f"claims/{claim.pk}/", due_on=None).body["due_on"] is None


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"statement": ""}, {"statement": "Write the statement that is to be checked."}),
        ({"claimed_on": None}, {"claimed_on": "Give the day on which it was said."}),
        ({"claimant_kind": "ghost"}, {"claimant_kind": "Choose one of: person, organisation."}),
    ],
)
def test_refuses_to_empty_what_must_be_there(room: Newsroom, sent: dict[str, Any], errors: dict[str, str]) -> None:
    claim = make.submitted(room)
    assert Api(room.author).patch(f"claims/{claim.pk}/", **sent).errors == errors


def test_the_status_has_no_field_to_write(room: Newsroom) -> None:
    claim = make.submitted(room)
    answer = Api(room.admin).patch(f"claims/{claim.pk}/", status="published")
    assert list(answer.errors) == ["status"]


def test_who_has_no_part_may_not_change_it(room: Newsroom) -> None:
    claim = make.submitted(room)
    answer = Api(room.robot).patch(f"claims/{claim.pk}/", statement="Other words.")
    assert answer.problem[:2] == (403, "not_allowed")
    claim.refresh_from_db()
    assert claim.statement != "Other words."


def test_the_wording_stands_once_it_is_judged(room: Newsroom) -> None:
    claim = make.in_review(room)
    answer = Api(room.author).patch(f"claims/{claim.pk}/", statement="Other words.")
    assert answer.problem[:2] == (409, "conflict")
