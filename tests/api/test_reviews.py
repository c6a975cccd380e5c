"""GET /claims/{claim}/reviews/, GET and PUT /claims/{claim}/review/, POST /claims/{claim}/review/seal/."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.models import Claim, Review
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom

VERDICT = {"rating": "true", "confidence": "high", "reasons": "The licence rule is quoted.", "gaps": "Who else."}


@pytest.fixture
def claim(room: Newsroom) -> Claim:
    return make.in_review(room)


def test_seals_a_review(room: Newsroom, claim: Claim) -> None:
    answer = Api(room.alice).post(f"claims/{claim.pk}/review/seal/", **VERDICT)
    assert answer.status == 200
    assert (answer.body["reviewer"]["name"], answer.body["rating"]["slug"]) == ("Alice", "true")
    assert Review.objects.get().sealed_at is not None


def test_the_last_seal_decides(room: Newsroom, claim: Claim) -> None:
    for person in (room.alice, room.bob):
        Api(person).post(f"claims/{claim.pk}/review/seal/", **VERDICT)
    body = Api(room.author).get(f"claims/{claim.pk}/").body
    assert (body["status"], body["rating"]["slug"]) == ("decided", "true")


def test_a_draft_is_kept_and_then_sealed_as_it_is(room: Newsroom, claim: Claim) -> None:
    api = Api(room.alice)
    draft = api.put(f"claims/{claim.pk}/review/", rating="mixed", reasons="So far.")
    assert (draft.status, draft.body["confidence"], draft.body["sealed_at"]) == (200, "", None)
    assert api.get(f"claims/{claim.pk}/review/").body == draft.body
    sealed = api.post(f"claims/{claim.pk}/review/seal/", confidence="low")
    assert (sealed.body["rating"]["slug"], sealed.body["reasons"], sealed.body["confidence"]) == (
        "mixed", "So far.", "low",
    )  # fmt: skip


def test_nobody_else_sees_a_draft(room: Newsroom, claim: Claim) -> None:
    Api(room.alice).put(f"claims/{claim.pk}/review/", **VERDICT)
    for person in (room.bob, room.editor, room.admin):
        assert Api(person).get(f"claims/{claim.pk}/reviews/").body["rounds"][0]["reviews"] == []
        assert Api(person).get(f"claims/{claim.pk}/review/").problem[:2] == (404, "not_found")


def test_a_sealed_review_is_shown_to_nobody_else_before_the_round_is_complete(room: Newsroom, claim: Claim) -> None:
    watchers = (room.bob, room.third, room.editor, room.admin, room.author, room.robot)
    paths = (f"claims/{claim.pk}/reviews/", f"claims/{claim.pk}/", "claims/", "events/", "fact-sheets/", "people/")
    before = {(who.pk, path): Api(who).get(path).body for who in watchers for path in paths}
    make.seal(claim, room.alice, reasons="Because of the seventh rare earth.")
    for who in watchers:
        for path in paths:
            assert Api(who).get(path).body == before[who.pk, path], (who, path)
    own = Api(room.alice).get(f"claims/{claim.pk}/reviews/").body["rounds"][0]["reviews"]
    assert [review["reasons"] for review in own] == ["Because of the seventh rare earth."]


def test_all_reviews_are_shown_once_the_round_is_complete(room: Newsroom) -> None:
    claim = make.adjudicating(room)
    rounds = Api(room.author).get(f"claims/{claim.pk}/reviews/").body["rounds"]
    assert [(r["reviewer"]["name"], r["rating"]["slug"]) for r in rounds[0]["reviews"]] == [
        ("Alice", "true"),
        ("Bob", "mixed"),
    ]


def test_refuses_a_second_review_by_the_same_person(room: Newsroom, claim: Claim) -> None:
    api = Api(room.alice)
    api.post(f"claims/{claim.pk}/review/seal/", **VERDICT)
    sentence = "You have sealed your review in this round. It cannot be changed or given twice."
    again = VERDICT | {"rating": "false"}
    assert api.post(f"claims/{claim.pk}/review/seal/", **again).problem == (409, "conflict", sentence)
    assert api.put(f"claims/{claim.pk}/review/", **again).problem == (409, "conflict", sentence)
    assert api.get(f"claims/{claim.pk}/review/").body["rating"]["slug"] == "true"


def test_refuses_a_review_by_the_author(room: Newsroom) -> None:
    claim = make.in_review(room, by=room.alice)
    answer = Api(room.alice).post(f"claims/{claim.pk}/review/seal/", **VERDICT)
    assert answer.problem == (
        403,
        "not_allowed",
        "You submitted this claim, so somebody else has to judge it.",
    )
    assert not Review.objects.exists()


def test_refuses_a_review_by_who_does_not_judge(room: Newsroom, claim: Claim) -> None:
    answer = Api(room.robot).put(f"claims/{claim.pk}/review/", **VERDICT)
    assert answer.problem == (403, "not_allowed", "Only a reviewer or an editor can judge a claim.")


def test_refuses_a_review_of_a_claim_that_is_not_in_review(room: Newsroom) -> None:
    claim = make.with_evidence(room)
    assert Api(room.alice).put(f"claims/{claim.pk}/review/", **VERDICT).problem[:2] == (409, "conflict")


def test_says_what_is_missing(room: Newsroom, claim: Claim) -> None:
    answer = Api(room.alice).post(f"claims/{claim.pk}/review/seal/")
    assert answer.errors == {
        "rating": "Choose a rating.",
        "confidence": "Say how confident you are: low, medium or high.",
        "reasons": "Give your reasons: what in the evidence leads to this rating.",
    }
    assert Review.objects.filter(sealed_at__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"rating": "half-true"}, "rating", "Choose a rating of the scale: true, mostly-true, mixed, "),
        ({"confidence": "sure"}, "confidence", "Choose one of: low, medium, high."),
        ({"verdict": "true"}, "verdict", "There is no field “verdict” here."),
    ],
)
def test_refuses_what_cannot_be_used(
    room: Newsroom, claim: Claim, sent: dict[str, Any], field: str, sentence: str
) -> None:
    answer = Api(room.alice).post(f"claims/{claim.pk}/review/seal/", **VERDICT | sent)
    assert answer.status == 422
    assert list(answer.errors) == [field]
    assert answer.errors[field].startswith(sentence)


def test_takes_as_many_queries_for_many_rounds_as_for_one(room: Newsroom, queries: Any) -> None:
    api, claim = Api(room.robot), make.adjudicating(room)
    with queries(4):
        api.get(f"claims/{claim.pk}/reviews/")
    for number in range(3):
        workflow.reopen(claim, by=room.admin, reason="Again.")
        workflow.send_to_review(claim, by=room.researcher)
        make.seal(claim, room.alice, "true")
        make.seal(claim, room.bob, "false" if number else "true")
    with queries(4):
        assert len(api.get(f"claims/{claim.pk}/reviews/").body["rounds"]) == 4


def test_there_is_no_such_claim(room: Newsroom) -> None:
    for method, path in [("GET", "reviews/"), ("GET", "review/"), ("PUT", "review/"), ("POST", "review/seal/")]:
        answer = Api(room.alice).call(method, f"claims/999/{path}", {} if method != "GET" else None)
        assert answer.problem == (404, "not_found", "There is no claim 999.")


def test_only_allows_what_it_says(room: Newsroom, claim: Claim) -> None:
    api = Api(room.alice)
    assert api.post(f"claims/{claim.pk}/reviews/").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert api.delete(f"claims/{claim.pk}/review/").headers["Allow"] == "GET, PUT, HEAD, OPTIONS"
    assert api.get(f"claims/{claim.pk}/review/seal/").headers["Allow"] == "POST, OPTIONS"
