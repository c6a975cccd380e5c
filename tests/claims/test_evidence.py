"""What is known about a claim: wording, appearances, sources, quotes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import discussion, evidence, permissions, workflow
from claims.models import Appearance, Assignment, Citation, Claim, Evidence
from factcheck.audit.models import Event
from factcheck.errors import Conflict, Invalid, NotAllowed
from sources.models import Capture, Source
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db


def last_event(claim: Claim) -> Event:
    return Event.objects.filter(subject=claim.subject).latest("seq")


def edited(claim: Claim, room: Newsroom, **changed: Any) -> Claim:
    said: dict[str, Any] = {
        "statement": claim.statement,
        "language": claim.language,
        "claimant_name": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "claimed_on": claim.claimed_on,
    }
    said |= changed
    return evidence.edit_claim(claim, by=said.pop("by", room.editor), **said)


class TestEditClaim:
    def test_the_log_keeps_from_and_to(self, room: Newsroom) -> None:
        claim = edited(make.submitted(room), room, statement="Another wording.", claimed_on=date(2025, 6, 8))
        assert last_event(claim).data == {
            "statement": {
                "from": "China maintained rare earth controls despite the Geneva deal.",
                "to": "Another wording.",
            },
            "claimed_on": {"from": "2025-06-09", "to": "2025-06-08"},
        }

    def test_the_same_again_leaves_no_event(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        edited(claim, room)
        assert last_event(claim).type == "claim.submitted"

    def test_another_claimant_is_another_record(self, room: Newsroom) -> None:
        first, second = make.submitted(room), make.submitted(room)
        edited(first, room, claimant_name="The ministry", claimant_kind="organisation")
        second.refresh_from_db()
        assert second.claimant.name == "An official"

    def test_refuses_once_reviewers_judge_it(self, room: Newsroom) -> None:
        with pytest.raises(Conflict) as refusal:
            edited(make.in_review(room), room, statement="Another wording.")
        assert refusal.value.sentence == (
            "Research on this claim is closed: it is in review. An editor can re-open it."
        )

    def test_refuses_bad_input_field_by_field(self, room: Newsroom) -> None:
        with pytest.raises(Invalid) as refusal:
            edited(make.submitted(room), room, statement=" ", claimant_name="", language="?")
        assert list(refusal.value.fields) == ["statement", "claimant_name", "language"]

    def test_refuses_a_contributor_who_did_not_submit_it(self, room: Newsroom) -> None:
        claim = make.submitted(room, by=room.robot)
        with pytest.raises(NotAllowed):
            edited(claim, room, by=room.author, statement="Mine now.")


class TestAppearances:
    def test_the_first_to_be_added_is_the_first(self, room: Newsroom) -> None:
        claim = make.submitted(room, appearance_url="")
        added = evidence.add_appearance(claim, by=room.author, citation="Press briefing, 9 June 2025")
        assert (added.is_first, added.citation) == (True, "Press briefing, 9 June 2025")

    def test_a_new_first_takes_the_place_of_the_old_one(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        evidence.add_appearance(claim, by=room.author, url="https://example.org/earlier", is_first=True)
        assert list(Appearance.objects.filter(is_first=True).values_list("url", flat=True)) == [
            "https://example.org/earlier"
        ]

    def test_can_be_noted_after_the_decision(self, room: Newsroom) -> None:
        claim = make.decided(room, appearance_url="")
        evidence.add_appearance(claim, by=room.researcher, citation="A speech")
        assert claim.appearances.count() == 1

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({}, "url"),
            ({"url": "ftp://example.org/x"}, "url"),
            ({"citation": "x" * 501}, "citation"),
            ({"citation": "A speech", "language": "!"}, "language"),
            ({"citation": "A speech", "appeared_on": date(2999, 1, 1)}, "appeared_on"),
        ],
    )
    def test_refuses_what_leads_nowhere(self, room: Newsroom, said: dict[str, Any], field: str) -> None:
        claim = make.submitted(room, appearance_url="")
        with pytest.raises(Invalid) as refusal:
            evidence.add_appearance(claim, by=room.author, **said)
        assert list(refusal.value.fields) == [field]
        assert not Appearance.objects.exists()


class TestCiteSource:
    def test_queues_a_capture_and_makes_a_researcher(self, room: Newsroom) -> None:
        claim = make.researching(room)
        citation = evidence.cite_source(claim, "https://example.org/a", by=room.alice)
        assert citation.source.captures.get().state == Capture.State.QUEUED
        assert Assignment.objects.get(claim=claim).person == room.alice
        assert last_event(claim).data == {"source": citation.source_id, "url": "https://example.org/a"}

    def test_the_same_address_twice_is_one_source_and_one_capture(self, room: Newsroom) -> None:
        claim = make.researching(room)
        evidence.cite_source(claim, "https://example.org/a", by=room.alice)
        evidence.cite_source(claim, "HTTPS://EXAMPLE.org:443/a#part", by=room.bob)
        assert (Source.objects.count(), Citation.objects.count(), Capture.objects.count()) == (1, 1, 1)

    def test_a_page_that_is_held_is_not_fetched_again(self, room: Newsroom) -> None:
        snapshot = make.archived_page(room.alice)
        evidence.cite_source(make.researching(room), snapshot.url, by=room.bob)
        assert Capture.objects.count() == 1

    @pytest.mark.parametrize("url", ["", "no address", "ftp://a.org/x", "file:///etc/passwd", "javascript:alert(1)"])
    def test_refuses_what_cannot_be_fetched(self, room: Newsroom, url: str) -> None:
        claim = make.researching(room)
        with pytest.raises(Invalid) as refusal:
            evidence.cite_source(claim, url, by=room.alice)
        assert list(refusal.value.fields) == ["url"]
        assert not Source.objects.exists()

    def test_refuses_once_reviewers_judge_it(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        with pytest.raises(Conflict):
            evidence.cite_source(claim, "https://example.org/late", by=room.researcher)
        assert not Source.objects.filter(url="https://example.org/late").exists()


class TestPinQuote:
    def test_keeps_where_it_stands_and_what_is_round_it(self, room: Newsroom) -> None:
        pinned = make.pinned(room, make.researching(room))
        text = pinned.snapshot.text
        assert text[pinned.start : pinned.end] == pinned.exact == make.QUOTE
        assert text.startswith(pinned.prefix + pinned.exact, pinned.start - len(pinned.prefix))
        assert text.startswith(pinned.suffix, pinned.end)

    def test_refuses_a_quote_that_is_not_there_and_names_the_nearest(self, room: Newsroom) -> None:
        claim = make.researching(room)
        snapshot = make.archived_page(room.alice)
        evidence.cite_source(claim, snapshot.url, by=room.alice)
        with pytest.raises(evidence.QuoteNotFound) as refusal:
            evidence.pin_quote(
                claim, snapshot, "kept its licence rule for nine rare earths", by=room.alice, stance="supports"
            )
        assert make.QUOTE in refusal.value.nearest
        assert refusal.value.nearest in refusal.value.fields["quote"]
        assert not Evidence.objects.exists()

    def test_refuses_a_page_without_text(self, room: Newsroom) -> None:
        claim = make.researching(room)
        snapshot = make.archived_page(room.alice)
        evidence.cite_source(claim, snapshot.url, by=room.alice)
        snapshot.text, snapshot.note = "", "This is a PDF. It cannot be quoted."
        with pytest.raises(Invalid) as refusal:
            evidence.pin_quote(claim, snapshot, "anything", by=room.alice, stance="supports")
        assert refusal.value.fields == {"quote": "This is a PDF. It cannot be quoted."}

    def test_refuses_a_page_that_is_no_source_of_the_claim(self, room: Newsroom) -> None:
        claim = make.researching(room)
        snapshot = make.archived_page(room.alice)
        with pytest.raises(Invalid) as refusal:
            evidence.pin_quote(claim, snapshot, make.QUOTE, by=room.alice, stance="for")
        assert list(refusal.value.fields) == ["snapshot", "stance"]

    def test_a_withdrawn_quote_can_be_restored(self, room: Newsroom) -> None:
        pinned = make.pinned(room, make.researching(room))
        assert evidence.withdraw(pinned, by=room.researcher).withdrawn_by == room.researcher
        assert evidence.restore(pinned, by=room.researcher).withdrawn_at is None
        types = Event.objects.filter(subject=pinned.claim.subject).order_by("-seq").values_list("type", flat=True)
        assert list(types)[:2] == ["evidence.restored", "evidence.withdrawn"]

    def test_what_is_done_is_not_done_twice(self, room: Newsroom) -> None:
        pinned = make.pinned(room, make.researching(room))
        with pytest.raises(Conflict, match="pinned already"):
            evidence.restore(pinned, by=room.researcher)
        evidence.withdraw(pinned, by=room.researcher)
        with pytest.raises(Conflict, match="withdrawn already"):
            evidence.withdraw(pinned, by=room.researcher)

    def test_refuses_to_restore_what_was_pinned_again(self, room: Newsroom) -> None:
        pinned = make.pinned(room, make.researching(room))
        evidence.withdraw(pinned, by=room.researcher)
        evidence.pin_quote(pinned.claim, pinned.snapshot, pinned.exact, by=room.alice, stance="context")
        with pytest.raises(Conflict, match="pinned again since"):
            evidence.restore(pinned, by=room.researcher)


class TestDiscussion:
    def test_a_comment_is_kept_and_logged_without_its_text(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        said = discussion.comment(claim, "Ask the ministry.", by=room.alice)
        assert (said.text, last_event(claim).data) == ("Ask the ministry.", {"comment": said.pk})

    def test_refuses_an_empty_comment_and_one_by_a_machine(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        with pytest.raises(Invalid):
            discussion.comment(claim, "  ", by=room.alice)
        with pytest.raises(NotAllowed, match="Only people"):
            discussion.comment(claim, "Beep.", by=room.robot)
        assert not claim.comments.exists()

    def test_assigning_twice_changes_nothing(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        first = discussion.assign(claim, room.alice, "reviewer", by=room.editor)
        assert discussion.assign(claim, room.alice, "reviewer", by=room.admin) == first
        assert last_event(claim).data == {"person": room.alice.pk, "part": "reviewer"}

    @pytest.mark.parametrize(
        ("who", "part", "field"),
        [("author", "reviewer", "person"), ("robot", "reviewer", "person"), ("alice", "boss", "part")],
    )
    def test_refuses_an_unsuitable_part(self, room: Newsroom, who: str, part: str, field: str) -> None:
        claim = make.submitted(room)
        with pytest.raises(Invalid) as refusal:
            discussion.assign(claim, getattr(room, who), part, by=room.editor)
        assert list(refusal.value.fields) == [field]

    def test_refuses_research_by_whoever_signed_until_the_claim_is_re_opened(self, room: Newsroom) -> None:
        claim = make.published(room)
        with pytest.raises(Invalid) as refusal:
            discussion.assign(claim, room.editor, "researcher", by=room.admin)
        assert refusal.value.fields == {"person": "Editor signed this claim. Re-open it before they do research on it."}
        workflow.reopen(claim, by=room.admin, reason="A new page.")
        assert discussion.assign(claim, room.editor, "researcher", by=room.admin).person == room.editor

    def test_refuses_a_closed_account(self, room: Newsroom) -> None:
        room.alice.is_active = False
        with pytest.raises(Invalid, match="is closed"):
            discussion.assign(make.submitted(room), room.alice, "reviewer", by=room.editor)

    def test_a_part_can_be_taken_away(self, room: Newsroom) -> None:
        claim = make.submitted(room)
        given = discussion.assign(claim, room.alice, "reviewer", by=room.editor)
        discussion.unassign(given, by=room.editor)
        discussion.unassign(given, by=room.editor)
        types = Event.objects.filter(subject=claim.subject, type="claim.unassigned")
        assert (Assignment.objects.count(), types.count()) == (0, 1)

    def test_who_did_research_stays_a_researcher(self, room: Newsroom) -> None:
        claim = make.with_evidence(room)
        part = Assignment.objects.get(claim=claim, person=room.researcher)
        with pytest.raises(Conflict, match="stays a researcher"):
            discussion.unassign(part, by=room.editor)
        assert Assignment.objects.filter(pk=part.pk).exists()

    @pytest.mark.parametrize("back", [False, True])
    def test_who_withdrew_a_quote_is_a_researcher_and_stays_one(self, room: Newsroom, back: bool) -> None:
        claim = make.with_evidence(room)
        pinned = evidence.withdraw(claim.evidence.get(), by=room.editor)
        if back:
            evidence.restore(pinned, by=room.alice)
        part = Assignment.objects.get(claim=claim, person=room.editor)
        with pytest.raises(Conflict, match="stays a researcher"):
            discussion.unassign(part, by=room.admin)
        assert permissions.part_of(room.editor, claim).researcher


def test_a_day_of_yesterday_is_in_the_past(room: Newsroom) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    claim = make.submitted(room)
    assert evidence.add_appearance(claim, by=room.author, citation="x", appeared_on=yesterday).appeared_on == yesterday
