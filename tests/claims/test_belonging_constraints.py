"""Records that point at each other belong together: the database refuses a row of another claim, whoever writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims import workflow
from claims.models import (
    Assignment,
    Citation,
    Claim,
    Decision,
    Evidence,
    Publication,
    Rating,
    Review,
    Round,
    Scale,
    SignOff,
)
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db

SALT = "0" * 64


def refused(write: Callable[[], Any]) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        write()
    return str(error.value).splitlines()[0]


def rating(slug: str = "true") -> Rating:
    return Rating.objects.get(scale__slug="five-step", slug=slug)


class TestRound:
    def test_opens_no_review_before_all_are_sealed(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        make.seal(claim, room.alice)
        round = claim.rounds.get()
        said = refused(lambda: claim.rounds.update(completed_at=timezone.now()))
        assert said == f"round {round.pk} is complete when 2 reviews are sealed"

    @pytest.mark.parametrize("change", [{"completed_at": None}, {"required_reviews": 3}, {"number": 7}])
    def test_that_is_over_stays_as_it_is(self, room: Newsroom, change: dict[str, Any]) -> None:
        rounds = make.decided(room).rounds
        assert refused(lambda: rounds.update(**change)) == f"round {rounds.get().pk} can only end, and only once"

    def test_keeps_its_scale(self, room: Newsroom) -> None:
        rounds = make.in_review(room).rounds
        other = Scale.objects.get(slug="six-step")
        assert refused(lambda: rounds.update(scale=other)) == f"round {rounds.get().pk} can only end, and only once"

    def test_does_not_begin_while_a_decision_stands(self, room: Newsroom) -> None:
        claim = make.published(room)
        row = Round(claim=claim, number=2, scale=claim.scale, required_reviews=2, opened_by=room.editor)
        assert refused(row.save) == f"claim {claim.pk} is decided: it is re-opened before a new round"


class TestReview:
    def test_that_was_begun_by_another_does_not_become_the_authors(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        workflow.save_draft(claim, by=room.bob)
        rows = Review.objects.filter(reviewer=room.bob)
        number = rows.get().pk
        assert refused(lambda: rows.update(reviewer=room.author)) == (
            f"review {number} stays in its round and with its reviewer"
        )

    def test_is_not_sealed_in_a_round_that_is_over(self, room: Newsroom) -> None:
        round = make.decided(room).rounds.get()
        row = Review(
            round=round,
            reviewer=room.third,
            salt=SALT,
            rating=rating(),
            confidence="low",
            reasons="Late.",
            sealed_at=timezone.now(),
        )
        assert refused(row.save) == f"round {round.pk} is over: nothing is sealed in it"

    def test_is_not_sealed_in_an_abandoned_round(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        workflow.save_draft(claim, by=room.bob, rating="true", confidence="low", reasons="Half.")
        workflow.reopen(claim, by=room.editor, reason="A page is missing.")
        rows = Review.objects.filter(reviewer=room.bob)
        round = claim.rounds.get()
        assert refused(lambda: rows.update(sealed_at=timezone.now())) == (
            f"round {round.pk} is over: nothing is sealed in it"
        )

    def test_has_a_salt_that_cannot_be_guessed(self, room: Newsroom) -> None:
        row = Review(round=make.in_review(room).rounds.get(), reviewer=room.bob, salt="abc")
        assert "review_salt_has_its_length" in refused(row.save)

    def test_has_no_rating_of_another_version_of_its_scale(self, room: Newsroom) -> None:
        round = make.in_review(room).rounds.get()
        newer = Scale.objects.create(slug="five-step", version=2, name="Five steps")
        other = Rating.objects.create(
            scale=newer, slug="true", label="True", meaning="It holds.", value=1, position=1, tone="true"
        )
        row = Review(round=round, reviewer=room.bob, salt=SALT, rating=other)
        assert refused(row.save) == f"rating {other.pk} is not on the scale of round {round.pk}"


class TestDecision:
    def test_needs_a_complete_round(self, room: Newsroom) -> None:
        round = make.in_review(room).rounds.get()
        row = Decision(round=round, rating=rating(), method="agreement")
        assert refused(row.save) == f"round {round.pk} is not complete and has no decision"

    def test_is_none_of_an_abandoned_round(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        workflow.reopen(claim, by=room.editor, reason="A page is missing.")
        round = claim.rounds.get()
        row = Decision(round=round, rating=rating(), method="agreement")
        assert refused(row.save) == f"round {round.pk} is not complete and has no decision"

    def test_by_agreement_is_what_the_reviews_say(self, room: Newsroom) -> None:
        round = make.adjudicating(room).rounds.get()
        row = Decision(round=round, rating=rating("false"), method="agreement")
        assert refused(row.save) == f"the reviews of round {round.pk} do not agree on rating {rating('false').pk}"

    def test_of_another_claim_decides_nothing(self, room: Newsroom) -> None:
        other, claim = make.decided(room), make.adjudicating(room)
        Claim.objects.filter(pk=other.pk).update(decision=None, status="researching")
        rows = Claim.objects.filter(pk=claim.pk)
        assert refused(lambda: rows.update(decision=other.decision, status="decided")) == (
            f"decision {other.decision_id} is not that of the newest round of claim {claim.pk}"
        )

    def test_of_an_earlier_round_decides_nothing(self, room: Newsroom) -> None:
        old = make.decided(room).decision
        assert old
        claim = workflow.reopen(old.round.claim, by=room.editor, reason="A new page.")
        workflow.send_to_review(claim, by=room.researcher)
        rows = Claim.objects.filter(pk=claim.pk)
        assert refused(lambda: rows.update(decision=old, status="decided")) == (
            f"decision {old.pk} is not that of the newest round of claim {claim.pk}"
        )


class TestSignature:
    def test_of_nobody_publishes_nothing(self, room: Newsroom) -> None:
        claim = make.decided(room)
        rows = Claim.objects.filter(pk=claim.pk)
        assert refused(
            lambda: rows.update(status="published", published_at=timezone.now(), published_by=room.editor)
        ) == (f"person {room.editor.pk} did not sign decision {claim.decision_id} of claim {claim.pk}")

    def test_is_not_put_in_anothers_name(self, room: Newsroom) -> None:
        claim = make.published(room)
        rows = Claim.objects.filter(pk=claim.pk)
        assert refused(lambda: rows.update(published_by=room.third)) == (
            f"person {room.third.pk} did not sign decision {claim.decision_id} of claim {claim.pk}"
        )

    def test_stands_under_a_decision_that_stands(self, room: Newsroom) -> None:
        old = make.decided(room).decision
        assert old
        workflow.reopen(old.round.claim, by=room.admin, reason="A new page.")
        row = SignOff(decision=old, signed_by=room.editor)
        assert refused(row.save) == f"decision {old.pk} does not stand and cannot be signed"

    def test_of_another_claim_releases_no_version(self, room: Newsroom) -> None:
        claim, other = make.published(room), make.published(room)
        sign_off = other.publications.get().sign_off
        row = Publication(
            claim=claim, number=2, kind="correction", note="x", sign_off=sign_off, content={}, published_by=room.editor
        )
        assert refused(row.save) == f"sign-off {sign_off.pk} is not that of the decision of claim {claim.pk}"

    def test_a_claim_does_not_come_in_published(self, room: Newsroom) -> None:
        there = make.published(room)
        there.pk = None
        there._state.adding = True
        assert "is not that of the newest round of claim" in refused(there.save)

    def test_whoever_signed_does_not_become_a_researcher(self, room: Newsroom) -> None:
        claim = make.published(room)
        pinned = claim.evidence.get()
        source = make.archived_page(room.alice).source
        rows = [
            Assignment(claim=claim, person=room.editor, part="researcher", assigned_by=room.admin),
            Citation(claim=claim, source=source, added_by=room.editor),
            Evidence(
                claim=claim,
                snapshot=pinned.snapshot,
                exact="Exports",
                start=0,
                end=7,
                stance="context",
                added_by=room.editor,
            ),
        ]
        said = f"person {room.editor.pk} signed claim {claim.pk} and takes no part in it while that stands"
        assert [refused(row.save) for row in rows] == [said] * 3

    def test_the_author_stays_the_author(self, room: Newsroom) -> None:
        claim = make.decided(room)
        rows = Claim.objects.filter(pk=claim.pk)
        assert refused(lambda: rows.update(author=room.nobody)) == f"claim {claim.pk} keeps its author"


class TestQuote:
    def test_is_of_a_page_that_the_claim_cites(self, room: Newsroom) -> None:
        claim, page = make.researching(room), make.archived_page(room.alice)
        row = Evidence(
            claim=claim, snapshot=page, exact="Exports", start=0, end=7, stance="supports", added_by=room.alice
        )
        assert refused(row.save) == f"snapshot {page.pk} is of no source of claim {claim.pk}"

    @pytest.mark.parametrize("change", [{"prefix": "Another"}, {"note": "Another"}, {"added_at": timezone.now()}])
    def test_keeps_what_was_said_of_it(self, room: Newsroom, change: dict[str, Any]) -> None:
        pinned = make.pinned(room, make.researching(room))
        rows = Evidence.objects.filter(pk=pinned.pk)
        said = f"evidence {pinned.pk} is what was pinned: withdraw it and pin another"
        assert refused(lambda: rows.update(**change)) == said

    def test_keeps_the_person_who_pinned_it(self, room: Newsroom) -> None:
        pinned = make.pinned(room, make.researching(room))
        rows = Evidence.objects.filter(pk=pinned.pk)
        said = f"evidence {pinned.pk} is what was pinned: withdraw it and pin another"
        assert refused(lambda: rows.update(added_by=room.alice)) == said


def test_an_appearance_is_not_lost(room: Newsroom) -> None:
    rows = make.submitted(room).appearances.all()
    assert refused(rows.delete) == "claims_appearance only grows: DELETE is refused"
