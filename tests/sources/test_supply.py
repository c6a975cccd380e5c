"""A copy that a person supplies: what is taken, what is recorded of it, and what is refused with which sentence."""

from __future__ import annotations

import gzip
import io
import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from fastwarc.warc import ArchiveIterator as FastIterator
from pytest_django import Settings
from warcio.archiveiterator import ArchiveIterator

from factcheck.access.models import User
from factcheck.audit.models import Event
from factcheck.errors import Invalid, NotAllowed
from sources import archive, capturing, checking, fetching, orphans, packaging, rereading
from sources import supplied as kinds
from sources.copies import TooLarge
from sources.models import Capture, Record, Snapshot, Source
from tests.pywb import Pywb
from tests.sources import pdfs, saved
from tests.sources.archived import file_of
from tests.sources.saved import CSS, HTML, PNG, URL

NOT_TAKEN = f"This is no file of a kind that is taken. {kinds.TAKEN}"


@pytest.fixture
def source(reporter: User) -> Source:
    return archive.add_source(URL, by=reporter)


def supplied(source: Source, file: bytes, by: User, name: str = "saved.html") -> Capture:
    capture = archive.supply(source, io.BytesIO(file), name, by=by)
    assert capturing.run(capture.pk)
    capture.refresh_from_db()
    return capture


def taken(source: Source, file: bytes, by: User, name: str = "saved.html") -> Snapshot:
    capture = supplied(source, file, by, name)
    assert capture.state == Capture.State.DONE, capture.detail
    return capture.snapshot


