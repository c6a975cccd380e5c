"""From a cited address to a snapshot: each capture is recorded once, whatever happens on the way."""

from __future__ import annotations

import gzip
import io
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError, ProgrammingError
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from warcio.archiveiterator import ArchiveIterator

from factcheck import celery
from factcheck.access.models import User
from factcheck.audit.models import Event
from factcheck.errors import Conflict, Invalid
from sources import archive, capturing, fetching, leases, messages, orphans
from sources.extract import TEXT_BYTES
from sources.models import Capture, Record, Snapshot, Source
from tests import factories
from tests.sources import pdfs
from tests.sources.conftest import Press
from tests.sources.raw_server import page, redirect

ARTICLE = """<!doctype html><html lang="en"><head><title>Licences – The Daily</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Licences stay",
"author": {"name": "Kim Ji-woo"}, "datePublished": "2025-06-03T08:00:00+09:00", "publisher": "The Daily"}</script>
</head>
<body><nav>Home</nav><article><h1>Licences stay</h1><p>The ministry said the licences <b>st</b>ay.</p>
<p>“희토류 수출 통제는 그대로다”라고 말했다.</p></article></body></html>"""


def file_of(snapshot: Snapshot) -> bytes:
    with fetching.blobs().open(bytes.fromhex(snapshot.warc_sha256)) as stream:
        return stream.read()


def content(member: bytes) -> bytes:
    """What the one record in these bytes is about."""
    (record,) = (r.content_stream().read() for r in ArchiveIterator(io.BytesIO(member)))
    return bytes(record)


def captured(url: str, by: User) -> Capture:
    capture = archive.request_capture(archive.add_source(url, by=by), by=by)
    assert capturing.run(capture.pk)
    capture.refresh_from_db()
    return capture


class TestAddingASource:
    def test_records_the_canonical_address_once(self, reporter: User) -> None:
        source = archive.add_source(" HTTP://Example.org:80/a#part ", by=reporter)
        assert (source.canonical_url, source.url) == ("http://example.org/a", "HTTP://Example.org:80/a#part")
        assert archive.add_source("http://example.org/a", by=reporter) == source
        assert list(Event.objects.values_list("subject", "type")) == [(source.subject, "source.added")]

    @pytest.mark.parametrize(
        "url", ["", "no address", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)"]
    )
    def test_refuses_what_cannot_be_fetched(self, url: str, reporter: User) -> None:
        with pytest.raises(Invalid) as caught:
            archive.add_source(url, by=reporter)
        assert list(caught.value.fields) == ["url"]
        assert not Source.objects.exists()


