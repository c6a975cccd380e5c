"""The review form: the evidence, one's own verdict, and nothing of anybody else's."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims import workflow
from claims.models import Claim, Review
from claims.states import Status
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.conftest import HTMX, SignIn
from tests.pages.reading import HOSTILE, Answer, source, visible, words

pytestmark = pytest.mark.django_db

TYPED = {
    "rating": "mostly-true",
    "confidence": "medium",
    "reasons": "The rule is quoted in full.",
    "gaps": "How many licences were refused.",
}
SEALED = TYPED | {"sure": "on", "seal": "yes"}


def address(claim: Claim) -> str:
    return reverse("claims:review", args=[claim.pk])


def test_shows_the_evidence_in_its_place_and_the_ratings_with_their_meaning(room: Newsroom, signed_in: SignIn) -> None:
    read = words(signed_in(room.alice).get(address(make.in_review(room))))
    assert make.QUOTE in read
    assert "Exports fell in May. The ministry kept its licence rule for seven rare earths after the talks." in read
    for rating in ["True", "Mostly true", "Mixed", "Mostly false", "False", "Unproven", "Outdated", "Satire"]:
        assert rating in read
    assert "The evidence does not settle it either way." in read


def test_gives_each_rating_the_digit_that_chooses_it(room: Newsroom, signed_in: SignIn) -> None:
    page = source(signed_in(room.alice).get(address(make.in_review(room))))
    assert [f'value="{slug}" data-key="{n}"' in page for n, slug in enumerate(["true", "mostly-true", "mixed"], 1)] == [
        True,
        True,
        True,
    ]


def test_says_what_sealing_does_before_it_is_done(room: Newsroom, signed_in: SignIn) -> None:
    read = words(signed_in(room.alice).get(address(make.in_review(room))))
    assert "Sealing is for good: after it you cannot change your review in this round." in read


def test_saves_a_half_done_draft_without_javascript(room: Newsroom, signed_in: SignIn) -> None:
    claim, alice = make.in_review(room), signed_in(room.alice)
    answer = alice.post(address(claim), {"reasons": "Only this so far.", "save": "yes"})
    assert answer.status_code == 302
    again = alice.get(address(claim))
    assert "Only this so far." in source(again)
    assert "Draft saved" in words(again)
    assert Review.objects.get().sealed_at is None


def test_saves_the_draft_as_one_types_and_answers_with_the_state_alone(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    answer = signed_in(room.alice).post(address(claim), TYPED, headers=HTMX)
    assert answer.status_code == 200
    assert source(answer).startswith('<span class="meta" id="saved" role="status" data-saved>Draft saved ')
    draft = Review.objects.get()
    assert (str(draft.rating), draft.confidence, draft.reasons, draft.gaps) == (
        "Mostly true",
        "medium",
        "The rule is quoted in full.",
        "How many licences were refused.",
    )


def test_a_draft_comes_back_as_it_was_left(room: Newsroom, signed_in: SignIn) -> None:
    claim, alice = make.in_review(room), signed_in(room.alice)
    alice.post(address(claim), TYPED, headers=HTMX)
    page = source(alice.get(address(claim)))
    assert 'value="mostly-true" data-key="2" checked' in page
    assert "The rule is quoted in full.</textarea>" in page
    assert "How many licences were refused.</textarea>" in page


def test_seals_and_then_shows_it_to_its_author_alone(room: Newsroom, signed_in: SignIn) -> None:
    claim, alice = make.in_review(room), signed_in(room.alice)
    assert alice.post(address(claim), SEALED).status_code == 302
    answer = alice.get(address(claim))
    assert "It waits until the round is complete" in words(answer)
    assert "The rule is quoted in full." in words(answer)
    assert "<textarea" not in source(answer)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("rating", "Choose a rating."),
        ("confidence", "Say how confident you are: low, medium or high."),
        ("reasons", "Give your reasons: what in the evidence leads to this rating."),
        ("sure", "Tick this when your verdict is ready: a sealed review cannot be changed."),
    ],
)
def test_refuses_to_seal_what_is_not_complete_and_keeps_what_was_typed(
    room: Newsroom, signed_in: SignIn, missing: str, sentence: str
) -> None:
    claim = make.in_review(room)
    sent = {name: value for name, value in SEALED.items() if name != missing}
    answer = signed_in(room.alice).post(address(claim), sent)
    assert answer.status_code == 422
    assert sentence in words(answer)
    for name in {"reasons", "gaps"} - {missing}:
        assert f"{SEALED[name]}</textarea>" in source(answer)
    assert not Review.objects.filter(sealed_at__isnull=False).exists()


def test_refuses_a_rating_of_another_scale(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    answer = signed_in(room.alice).post(address(claim), SEALED | {"rating": "absurd"})
    assert answer.status_code == 422
    assert "Choose a rating of the scale: true, mostly-true" in words(answer)


def test_refuses_reasons_that_are_too_long_and_keeps_them(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    answer = signed_in(room.alice).post(address(claim), SEALED | {"reasons": "x" * 20_001})
    assert answer.status_code == 422
    assert "This has 20,001 characters. Shorten it to 20,000." in words(answer)
    assert "x" * 20_001 in source(answer)


def test_refuses_a_second_review_by_the_same_person(room: Newsroom, signed_in: SignIn) -> None:
    claim, alice = make.in_review(room), signed_in(room.alice)
    alice.post(address(claim), SEALED)
    answer = alice.post(address(claim), SEALED | {"rating": "false", "reasons": "On second thoughts."})
    assert answer.status_code == 409
    assert "Reasons On second thoughts." in words(answer)
    assert "You have sealed your review in this round. It cannot be changed or given twice." in words(answer)
    assert str(Review.objects.get().rating) == "Mostly true"


def test_a_draft_typed_in_another_window_after_the_seal_is_refused_above_the_page(
    room: Newsroom, signed_in: SignIn
) -> None:
    claim, alice = make.in_review(room), signed_in(room.alice)
    alice.post(address(claim), SEALED)
    answer = alice.post(address(claim), TYPED | {"reasons": "Changed my mind."}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#messages")
    assert Review.objects.get().reasons == "The rule is quoted in full."


def test_refuses_a_review_by_the_author(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room, by=room.third)
    author = signed_in(room.third)
    sentence = "You submitted this claim, so somebody else has to judge it."
    shown = author.get(address(claim))
    assert sentence in words(shown)
    assert "<textarea" not in source(shown)
    answer = author.post(address(claim), SEALED)
    assert answer.status_code == 403
    assert sentence in words(answer)
    assert f"Reasons {SEALED['reasons']}" in words(answer)


@pytest.mark.parametrize("who", ["author", "admin", "robot", "nobody"])
def test_refuses_whoever_is_no_judge(room: Newsroom, signed_in: SignIn, who: str) -> None:
    claim = make.in_review(room)
    answer = signed_in(getattr(room, who)).post(address(claim), SEALED)
    assert answer.status_code == 403
    assert "Only a reviewer or an editor can judge a claim." in words(answer)
    assert not Review.objects.exists()


def test_sends_strangers_to_the_sign_in_page_and_takes_nothing_from_them(room: Newsroom, client: Client) -> None:
    claim = make.in_review(room)
    assert client.get(address(claim))["Location"] == f"{reverse('sign-in')}?next={address(claim)}"
    answer = client.post(address(claim), SEALED)
    assert answer.status_code == 401
    assert f"Reasons {SEALED['reasons']}" in words(answer)
    assert not claim.rounds.get().reviews.exists()


def test_tells_who_types_after_signing_out_and_takes_nothing_away(room: Newsroom, client: Client) -> None:
    answer = client.post(address(make.in_review(room)), TYPED, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (401, "#messages")
    assert "what you typed is still here" in words(answer)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.IN_REVIEW}))
def test_refuses_a_review_in_any_other_state(room: Newsroom, signed_in: SignIn, status: Status) -> None:
    claim = make.REACH[status](room)
    third = signed_in(room.third)
    assert "“Seal review” is for claims that are in review." in words(third.get(address(claim)))
    assert third.post(address(claim), SEALED).status_code == 409


def test_knows_no_claim_that_is_not_there(room: Newsroom, signed_in: SignIn) -> None:
    assert signed_in(room.alice).get(reverse("claims:review", args=[987654])).status_code == 404


def test_tells_when_the_round_is_complete(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.decided(room)
    assert "The round is complete: read all reviews of it" in words(signed_in(room.alice).get(address(claim)))


def test_tells_that_nobody_will_read_a_review_of_an_abandoned_round(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice)
    workflow.reopen(claim, by=room.editor, reason="A new source.")
    read = words(signed_in(room.alice).get(address(claim)))
    assert "The claim was re-opened before the round was complete, so nobody will read this review." in read


SECRET = "Zanzibar is where the licence was stamped."


PAGES = ["claims:review", "claims:adjudicate", "claims:sign-off", "claims:claim", "claims:history", "claims:queue"]


@pytest.mark.parametrize("who", ["bob", "third", "editor", "admin", "researcher", "author", "robot"])
def test_no_page_changes_for_anybody_else_when_a_review_is_sealed(room: Newsroom, signed_in: SignIn, who: str) -> None:
    claim = make.in_review(room)
    reader = signed_in(getattr(room, who))
    pages = [reverse(page, args=[] if page == "claims:queue" else [claim.pk]) for page in PAGES]
    before = [lasting(reader.get(page)) for page in pages]
    make.seal(claim, room.alice, "satire", reasons=SECRET, gaps="The stamp.", confidence="low")
    assert [lasting(reader.get(page)) for page in pages] == before


def lasting(answer: Answer) -> str:
    """The page without its CSRF tokens, which are masked anew for every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", source(answer))