def parts(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    return list(snapshot.records.values_list("kind", "part", "url"))


def facts(snapshot: Snapshot) -> dict[str, object]:
    record = snapshot.records.get(part=Record.Part.FACTS)
    with file_of(snapshot).open("rb") as file:
        held = rereading.resource(rereading.Place(file, record.offset, record.length), limit=10**6)
        with closing(held):
            held.content.seek(0)
            return dict(json.loads(held.content.read()))


def test_a_page_is_kept_as_it_was_supplied(source: Source, reporter: User) -> None:
    snapshot = taken(source, HTML, reporter, "Lizenzen – 허가.html")
    assert (snapshot.supplied_by, snapshot.supplied_as) == (reporter, "Lizenzen – 허가.html")
    assert (snapshot.title, snapshot.text) == ("Licences stay", "The ministry said the licences stay. “희토류”")
    assert (snapshot.http_status, snapshot.content_type, snapshot.final_url) == (0, "text/html", URL)
    assert parts(snapshot) == [
        ("resource", "page", URL),
        ("resource", "text", f"urn:text:{URL}"),
        ("metadata", "facts", f"urn:metadata:{URL}"),
    ]
    with file_of(snapshot).open("rb") as stream:
        (page,) = (
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
            if record.rec_headers.get_header("WARC-Target-URI") == URL
        )
    assert page == ("resource", URL, HTML)
    assert facts(snapshot)["supplied"] == {
        "by": {"account": reporter.pk},
        "at": snapshot.capture.requested_at.isoformat(),
        "file": "Lizenzen – 허가.html",
        "sha256": snapshot.capture.supplied_sha256,
        "length": len(HTML),
    }
    types = Event.objects.filter(subject=source.subject).order_by("seq").values_list("type", "actor")
    assert [type for type, _ in types] == ["source.added", "capture.supplied", "capture.done"]


@pytest.mark.parametrize(
    ("file", "kind", "text"),
    [
        (pdfs.pdf("The rule stays."), "application/pdf", "The rule stays."),
        (PNG, "image/png", ""),
        ("\ufeff<html><p>stays é".encode("utf-16-le"), "text/html", "stays é"),
        (b"<html><meta charset=koi8-r><p>" + "Да".encode("koi8-r"), "text/html", "Да"),
        (b"<html><p>a\x00b</p>", "text/html", "ab"),
    ],
    ids=["pdf", "png", "utf-16", "koi8-r", "nul"],
)
def test_each_kind_is_told_by_its_bytes(file: bytes, kind: str, text: str, source: Source, reporter: User) -> None:
    snapshot = taken(source, file, reporter, "wrong.docx")
    assert (snapshot.content_type, snapshot.text, snapshot.http_status) == (kind, text, 0)


def test_a_page_saved_as_mhtml_is_kept_with_its_parts(source: Source, reporter: User) -> None:
    snapshot = taken(source, saved.mhtml(), reporter, "page.mhtml")
    assert snapshot.text == "The ministry said the licences stay. “희토류”"
    assert (snapshot.fetched_at, snapshot.note) == (saved.AT, "")
    held = snapshot.records.filter(kind="resource").exclude(part="text").values_list("part", "url", "payload_length")
    assert list(held) == [
        ("page", URL, len(HTML)),
        ("requisite", "https://example.org/site.css", len(CSS)),
        ("requisite", "https://example.org/a.png", len(PNG)),
    ]


def test_a_date_that_no_zip_can_hold_leaves_the_package_whole(source: Source, reporter: User) -> None:
    snapshot = taken(source, saved.mhtml(date="Thu, 1 Jan 1970 00:00:00 +0000"), reporter)
    assert snapshot.fetched_at.year == 1970
    package = packaging.package([snapshot.pk])
    assert sum(map(len, package.pieces())) == package.length


def test_a_file_does_not_say_who_published_the_page(source: Source, reporter: User) -> None:
    taken(source, b'<html><meta property="og:site_name" content="Somebody"><title>A</title><p>Words.', reporter)
    source.refresh_from_db()
    assert (source.title, source.publisher) == ("", "")


def test_an_mhtml_of_another_address_says_so(source: Source, reporter: User) -> None:
    snapshot = taken(source, saved.mhtml(location="https://example.org/elsewhere"), reporter)
    assert snapshot.note == "The file says that it was saved from https://example.org/elsewhere."


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_is_kept_with_its_own_dates_and_bytes(packed: bool, reporter: User) -> None:
    source = archive.add_source("https://example.org/old", by=reporter)
    snapshot = taken(source, saved.warc(packed=packed), reporter, "page.warc.gz")
    assert (snapshot.http_status, snapshot.final_url, snapshot.fetched_at) == (200, URL, saved.AT)
    assert snapshot.text == "The ministry said the licences stay. “희토류”"
    assert parts(snapshot)[:2] == [("response", "redirect", source.canonical_url), ("response", "page", URL)]
    assert set(parts(snapshot)[3:5]) == {
        ("response", "requisite", "https://example.org/site.css"),
        ("response", "requisite", "https://example.org/a.png"),
    }
    with file_of(snapshot).open("rb") as stream:
        heads = [record.rec_headers for record in ArchiveIterator(stream, check_digests="raise")]
    names = ("WARC-Type", "WARC-Date", "WARC-IP-Address")
    held = [tuple(map(head.get_header, names)) for head in heads if head.get_header("WARC-Target-URI") == URL]
    assert held == [(kind, "2025-06-09T12:00:00Z", "93.184.216.34") for kind in ("request", "response")]


def test_what_lets_others_in_is_left_out(source: Source, reporter: User) -> None:
    snapshot = taken(source, saved.warc(cookie="session=secret"), reporter)
    with file_of(snapshot).open("rb") as stream:
        told = [record.rec_type for record in ArchiveIterator(stream)]
    assert told == ["warcinfo", "response", "resource", "response", "response", "metadata"]


def test_a_file_without_the_page_says_what_it_has(reporter: User) -> None:
    source = archive.add_source("https://example.org/missing", by=reporter)
    capture = supplied(source, saved.warc(), reporter)
    assert (capture.state, capture.reason, capture.retryable) == ("failed", "file", False)
    assert capture.detail == (
        "The page https://example.org/missing is not in this file. It holds: https://example.org/licences, "
        "https://example.org/other. Upload another file."
    )


def test_one_file_is_one_capture_and_one_that_failed_may_be_given_again(source: Source, reporter: User) -> None:
    other = User.objects.create_user("other@example.org", name="Other", roles=["contributor"])

    def give(by: User, file: bytes = HTML) -> Capture:
        return archive.supply(source, io.BytesIO(file), "a.html", by=by)

    first = give(reporter)
    assert (give(reporter), give(other) == first, give(reporter, saved.mhtml()) == first) == (first, False, False)
    assert capturing.run(first.pk)
    assert give(reporter) == first
    bad = supplied(source, b"PK\x03\x04 no zip file", reporter)
    assert bad.state == "failed"
    again = archive.supply(source, io.BytesIO(b"PK\x03\x04 no zip file"), "a.wacz", by=reporter)
    assert (again == bad, again.state) == (False, "queued")


def test_a_copy_stands_beside_a_capture_that_is_under_way(source: Source, reporter: User) -> None:
    fetching_it = archive.request_capture(source, by=reporter)
    copy = taken(source, HTML, reporter).capture
    fetching_it.refresh_from_db()
    assert (fetching_it.state, copy.state) == ("queued", "done")
    archive.supply(source, io.BytesIO(saved.mhtml()), "b.mhtml", by=reporter)
    assert archive.request_capture(source, by=reporter) == fetching_it


def test_only_who_has_a_role_supplies_one(source: Source) -> None:
    nobody = User.objects.create_user("new@example.org", name="New")
    with pytest.raises(NotAllowed):
        archive.supply(source, io.BytesIO(HTML), "a.html", by=nobody)
    assert not Capture.objects.exists()


def test_a_file_that_waits_is_no_orphan_and_one_that_was_read_is(source: Source, reporter: User) -> None:
    capture = archive.supply(source, io.BytesIO(saved.mhtml()), "a.mhtml", by=reporter)
    later = timezone.now() + timedelta(days=1)
    assert list(orphans.orphans(later)) == []
    assert capturing.run(capture.pk)
    assert [name.rpartition("/")[2] for name in orphans.orphans(later)] == [capture.supplied_sha256]


def test_the_database_refuses_a_copy_that_does_not_say_so(source: Source, reporter: User) -> None:
    snapshot = taken(source, HTML, reporter)
    for supplied_by, supplied_as in [(None, ""), (reporter, "another.html")]:
        copied = Snapshot.objects.get(pk=snapshot.pk)
        copied.pk, copied.supplied_by, copied.supplied_as = None, supplied_by, supplied_as
        with pytest.raises(DatabaseError, match="says who supplied it as which file"), transaction.atomic():
            copied.save(force_insert=True)
    for changed in ({"supplied_as": "another.html"}, {"requested_by": None, "purpose": "again"}):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Capture.objects.filter(pk=snapshot.capture_id).update(**changed)


def test_what_is_recorded_is_verified_like_any_other(source: Source, reporter: User) -> None:
    for file in (HTML, saved.mhtml(), saved.warc()):
        snapshot = taken(source, file, reporter)
        (chosen,) = checking.snapshots([snapshot.pk], every_record=True)
        assert checking.check(chosen, fetching.blobs(), every_record=True) is None


def test_a_wall_is_told_in_a_copy_too(source: Source, reporter: User) -> None:
    snapshot = taken(
        source, b"<html><title>Log in</title><form>Log in to continue<input type=password></form>", reporter
    )
    assert snapshot.wall == "login"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "This file is empty."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><desc><html></desc></svg>", NOT_TAKEN),
        (b"<?xml version='1.0'?><feed/>", NOT_TAKEN),
        (b"The rule stays.", NOT_TAKEN),
        (gzip.compress(b"<html>", mtime=0), f"This file is packed (gzip), and what is in it is no WARC. {kinds.TAKEN}"),
        (b"\x1f\x8b\x08", f"This file is packed (gzip), and what is in it is no WARC. {kinds.TAKEN}"),
    ],
    ids=["empty", "svg", "xml", "text", "packed page", "three bytes"],
)
def test_other_kinds_are_refused_at_once(file: bytes, sentence: str, source: Source, reporter: User) -> None:
    with pytest.raises(Invalid) as caught:
        archive.supply(source, io.BytesIO(file), "page.html", by=reporter)
    assert caught.value.fields == {"file": sentence}
    assert not Capture.objects.exists()


