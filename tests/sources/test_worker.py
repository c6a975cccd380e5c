"""Real worker and scheduler processes: nothing is lost and nothing recorded twice, even when one is killed."""

from __future__ import annotations

import io
import socket
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from factcheck.access.models import Token, User
from factcheck.audit.models import Event
from sources import archive, messages
from sources.models import Capture, Snapshot
from tests.processes import Processes
from tests.sources import saved
from tests.sources.raw_server import RawServer, page, raw_server

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.uncounted, pytest.mark.django_db(transaction=True)]
PATIENCE = 300.0


def reporter() -> User:
    return User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])


def request(server: RawServer, count: int) -> None:
    by = reporter()
    for number in range(count):
        archive.request_capture(archive.add_source(server.url(f"/{number}"), by=by), by=by)


def until(met: Callable[[], bool]) -> None:
    """The rows are written by another process, which tells nobody when it is done."""
    patience = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < patience, dict(Capture.objects.values_list("state").annotate(Count("pk")))
        time.sleep(0.05)


def in_state(state: str) -> int:
    return Capture.objects.filter(state=state).count()


def answer(connection: socket.socket, request: bytes) -> None:
    time.sleep(0.05)
    connection.sendall(page(f"<title>Page</title><p>You asked for {request.split()[1].decode()}.</p>"))


def test_kill_9_in_the_middle_of_200_captures_loses_none_and_records_each_once(processes: Processes) -> None:
    with raw_server(answer) as server:
        given = {"FETCH_ALLOW_PRIVATE": server.endpoint, "CAPTURE_LEASE_SECONDS": "5"}
        worker = processes.worker(**given)
        processes.scheduler(**given)
        request(server, 200)
        until(lambda: in_state("done") >= 40)
        worker.kill()
        done = in_state("done")
        assert done < 200
        worker.start()
        until(lambda: in_state("done") == 200)
    assert Snapshot.objects.count() == 200
    assert Event.objects.filter(type="capture.done").values("subject").distinct().count() == 200
    assert Event.objects.filter(type="capture.done").count() == 200
    assert {s.text for s in Snapshot.objects.all()} == {f"You asked for /{number}." for number in range(200)}


def test_two_workers_fetch_each_page_once(processes: Processes) -> None:
    with raw_server(answer) as server:
        for _ in range(2):
            processes.worker(FETCH_ALLOW_PRIVATE=server.endpoint)
        request(server, 40)
        # The same messages again, as a broker sends them after a lost acknowledgement.
        messages.send(Capture.objects.values_list("pk", flat=True))
        until(lambda: in_state("done") == 40)
        assert len(server.requests) == 40
    assert Snapshot.objects.count() == 40


def test_reads_a_copy_that_a_person_supplied(processes: Processes) -> None:
    by = reporter()
    source = archive.add_source(saved.URL, by=by)
    processes.worker()
    capture = archive.supply(source, io.BytesIO(saved.mhtml()), "licences.mhtml", by=by)
    until(lambda: in_state("done") == 1)
    snapshot = Snapshot.objects.get(capture=capture)
    assert snapshot.text == "The ministry said the licences stay. “희토류”"
    assert (snapshot.supplied_by, snapshot.supplied_as) == (by, "licences.mhtml")
    assert sorted(snapshot.records.filter(part="requisite").values_list("url", flat=True)) == [
        "https://example.org/a.png",
        "https://example.org/site.css",
    ]


def test_a_lost_message_is_sent_again(processes: Processes) -> None:
    with raw_server(answer) as server:
        by = reporter()
        # Made behind the archive's back, as if the broker had lost what was sent.
        lost = Capture.objects.create(
            source=archive.add_source(server.url(), by=by), requested_at=timezone.now() - timedelta(minutes=1)
        )
        processes.worker(FETCH_ALLOW_PRIVATE=server.endpoint)
        processes.scheduler()
        until(lambda: in_state("done") == 1)
    lost.refresh_from_db()
    assert (lost.state, lost.attempts) == ("done", 1)


def test_shows_how_far_it_is(processes: Processes) -> None:
    go_on = threading.Event()

    def slowly(connection: socket.socket, request: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        connection.sendall(head + b"<p>first half</p>")
        go_on.wait(PATIENCE)
        connection.sendall(b"<p>second half</p>")

    with raw_server(slowly) as server:
        processes.worker(FETCH_ALLOW_PRIVATE=server.endpoint)
        request(server, 1)
        until(lambda: Capture.objects.filter(state="running", step="receiving", received_bytes=17).exists())
        go_on.set()
        until(lambda: in_state("done") == 1)
    assert Snapshot.objects.get().text == "first half\nsecond half"


@pytest.mark.parametrize("broker", ["refuses", "says nothing"])
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_is_away_keeps_nobody_waiting_and_loses_nothing(
    processes: Processes, broker: str, scheme: str
) -> None:
    by = reporter()
    token = Token.issue(by, "a test")[1]
    with raw_server(answer) as server, socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        if broker == "refuses":
            silent.close()
        web = processes.web(CELERY_BROKER_URL=f"{scheme}://127.0.0.1:{port}/")
        source = archive.add_source(server.url(), by=by)
        ask_for_a_capture(f"{web.url}/api/v1/sources/{source.pk}/capture/", token)
        assert in_state("queued") == 1
        processes.worker(FETCH_ALLOW_PRIVATE=server.endpoint)
        processes.scheduler()
        until(lambda: in_state("done") == 1)


def ask_for_a_capture(address: str, token: str) -> None:
    """Waits for a minute: a broker that says nothing would hold the answer back without end."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(address, b"{}", headers), timeout=60) as got:
        assert got.status == 201


def test_a_second_scheduler_on_the_same_schedule_waits_for_the_end_of_the_first(processes: Processes) -> None:
    first, second = processes.scheduler(), processes.scheduler()
    until(lambda: first.said().count("Sending due task sweep") >= 2)
    assert "Sending due task" not in second.said()
    first.kill()
    until(lambda: "Sending due task sweep" in second.said())
