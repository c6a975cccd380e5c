"""How all workers together behave towards a host: its bucket, its wish to be left alone, its robots.txt."""

from __future__ import annotations

import hashlib
import io
import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.http import http_date
from pytest_django import Settings
from warcio.archiveiterator import ArchiveIterator

from factcheck.access.models import User
from sources import archive, capturing, fetching, leases, manners
from sources.canonical import parse
from sources.manners import TurnNotYet, Visit
from sources.models import Capture, Host, Snapshot, Source
from sources.reasons import FetchFailed
from tests.sources.raw_server import RawServer, Talk, page, raw_server, redirect

PAGE = page("<title>Licences</title><p>The licences stay.</p>")
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: %b\r\nContent-Length: 0\r\n\r\n"
Serve = Callable[..., RawServer]
SECOND = timedelta(seconds=1)


@pytest.fixture
def serve(settings: Settings) -> Iterator[Serve]:
    """Servers that may be fetched from, until the test ends."""
    with ExitStack() as stack:

        def open_one(talk: Talk | bytes = PAGE) -> RawServer:
            server = stack.enter_context(raw_server(talk))
            settings.FETCH_ALLOW_PRIVATE = [*settings.FETCH_ALLOW_PRIVATE, server.endpoint]
            return server

        yield open_one


@pytest.fixture
def slow_rate(settings: Settings) -> None:
    """Two at once, then one in ten seconds: no test lasts so long that a turn comes by itself."""
    settings.FETCH_HOST_PER_MINUTE, settings.FETCH_HOST_BURST = 6, 2


def asked(url: str, by: User) -> Capture:
    return archive.request_capture(archive.add_source(url, by=by), by=by)


def run(capture: Capture) -> Capture:
    assert capturing.run(capture.pk)
    return Capture.objects.get(pk=capture.pk)


def due(capture: Capture) -> Capture:
    """As if its time had come."""
    Capture.objects.filter(pk=capture.pk).update(not_before=timezone.now())
    return capture


def robots_of(snapshot: Snapshot) -> Any:
    """What the metadata record of the capture says of the rules."""
    with fetching.blobs().open(bytes.fromhex(snapshot.warc_sha256)) as stream:
        records = ArchiveIterator(io.BytesIO(stream.read()))
        (facts,) = (json.loads(r.content_stream().read()) for r in records if r.rec_type == "metadata")
    return facts["robots"]


