"""Cited pages are looked at again, and what became of them is written down.

A source is watched from the moment something published cites it until nothing does. Its captures are those of
`sources.archive`; each that is done or has failed is compared once with every snapshot that is cited. The rows are
the truth here too: `Watch.next_at` says when to look, `Capture.compared_at` what is still to be compared.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from factcheck.access.models import User
from factcheck.audit.log import record
from factcheck.env import Misconfigured
from sources import archive, citing, drift
from sources.models import Capture, Observation, Snapshot, Source, Watch

State, Purpose = Capture.State, Capture.Purpose
log = logging.getLogger(__name__)

AT_MOST = 100
# The worker that ran a capture compares it at once; what is older than this was left behind by one that died.
LEFT_BEHIND_SECONDS = 30


def intervals() -> list[int]:
    """WATCH_DAYS. Misconfigured unless they are days from one on, each later than the one before."""
    days = settings.WATCH_DAYS
    if not days or days[0] < 1 or sorted(set(days)) != days:
        raise Misconfigured(f"WATCH_DAYS is {days}. Write days from 1 on, each later than the one before: 3,10,90.")
    return list(days)


@transaction.atomic
def begin(sources: Iterable[int], *, by: User | None) -> None:
    """Watch these from today. What is watched already begins its row of days anew: something cites it afresh."""
    now = timezone.now()
    for source in Source.objects.select_for_update().filter(pk__in=list(sources)).order_by("pk"):
        first = now + timedelta(days=intervals()[0])
        watch, is_new = Watch.objects.get_or_create(source=source, defaults={"started_at": now, "next_at": first})
        if is_new:
            record(source.subject, "watch.started", by=by, data={"next_at": first.isoformat()})
        else:
            watch.started_at, watch.step, watch.next_at = now, 0, min(watch.next_at, first)
            watch.save()


@transaction.atomic
def end_where_uncited(sources: Iterable[int], *, by: User | None) -> None:
    for source in Source.objects.select_for_update().filter(pk__in=list(sources)).order_by("pk"):
        watch = Watch.objects.filter(source=source).first()
        if watch and not citing.is_watched(source.pk):
            _end(watch, by)


def look_at_what_is_due() -> int:
    """Queue a capture for every watch whose day has come. Returns how many; safe to run twice at once."""
    due = Watch.objects.filter(next_at__lte=timezone.now()).values_list("source", flat=True)
    return sum(_look(source) for source in list(due[:AT_MOST]))


@transaction.atomic
def _look(source_id: int) -> bool:
    # SKIP LOCKED: another scheduler that is at this source does all there is to do.
    source = Source.objects.select_for_update(skip_locked=True).filter(pk=source_id).first()
    watch = Watch.objects.filter(source=source, next_at__lte=timezone.now()).first() if source else None
    if source is None or watch is None:
        return False
    if not citing.is_watched(source.pk):
        _end(watch, None)
        return False
    watch.step, watch.next_at = _after(watch.started_at, timezone.now())
    watch.save()
    archive.request_capture(source, by=None, purpose=Purpose.WATCH)
    return True


def _after(started_at: datetime, now: datetime) -> tuple[int, datetime]:
    """How many days of the row are behind, and the next one. What was slept through is looked at once, not often."""
    days = intervals()
    elapsed = (now - started_at) / timedelta(days=1)
    step = sum(day <= elapsed for day in days)
    if step < len(days):
        return step, started_at + timedelta(days=days[step])
    every = settings.WATCH_THEN_EVERY_DAYS
    rounds = int((elapsed - days[-1]) // every) + 1
    return step + rounds - 1, started_at + timedelta(days=days[-1] + rounds * every)


def _end(watch: Watch, by: User | None) -> None:
    watch.delete()
    record(watch.source.subject, "watch.ended", by=by, data={})


# --- what a capture showed ----------------------------------------------------------------


def catch_up() -> int:
    """Compare what a worker that died left uncompared. Returns how many."""
    before = timezone.now() - timedelta(seconds=LEFT_BEHIND_SECONDS)
    left = Capture.objects.filter(compared_at=None, state__in=[State.DONE, State.FAILED], finished_at__lt=before)
    return sum(observe(pk) for pk in list(left.order_by("id").values_list("pk", flat=True)[:AT_MOST]))


def observe(capture_id: int) -> bool:
    """Compare what the capture showed with each snapshot that is cited, and tell those who cite them.

    False when that was done already, or the capture is still under way: then nothing was written.
    """
    to_compare = Capture.objects.filter(pk=capture_id, compared_at=None).values_list("source", flat=True)
    source_id = to_compare.first()
    return source_id is not None and _observe(capture_id, source_id)


@transaction.atomic
def _observe(capture_id: int, source_id: int) -> bool:
    held = citing.hold(source_id)
    source = Source.objects.select_for_update().get(pk=source_id)
    capture = _to_compare(capture_id)
    if capture is None:
        return False
    capture.compared_at = timezone.now()
    capture.save(update_fields=["compared_at"])
    if capture.purpose == Purpose.SUPPLIED:
        return True
    cited = _cited(source, capture)
    after = Snapshot.objects.filter(capture=capture).first() if cited else None
    observations = [_observation(capture, before, after) for before in cited]
    for observation in observations:
        observation.save(force_insert=True)
        record(source.subject, "source.observed", by=None, data=_told(observation))
    citing.notice(held, observations)
    return True


def _to_compare(capture_id: int) -> Capture | None:
    ended = Capture.objects.filter(pk=capture_id, compared_at=None, state__in=[State.DONE, State.FAILED])
    return ended.select_for_update().first()


def _cited(source: Source, capture: Capture) -> list[Snapshot]:
    """The earlier copies that are quoted; where none is, the one that whoever cites the page has read."""
    earlier = Snapshot.objects.filter(source=source, capture__lt=capture.pk).order_by("id")
    quoted = list(earlier.filter(pk__in=citing.quoted(source.pk)))
    if quoted:
        return quoted
    read = earlier.exclude(capture__purpose=Purpose.WATCH).last() or earlier.first()
    return [read] if read else []


def _observation(capture: Capture, before: Snapshot, after: Snapshot | None) -> Observation:
    passages = sorted({(mark.start, mark.end) for mark in citing.marks(before.pk)})
    quoted = [before.text[start:end] for start, end in passages]
    if after is None:
        found = drift.without_a_page(capture.reason, quoted)
    else:
        found = drift.between(_copy(before), _copy(after), quoted)
    lost = [{"start": passages[n][0], "end": passages[n][1], "exact": quoted[n]} for n in found.lost]
    return Observation(
        source_id=capture.source_id, capture=capture, before=before, after=after, outcome=found.outcome.value, lost=lost
    )


def _copy(snapshot: Snapshot) -> drift.Copy:
    return drift.Copy(snapshot.text, snapshot.payload_sha256, snapshot.wall, snapshot.truncated, snapshot.read_whole)


def _told(observation: Observation) -> dict[str, object]:
    return {
        "capture": observation.capture_id,
        "before": observation.before_id,
        "after": observation.after_id,
        "outcome": observation.outcome,
        "lost": len(observation.lost),
    }