@pytest.mark.parametrize(
    ("setting", "file"),
    [("UPLOAD_MAX_BYTES", PNG * 20), ("FETCH_MAX_BYTES", PNG * 20), ("FETCH_MAX_HTML_BYTES", HTML * 5)],
)
def test_too_large_is_refused_with_the_limit(
    setting: str, file: bytes, source: Source, reporter: User, settings: Settings
) -> None:
    setattr(settings, setting, 1024)
    with pytest.raises(TooLarge) as caught:
        archive.supply(source, io.BytesIO(file), "page.html", by=reporter)
    assert caught.value.fields["file"].startswith("This file is too large: at most 1 kB of one are taken.")


NOT_SO_LONG = "a record of it is not as long as it says."
PLAIN = saved.response(URL, HTML, "200 OK")
MANY = b"".join(b"--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n" for _ in range(5001))
RELATED = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (PLAIN.replace(b"stay.", b"end.."), "digest of https://example.org/licences in this file is not"),
        (PLAIN[:-40], NOT_SO_LONG),
        (PLAIN.replace(b"\r\nContent-Length: ", b"\r\nContent-Length: 9", 1), NOT_SO_LONG),
        (PLAIN[:-4] + b"\r\nno record\r\n", NOT_SO_LONG),
        (saved.warc()[:-9], "This file ends in the middle: it was not saved whole."),
        (gzip.compress(PLAIN, mtime=0) + b"no member" * 9, "its packing is broken."),
        (gzip.compress(PLAIN + bytes(9_000_000), mtime=0), "unpacks to more than 200 times its size"),
        (saved.response(URL, HTML, "200 OK", "\x00: bad"), "cannot be read from this file."),
        (
            saved.response(URL, gzip.compress(bytes(9_000_000), mtime=0), "200 OK", "Content-Encoding: gzip"),
            "and is not shown.",
        ),
        (saved.response(URL, b"", "302 Found", "Location: /licences"), "leads round in a circle"),
        (saved.record("request", URL, b"GET / HTTP/1.1\r\n\r\n"), "is not in this file. It holds no web page at all."),
        (b"WARC/1.1\r\n" * 9000, "at byte 0 of what it unpacks to no record begins."),
        (b"PK\x03\x04" + bytes(500), "This WACZ cannot be taken:"),
        (RELATED + MANY + b"--b--", "more than 5000 parts."),
        (RELATED + b"--b\r\nContent-Type: text/html\r\n\r\n<p>x", "ends in the middle"),
        (RELATED + b"--b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c--\r\n--b--", "holds no web page"),
        (RELATED + b"--b--", "This MHTML file has no parts."),
        (RELATED.replace(b"; boundary=b", b"; boundary*99999999999999999999*=b"), "does not say where its parts"),
        (RELATED + b"--b\r\n" + b"X: y\r\n" * 20_000 + b"\r\n--b--", "longer headers than such a file has."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_sound_fails_with_a_sentence(
    file: bytes, words: str, source: Source, reporter: User
) -> None:
    capture = supplied(source, file, reporter)
    assert capture.state == "failed"
    assert capture.reason in ("file", "redirect_loop"), capture.detail
    assert words in capture.detail


def test_a_file_that_is_swept_while_it_is_supplied_is_kept_again(
    source: Source, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, held = orphans.hold, list[str]()

    def sweep_once(sha256: str) -> None:
        if not held:
            file_named(sha256).unlink()
        held.append(sha256)
        hold(sha256)

    monkeypatch.setattr(orphans, "hold", sweep_once)
    capture = archive.supply(source, io.BytesIO(HTML), "a.html", by=reporter)
    assert held == [capture.supplied_sha256] * 2
    assert file_named(capture.supplied_sha256).read_bytes() == HTML


def file_named(sha256: str) -> Path:
    with fetching.blobs().open(bytes.fromhex(sha256)) as stream:
        return Path(stream.name)


@pytest.mark.parametrize("file", [HTML, saved.mhtml(), saved.warc()], ids=["html", "mhtml", "warc"])
def test_fastwarc_finds_every_digest_right(file: bytes, source: Source, reporter: User) -> None:
    with file_of(taken(source, file, reporter)).open("rb") as stream:
        right = [record.verify_block_digest() for record in FastIterator(stream, parse_http=False)]
    assert len(right) >= 4
    assert set(right) == {True}


def wacz_of(snapshot: Snapshot) -> bytes:
    return b"".join(packaging.package([snapshot.pk], title="Licences").pieces())


def test_a_wacz_that_we_made_is_taken_back_as_the_same_page(source: Source, reporter: User) -> None:
    first = taken(source, saved.warc(), reporter, "page.warc.gz")
    second = taken(source, wacz_of(first), reporter, "page.wacz")
    assert (second.text, second.fetched_at, second.payload_sha256) == (first.text, saved.AT, first.payload_sha256)
    assert sorted(parts(second)) == sorted(parts(first))


def test_a_wacz_with_a_broken_index_is_refused(source: Source, reporter: User) -> None:
    sound = wacz_of(taken(source, saved.warc(), reporter))
    broken = sound.replace(b'"offset": "', b'"offset": "9')
    assert broken != sound
    capture = supplied(source, broken, reporter, "page.wacz")
    assert (capture.state, capture.detail.startswith("This WACZ cannot be taken: ")) == ("failed", True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "at"), [(saved.mhtml(), "20250609120000"), (saved.warc(), "20250609120000")], ids=["mhtml", "warc"]
)
def test_pywb_shows_the_page_and_its_parts(
    file: bytes, at: str, source: Source, reporter: User, pywb: Pywb, tmp_path: Path
) -> None:
    packed = tmp_path / "archived.wacz"
    packed.write_bytes(wacz_of(taken(source, file, reporter)))
    with pywb.replay(packed, tmp_path) as replay:
        for url, body in [(URL, HTML), ("https://example.org/site.css", CSS), ("https://example.org/a.png", PNG)]:
            got = replay.get(url, at)
            held = gzip.decompress(got.body) if got.body[:2] == b"\x1f\x8b" else got.body
            assert (url, got.status, held) == (url, 200, body)
