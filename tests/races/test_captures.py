"""Many people and workers at once: a page is one source, and fetched once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from factcheck.access.models import User
from factcheck.audit.models import Event
from sources import archive, capturing
from sources.models import Capture, Source

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8


def at_once(act: Callable[[int], object]) -> list[object]:
    ready = threading.Barrier(EIGHT)

    def work(number: int) -> object:
        ready.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(EIGHT) as pool:
        return list(pool.map(work, range(EIGHT)))


@pytest.fixture
def reporter() -> User:
    return User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])


def test_eight_people_citing_a_page_add_one_source(reporter: User) -> None:
    found = at_once(lambda number: archive.add_source(f"http://EXAMPLE.org/#{number}", by=reporter).pk)
    assert found == [Source.objects.get().pk] * EIGHT
    assert Event.objects.filter(type="source.added").count() == 1


def test_eight_people_asking_queue_one_capture(reporter: User) -> None:
    source = archive.add_source("http://10.0.0.1/", by=reporter)
    found = at_once(lambda _: archive.request_capture(source, by=reporter).pk)
    assert found == [Capture.objects.get().pk] * EIGHT
    assert Event.objects.filter(type="capture.requested").count() == 1


def test_eight_workers_share_eight_captures(reporter: User) -> None:
    for number in range(EIGHT):
        archive.request_capture(archive.add_source(f"http://10.0.0.{number}/", by=reporter), by=reporter)
    waiting = list(Capture.objects.order_by("pk").values_list("pk", flat=True))
    at_once(lambda _: [capturing.run(pk) for pk in waiting])
    assert set(Capture.objects.values_list("state", "attempts")) == {("failed", 1)}
    assert Event.objects.filter(type="capture.failed").count() == EIGHT
