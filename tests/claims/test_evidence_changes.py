"""From publication to the editor's second look: the cited page is watched, and what is lost is flagged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from pytest_django import Settings

from claims import changes, queries, second_look, workflow
from claims.models import Claim, EvidenceChange
from claims.permissions import part_of
from claims.queries import Filters
from factcheck.audit.models import Event
from factcheck.errors import Conflict, Invalid, NotAllowed
from sources import archive, capturing, watch
from sources.models import Capture, Observation, Source, Watch
from tests import factories as make
from tests.changing_page import (
    AS_CITED,
    OTHER_WORDS,
    WITHOUT_QUOTE,
    ChangingPage,
    captured,
    cited,
    published,
)
from tests.factories import QUOTE, Newsroom

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 6, 10, 12, tzinfo=UTC)


def source_of(site: ChangingPage) -> Source:
    return Source.objects.get(canonical_url=site.url)


def outcomes() -> list[str]:
    return list(Observation.objects.order_by("id").values_list("outcome", flat=True))


def flags(claim: Claim) -> list[tuple[str, str]]:
    return list(claim.changes.order_by("id").values_list("observation__outcome", "settlement"))


class TestTheWatch:
    def test_begins_when_something_is_published_and_not_before(self, room: Newsroom, site: ChangingPage) -> None:
        cited(room, site.url, statement="Only read.")
        assert not Watch.objects.exists()
        published(room, site.url)
        kept = Watch.objects.get(source=source_of(site))
        assert kept.next_at - kept.started_at == timedelta(days=3)
        assert Event.objects.filter(subject=kept.source.subject, type="watch.started").count() == 1

    def test_takes_in_every_source_that_is_cited(self, room: Newsroom, site: ChangingPage) -> None:
        claim = published(room, site.url, quote="")
        assert set(Watch.objects.values_list("source", flat=True)) == set(
            claim.citations.values_list("source", flat=True)
        )
        assert Watch.objects.count() == 2

    def test_looks_after_3_10_and_90_days_and_then_every_91(self, room: Newsroom, site: ChangingPage) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            published(room, site.url)
            looked = []
            for day in range(1, 275):
                clock.move_to(NOON + timedelta(days=day))
                if watch.look_at_what_is_due():
                    looked.append(day)
                    captured(source_of(site))
        assert looked == [3, 10, 90, 181, 272]
        assert Capture.objects.filter(purpose="watch", requested_by=None).count() == 5

    def test_looks_once_after_it_was_asleep(self, room: Newsroom, site: ChangingPage) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            published(room, site.url)
            clock.move_to(NOON + timedelta(days=50))
            assert (watch.look_at_what_is_due(), watch.look_at_what_is_due()) == (1, 0)
        assert Watch.objects.get().next_at == NOON + timedelta(days=90)

    def test_days_are_a_setting(self, room: Newsroom, site: ChangingPage, settings: Settings) -> None:
        settings.WATCH_DAYS, settings.WATCH_THEN_EVERY_DAYS = [1], 7
        with time_machine.travel(NOON, tick=False) as clock:
            published(room, site.url)
            for day, following in ((1, 8), (8, 15)):
                clock.move_to(NOON + timedelta(days=day))
                watch.look_at_what_is_due()
                assert Watch.objects.get().next_at == NOON + timedelta(days=following)

    def test_another_publication_begins_the_days_anew(self, room: Newsroom, site: ChangingPage) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            published(room, site.url)
            clock.move_to(NOON + timedelta(days=30))
            watch.look_at_what_is_due()
            captured(source_of(site))
            published(room, site.url, statement="Another claim.")
            assert Watch.objects.get().next_at == NOON + timedelta(days=33)

    def test_ends_with_the_last_retraction(self, room: Newsroom, site: ChangingPage) -> None:
        first, second = published(room, site.url), published(room, site.url, statement="Another claim.")
        workflow.retract(first, by=room.editor, note="Forged.")
        assert Watch.objects.exists()
        workflow.retract(second, by=room.editor, note="Forged.")
        assert not Watch.objects.exists()
        assert Event.objects.filter(type="watch.ended").count() == 1

    def test_goes_on_while_a_claim_is_open_again_for_its_page_is_still_read(
        self, room: Newsroom, site: ChangingPage
    ) -> None:
        claim = published(room, site.url)
        workflow.reopen(claim, by=room.editor, reason="A new source.")
        Watch.objects.update(next_at=NOON)
        assert watch.look_at_what_is_due() == 1


class TestALookAgain:
    @pytest.mark.parametrize(
        ("body", "status", "outcome", "lost"),
        [
            (AS_CITED, "200 OK", "unchanged", []),
            (OTHER_WORDS, "200 OK", "quotes_kept", []),
            (WITHOUT_QUOTE, "200 OK", "quote_gone", [QUOTE]),
            ("<h1>Page not found</h1><p>It may have moved.</p>", "200 OK", "soft_404", [QUOTE]),
            ("", "404 Not Found", "gone", [QUOTE]),
            ("", "410 Gone", "gone", [QUOTE]),
            ("", "503 Service Unavailable", "unreachable", []),
            ("<h1>Verify you are human</h1>", "200 OK", "unreachable", []),
        ],
    )
    def test_has_one_of_six_outcomes(
        self, room: Newsroom, site: ChangingPage, body: str, status: str, outcome: str, lost: list[str]
    ) -> None:
        published(room, site.url)
        site.says(body, status)
        capture = captured(source_of(site))
        observation = Observation.objects.get()
        assert (observation.outcome, [quote["exact"] for quote in observation.lost]) == (outcome, lost)
        assert (observation.capture, observation.before.capture.purpose) == (capture, "cited")
        event = Event.objects.get(type="source.observed")
        assert (event.subject, event.data["outcome"], event.data["lost"]) == (
            capture.source.subject, outcome, len(lost),
        )  # fmt: skip

    def test_is_compared_with_each_copy_that_is_quoted(self, room: Newsroom, site: ChangingPage) -> None:
        published(room, site.url)
        site.says(OTHER_WORDS)
        captured(source_of(site))
        cited(room, site.url, quote="It rained.", statement="It rained.")
        site.says(AS_CITED)
        captured(source_of(site))
        assert outcomes() == ["quotes_kept", "unchanged", "quote_gone"]

    def test_of_a_page_that_nothing_quotes_is_compared_with_what_was_read(
        self, room: Newsroom, site: ChangingPage
    ) -> None:
        published(room, site.url, quote="")
        site.says(WITHOUT_QUOTE)
        captured(source_of(site))
        site.says("", "404 Not Found")
        captured(source_of(site))
        assert outcomes() == ["quotes_kept", "gone"]

    def test_that_broke_off_proves_nothing(self, room: Newsroom, site: ChangingPage) -> None:
        published(room, site.url)
        site.says(WITHOUT_QUOTE)
        site.answer = site.answer[:-200]
        captured(source_of(site))
        assert outcomes() == ["unreachable"]

    def test_is_written_down_once(self, room: Newsroom, site: ChangingPage) -> None:
        published(room, site.url)
        capture = captured(source_of(site))
        assert watch.observe(capture.pk) is False
        assert len(outcomes()) == 1

    def test_that_a_dying_worker_left_is_compared_later(self, room: Newsroom, site: ChangingPage) -> None:
        claim = published(room, site.url)
        site.says("", "404 Not Found")
        capture = archive.request_capture(source_of(site), by=None)
        capturing.run(capture.pk)
        assert (outcomes(), watch.catch_up()) == ([], 0)
        Capture.objects.filter(pk=capture.pk).update(finished_at=NOON)
        assert (watch.catch_up(), watch.catch_up()) == (1, 0)
        assert (outcomes(), flags(claim)) == (["gone"], [("gone", "")])

    def test_of_a_first_capture_there_is_nothing_to_say(self, room: Newsroom, site: ChangingPage) -> None:
        cited(room, site.url)
        assert outcomes() == []
        assert not Capture.objects.filter(compared_at=None).exists()


class TestTheFlag:
    @pytest.mark.parametrize(
        ("body", "status", "flagged"),
        [
            (WITHOUT_QUOTE, "200 OK", [("quote_gone", "")]),
            ("", "404 Not Found", [("gone", "")]),
            ("<h1>Page not found</h1>", "200 OK", [("soft_404", "")]),
            (OTHER_WORDS, "200 OK", []),
            ("", "503 Service Unavailable", []),
        ],
    )
    def test_is_raised_when_the_quote_or_the_page_is_gone(
        self, room: Newsroom, site: ChangingPage, body: str, status: str, flagged: list[tuple[str, str]]
    ) -> None:
        claim = published(room, site.url)
        site.says(body, status)
        captured(source_of(site))
        assert flags(claim) == flagged
        events = Event.objects.filter(subject=claim.subject, type="claim.evidence_changed")
        assert [event.data["outcome"] for event in events] == [outcome for outcome, _ in flagged]

    def test_concerns_only_claims_that_lost_their_own_quote(self, room: Newsroom, site: ChangingPage) -> None:
        kept = published(room, site.url, quote="Two of the seven metals are used in magnets")
        lost = published(room, site.url, statement="Another claim.")
        site.says(WITHOUT_QUOTE)
        captured(source_of(site))
        assert (flags(kept), flags(lost)) == ([], [("quote_gone", "")])

    def test_concerns_whoever_cites_a_page_that_is_gone(self, room: Newsroom, site: ChangingPage) -> None:
        quotes, reads = published(room, site.url), published(room, site.url, quote="", statement="Another claim.")
        open_still = cited(room, site.url, statement="Not published.")
        site.says("", "404 Not Found")
        captured(source_of(site))
        assert (flags(quotes), flags(reads), flags(open_still)) == ([("gone", "")], [("gone", "")], [])

    def test_is_not_raised_again_for_the_same_loss(self, room: Newsroom, site: ChangingPage) -> None:
        claim = published(room, site.url)
        site.says("", "404 Not Found")
        captured(source_of(site))
        second_look.uphold(claim, by=room.editor, reason="We hold a copy.")
        captured(source_of(site))
        assert flags(claim) == [("gone", "stands")]

    def test_is_raised_again_after_the_page_was_back(self, room: Newsroom, site: ChangingPage) -> None:
        claim = published(room, site.url)
        for body, status in [("", "404 Not Found"), (AS_CITED, "200 OK"), ("", "404 Not Found")]:
            site.says(body, status)
            captured(source_of(site))
        assert flags(claim) == [("gone", ""), ("gone", "")]

    def test_leaves_a_claim_alone_that_is_open_again(self, room: Newsroom, site: ChangingPage) -> None:
        claim = published(room, site.url)
        workflow.reopen(claim, by=room.editor, reason="A new source.")
        site.says("", "404 Not Found")
        captured(source_of(site))
        assert (outcomes(), flags(claim)) == (["gone"], [])


@pytest.fixture
def flagged(room: Newsroom, site: ChangingPage) -> Claim:
    claim = published(room, site.url)
    site.says("", "404 Not Found")
    captured(source_of(site))
    return claim


class TestTheSecondLook:
    def test_lets_the_verdict_stand_with_a_reason(self, room: Newsroom, flagged: Claim) -> None:
        second_look.uphold(flagged, by=room.editor, reason="The archived copy bears it.")
        change = flagged.changes.get()
        assert (change.settlement, change.settled_by, change.reason) == (
            "stands", room.editor, "The archived copy bears it.",
        )  # fmt: skip
        event = Event.objects.filter(subject=flagged.subject).latest("seq")
        assert (event.type, event.actor, event.data) == (
            "claim.upheld", room.editor, {"changes": [change.pk], "reason": "The archived copy bears it."},
        )  # fmt: skip

    def test_wants_a_reason_and_something_to_look_at(self, room: Newsroom, flagged: Claim) -> None:
        with pytest.raises(Invalid, match="Say why the verdict stands"):
            second_look.uphold(flagged, by=room.editor, reason="  ")
        second_look.uphold(flagged, by=room.editor, reason="Read it.")
        with pytest.raises(Conflict, match="No change of the evidence waits"):
            second_look.uphold(flagged, by=room.editor, reason="Again.")

    @pytest.mark.parametrize("who", ["author", "researcher", "alice", "admin", "robot", "nobody"])
    def test_is_an_editors_who_took_no_part(self, room: Newsroom, flagged: Claim, who: str) -> None:
        with pytest.raises(NotAllowed):
            second_look.uphold(flagged, by=getattr(room, who), reason="Read it.")
        assert flags(flagged) == [("gone", "")]

    def test_may_open_the_question_again(self, room: Newsroom, flagged: Claim) -> None:
        workflow.reopen(flagged, by=room.editor, reason="The page is gone.")
        assert flags(flagged) == [("gone", "reopened")]

    def test_may_end_in_a_retraction(self, room: Newsroom, flagged: Claim) -> None:
        workflow.retract(flagged, by=room.editor, note="The page is gone.")
        assert flags(flagged) == [("gone", "retracted")]

    def test_stands_in_the_queue_of_editors_who_may_take_it(self, room: Newsroom, flagged: Claim) -> None:
        make.published(room, statement="Nothing changed here.")
        for name, group in [("editor", "mine"), ("third", "mine"), ("alice", "others"), ("admin", "others")]:
            found = queries.queue(getattr(room, name), Filters(changed=True, group=group))
            assert [claim.pk for claim in found] == [flagged.pk], name
            assert queries.queue(getattr(room, name), Filters(changed=True)).count() == 1
        second_look.uphold(flagged, by=room.editor, reason="Read it.")
        assert not queries.queue(room.editor, Filters(changed=True)).exists()
        assert queries.counts(room.editor) == {"mine": 0, "others": 0, "rest": 2}

    def test_owes_exactly_whoever_may_uphold(self, room: Newsroom, flagged: Claim) -> None:
        for name in Newsroom.__dataclass_fields__:
            user = getattr(room, name)
            may = not second_look.why_not(user, flagged, part_of(user, flagged))
            assert (queries.queue(user).get(pk=flagged.pk).owed == queries.LOOK) == may, name


class TestWhatIsNeverStored:
    def test_a_flag_twice(self, flagged: Claim) -> None:
        with pytest.raises(DatabaseError, match="one_change_per_claim_and_observation"), transaction.atomic():
            EvidenceChange.objects.create(claim=flagged, observation=Observation.objects.get())

    @pytest.mark.parametrize(
        ("change", "constraint"),
        [
            ({"settlement": "stands"}, "change_settled_says_how"),
            ({"settled_at": NOON}, "change_settled_says_how"),
            (
                {"settled_at": NOON, "settlement": "stands", "reason": "So."},
                "evidence_change_settled_at_and_settled_by_together",
            ),
        ],
    )
    def test_half_a_settlement(self, flagged: Claim, change: dict[str, object], constraint: str) -> None:
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            flagged.changes.update(**change)
        assert constraint in str(refusal.value)

    def test_a_verdict_that_stands_for_no_reason(self, room: Newsroom, flagged: Claim) -> None:
        with pytest.raises(DatabaseError, match="change_that_stands_says_why"), transaction.atomic():
            flagged.changes.update(settlement="stands", reason=" ", settled_at=NOON, settled_by=room.editor)

    def test_a_change_that_vanishes(self, flagged: Claim) -> None:
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            changes.open_changes(flagged).get().delete()