class TestRequestingACapture:
    def test_queues_it_and_wakes_the_worker_after_commit(
        self, reporter: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        source = archive.add_source("http://example.org/", by=reporter)
        with django_capture_on_commit_callbacks() as callbacks:
            capture = archive.request_capture(source, by=reporter)
        assert (capture.state, capture.requested_by, len(callbacks)) == ("queued", reporter, 1)

    def test_is_the_one_that_waits_already(self, reporter: User) -> None:
        source = archive.add_source("http://example.org/", by=reporter)
        assert archive.request_capture(source, by=reporter) == archive.request_capture(source, by=None)
        assert Event.objects.filter(type="capture.requested").count() == 1

    def test_again_after_a_failure_is_a_new_capture(self, reporter: User) -> None:
        failed = captured("http://127.0.0.1/", reporter)
        again = archive.retry(failed, by=reporter)
        assert (again.state, again.source, again == failed) == ("queued", failed.source, False)
        with pytest.raises(Conflict):
            archive.retry(again, by=reporter)


class TestAnArchivedPage:
    def test_is_a_snapshot_with_its_facts(self, press: Press, reporter: User) -> None:
        with press(lambda c, r: c.sendall(redirect("/new") if b"/old" in r else page(ARTICLE))) as server:
            capture = captured(server.url("/old"), reporter)
        snapshot = capture.snapshot
        assert (capture.state, capture.reason, capture.lease, capture.attempts) == ("done", "", None, 1)
        assert (snapshot.url, snapshot.final_url) == (server.url("/old"), server.url("/new"))
        assert (snapshot.title, snapshot.byline, snapshot.published_on, snapshot.language) == (
            "Licences stay", "Kim Ji-woo", date(2025, 6, 3), "en",
        )  # fmt: skip
        assert snapshot.text == (
            "Home\nLicences stay\nThe ministry said the licences stay.\n“희토류 수출 통제는 그대로다”라고 말했다."
        )
        assert (snapshot.http_status, snapshot.content_type, snapshot.truncated, snapshot.note) == (
            200, "text/html", "", "",
        )  # fmt: skip
        capture.source.refresh_from_db()
        assert (capture.source.title, capture.source.publisher) == ("Licences stay", "The Daily")

    def test_has_its_warc_in_storage_before_its_row(self, press: Press, reporter: User) -> None:
        with press(page(ARTICLE)) as server:
            snapshot = captured(server.url(), reporter).snapshot
        with fetching.blobs().open(bytes.fromhex(snapshot.warc_sha256)) as stream:
            data = stream.read()
        assert len(data) == snapshot.warc_length
        responses = (record for record in ArchiveIterator(io.BytesIO(data)) if record.rec_type == "response")
        records = [record.content_stream().read() for record in responses]
        assert records == [ARTICLE.encode()]

    def test_knows_where_each_record_of_its_file_lies(self, press: Press, reporter: User) -> None:
        with press(lambda c, r: c.sendall(redirect("/new") if b"/old" in r else page(ARTICLE))) as server:
            snapshot = captured(server.url("/old"), reporter).snapshot
        records = list(snapshot.records.all())
        assert [(r.kind, r.part, r.url.removeprefix(server.url("")), r.status) for r in records] == [
            ("response", "redirect", "/old", 302),
            ("response", "page", "/new", 200),
            ("resource", "text", f"urn:text:{server.url('/new')}", None),
            ("metadata", "facts", f"urn:metadata:{server.url('/new')}", None),
        ]
        data = file_of(snapshot)
        texts = [content(data[r.offset : r.offset + r.length]) for r in records]
        assert texts[1] == ARTICLE.encode()
        assert texts[2] == snapshot.text.encode()
        facts = json.loads(texts[3])
        assert (facts["why"], [hop["url"] for hop in facts["hops"]], facts["hops"][1]["dns"]) == (
            "cited", [server.url("/old"), server.url("/new")], ["127.0.0.1"],
        )  # fmt: skip
        assert list(facts["hops"][1]["seconds"]) == ["lookup", "connect", "first_byte", "last_byte"]

    def test_that_is_the_same_again_is_kept_once(self, press: Press, reporter: User) -> None:
        with press(page(ARTICLE)) as server:
            first = captured(server.url(), reporter).snapshot
            again = archive.request_capture(first.source, by=reporter)
            assert capturing.run(again.pk)
        kept, revisit = Record.objects.filter(part="page").order_by("id")
        assert (kept.kind, revisit.kind, revisit.held_in) == ("response", "revisit", kept)
        assert (revisit.payload_sha256, revisit.payload_length) == (kept.payload_sha256, len(ARTICLE.encode()))
        assert revisit.snapshot.text == first.text

    def test_is_one_event_of_its_source(self, press: Press, reporter: User) -> None:
        with press(page(ARTICLE)) as server:
            snapshot = captured(server.url(), reporter).snapshot
        events = Event.objects.filter(subject=snapshot.source.subject)
        assert [(e.type, e.actor) for e in events] == [
            ("source.added", reporter),
            ("capture.requested", reporter),
            ("capture.done", None),
        ]
        assert events[2].data["warc_sha256"] == snapshot.warc_sha256

    @pytest.mark.parametrize("change", [{"title": "Other"}, {"text": "Other"}])
    def test_is_never_changed(self, change: dict[str, str], press: Press, reporter: User) -> None:
        with press(page(ARTICLE)) as server:
            snapshot = captured(server.url(), reporter).snapshot
        for act in (lambda: Snapshot.objects.filter(pk=snapshot.pk).update(**change), snapshot.delete):
            with pytest.raises((InternalError, IntegrityError, ProgrammingError)), transaction.atomic():
                act()
        assert Snapshot.objects.get(pk=snapshot.pk).title == "Licences stay"

    def test_cut_off_says_so(self, press: Press, reporter: User) -> None:
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>Half a sen"
        with press(answer) as server:
            snapshot = captured(server.url(), reporter).snapshot
        assert (snapshot.truncated, snapshot.text) == ("disconnect", "Half a sen")
        assert snapshot.note == (
            "The connection broke off; what is archived ends early. Another capture may get all of it."
        )

    def test_without_end_is_cut_at_the_limit(self, press: Press, reporter: User, settings: Settings) -> None:
        settings.FETCH_MAX_HTML_BYTES = 100_000

        def forever(connection: socket.socket, request: bytes) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while True:
                connection.sendall(b"<p>and on</p>" * 100)

        with press(forever) as server:
            snapshot = captured(server.url(), reporter).snapshot
        assert (snapshot.truncated, snapshot.note) == (
            "length", "The page was longer than what is kept; what is archived ends early.",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("content_type", "body", "note"),
        [
            ("application/pdf", b"%PDF-1.7\n", "This PDF is damaged"),
            ("image/png", b"\x89PNG\r\n\x1a\n", "This is an image."),
            (
                "text/html",
                b"<html><div id=app></div><script>draw('text')</script></html>",
                "The page is empty without its scripts,",
            ),
            ("application/zip", b"PK\3\4", "This file is archived."),
        ],
    )
    def test_without_text_says_why(
        self, content_type: str, body: bytes, note: str, press: Press, reporter: User
    ) -> None:
        with press(page(body, content_type)) as server:
            snapshot = captured(server.url(), reporter).snapshot
        assert (snapshot.text, snapshot.content_type) == ("", content_type)
        assert snapshot.note.startswith(note)

    def test_of_a_pdf_has_its_pages(self, press: Press, reporter: User) -> None:
        contents = [pdfs.stream(pdfs.shown(words)) for words in ("The first page.", "The rule stays.")]
        # Longer than the part of a web page that is read; what a PDF holds is listed at its end.
        data = pdfs.with_contents(*contents, more=(pdfs.stream(b"x" * TEXT_BYTES),), info=b"<< /Title (Licences) >>")
        with press(page(data, "application/pdf")) as server:
            snapshot = captured(server.url(), reporter).snapshot
        assert (snapshot.text, snapshot.pages) == ("The first page.\nThe rule stays.", [0, 16])
        assert (snapshot.title, snapshot.note, snapshot.body) == ("Licences", "", "")

    @pytest.mark.parametrize(
        ("link", "kept"),
        [("/the-article#top", "{host}/the-article"), ("https://other.example/a", "https://other.example/a"),
         ("javascript:alert(1)", ""), ("http://a b/", "")],
    )  # fmt: skip
    def test_tells_its_own_address_and_when_it_changed(
        self, link: str, kept: str, press: Press, reporter: User
    ) -> None:
        html = (
            f'<link rel="canonical" href="{link}"><meta property="article:modified_time" content="2025-06-05"><p>a</p>'
        )
        with press(page(html)) as server:
            snapshot = captured(server.url(), reporter).snapshot
        assert snapshot.canonical_link == kept.format(host=server.url().rstrip("/"))
        assert snapshot.modified_on == date(2025, 6, 5)


class TestAFailedCapture:
    def test_says_why_and_what_to_do(self, press: Press, reporter: User) -> None:
        with press(page("", status="404 Not Found")) as server:
            capture = captured(server.url(), reporter)
        assert (capture.state, capture.reason, capture.retryable, capture.lease) == ("failed", "http_404", False, None)
        assert (
            capture.detail == "The server answered 404 (page not found). Check the address, or cite an archived copy."
        )
        last = Event.objects.filter(subject=capture.source.subject).last()
        assert last is not None
        assert (last.type, last.data) == ("capture.failed", {"capture": capture.pk, "reason": "http_404"})

    def test_by_a_private_address_names_the_setting(self, reporter: User) -> None:
        assert "FETCH_ALLOW_PRIVATE" in captured("http://10.0.0.1/", reporter).detail

    def test_by_our_own_error_is_no_endless_wait(self, press: Press, reporter: User, settings: Settings) -> None:
        settings.ARCHIVE_ROOT = "/proc/nowhere"
        with press(page(ARTICLE)) as server:
            capture = captured(server.url(), reporter)
            assert (capture.state, capture.setback, Snapshot.objects.count()) == ("queued", "internal", 0)
            overdue(capture, hours=24)
            assert capturing.run(capture.pk)
        capture.refresh_from_db()
        assert (capture.state, capture.reason) == ("failed", "internal")

    def test_while_it_is_finished_waits_for_its_next_try(
        self, press: Press, reporter: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was written of the end is undone then, and the lease is still ours."""

        def gone(sha256: str) -> None:
            raise FileNotFoundError(sha256)

        monkeypatch.setattr(orphans, "hold", gone)
        with press(page(ARTICLE)) as server:
            capture = captured(server.url(), reporter)
        assert (capture.state, capture.setback, capture.lease) == ("queued", "internal", None)
        assert (capture.workers_lost, capture.attempts, Snapshot.objects.count()) == (0, 1, 0)


class TestLeases:
    def test_the_same_message_twice_does_nothing_twice(self, press: Press, reporter: User) -> None:
        with press(page(ARTICLE)) as server:
            capture = captured(server.url(), reporter)
            assert capturing.run(capture.pk) is None
            assert len(server.requests) == 1
        assert Snapshot.objects.count() == 1

    def test_a_capture_under_way_is_left_alone(self, reporter: User) -> None:
        capture = archive.request_capture(archive.add_source("http://127.0.0.1/", by=reporter), by=reporter)
        leased(capture, timedelta(seconds=30))
        assert capturing.run(capture.pk) is None

    def test_a_lease_that_ran_out_is_taken_over(self, press: Press, reporter: User) -> None:
        with press(page(ARTICLE)) as server:
            capture = archive.request_capture(archive.add_source(server.url(), by=reporter), by=reporter)
            leased(capture, timedelta(seconds=-1))
            assert capturing.run(capture.pk)
        capture.refresh_from_db()
        assert (capture.state, capture.attempts) == ("done", 2)

    def test_who_comes_back_late_records_nothing(self, reporter: User, press: Press) -> None:
        capture = archive.request_capture(archive.add_source("http://example.org/", by=reporter), by=reporter)

        def meanwhile(connection: socket.socket, request: bytes) -> None:
            connection.sendall(page(ARTICLE))

        with press(meanwhile) as server:
            Source.objects.filter(pk=capture.source_id).update(canonical_url=server.url())
            late = leases.take(capture.pk)
            assert late is not None
            leased(capture, timedelta(seconds=-1))
            assert capturing.run(capture.pk)
            capturing._capture(late)
        assert Snapshot.objects.count() == 1
        assert Event.objects.filter(type="capture.done").count() == 1

    def test_a_copy_that_came_meanwhile_is_enough_for_who_only_cites(self, reporter: User) -> None:
        snapshot = factories.archived_page(reporter)
        asked = archive.request_capture(snapshot.source, by=reporter, unless_held=True)
        assert (asked, snapshot.source.captures.count()) == (snapshot.capture, 1)
        assert archive.request_capture(snapshot.source, by=reporter).state == "queued"

    def test_what_the_sweeper_calls_due_can_be_leased_and_nothing_else(self, reporter: User) -> None:
        now = timezone.now()
        moments = [now - timedelta(minutes=1), now + timedelta(minutes=1)]
        for number, (state, begins, ends) in enumerate(product(Capture.State.values, moments, moments)):
            source = archive.add_source(f"http://127.0.0.1/{number}", by=reporter)
            fits: dict[str, dict[str, object]] = {
                "running": {"lease": uuid4(), "lease_until": ends, "started_at": begins},
                "done": {"finished_at": begins},
                "failed": {"finished_at": begins, "reason": "http_404"},
            }
            pk = archive.request_capture(source, by=reporter).pk
            Capture.objects.filter(pk=pk).update(state=state, not_before=begins, **fits.get(state, {}))
        due = sorted(messages.due().values_list("pk", flat=True))
        every = list(Capture.objects.order_by("pk").values_list("pk", flat=True))
        assert [pk for pk in every if leases.take(pk)] == due
        assert (len(due), Capture.objects.count()) == (4, 16)

    def test_a_page_that_kills_its_workers_is_given_up(self, reporter: User) -> None:
        capture = archive.request_capture(archive.add_source("http://127.0.0.1/", by=reporter), by=reporter)
        leased(capture, timedelta(seconds=-1), workers_lost=2)
        capturing.run(capture.pk)
        capture.refresh_from_db()
        assert (capture.state, capture.reason) == ("failed", "gave_up")


class TestTheSweeper:
    def test_sends_what_was_lost_and_nothing_else(self, reporter: User, sent: list[int]) -> None:
        fresh, lost, running, dead = (
            archive.request_capture(archive.add_source(f"http://127.0.0.1/{n}", by=reporter), by=reporter)
            for n in range(4)
        )
        Capture.objects.filter(pk=lost.pk).update(requested_at=timezone.now() - timedelta(seconds=6))
        leased(running, timedelta(seconds=30))
        leased(dead, timedelta(seconds=-1))
        assert messages.sweep() == 2
        assert sent == [lost.pk, dead.pk]
        assert fresh.pk not in sent


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What is handed to Celery; the real thing is in test_worker.py."""
    found: list[int] = []
    monkeypatch.setattr(celery.app, "send_task", lambda name, args, **options: found.extend(args))
    return found


def leased(capture: Capture, until: timedelta, workers_lost: int = 0) -> None:
    now = timezone.now()
    Capture.objects.filter(pk=capture.pk).update(
        state="running",
        lease=uuid4(),
        lease_until=now + until,
        started_at=now,
        attempts=1 + workers_lost,
        workers_lost=workers_lost,
    )


def overdue(capture: Capture, hours: float) -> None:
    """As if it had been asked for so long ago, and waited long enough for its next try."""
    asked = timezone.now() - timedelta(hours=hours)
    Capture.objects.filter(pk=capture.pk).update(requested_at=asked, not_before=asked)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_keeps_no_worker_waiting() -> None:
    reporter = User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])
    capture = archive.request_capture(archive.add_source("http://127.0.0.1/", by=reporter), by=reporter)
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        Capture.objects.select_for_update().get(pk=capture.pk)
        assert other.submit(taken, capture.pk).result(timeout=30) is False
    assert taken(capture.pk) is True


def taken(pk: int) -> bool:
    try:
        return leases.take(pk) is not None
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_eight_workers_with_one_message_fetch_once(press: Press) -> None:
    reporter = User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])
    ready = threading.Barrier(8)

    def work(pk: int) -> bool:
        ready.wait()
        try:
            return capturing.run(pk) is not None
        finally:
            connection.close()

    with press(page(gzip.compress(ARTICLE.encode()), content_encoding="gzip")) as server:
        capture = archive.request_capture(archive.add_source(server.url(), by=reporter), by=reporter)
        with ThreadPoolExecutor(8) as pool:
            did = list(pool.map(work, [capture.pk] * 8))
        assert (sorted(did), len(server.requests)) == ([False] * 7 + [True], 1)
    assert Snapshot.objects.get().text.startswith("Home\nLicences stay")
    assert Event.objects.filter(type="capture.done").count() == 1
