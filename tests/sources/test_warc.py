"""What we write, other people's readers read: warcio and FastWARC check every digest and every byte."""

import gzip
import hashlib
import io
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio
from warcio.recordloader import ArcWarcRecord

from sources.canonical import parse
from sources.fetcher import Fetched, Limits, fetch
from sources.warc import Digest, Held, WarcFile, Written, date
from sources.wire import Policy
from tests.sources.raw_server import RawServer, raw_server, redirect, unwatched
from tests.sources.raw_server import page as page_of

BODY = gzip.compress("중국 – “제네바 합의” ".encode() * 50)
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (BODY[:9], BODY[9:])) + b"0\r\n\r\n"
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/html\r\nTransfer-Encoding: chunked\r\n"
    b"X-a: 1\r\nx-A: 2\r\nContent-Encoding: gzip\r\n\r\n"
)
MOVED = redirect("/new")
AT = datetime(2025, 6, 9, 12, tzinfo=UTC)


def answer(connection: socket.socket, request: bytes) -> None:
    connection.sendall(MOVED if b"GET /old" in request else HEAD + CHUNKED)


@contextmanager
def fetched(server: RawServer, path: str = "/") -> Iterator[Fetched]:
    policy = Policy(allow_private=frozenset({server.endpoint}))
    with closing(fetch(parse(server.url(path)), policy, Limits(), "factcheck-test", unwatched)) as page:
        yield page


def file_of(page: Fetched, *, fast: bool = False) -> tuple[WarcFile, io.BytesIO]:
    target = io.BytesIO()
    return WarcFile(target, [("software", "factcheck"), ("operator", "A\r\nB: c")], AT, fast=fast), target


@pytest.fixture(scope="module", params=[False, True], ids=["small", "fast"])
def written(request: pytest.FixtureRequest) -> Iterator[tuple[bytes, str, Digest]]:
    with raw_server(answer) as server, fetched(server, "/old") as page:
        file, target = file_of(page, fast=request.param)
        for hop in page.hops:
            payload = file.exchange(hop).payload
        yield target.getvalue(), server.url(), payload


def test_warcio_finds_every_digest_right(written: tuple[bytes, str, Digest], tmp_path: Path) -> None:
    path = tmp_path / "capture.warc.gz"
    path.write_bytes(written[0])
    with pytest.raises(SystemExit) as ended:
        warcio(["check", str(path)])
    assert ended.value.code == 0
    checked = []
    for record in ArchiveIterator(io.BytesIO(written[0]), check_digests="raise"):
        record.raw_stream.read()
        checked.append((record.rec_type, record.digest_checker.passed))
    assert checked == [(kind, True) for kind in ("warcinfo", "request", "response", "request", "response")]


def test_fastwarc_finds_every_digest_right(written: tuple[bytes, str, Digest]) -> None:
    found = []
    for record in FastIterator(io.BytesIO(written[0]), parse_http=False):
        right = [record.verify_block_digest()]
        if record.record_type == WarcRecordType.response:
            record.parse_http(auto_decode="none")
            right.append(record.verify_payload_digest())
        found.append(right)
    assert found == [[True], [True], [True, True], [True], [True, True]]


def test_holds_the_exact_bytes_of_each_hop(written: tuple[bytes, str, Digest]) -> None:
    blocks = {}
    for record in ArchiveIterator(io.BytesIO(written[0]), no_record_parse=True):
        if record.rec_type == "response":
            blocks[record.rec_headers.get_header("WARC-Target-URI")] = record.raw_stream.read()
    assert blocks == {written[1] + "old": MOVED, written[1] + "new": HEAD + CHUNKED}


def test_a_reader_gets_the_page_back(written: tuple[bytes, str, Digest]) -> None:
    records = [r.content_stream().read() for r in ArchiveIterator(io.BytesIO(written[0])) if r.rec_type == "response"]
    assert records[-1] == gzip.decompress(BODY)


def test_tells_the_payload_digest_of_the_page(written: tuple[bytes, str, Digest]) -> None:
    assert written[2] == Digest(hashlib.sha256(CHUNKED).digest(), len(CHUNKED))


def test_names_peer_protocol_and_partner(written: tuple[bytes, str, Digest]) -> None:
    headers = [dict(r.rec_headers.headers) for r in ArchiveIterator(io.BytesIO(written[0]))]
    info, request, response = headers[:3]
    assert (response["WARC-IP-Address"], response["WARC-Protocol"]) == ("127.0.0.1", "http/1.1")
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert {request["WARC-Warcinfo-ID"], response["WARC-Warcinfo-ID"]} == {info["WARC-Record-ID"]}


