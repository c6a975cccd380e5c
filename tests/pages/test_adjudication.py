"""Adjudication: where do the reviewers differ, and what does a third person decide."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, Decision
from claims.states import Status
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.conftest import SignIn
from tests.pages.reading import source, words

pytestmark = pytest.mark.django_db

TYPED = {"rating": "mixed", "reasons": "Some licences were granted."}


def address(claim: Claim) -> str:
    return reverse("claims:adjudicate", args=[claim.pk])


def test_shows_the_reviews_side_by_side_and_marks_what_differs(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice, "true", confidence="high", reasons="Alice reads it so.", gaps="The date.")
    make.seal(claim, room.bob, "mixed", confidence="high", reasons="Bob reads it otherwise.")
    answer = signed_in(room.third).get(address(claim))
    read = words(answer)
    assert "Alice True, differs High confidence Alice reads it so. Not established: The date." in read
    assert "Bob Mixed, differs High confidence Bob reads it otherwise." in read
    assert source(answer).count('class="differs"') == 2


def test_marks_a_different_confidence_as_well(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice, "true", confidence="high")
    make.seal(claim, room.bob, "mixed", confidence="low")
    read = words(signed_in(room.third).get(address(claim)))
    assert "High confidence, differs" in read
    assert "Low confidence, differs" in read


def test_a_third_person_decides(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.adjudicating(room)
    assert signed_in(room.third).post(address(claim), TYPED)["Location"] == reverse("claims:claim", args=[claim.pk])
    decision = Decision.objects.get()
    assert (str(decision.rating), decision.reasons, decision.decided_by) == (
        "Mixed",
        "Some licences were granted.",
        room.third,
    )


def test_says_what_deciding_does_before_it_is_done(room: Newsroom, signed_in: SignIn) -> None:
    read = words(signed_in(room.third).get(address(make.adjudicating(room))))
    assert "You can no longer sign this claim off." in read


@pytest.mark.parametrize(("field", "sentence"), [("rating", "Choose a rating."), ("reasons", "Say why you decide so.")])
def test_refuses_half_a_decision_and_keeps_what_was_typed(
    room: Newsroom, signed_in: SignIn, field: str, sentence: str
) -> None:
    claim = make.adjudicating(room)
    answer = signed_in(room.third).post(address(claim), TYPED | {field: " "})
    assert answer.status_code == 422
    assert sentence in words(answer)
    kept = 'value="mixed" data-key="3" checked' if field == "reasons" else "Some licences were granted.</textarea>"
    assert kept in source(answer)


def test_refuses_a_rating_of_another_scale(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.third).post(address(make.adjudicating(room)), TYPED | {"rating": "absurd"})
    assert answer.status_code == 422
    assert "Choose a rating of the scale: true" in words(answer)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("alice", "You reviewed this claim in this round, so a third person has to adjudicate."),
        ("bob", "You reviewed this claim in this round, so a third person has to adjudicate."),
        ("author", "Only a reviewer or an editor can judge a claim."),
        ("admin", "Only a reviewer or an editor can judge a claim."),
        ("robot", "Only a reviewer or an editor can judge a claim."),
        ("nobody", "Only a reviewer or an editor can judge a claim."),
    ],
)
def test_refuses_whoever_may_not(room: Newsroom, signed_in: SignIn, who: str, sentence: str) -> None:
    claim = make.adjudicating(room)
    person = signed_in(getattr(room, who))
    shown = person.get(address(claim))
    assert sentence in words(shown)
    assert "<textarea" not in source(shown)
    assert person.post(address(claim), TYPED).status_code == 403
    assert not Decision.objects.exists()


def test_refuses_the_author_who_is_a_judge(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.adjudicating(room, by=room.third)
    assert signed_in(room.third).post(address(claim), TYPED).status_code == 403


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ADJUDICATING}))
def test_refuses_a_decision_in_any_other_state(room: Newsroom, signed_in: SignIn, status: Status) -> None:
    claim = make.REACH[status](room)
    answer = signed_in(room.third).post(address(claim), TYPED)
    assert answer.status_code == 409
    assert "“Adjudicate” is for claims that are adjudicating." in words(answer)


def test_does_not_show_ones_own_review_before_the_round_is_complete(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice, reasons="Mine alone.")
    read = words(signed_in(room.alice).get(address(claim)))
    assert "The round is not complete. Reviews open together when all are in." in read
    assert "Mine alone." not in read


def test_takes_the_same_queries_every_time(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim, third = make.adjudicating(room), signed_in(room.third)
    with django_assert_num_queries(8):
        third.get(address(claim))
