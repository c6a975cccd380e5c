"""Two at once, on a real PostgreSQL with real threads: one wins, the others are told so."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from claims import evidence, workflow
from claims.models import Claim, Decision, Evidence, Publication, Review, SignOff
from claims.states import Status
from factcheck.audit.models import Event
from factcheck.audit.verify import faults
from factcheck.errors import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def together(acts: list[Callable[[], Any]]) -> list[str]:
    """Run the acts at the same moment, each on a connection of its own: "done" or the refusal's sentence."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def chains_hold() -> bool:
    return list(faults(Event.objects.order_by("subject", "seq").iterator())) == []


def test_eight_threads_publish_the_same_claim() -> None:
    room = make.newsroom()
    claim = make.decided(room)
    said = together([lambda: workflow.publish(claim, by=room.editor, summary="It holds.")] * 8)
    conflict = "“Sign off and publish” is for claims that are decided. This one is published."
    assert Counter(said) == {"done": 1, conflict: 7}
    assert Event.objects.filter(type="claim.published").count() == 1
    assert (SignOff.objects.count(), Publication.objects.count()) == (1, 1)
    assert chains_hold()


def test_both_last_reviews_at_the_same_moment_decide_once() -> None:
    room = make.newsroom()
    claim = make.in_review(room)
    said = together([lambda: make.seal(claim, room.alice), lambda: make.seal(claim, room.bob)])
    assert said == ["done", "done"]
    assert Decision.objects.count() == 1
    assert Claim.objects.get().status == Status.DECIDED
    assert chains_hold()


def test_one_reviewer_in_eight_windows_gives_one_review() -> None:
    room = make.newsroom()
    claim = make.in_review(room)
    said = together([lambda: make.seal(claim, room.alice)] * 8)
    assert Counter(said)["done"] == 1
    assert Review.objects.filter(sealed_at__isnull=False).count() == 1
    assert Event.objects.filter(type="review.sealed").count() == 1


def test_three_reviewers_for_two_places() -> None:
    room = make.newsroom()
    claim = make.in_review(room)
    said = together([lambda by=by: make.seal(claim, by) for by in (room.alice, room.bob, room.third)])  # type: ignore[misc]
    assert Counter(said)["done"] == 2
    assert Review.objects.filter(sealed_at__isnull=False).count() == 2


def test_a_draft_that_is_saved_while_it_is_sealed_does_not_undo_the_seal() -> None:
    room = make.newsroom()
    claim = make.in_review(room)
    acts: list[Callable[[], Any]] = [lambda: workflow.save_draft(claim, by=room.alice, reasons="half a thought")] * 4
    together([*acts, lambda: make.seal(claim, room.alice, reasons="A whole thought.")])
    review = Review.objects.get()
    assert (review.sealed_at is not None, review.reasons) == (True, "A whole thought.")


def test_a_double_click_pins_a_quote_once() -> None:
    room = make.newsroom()
    claim = make.researching(room)
    snapshot = make.archived_page(room.alice)
    evidence.cite_source(claim, snapshot.url, by=room.alice)

    def pin() -> None:
        evidence.pin_quote(claim, snapshot, make.QUOTE, by=room.alice, stance="supports")

    said = together([pin] * 4)
    assert Counter(said) == {"done": 1, "This passage is pinned to the claim already.": 3}
    assert Evidence.objects.count() == 1


def test_editing_and_sending_to_review_do_not_cross() -> None:
    """The reviewers judge one wording: an edit lands before the round opens, or is refused."""
    room = make.newsroom()
    claim = make.with_evidence(room)

    def edit() -> None:
        evidence.edit_claim(
            claim,
            by=room.editor,
            statement="Another wording.",
            language="en",
            claimant_name="An official",
            claimant_kind="person",
            claimed_on=claim.claimed_on,
        )

    edited, sent = together([edit, lambda: workflow.send_to_review(claim, by=room.researcher)])
    assert sent == "done"
    types = Event.objects.filter(subject=claim.subject).order_by("seq").values_list("type", flat=True)
    assert list(types)[-2:] == (
        ["claim.edited", "claim.sent_to_review"] if edited == "done" else ["evidence.pinned", "claim.sent_to_review"]
    )


def test_a_system_that_sends_a_claim_twice_at_once_gets_one_claim() -> None:
    room = make.newsroom()
    said = together([lambda: make.submitted(room, by=room.robot, external_id="cms-1")] * 4)
    assert said == ["done"] * 4
    assert Claim.objects.count() == 1
