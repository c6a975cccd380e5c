"""Real worker processes on one host: one bucket between them, and captures that are tried again by themselves."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta
from itertools import pairwise

import pytest

from sources import archive
from sources.models import Capture, Host, Snapshot
from tests.processes import Processes
from tests.sources.raw_server import page, raw_server
from tests.sources.test_worker import in_state, reporter, request, until

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.uncounted, pytest.mark.django_db(transaction=True)]
PAGE = page("<title>Page</title><p>The licences stay.</p>")
DOWN = page("", status="503 Busy")


def test_two_workers_share_the_bucket_of_a_host(processes: Processes) -> None:
    """Three at once, then one a minute: the test is over before the fourth turn."""
    with raw_server(PAGE) as server:
        given = {"FETCH_ALLOW_PRIVATE": server.endpoint}
        for _ in range(2):
            processes.worker(**given, FETCH_HOST_PER_MINUTE="1", FETCH_HOST_BURST="3")
        request(server, 20)
        until(lambda: in_state("done") == 3 and Capture.objects.filter(waits_for=server.endpoint).count() == 17)
        assert (len(server.requests), len(server.rules_read)) == (3, 1)
    waiting = Capture.objects.filter(state="queued").order_by("not_before")
    assert {c.attempts for c in waiting} == {0}
    turns = [c.not_before for c in waiting]
    assert [b - a for a, b in pairwise(turns)] == [timedelta(minutes=1)] * 16


def test_every_page_has_its_turn_though_a_worker_is_killed(processes: Processes) -> None:
    with raw_server(PAGE) as server:
        given = {"FETCH_ALLOW_PRIVATE": server.endpoint, "FETCH_HOST_PER_MINUTE": "300", "FETCH_HOST_BURST": "1"}
        workers = [processes.worker(**given, CAPTURE_LEASE_SECONDS="5") for _ in range(2)]
        processes.scheduler(**given)
        request(server, 30)
        until(lambda: in_state("done") >= 5)
        workers[0].kill()
        until(lambda: in_state("done") == 30)
    assert Snapshot.objects.count() == 30
    host = Host.objects.get()
    first = min(snapshot.fetched_at for snapshot in Snapshot.objects.all())
    assert host.full_at is not None
    # Thirty turns of a fifth of a second each were taken, one after the other.
    assert host.full_at - first >= 29 * timedelta(seconds=0.2)


def test_a_page_that_fails_at_first_is_tried_again_without_anybody(processes: Processes) -> None:
    answers = iter([DOWN, DOWN, PAGE])

    def talk(connection: socket.socket, request: bytes) -> None:
        connection.sendall(next(answers))

    with raw_server(talk) as server:
        processes.worker(FETCH_ALLOW_PRIVATE=server.endpoint, CAPTURE_RETRY_SECONDS="1")
        processes.scheduler()
        request(server, 1)
        until(lambda: in_state("done") == 1)
        assert len(server.requests) == 3
    assert Capture.objects.get().attempts == 3


def test_a_person_in_a_hurry_is_served_without_the_sweeper(processes: Processes) -> None:
    recovered = threading.Event()

    def talk(connection: socket.socket, request: bytes) -> None:
        connection.sendall(PAGE if recovered.is_set() else DOWN)

    with raw_server(talk) as server:
        processes.worker(FETCH_ALLOW_PRIVATE=server.endpoint, CAPTURE_RETRY_SECONDS="3600")
        request(server, 1)
        until(lambda: Capture.objects.filter(setback="http_5xx").exists())
        recovered.set()
        capture = Capture.objects.get()
        archive.retry(capture, by=capture.requested_by)
        until(lambda: in_state("done") == 1)


def test_no_worker_asks_a_host_that_wants_to_be_left_alone(processes: Processes) -> None:
    """Two workers, one answer that asks for quiet: from then on nobody asks."""
    by = reporter()
    with raw_server(b"HTTP/1.1 429 Slow down\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n") as server:
        for _ in range(2):
            processes.worker(FETCH_ALLOW_PRIVATE=server.endpoint)
        archive.request_capture(archive.add_source(server.url("/first"), by=by), by=by)
        until(lambda: Host.objects.exclude(closed_until=None).exists())
        for number in range(10):
            archive.request_capture(archive.add_source(server.url(f"/{number}"), by=by), by=by)
        until(lambda: Capture.objects.filter(waits_for=server.endpoint).count() == 10)
        assert [r.split()[1] for r in server.requests] == [b"/first"]
