"""A quote goes over to another copy of its page only as it was proposed, and only by a person's word."""

from __future__ import annotations

import pytest

from claims import evidence, workflow
from claims.models import Assignment, Claim, Evidence
from claims.obstacles import every_quote_stands
from factcheck.audit.models import Event
from factcheck.errors import Conflict, NotAllowed
from sources.anchoring import Anchor
from sources.models import Snapshot
from tests import factories as make
from tests.factories import PAGE, QUOTE, Newsroom

pytestmark = pytest.mark.django_db

NEWER = PAGE.replace("seven rare earths", "nine rare earths").replace("Exports fell", "Update: exports fell")


def copies(room: Newsroom, newer: str = NEWER) -> tuple[Claim, Evidence, Snapshot]:
    """A claim with a quote from a page, and a newer copy of the same page."""
    claim = make.researching(room)
    old = make.pinned(room, claim)
    return claim, old, make.archived_page(room.researcher, text=newer, url=old.snapshot.url)


def proposal(old: Evidence, copy: Snapshot) -> Anchor:
    best = evidence.proposed(old, copy)
    assert best is not None
    return best


def test_the_new_quote_takes_the_place_of_the_old_one_in_one_event(room: Newsroom) -> None:
    claim, old, copy = copies(room)
    best = proposal(old, copy)
    new = evidence.carry_over(old, copy, by=room.researcher, start=best.found.start, end=best.found.end)
    old.refresh_from_db()
    assert new.exact == "kept its licence rule for nine rare earths"
    assert (new.snapshot, new.stance, new.note, new.added_by) == (copy, old.stance, old.note, room.researcher)
    assert (old.withdrawn_by, new.withdrawn_at) == (room.researcher, None)
    assert every_quote_stands(claim).met
    events = Event.objects.filter(subject=claim.subject, type__startswith="evidence.").order_by("seq")
    assert [event.type for event in events] == ["evidence.pinned", "evidence.carried_over"]
    data = events[1].data
    assert data["exact"] == {"from": QUOTE, "to": new.exact}
    assert data["snapshot"] == {"from": old.snapshot_id, "to": copy.pk}
    assert data["text_sha256"] == {"from": old.snapshot.text_sha256, "to": copy.text_sha256}
    assert (data["was"], data["evidence"], data["score"]) == (old.pk, new.pk, best.score)


def test_who_carries_it_over_took_part_in_the_research(room: Newsroom) -> None:
    claim, old, copy = copies(room)
    best = proposal(old, copy)
    evidence.carry_over(old, copy, by=room.alice, start=best.found.start, end=best.found.end)
    assert Assignment.objects.filter(claim=claim, person=room.alice, part="researcher").exists()


def test_nothing_is_confirmed_that_was_not_proposed(room: Newsroom) -> None:
    _, old, copy = copies(room)
    found = proposal(old, copy).found
    with pytest.raises(Conflict, match="not the passage that was proposed"):
        evidence.carry_over(old, copy, by=room.researcher, start=found.start, end=found.end - 1)
    assert [item.withdrawn_at for item in Evidence.objects.all()] == [None]


def test_a_machine_may_not_confirm_even_what_it_pinned_itself(room: Newsroom) -> None:
    claim = make.submitted(room, by=room.robot)
    claim = workflow.start_research(workflow.accept(claim, by=room.admin), by=room.researcher)
    page = make.archived_page(room.researcher)
    evidence.cite_source(claim, page.url, by=room.robot)
    old = evidence.pin_quote(claim, page, QUOTE, by=room.robot, stance="supports")
    copy = make.archived_page(room.researcher, text=NEWER, url=page.url)
    found = proposal(old, copy).found
    with pytest.raises(NotAllowed, match="Only people"):
        evidence.carry_over(old, copy, by=room.robot, start=found.start, end=found.end)
    assert evidence.carry_over(old, copy, by=room.alice, start=found.start, end=found.end).snapshot == copy


def test_another_page_is_no_copy(room: Newsroom) -> None:
    _, old, _ = copies(room)
    for other in (make.archived_page(room.researcher, text=NEWER), old.snapshot):
        with pytest.raises(Conflict, match="not another copy"):
            evidence.proposed(old, other)


def test_a_page_that_took_the_words_out_gets_no_proposal(room: Newsroom) -> None:
    _, old, copy = copies(room, newer="Exports rose in June.\nNobody at the ministry would say anything about it.")
    assert evidence.proposed(old, copy) is None
    with pytest.raises(Conflict):
        evidence.carry_over(old, copy, by=room.researcher, start=0, end=21)


def test_a_withdrawn_quote_stays_where_it_was(room: Newsroom) -> None:
    _, old, copy = copies(room)
    found = proposal(old, copy).found
    evidence.withdraw(old, by=room.researcher)
    with pytest.raises(Conflict, match="is withdrawn"):
        evidence.carry_over(old, copy, by=room.researcher, start=found.start, end=found.end)


def test_what_is_pinned_there_already_is_not_pinned_twice(room: Newsroom) -> None:
    claim, old, copy = copies(room)
    found = proposal(old, copy).found
    evidence.pin_quote(claim, copy, found.exact, by=room.researcher, stance="supports")
    with pytest.raises(Conflict, match="pinned to the claim already"):
        evidence.carry_over(old, copy, by=room.researcher, start=found.start, end=found.end)
    old.refresh_from_db()
    assert old.withdrawn_at is None


def test_evidence_stays_as_it_is_once_reviewers_judge_it(room: Newsroom) -> None:
    claim = make.in_review(room)
    old = claim.evidence.get()
    copy = make.archived_page(room.researcher, text=NEWER, url=old.snapshot.url)
    found = proposal(old, copy).found
    with pytest.raises(Conflict, match="is closed"):
        evidence.carry_over(old, copy, by=room.researcher, start=found.start, end=found.end)
