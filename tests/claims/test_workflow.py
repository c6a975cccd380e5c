"""Each verb: what it writes, what it leaves in the log, what it refuses and in which words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import rounds, workflow
from claims.models import Claim, Claimant, Publication, Rating, Review, Scale
from claims.states import Status, Verb
from factcheck.audit.models import Event
from factcheck.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db


def types_of(subject: str) -> list[str]:
    return list(Event.objects.filter(subject=subject).order_by("seq").values_list("type", flat=True))


def last_event(claim: Claim) -> Event:
    return Event.objects.filter(subject=claim.subject).latest("seq")


def fields_refused(**changed: Any) -> dict[str, str]:
    said: dict[str, Any] = {"statement": "It rained.", "claimant_name": "A", "claimed_on": date(2025, 6, 9)}
    author = make.newsroom().author
    with pytest.raises(Invalid) as refusal:
        workflow.submit(author, **(said | changed))
    assert not Claim.objects.exists()
    assert not Event.objects.filter(type="claim.submitted").exists()
    return refusal.value.fields


def test_a_claim_goes_from_a_sentence_to_a_publication(room: Newsroom) -> None:
    claim = make.published(room)
    assert claim.status == Status.PUBLISHED
    assert types_of(claim.subject) == [
        "claim.submitted",
        "claim.accepted",
        "claim.research_started",
        "claim.source_added",
        "evidence.pinned",
        "claim.sent_to_review",
        "claim.decided",
        "claim.published",
    ]
    assert (claim.published_by, claim.decision and claim.decision.rating.label) == (room.editor, "True")


class TestSubmit:
    def test_trims_and_keeps_any_script(self, room: Newsroom) -> None:
        claim = make.submitted(room, statement="  중국은 희토류 통제를 유지했다.\x00 ", language="ko")
        assert (claim.statement, claim.language) == ("중국은 희토류 통제를 유지했다.", "ko")

    def test_refuses_a_claim_without_text(self) -> None:
        assert fields_refused(statement=" \n\x00") == {"statement": "Write the statement that is to be checked."}

    def test_refuses_a_claim_without_claimant(self) -> None:
        assert fields_refused(claimant_name="") == {"claimant_name": "Name who said it: a person or an organisation."}

    def test_refuses_a_date_in_the_future(self) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert fields_refused(claimed_on=tomorrow) == {
            "claimed_on": f"{tomorrow.isoformat()} is in the future. Give a day up to today."
        }

    def test_takes_today(self, room: Newsroom) -> None:
        assert make.submitted(room, claimed_on=timezone.localdate()).claimed_on == timezone.localdate()

    def test_refuses_a_missing_date(self) -> None:
        assert fields_refused(claimed_on=None) == {"claimed_on": "Give the day on which it was said."}

    def test_refuses_a_statement_that_is_a_book(self) -> None:
        assert fields_refused(statement="x" * 20_001) == {
            "statement": "This has 20,001 characters. Shorten it to 20,000."
        }

    def test_refuses_a_language_that_is_no_tag(self) -> None:
        assert list(fields_refused(language="Klingon!")) == ["language"]

    @pytest.mark.parametrize("url", ["ftp://a.org/x", "file:///etc/passwd", "javascript:alert(1)", "not an address"])
    def test_refuses_an_appearance_nobody_can_open(self, url: str) -> None:
        assert list(fields_refused(appearance_url=url)) == ["appearance_url"]

    def test_names_every_problem_at_once(self) -> None:
        refused = fields_refused(statement="", claimant_name="", claimed_on=None, language="")
        assert list(refused) == ["statement", "claimant_name", "claimed_on", "language"]

    def test_refuses_a_scale_that_is_not_there(self) -> None:
        assert fields_refused(scale="stars") == {
            "scale": "There is no scale “stars”. Choose one of: five-step, six-step."
        }

    def test_gives_the_same_claim_for_the_same_external_id(self, room: Newsroom) -> None:
        first = make.submitted(room, external_id="cms-1")
        assert make.submitted(room, external_id="cms-1") == first
        assert make.submitted(room, external_id="cms-1", by=room.robot) != first
        assert types_of(first.subject) == ["claim.submitted"]

    def test_knows_a_claimant_again(self, room: Newsroom) -> None:
        make.submitted(room)
        make.submitted(room)
        assert Claimant.objects.filter(name="An official").count() == 1

    def test_refuses_somebody_without_a_role(self, room: Newsroom) -> None:
        with pytest.raises(NotAllowed, match=r"^Your account has no role yet\. Ask an administrator for one\.$"):
            make.submitted(room, by=room.nobody)


class TestIntake:
    def test_a_decline_says_why(self, room: Newsroom) -> None:
        claim = make.declined(room)
        assert last_event(claim).data == {
            "reason": "A matter of taste.",
            "status": {"from": "submitted", "to": "declined"},
        }

    def test_refuses_a_decline_without_a_reason(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        with pytest.raises(Invalid) as refusal:
            workflow.decline(claim, by=room.editor, reason="  ")
        assert list(refusal.value.fields) == ["reason"]
        claim.refresh_from_db()
        assert claim.status == Status.SUBMITTED

    def test_a_declined_claim_can_be_taken_up_again(self, room: Newsroom) -> None:
        assert workflow.reconsider(make.declined(room), by=room.editor).status == Status.SUBMITTED

    def test_a_double_click_is_a_conflict_that_says_where_it_stands(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        workflow.accept(claim, by=room.editor)
        with pytest.raises(Conflict, match=r"^“Accept” is for claims that are submitted\. This one is accepted\.$"):
            workflow.accept(claim, by=room.editor)
        assert types_of(claim.subject) == ["claim.submitted", "claim.accepted"]

    def test_refuses_a_claim_that_is_gone(self, room: Newsroom) -> None:
        with pytest.raises(NotFound):
            workflow.accept(Claim(pk=10**9), by=room.editor)


class TestSendToReview:
    def test_opens_round_one(self, room: Newsroom) -> None:
        round = rounds.current_round(make.in_review(room))
        assert (round.number, round.required_reviews, round.opened_by) == (1, 2, room.researcher)

    def test_refuses_without_evidence(self, room: Newsroom) -> None:
        claim = make.researching(room)
        with pytest.raises(Conflict) as refusal:
            workflow.send_to_review(claim, by=room.researcher)
        assert refusal.value.sentence == "Pin at least one quote from an archived page as evidence."
        assert workflow.why_not(room.researcher, Verb.SEND_TO_REVIEW, claim) == refusal.value.sentence


class TestReview:
    def test_the_first_seal_moves_nothing_that_others_can_see(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        before = (types_of(claim.subject), claim.status)
        claim = make.seal(claim, room.alice, "false", reasons="A secret reason.")
        assert (types_of(claim.subject), claim.status) == before

    def test_the_log_holds_only_a_salted_digest_of_the_seal(self, room: Newsroom) -> None:
        make.seal(make.in_review(room), room.alice, "false", reasons="A secret reason.")
        review = Review.objects.get()
        event = Event.objects.get(subject=review.subject)
        assert event.data == {
            "claim": review.round.claim_id,
            "round": 1,
            "commitment": rounds.commitment(review),
        }
        assert "secret" not in event.leaf

    def test_agreement_decides(self, room: Newsroom) -> None:
        claim = make.decided(room)
        assert claim.decision is not None
        assert (claim.status, claim.decision.method, claim.decision.decided_by) == (
            Status.DECIDED,
            "agreement",
            None,
        )

    def test_the_last_seal_opens_all_of_them_in_the_log(self, room: Newsroom) -> None:
        claim = make.adjudicating(room)
        data = last_event(claim).data
        assert [(r["reviewer"], r["rating"]) for r in data["reviews"]] == [
            (room.alice.pk, "True"),
            (room.bob.pk, "Mixed"),
        ]
        commitments = (
            Event.objects.filter(type="review.sealed").order_by("id").values_list("data__commitment", flat=True)
        )
        assert [r["commitment"] for r in data["reviews"]] == list(commitments)

    def test_difference_needs_a_third_person(self, room: Newsroom) -> None:
        claim = make.adjudicating(room)
        assert (claim.status, claim.decision) == (Status.ADJUDICATING, None)
        with pytest.raises(NotAllowed, match="a third person has to adjudicate"):
            workflow.adjudicate(claim, by=room.alice, rating="true", reasons="I said so.")
        claim = workflow.adjudicate(claim, by=room.third, rating="mixed", reasons="Bob read it whole.")
        assert claim.decision is not None
        assert (claim.status, claim.decision.rating.slug, claim.decision.decided_by) == (
            Status.DECIDED,
            "mixed",
            room.third,
        )

    def test_refuses_a_review_by_the_author(self, room: Newsroom) -> None:
        room.author.roles = ["contributor", "reviewer"]
        room.author.save()
        with pytest.raises(NotAllowed, match=r"^You submitted this claim, so somebody else has to judge it\.$"):
            make.seal(make.in_review(room), room.author)

    def test_refuses_a_second_review_by_the_same_person(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        make.seal(claim, room.alice, "true")
        with pytest.raises(Conflict, match="You have sealed your review in this round"):
            make.seal(claim, room.alice, "false")
        assert Review.objects.get().rating.slug == "true"  # type: ignore[union-attr]

    def test_names_everything_that_is_missing(self, room: Newsroom) -> None:
        with pytest.raises(Invalid) as refusal:
            workflow.seal_review(make.in_review(room), by=room.alice, rating="", confidence="", reasons=" ")
        assert list(refusal.value.fields) == ["rating", "confidence", "reasons"]

    def test_refuses_a_rating_of_another_scale(self, room: Newsroom) -> None:
        with pytest.raises(Invalid) as refusal:
            make.seal(make.in_review(room), room.alice, "half-true")
        assert list(refusal.value.fields) == ["rating"]

    def test_a_draft_keeps_what_was_typed_and_leaves_no_event(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        events = Event.objects.count()
        workflow.save_draft(claim, by=room.alice, reasons="half a thou")
        review = workflow.save_draft(claim, by=room.alice, rating="true", reasons="half a thought", gaps="much")
        assert (review.reasons, review.gaps, review.sealed_at) == ("half a thought", "much", None)
        assert Review.objects.count() == 1
        assert Event.objects.count() == events

    def test_a_draft_after_the_seal_changes_nothing(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        make.seal(claim, room.alice, reasons="Sealed.")
        with pytest.raises(Conflict):
            workflow.save_draft(claim, by=room.alice, reasons="Changed my mind.")
        assert Review.objects.get().reasons == "Sealed."


class TestRelease:
    def test_refuses_a_sign_off_by_a_reviewer(self, room: Newsroom) -> None:
        room.alice.roles = ["reviewer", "editor"]
        room.alice.save()
        with pytest.raises(
            NotAllowed, match=r"^You reviewed this claim, so an editor who took no part has to sign it\.$"
        ):
            workflow.publish(make.decided(room), by=room.alice, summary="It holds.")
        assert not Publication.objects.exists()

    def test_refuses_a_sign_off_by_the_adjudicator(self, room: Newsroom) -> None:
        claim = workflow.adjudicate(make.adjudicating(room), by=room.third, rating="true", reasons="Read it.")
        with pytest.raises(NotAllowed, match="You adjudicated this claim"):
            workflow.publish(claim, by=room.third, summary="It holds.")

    def test_refuses_a_sign_off_by_a_researcher(self, room: Newsroom) -> None:
        room.researcher.roles = ["editor"]
        room.researcher.save()
        with pytest.raises(NotAllowed, match="You did research on this claim"):
            workflow.publish(make.decided(room), by=room.researcher, summary="It holds.")

    def test_refuses_a_publication_without_the_short_why(self, room: Newsroom) -> None:
        with pytest.raises(Invalid) as refusal:
            workflow.publish(make.decided(room), by=room.editor, summary="")
        assert list(refusal.value.fields) == ["summary"]

    def test_refuses_a_claim_of_which_nobody_knows_where_it_was_made(self, room: Newsroom) -> None:
        with pytest.raises(Conflict) as refusal:
            make.published(room, appearance_url="")
        assert refusal.value.sentence == "Add the place where the claim was made: an address or a citation."

    def test_a_correction_is_a_new_version_with_a_note(self, room: Newsroom) -> None:
        claim = make.corrected(room)
        versions = claim.publications.order_by("number").values_list("number", "kind", "note")
        assert list(versions) == [(1, "first", ""), (2, "correction", "A date was wrong.")]
        assert claim.status == Status.CORRECTED

    def test_a_retraction_keeps_the_versions_and_says_why(self, room: Newsroom) -> None:
        claim = make.retracted(room)
        versions = claim.publications.order_by("number").values_list("number", "kind", "note")
        assert list(versions) == [(1, "first", ""), (2, "retraction", "The page was forged.")]

    def test_a_version_keeps_its_words_whatever_happens_to_the_claim(self, room: Newsroom) -> None:
        claim = make.published(room)
        before = claim.publications.get().content
        claim.claimant.name = "Somebody else"
        claim.claimant.save()
        room.editor.name = room.alice.name = "Renamed"
        room.editor.save()
        room.alice.save()
        newer = Scale.objects.create(slug="five-step", version=2, name="Five steps")
        Rating.objects.create(
            scale=newer, slug="true", label="Holds", meaning="It holds.", value=1, position=1, tone="true"
        )
        assert claim.publications.get().content == before
        assert (before["signed_by"], before["reviewers"]) == ("Editor", ["Alice", "Bob"])
        assert before["rating"]["label"] == "True"
        assert before["claimant"]["name"] == "An official"


class TestReopen:
    def test_goes_back_to_research_and_then_to_round_two(self, room: Newsroom) -> None:
        claim = workflow.reopen(make.published(room), by=room.editor, reason="A new page.")
        assert (claim.status, claim.decision, claim.published_at) == (Status.RESEARCHING, None, None)
        claim = workflow.send_to_review(claim, by=room.researcher)
        assert list(claim.rounds.values_list("number", flat=True)) == [1, 2]

    def test_a_second_publication_says_what_changed(self, room: Newsroom) -> None:
        claim = workflow.reopen(make.published(room), by=room.admin, reason="A new page.")
        workflow.send_to_review(claim, by=room.researcher)
        make.seal(claim, room.alice, "mixed")
        make.seal(claim, room.bob, "mixed")
        with pytest.raises(Invalid) as refusal:
            workflow.publish(claim, by=room.editor, summary="Only in part.")
        assert list(refusal.value.fields) == ["note"]
        workflow.publish(claim, by=room.editor, summary="Only in part.", note="A new page came up.")
        ratings = [p.content["rating"]["label"] for p in claim.publications.order_by("number")]
        assert ratings == ["True", "Mixed"]

    def test_reviews_of_an_abandoned_round_stay_sealed(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        make.seal(claim, room.alice, reasons="A secret reason.")
        workflow.reopen(claim, by=room.admin, reason="A page is missing.")
        round = rounds.current_round(claim)
        assert (round.completed_at, round.abandoned_by) == (None, room.admin)
        claim = workflow.send_to_review(claim, by=room.researcher)
        make.seal(claim, room.alice)
        make.seal(claim, room.bob)
        assert "secret" not in str(list(Event.objects.values_list("leaf", flat=True)))
