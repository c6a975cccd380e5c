"""What we write, other people's readers read: warcio and FastWARC check every digest and every byte."""

import gzip
import hashlib
import io
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from sources.canonical import parse
from sources.fetcher import Limits, fetch
from sources.warc import Digest, base32, write
from sources.wire import Policy
from tests.sources.raw_server import page, raw_server, redirect, unwatched

BODY = gzip.compress("중국 – “제네바 합의” ".encode() * 50)
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (BODY[:9], BODY[9:])) + b"0\r\n\r\n"
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/html\r\nTransfer-Encoding: chunked\r\n"
    b"X-a: 1\r\nx-A: 2\r\nContent-Encoding: gzip\r\n\r\n"
)
MOVED = redirect("/new")


def answer(connection: socket.socket, request: bytes) -> None:
    connection.sendall(MOVED if b"GET /old" in request else HEAD + CHUNKED)


@pytest.fixture(scope="module")
def written() -> Iterator[tuple[bytes, str, Digest]]:
    with raw_server(answer) as server:
        policy = Policy(allow_private=frozenset({server.endpoint}))
        fetched = fetch(parse(server.url("/old")), policy, Limits(), "factcheck-test", unwatched)
        with closing(fetched):
            target = io.BytesIO()
            payload = write(target, fetched.hops, [("software", "factcheck"), ("operator", "A\r\nB: c")])
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
    with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello") as server:
        policy = Policy(allow_private=frozenset({server.endpoint}))
        with closing(fetch(parse(server.url()), policy, Limits(), "factcheck-test", unwatched)) as fetched:
            target = io.BytesIO()
            write(target, fetched.hops, [])
    *_, response = ArchiveIterator(io.BytesIO(target.getvalue()), no_record_parse=True)
    assert response.rec_headers.get_header("WARC-Truncated") == "disconnect"


def test_base32_is_what_readers_know() -> None:
    assert base32(hashlib.sha256(b"").digest()) == "4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ===="


def test_a_plain_page_has_its_plain_payload() -> None:
    with raw_server(page("hello")) as server:
        policy = Policy(allow_private=frozenset({server.endpoint}))
        with closing(fetch(parse(server.url()), policy, Limits(), "factcheck-test", unwatched)) as fetched:
            payload = write(io.BytesIO(), fetched.hops, [])
    assert (payload.sha256, payload.length) == (hashlib.sha256(b"hello").digest(), 5)
