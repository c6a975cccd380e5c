"""What the archive has before it, what holds it up, and what failed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sources import archive
from sources.backlog import backlog
from sources.models import Capture, Host
from tests import factories
from tests.factories import Newsroom

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(db: None) -> Newsroom:
    return factories.newsroom()


def capture(room: Newsroom, name: str, **fields: Any) -> Capture:
    source = archive.add_source(f"https://example.org/{name}", by=room.researcher)
    return Capture.objects.create(source=source, **fields)


def failed(room: Newsroom, name: str, reason: str, ago: timedelta = MINUTE) -> Capture:
    ended = timezone.now() - ago
    return capture(room, name, state="failed", reason=reason, detail="No.", finished_at=ended, retryable=True)


def test_counts_what_waits_and_for_what(room: Newsroom) -> None:
    now = timezone.now()
    later = now + MINUTE
    oldest = capture(
        room, "a", requested_at=now - 90 * MINUTE, not_before=later, setback="http_5xx", setback_detail="S."
    )
    due = capture(room, "b", not_before=now - 2 * MINUTE)
    capture(room, "c", not_before=now - MINUTE)
    capture(room, "d", not_before=later, waits_for="example.org")
    running = {"lease": uuid4(), "lease_until": later, "started_at": now}
    capture(room, "e", state="running", **running)
    failed(room, "f", "http_404")
    depth = backlog().depth
    assert (depth.due, depth.for_turn, depth.to_try_again, depth.running) == (2, 1, 1, 1)
    assert (depth.oldest_at, depth.oldest_due_at, depth.is_stuck) == (oldest.requested_at, due.not_before, True)


def test_is_not_stuck_while_workers_keep_up(room: Newsroom) -> None:
    capture(room, "a", not_before=timezone.now() - MINUTE / 2)
    assert not backlog().depth.is_stuck


def test_of_nothing_is_empty(room: Newsroom) -> None:
    found = backlog()
    assert (found.hosts, found.setbacks, found.failures, found.done) == ([], [], [], 0)
    assert (found.depth.due, found.depth.oldest_at, found.depth.oldest_due_at, found.depth.is_stuck) == (
        0, None, None, False,
    )  # fmt: skip


def test_names_the_hosts_that_are_waited_for(room: Newsroom) -> None:
    now = timezone.now()
    turns = [now + n * MINUTE for n in (1, 2, 3)]
    for number, turn in enumerate(turns):
        capture(room, f"busy{number}", not_before=turn, waits_for="busy.example")
    capture(room, "other", not_before=turns[0], waits_for="other.example")
    capture(room, "woken", not_before=now - MINUTE, waits_for="woken.example")
    until = now + 30 * MINUTE
    Host.objects.create(name="other.example", closed_until=until)
    Host.objects.create(name="closed.example", closed_until=until)
    Host.objects.create(name="open.example", closed_until=now - MINUTE)
    assert [(h.host, h.captures, h.next_at, h.last_at, h.closed_until) for h in backlog().hosts] == [
        ("busy.example", 3, turns[0], turns[2], None),
        ("other.example", 1, turns[0], turns[0], until),
        ("closed.example", 0, None, None, until),
    ]


def test_counts_failures_of_the_last_day_by_reason(room: Newsroom) -> None:
    for number in range(2):
        last = failed(room, f"gone{number}", "http_404")
    refused = failed(room, "refused", "refused")
    failed(room, "before", "http_404", ago=timedelta(hours=25))
    old_word = failed(room, "old", "a reason of an older factcheck")
    factories.archived_page(room.researcher)
    found = backlog()
    assert [(f.reason, f.captures, f.may_work_later, f.last) for f in found.failures] == [
        ("http_404", 2, False, last),
        ("a reason of an older factcheck", 1, False, old_word),
        ("refused", 1, True, refused),
    ]
    assert found.done == 1


def test_counts_setbacks_by_reason(room: Newsroom) -> None:
    later = timezone.now() + MINUTE
    for name in "ab":
        last = capture(room, name, not_before=later, setback="http_429", setback_detail="Too often.")
    capture(room, "c")
    assert [(f.reason, f.captures, f.may_work_later, f.last) for f in backlog().setbacks] == [
        ("http_429", 2, True, last)
    ]


@pytest.mark.parametrize("many", [1, 30])
def test_takes_the_same_queries_for_many(
    many: int, room: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    later = timezone.now() + MINUTE
    for number in range(many):
        failed(room, f"f{number}", "http_404")
        capture(room, f"w{number}", not_before=later, waits_for=f"host{number}.example")
        capture(room, f"s{number}", not_before=later, setback="http_429", setback_detail="Too often.")
    with django_assert_num_queries(9):
        backlog()