def test_bob_sees_alices_review_once_his_own_is_sealed(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice, "satire", reasons=SECRET)
    make.seal(claim, room.bob, "true")
    assert SECRET in words(signed_in(room.bob).get(reverse("claims:adjudicate", args=[claim.pk])))


@pytest.mark.parametrize("text", HOSTILE)
def test_shows_what_anybody_typed_as_text(room: Newsroom, signed_in: SignIn, text: str) -> None:
    claim = make.in_review(room, statement=text, context=text, claimant_name=text[:200].strip())
    alice = signed_in(room.alice)
    alice.post(address(claim), TYPED | {"reasons": text, "gaps": text}, headers=HTMX)
    page = alice.get(address(claim))
    assert words(page).count(visible(text)) >= 4
    alice.post(address(claim), SEALED | {"reasons": text, "gaps": text})
    assert words(alice.get(address(claim))).count(visible(text)) >= 4


def test_stores_no_null_character(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    signed_in(room.alice).post(address(claim), TYPED | {"reasons": "a\x00b"}, headers=HTMX)
    assert Review.objects.get().reasons == "ab"


def test_takes_the_same_queries_for_one_quote_and_for_many(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = make.in_review(room)
    many = make.with_evidence(room)
    for _ in range(5):
        make.pinned(room, many)
    many = workflow.send_to_review(many, by=room.researcher)
    alice = signed_in(room.alice)
    for claim in (one, many):
        with django_assert_num_queries(9):
            alice.get(address(claim))
