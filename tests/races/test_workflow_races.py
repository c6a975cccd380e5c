"""Two at once, on a real PostgreSQL with real threads: one wins, the others are told so."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection

from claims import article, discussion, evidence, fact_sheets, workflow
from claims.models import Claim, Claimant, Decision, Evidence, Publication, Review, SignOff
from claims.states import Status
from factcheck.audit.models import Event
from factcheck.audit.verify import faults
from factcheck.errors import Refusal
from sources.models import Source
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


class TestADoubleClick:
    """Eight at once: one is done, seven are told why not, one event."""

    @pytest.mark.parametrize(
        ("reach", "act", "event", "sentence"),
        [
            (
                make.with_evidence,
                lambda claim, room: workflow.send_to_review(claim, by=room.researcher),
                "claim.sent_to_review",
                "“Send to review” is for claims that are researching. This one is in review.",
            ),
            (
                make.adjudicating,
                lambda claim, room: workflow.adjudicate(claim, by=room.third, rating="true", reasons="Read it."),
                "claim.adjudicated",
                "“Adjudicate” is for claims that are adjudicating. This one is decided.",
            ),
            (
                make.published,
                lambda claim, room: workflow.correct(claim, by=room.editor, summary="It held.", note="A date."),
                "claim.corrected",
                "Version 2 says exactly this already. Change something first.",
            ),
            (
                make.published,
                lambda claim, room: workflow.retract(claim, by=room.editor, note="The page was forged."),
                "claim.retracted",
                "“Retract” is for claims that are published, corrected. This one is retracted.",
            ),
            (
                make.in_review,
                lambda claim, room: workflow.reopen(claim, by=room.editor, reason="A page is missing."),
                "claim.reopened",
                (
                    "“Re-open” is for claims that are in review, adjudicating, decided, published, corrected, "
                    "retracted. This one is researching."
                ),
            ),
        ],
    )
    def test_acts_once(
        self,
        reach: Callable[[make.Newsroom], Claim],
        act: Callable[[Claim, make.Newsroom], Any],
        event: str,
        sentence: str,
    ) -> None:
        room = make.newsroom()
        claim = reach(room)
        said = together([lambda: act(claim, room)] * 8)
        assert Counter(said) == {"done": 1, sentence: 7}
        assert Event.objects.filter(type=event).count() == 1
        assert chains_hold()

    def test_publishes_one_version_of_a_fact_sheet(self) -> None:
        room = make.newsroom()
        claim = make.published(room)
        sheet = fact_sheets.create(by=room.editor, title="Rare earths")
        fact_sheets.arrange(sheet, by=room.editor, claims=[claim.pk], title="Rare earths")
        fact_sheets.publish(sheet, by=room.editor)
        fact_sheets.arrange(sheet, by=room.editor, claims=[claim.pk], title="Rare earths of May")
        said = together([lambda: fact_sheets.publish(sheet, by=room.editor, note="A title.")] * 4)
        assert Counter(said) == {"done": 1, "Version 2 says exactly this already. Change something first.": 3}
        assert list(sheet.versions.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("turn", range(4))
def test_whoever_is_made_a_researcher_while_they_sign_is_one_or_the_signer(turn: int) -> None:
    room = make.newsroom()
    claim = make.decided(room)
    assigned, signed = together(
        [
            lambda: discussion.assign(claim, room.editor, "researcher", by=room.admin),
            lambda: workflow.publish(claim, by=room.editor, summary="It holds."),
        ]
    )
    claim.refresh_from_db()
    is_researcher = claim.assignments.filter(person=room.editor).exists()
    assert (assigned, signed, is_researcher, claim.published_by) in [
        ("done", "You did research on this claim, so an editor who took no part has to sign it.", True, None),
        ("Editor signed this claim. Re-open it before they do research on it.", "done", False, room.editor),
    ]


@pytest.mark.parametrize("turn", range(4))
def test_a_round_is_about_the_quotes_that_stood_when_it_opened(turn: int) -> None:
    room = make.newsroom()
    claim = make.with_evidence(room)
    snapshot = claim.evidence.get().snapshot
    pinned, sent = together(
        [
            lambda: evidence.pin_quote(claim, snapshot, "Exports fell in May.", by=room.alice, stance="context"),
            lambda: workflow.send_to_review(claim, by=room.researcher),
        ]
    )
    assert sent == "done"
    types = list(Event.objects.filter(subject=claim.subject).order_by("seq").values_list("type", flat=True))
    last = ["evidence.pinned", "claim.sent_to_review"]
    assert (pinned, types[-3:]) in [
        ("done", ["evidence.pinned", *last]),
        ("Research on this claim is closed: it is in review. An editor can re-open it.", [types[-3], *last]),
    ]
    assert claim.evidence.count() == types.count("evidence.pinned")


def test_articles_that_name_the_same_new_people_in_another_order_all_come_in() -> None:
    room = make.newsroom()
    people = [f"Speaker {number}" for number in range(12)]

    def put_in(names: list[str]) -> None:
        marked = [article.Marked("It rained.", "It rained.", name) for name in names]
        day = date(2025, 6, 9)
        article.submit_marked(room.author, marked, language="en", claimed_on=day, claimant_kind="person")

    said = together([lambda: put_in(people), lambda: put_in(people[::-1])] * 2)
    assert said == ["done"] * 4
    assert (Claimant.objects.count(), Claim.objects.count()) == (12, 48)


def test_many_claims_that_cite_one_new_page_queue_it_once() -> None:
    room = make.newsroom()
    claims = [make.researching(room) for _ in range(6)]

    def cite(claim: Claim) -> None:
        evidence.cite_source(claim, "https://example.org/shared", by=room.alice)

    said = together([partial(cite, claim) for claim in claims])
    assert said == ["done"] * 6
    assert Source.objects.get().captures.count() == 1