class TestTurns:
    def test_come_in_a_burst_and_then_at_the_rate(self, slow_rate: None, serve: Serve, reporter: User) -> None:
        server = serve()
        captures = [run(asked(server.url(f"/{n}"), reporter)) for n in range(4)]
        assert [(c.state, c.attempts, c.waits_for) for c in captures] == [
            ("done", 1, ""), ("done", 1, ""), ("queued", 0, server.endpoint), ("queued", 0, server.endpoint),
        ]  # fmt: skip
        assert [request.split()[1] for request in server.requests] == [b"/0", b"/1"]
        host = Host.objects.get(name=server.endpoint)
        assert host.full_at is not None
        # The third goes when one turn is free again, the fourth one gap later.
        assert captures[2].not_before == host.full_at - 10 * SECOND
        assert captures[3].not_before - captures[2].not_before == 10 * SECOND

    def test_of_one_host_are_not_those_of_another(self, slow_rate: None, serve: Serve, reporter: User) -> None:
        busy, free = serve(), serve()
        for n in range(3):
            last = run(asked(busy.url(f"/{n}"), reporter))
        assert (last.state, run(asked(free.url(), reporter)).state) == ("queued", "done")

    def test_are_for_a_page_with_its_redirects(self, slow_rate: None, serve: Serve, reporter: User) -> None:
        server = serve(lambda c, r: c.sendall(redirect("/new") if b"/old" in r else PAGE))
        assert [run(asked(server.url(f"/old{n}"), reporter)).state for n in range(2)] == ["done", "done"]
        assert len(server.requests) == 4

    def test_are_taken_at_each_host_that_a_page_leads_to(self, slow_rate: None, serve: Serve, reporter: User) -> None:
        goal = serve()
        short = serve(lambda c, r: c.sendall(redirect(goal.url(f"/from{r.split()[1].decode()}"))))
        for n in range(2):
            run(asked(goal.url(f"/{n}"), reporter))
        waits = run(asked(short.url("/a"), reporter))
        assert (waits.state, waits.waits_for, waits.attempts) == ("queued", goal.endpoint, 0)
        assert len(goal.requests) == 2

    def test_are_kept_by_who_has_waited(self, slow_rate: None, serve: Serve, reporter: User) -> None:
        server = serve()
        captures = [run(asked(server.url(f"/{n}"), reporter)) for n in range(3)]
        Host.objects.update(full_at=timezone.now())
        # A turn is free, and somebody waits for it: whoever comes now goes behind.
        late = run(asked(server.url("/late"), reporter))
        assert (late.state, late.not_before - captures[2].not_before) == ("queued", 10 * SECOND)
        assert run(due(captures[2])).state == "done"

    def test_that_have_not_come_are_waited_for_again_in_the_same_place(
        self, slow_rate: None, serve: Serve, reporter: User
    ) -> None:
        server = serve()
        captures = [run(asked(server.url(f"/{n}"), reporter)) for n in range(4)]
        early = run(due(captures[2]))
        assert (early.state, early.not_before, early.attempts) == ("queued", captures[2].not_before, 0)

    def test_have_no_limit_at_a_rate_of_nought(self, settings: Settings, serve: Serve, reporter: User) -> None:
        settings.FETCH_HOST_PER_MINUTE, settings.FETCH_HOST_BURST = 0, 1
        server = serve()
        assert {run(asked(server.url(f"/{n}"), reporter)).state for n in range(5)} == {"done"}

    def test_too_far_away_are_a_clear_failure(self, slow_rate: None, serve: Serve, reporter: User) -> None:
        server = serve()
        Host.objects.create(name=server.endpoint, line_until=timezone.now() + timedelta(hours=24))
        capture = run(asked(server.url(), reporter))
        assert (capture.state, capture.reason, capture.retryable) == ("failed", "no_turn", True)
        assert capture.detail == (
            f"So many pages of {server.endpoint} are being fetched that this one did not get its turn within 24 hours. "
            "Try again when fewer wait."
        )

    def test_are_no_attempts_however_often(self, slow_rate: None, serve: Serve, reporter: User) -> None:
        server = serve()
        for n in range(2):
            run(asked(server.url(f"/{n}"), reporter))
        capture = asked(server.url("/patient"), reporter)
        for _ in range(5):
            capture = run(due(capture))
        assert (capture.state, capture.attempts, capture.workers_lost) == ("queued", 0, 0)


class TestRetryAfter:
    def test_closes_the_host_for_everybody(self, serve: Serve, reporter: User) -> None:
        server = serve(lambda c, r: c.sendall(BUSY % b"300" if b"/busy" in r else PAGE))
        before = timezone.now()
        busy = run(asked(server.url("/busy"), reporter))
        closed = Host.objects.get(name=server.endpoint).closed_until
        assert closed is not None
        assert before + 300 * SECOND <= closed <= timezone.now() + 300 * SECOND
        assert (busy.state, busy.setback, busy.not_before) == ("queued", "http_429", closed)
        other = run(asked(server.url("/other"), reporter))
        assert (other.state, other.waits_for, other.not_before, len(server.requests)) == (
            "queued", server.endpoint, closed, 1,
        )  # fmt: skip

    def test_may_be_a_date(self, serve: Serve, reporter: User) -> None:
        until = (timezone.now() + timedelta(minutes=10)).replace(microsecond=0)
        server = serve(b"HTTP/1.1 503 Busy\r\nRetry-After: %b\r\n\r\n" % http_date(until.timestamp()).encode())
        assert (run(asked(server.url(), reporter)).setback, Host.objects.get().closed_until) == ("http_5xx", until)

    def test_is_capped(self, settings: Settings, serve: Serve, reporter: User) -> None:
        settings.FETCH_MAX_RETRY_AFTER_SECONDS = 600
        run(asked(serve(BUSY % b"31536000").url(), reporter))
        closed = Host.objects.get().closed_until
        assert closed is not None
        assert 590 * SECOND < closed - timezone.now() <= 600 * SECOND

    def test_of_a_later_answer_shortens_nothing(self, serve: Serve, reporter: User) -> None:
        later = timezone.now() + timedelta(hours=1)
        server = serve(BUSY % b"5")
        Host.objects.create(name=server.endpoint)
        capture = leases.take(asked(server.url(), reporter).pk)
        Host.objects.update(closed_until=later)
        assert capture is not None
        answer = {"host": "a", "status": 429, "retry_after": "5", "authority": server.endpoint}
        capturing._fail(capture, FetchFailed("http_429", **answer))
        assert Host.objects.get().closed_until == later

    def test_that_is_over_opens_the_host(self, serve: Serve, reporter: User) -> None:
        server = serve()
        Host.objects.create(name=server.endpoint, closed_until=timezone.now() - SECOND)
        assert run(asked(server.url(), reporter)).state == "done"

    def test_is_that_of_the_host_that_answered(self, serve: Serve, reporter: User) -> None:
        goal = serve(BUSY % b"300")
        run(asked(serve(redirect(goal.url())).url(), reporter))
        assert [h.name for h in Host.objects.exclude(closed_until=None)] == [goal.endpoint]

    def test_counts_though_a_person_is_in_a_hurry(self, serve: Serve, reporter: User) -> None:
        server = serve(BUSY % b"300")
        capture = run(asked(server.url(), reporter))
        hurried = run(archive.retry(capture, by=reporter))
        assert (hurried.pk, hurried.waits_for, hurried.setback, len(server.requests)) == (
            capture.pk, server.endpoint, "http_429", 1,
        )  # fmt: skip
        assert hurried.not_before == Host.objects.get().closed_until