def test_each_record_is_a_gzip_member_of_its_own(written: tuple[bytes, str, Digest]) -> None:
    iterator = ArchiveIterator(io.BytesIO(written[0]))
    offsets = [iterator.get_record_offset() for _ in iterator]
    assert [written[0][offset : offset + 2] for offset in offsets] == [b"\x1f\x8b"] * 5


def test_a_line_break_in_a_value_begins_no_field(written: tuple[bytes, str, Digest]) -> None:
    first = next(iter(ArchiveIterator(io.BytesIO(written[0]))))
    assert b"\r\noperator: A B: c\r\n" in first.content_stream().read()


def test_a_body_cut_short_says_so() -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello") as server, fetched(server) as page:
        file, target = file_of(page)
        file.exchange(page.page)
    *_, response = ArchiveIterator(io.BytesIO(target.getvalue()), no_record_parse=True)
    assert response.rec_headers.get_header("WARC-Truncated") == "disconnect"


def test_a_plain_page_has_its_plain_payload() -> None:
    with raw_server(page_of("hello")) as server, fetched(server) as page:
        payload = file_of(page)[0].exchange(page.page).payload
    assert (payload.sha256, payload.length) == (hashlib.sha256(b"hello").digest(), 5)


def everything(page: Fetched, target: io.BytesIO, held: Held | None = None) -> list[Written]:
    file = WarcFile(target, [("software", "factcheck")], AT)
    response = file.exchange(page.page, held)
    file.resource(f"urn:text:{response.url}", "text/plain; charset=utf-8", "희토류".encode(), of=response)
    file.metadata("application/json", b'{"why": "cited"}', of=response)
    return file.records


def test_tells_where_each_record_lies() -> None:
    with raw_server(page_of("hello")) as server, fetched(server) as page:
        records = everything(page, target := io.BytesIO())
    data = target.getvalue()
    assert [record.kind for record in records] == ["response", "resource", "metadata"]
    for record in records:
        member = data[record.offset : record.offset + record.length]
        (found,) = ArchiveIterator(io.BytesIO(member), check_digests="raise")
        assert found.rec_headers.get_header("WARC-Record-ID") == record.record_id
    assert records[-1].offset + records[-1].length == len(data)


def test_what_we_made_of_a_page_names_its_response() -> None:
    with raw_server(page_of("hello")) as server, fetched(server) as page:
        response, text, facts = everything(page, target := io.BytesIO())
    found = {r.rec_headers.get_header("WARC-Record-ID"): r for r in _read(target)}
    assert found[text.record_id].rec_headers.get_header("WARC-Concurrent-To") == response.record_id
    assert found[facts.record_id].rec_headers.get_header("WARC-Refers-To") == response.record_id
    assert text.payload == Digest(hashlib.sha256("희토류".encode()).digest(), 9)


def test_a_payload_that_is_held_is_referred_to_and_not_repeated() -> None:
    held = Held("<urn:uuid:11111111-1111-4111-8111-111111111111>", "http://example.org/first", AT)
    with raw_server(page_of("hello " * 500)) as server, fetched(server) as page:
        revisit, *_ = everything(page, target := io.BytesIO(), held)
        head = page.page.head
    record = next(r for r in _read(target) if r.rec_type == "revisit")
    headers = dict(record.rec_headers.headers)
    assert revisit.payload == Digest(hashlib.sha256(b"hello " * 500).digest(), 3000)
    assert headers["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert headers["WARC-Refers-To"] == held.record_id
    assert headers["WARC-Refers-To-Target-URI"] == "http://example.org/first"
    assert headers["WARC-Refers-To-Date"] == "2025-06-09T12:00:00Z"
    assert headers["Content-Length"] == str(len(head))


def test_a_body_too_large_for_one_piece_is_streamed() -> None:
    body = bytes(range(256)) * 20_000
    with raw_server(page_of(body, "application/octet-stream")) as server, fetched(server) as page:
        file, target = file_of(page)
        file.exchange(page.page)
    bodies = [record.content_stream().read() for record in ArchiveIterator(io.BytesIO(target.getvalue()))]
    assert bodies[-1] == body


def _read(target: io.BytesIO) -> list[ArcWarcRecord]:
    return list(ArchiveIterator(io.BytesIO(target.getvalue()), check_digests="raise"))


def test_dates_are_in_utc_whatever_zone_they_came_in() -> None:
    assert date(datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=2)))) == "2026-11-24T08:00:00Z"
