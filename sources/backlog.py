"""What the archive has before it, what holds it up, and what failed: for whoever keeps it running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from sources.models import Capture, Host
from sources.reasons import REASONS

State = Capture.State
#: Failures of so long ago are history; hosts beyond so many are noise.
FAILURES_OF = timedelta(days=1)
MOST_HOSTS = 50
STUCK_AFTER = timedelta(minutes=1)
NOBODY_WAITS: dict[str, Any] = {"captures": 0, "next_at": None, "last_at": None}


@dataclass(frozen=True)
class Depth:
    """How many captures there are of each kind. `due` could run now; `oldest_at` is when the oldest open one was asked
    for, `oldest_due_at` since when the first in line could have run."""

    due: int
    for_turn: int
    to_try_again: int
    running: int
    oldest_at: datetime | None
    oldest_due_at: datetime | None

    @property
    def is_stuck(self) -> bool:
        """Workers begin within seconds, so something is wrong."""
        return self.oldest_due_at is not None and timezone.now() - self.oldest_due_at > STUCK_AFTER


@dataclass(frozen=True)
class HostWait:
    """A host at which captures wait for their turn, or that asked to be left alone until `closed_until`."""

    host: str
    captures: int
    next_at: datetime | None
    last_at: datetime | None
    closed_until: datetime | None


@dataclass(frozen=True)
class ReasonCount:
    """A reason (docs/archive.md has the list), how many captures it is of, and the last of them."""

    reason: str
    captures: int
    may_work_later: bool
    last: Capture


@dataclass(frozen=True)
class Backlog:
    at: datetime
    depth: Depth
    hosts: list[HostWait]
    setbacks: list[ReasonCount]
    failures: list[ReasonCount]
    done: int
    since: datetime


def backlog() -> Backlog:
    """As it is now; failures and what was archived of the last day."""
    now = timezone.now()
    since = now - FAILURES_OF
    ended = Capture.objects.filter(finished_at__gt=since)
    return Backlog(
        at=now,
        depth=_depth(now),
        hosts=_hosts(now),
        setbacks=_by_reason(
            Capture.objects.filter(state__in=[State.QUEUED, State.RUNNING]).exclude(setback=""), "setback"
        ),
        failures=_by_reason(ended.filter(state=State.FAILED), "reason"),
        done=ended.filter(state=State.DONE).count(),
        since=since,
    )


def _depth(now: datetime) -> Depth:
    queued = Q(state=State.QUEUED)
    due = queued & Q(not_before__lte=now)
    later = queued & Q(not_before__gt=now)
    counted = Capture.objects.filter(state__in=[State.QUEUED, State.RUNNING]).aggregate(
        due=Count("pk", filter=due),
        for_turn=Count("pk", filter=later & ~Q(waits_for="")),
        to_try_again=Count("pk", filter=later & Q(waits_for="")),
        running=Count("pk", filter=Q(state=State.RUNNING)),
        oldest_at=Min("requested_at"),
        oldest_due_at=Min("not_before", filter=due),
    )
    return Depth(**counted)


def _hosts(now: datetime) -> list[HostWait]:
    """The busiest first."""
    waiting = Capture.objects.filter(state=State.QUEUED, not_before__gt=now).exclude(waits_for="").order_by()
    rows = waiting.values("waits_for").annotate(
        captures=Count("pk"), next_at=Min("not_before"), last_at=Max("not_before")
    )
    busiest = rows.order_by("-captures", "waits_for")[:MOST_HOSTS]
    waits: dict[str, Any] = {row["waits_for"]: row for row in busiest}
    closed = Host.objects.filter(closed_until__gt=now).order_by("-closed_until")
    until = dict(closed.values_list("name", "closed_until")[:MOST_HOSTS])
    until |= dict(closed.filter(name__in=waits).values_list("name", "closed_until"))
    names = dict.fromkeys([*waits, *until])
    return [_host(name, waits.get(name, NOBODY_WAITS), until.get(name)) for name in names]


def _host(name: str, waits: dict[str, Any], closed_until: datetime | None) -> HostWait:
    return HostWait(name, waits["captures"], waits["next_at"], waits["last_at"], closed_until)


def _by_reason(captures: Any, field: str) -> list[ReasonCount]:
    """The most frequent first."""
    rows = list(captures.order_by().values(field).annotate(captures=Count("pk"), last=Max("pk")))
    last = Capture.objects.select_related("source").in_bulk([row["last"] for row in rows])
    counted = [ReasonCount(row[field], row["captures"], _may_work_later(row[field]), last[row["last"]]) for row in rows]
    return sorted(counted, key=lambda count: (-count.captures, count.reason))


def _may_work_later(reason: str) -> bool:
    """A reason that an older factcheck gave may be gone from the list."""
    return reason in REASONS and REASONS[reason].retryable