class TestRobots:
    RULES = page("User-agent: *\nDisallow: /private\n", "text/plain")
    TEXT = "User-agent: *\nDisallow: /private\n"

    def test_is_read_once_a_day_by_the_same_fetcher(self, serve: Serve, reporter: User) -> None:
        server = serve()
        server.robots = self.RULES
        for n in range(2):
            run(asked(server.url(f"/{n}"), reporter))
        assert (len(server.rules_read), len(server.requests)) == (1, 2)
        Host.objects.update(robots_due_at=timezone.now())
        run(asked(server.url("/2"), reporter))
        assert len(server.rules_read) == 2
        host = Host.objects.get()
        assert (host.robots_status, host.robots_text) == (200, self.TEXT)
        assert host.robots_fetched_at is not None
        assert host.robots_due_at is not None
        assert timedelta(hours=23) < host.robots_due_at - timezone.now() <= timedelta(hours=24)

    def test_is_on_record_in_the_capture(self, serve: Serve, reporter: User) -> None:
        server = serve(lambda c, r: c.sendall(redirect("/private") if b"/old" in r else PAGE))
        server.robots = self.RULES
        snapshot = run(asked(server.url("/old"), reporter)).snapshot
        fetched = Host.objects.get().robots_fetched_at
        assert fetched is not None
        rules = {
            "url": server.url("/robots.txt"),
            "fetched": fetched.isoformat(),
            "status": 200,
            "sha256": hashlib.sha256(self.TEXT.encode()).hexdigest(),
            "obeyed": False,
        }
        assert robots_of(snapshot) == [
            rules | {"about": server.url("/old"), "allowed": True},
            rules | {"about": server.url("/private"), "allowed": False},
        ]

    def test_is_obeyed_when_a_setting_says_so(self, settings: Settings, serve: Serve, reporter: User) -> None:
        settings.FETCH_OBEY_ROBOTS = True
        server = serve(lambda c, r: c.sendall(redirect("/private/a") if b"/leads" in r else PAGE))
        server.robots = self.RULES
        allowed, refused, led = (run(asked(server.url(p), reporter)) for p in ("/page", "/private", "/leads"))
        assert (allowed.state, refused.state, refused.reason, refused.retryable) == ("done", "failed", "robots", False)
        assert refused.detail.startswith("127.0.0.1 asks programs not to fetch this page (robots.txt).")
        assert led.reason == "robots"
        assert [request.split()[1] for request in server.requests] == [b"/page", b"/leads"]
        assert robots_of(allowed.snapshot)[0]["obeyed"] is True

    def test_that_cannot_be_read_forbids_all_where_it_is_obeyed(
        self, settings: Settings, serve: Serve, reporter: User
    ) -> None:
        settings.FETCH_OBEY_ROBOTS = True
        server = serve()
        server.robots = page("", status="503 Busy")
        capture = run(asked(server.url(), reporter))
        assert (capture.state, capture.setback, server.requests) == ("queued", "robots_unread", [])
        server.robots = page("", status="404 No")
        Host.objects.update(robots_due_at=timezone.now())
        assert run(due(capture)).state == "done"

    def test_that_another_worker_is_reading_is_waited_for_where_it_is_obeyed(
        self, settings: Settings, serve: Serve, reporter: User
    ) -> None:
        server = serve()
        host = Host.objects.create(name=server.endpoint, robots_due_at=timezone.now() + timedelta(minutes=1))
        assert run(asked(server.url("/1"), reporter)).state == "done"
        settings.FETCH_OBEY_ROBOTS = True
        capture = run(asked(server.url("/2"), reporter))
        assert (capture.state, capture.waits_for, capture.attempts) == ("queued", host.name, 0)
        assert capture.not_before <= timezone.now() + 5 * SECOND
        assert (len(server.requests), server.rules_read) == (1, [])

    def test_that_cannot_be_read_is_read_again_soon_and_the_older_copy_kept(self, serve: Serve, reporter: User) -> None:
        server = serve()
        server.robots = self.RULES
        run(asked(server.url("/1"), reporter))
        server.robots = page("", status="500 Oops")
        Host.objects.update(robots_due_at=timezone.now())
        run(asked(server.url("/2"), reporter))
        host = Host.objects.get()
        assert (host.robots_status, host.robots_text) == (200, self.TEXT)
        assert host.robots_due_at is not None
        assert host.robots_due_at - timezone.now() <= timedelta(minutes=10)

    def test_of_a_slow_host_takes_a_quarter_of_the_time(self, settings: Settings, serve: Serve, reporter: User) -> None:
        settings.FETCH_TOTAL_SECONDS = 4

        def drip(connection: socket.socket, request: bytes) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                connection.sendall(b"a")
                if connection.recv(1) == b"":
                    return

        server = serve()
        server.robots = drip
        capture = run(asked(server.url(), reporter))
        assert (capture.state, robots_of(capture.snapshot)[0]["status"]) == ("done", None)

    def test_knows_no_way_round_the_policy_of_addresses(self, serve: Serve, reporter: User) -> None:
        with raw_server(self.RULES) as inside:
            server = serve()
            server.robots = redirect(inside.url("/secret"))
            assert run(asked(server.url(), reporter)).state == "done"
            assert (inside.requests, inside.rules_read) == ([], [])


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    ready = threading.Barrier(number)

    def work(which: int) -> Any:
        ready.wait()
        try:
            return act(which)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(work, range(number)))


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_take_no_more_turns_than_there_are(self, settings: Settings) -> None:
        settings.FETCH_HOST_PER_MINUTE, settings.FETCH_HOST_BURST = 1, 3

        turns = at_once(8, lambda _: manners._turn("example.org", waited=False)[1])
        waits = sorted(until for until in turns if until is not None)
        assert (turns.count(None), len(set(waits))) == (3, 5)
        assert [(b - a) for a, b in pairwise(waits)] == [timedelta(minutes=1)] * 4
        assert Host.objects.count() == 1

    def test_read_the_rules_once(self, serve: Serve) -> None:
        server = serve()
        at_once(8, lambda _: Visit().gate(parse(server.url()), 60))
        assert len(server.rules_read) == 1

    def test_fetch_from_a_host_within_its_rate(self, settings: Settings, serve: Serve) -> None:
        settings.FETCH_HOST_PER_MINUTE, settings.FETCH_HOST_BURST = 1, 3
        server = serve()
        by = User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])
        waiting = [asked(server.url(f"/{n}"), by).pk for n in range(8)]
        at_once(8, lambda which: capturing.run(waiting[which]))
        states = sorted(Capture.objects.values_list("state", "attempts"))
        assert states == [("done", 1)] * 3 + [("queued", 0)] * 5
        assert len(server.requests) == 3


