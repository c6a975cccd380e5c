"""A reader who goes on from the last event it saw misses none, however the writers overlap."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from factcheck.audit.feed import settled
from factcheck.audit.log import record
from factcheck.audit.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def write(subject: str) -> None:
    with transaction.atomic():
        record(subject, "claim.edited", by=None, data={})


def seen(after: int = 0) -> list[tuple[int, str]]:
    return list(settled().filter(pk__gt=after).order_by("pk").values_list("pk", "subject"))


@contextmanager
def another_connection(*steps: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """A transaction of somebody else. Each call takes its next step; it commits when the block ends."""
    go, done = threading.Semaphore(0), threading.Semaphore(0)

    def work() -> None:
        with transaction.atomic():
            for step in steps:
                go.acquire()
                step()
                done.release()
            go.acquire()
        connection.close()

    def take() -> None:
        go.release()
        assert done.acquire(timeout=10)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield take
    finally:
        go.release()
        thread.join(10)


def record_event(subject: str) -> Callable[[], None]:
    return lambda: write(subject)


def take_a_transaction_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")


def test_an_event_waits_for_slower_ones_with_a_lower_number() -> None:
    with another_connection(record_event("claim:1")) as slow:
        slow()
        write("claim:2")
        assert Event.objects.filter(subject="claim:2").exists()
        assert seen() == []
    assert [subject for _, subject in seen()] == ["claim:1", "claim:2"]


def test_a_transaction_that_began_later_may_have_the_lower_number() -> None:
    with another_connection(record_event("claim:1")) as slow:
        with transaction.atomic():
            take_a_transaction_number()
            slow()
            record("claim:2", "claim.edited", by=None, data={})
        assert Event.objects.filter(subject="claim:2").exists()
        assert seen() == []
    assert [subject for _, subject in seen()] == ["claim:1", "claim:2"]


def test_what_is_older_than_every_writer_is_read_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    write("claim:1")
    monkeypatch.setattr("factcheck.audit.feed.MARGIN", timedelta(0))
    with another_connection(record_event("claim:2")) as slow:
        slow()
        assert [subject for _, subject in seen()] == ["claim:1"]


def test_one_sees_what_one_has_just_written() -> None:
    with transaction.atomic():
        record("claim:1", "claim.edited", by=None, data={})
        assert [subject for _, subject in seen()] == ["claim:1"]


def test_a_reader_that_follows_eight_writers_misses_nothing() -> None:
    def work(number: int) -> None:
        for _ in range(10):
            write(f"claim:{number}")
        connection.close()

    writers = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for writer in writers:
        writer.start()
    followed: list[int] = []
    while any(writer.is_alive() for writer in writers):
        followed += [number for number, _ in seen(followed[-1] if followed else 0)]
    followed += [number for number, _ in seen(followed[-1] if followed else 0)]
    assert len(followed) == 80
    assert followed == list(Event.objects.order_by("pk").values_list("pk", flat=True))