@pytest.mark.django_db
def test_a_turn_that_is_refused_says_until_when(settings: Settings) -> None:
    until = timezone.now() + timedelta(hours=1)
    Host.objects.create(name="example.org", closed_until=until)
    with pytest.raises(TurnNotYet) as caught:
        Visit().gate(parse("https://example.org/"), 60)
    assert (caught.value.host, caught.value.until) == ("example.org", until)
    assert not Source.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("obey", [True, False])
def test_what_a_page_shows_is_left_alone_where_its_host_asks_for_that(obey: bool, settings: Settings) -> None:
    settings.FETCH_OBEY_ROBOTS, now = obey, timezone.now()
    Host.objects.create(name="closed.example", closed_until=now + timedelta(hours=1))
    Host.objects.create(name="opened.example", closed_until=now - timedelta(seconds=1))
    rules = {"robots_fetched_at": now, "robots_status": 200, "robots_text": "User-agent: *\nDisallow: /img/"}
    Host.objects.create(name="ruled.example", **rules)
    urls = ["closed.example/a", "opened.example/a", "ruled.example/img/a", "ruled.example/a", "unknown.example/a"]
    visit = Visit()
    assert [visit.why_not(parse(f"https://{url}")) for url in urls] == [
        "left_alone", "", "robots" if obey else "", "", "",
    ]  # fmt: skip
