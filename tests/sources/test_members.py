"""A WARC file read again: every digest computed, every record in its place, and nothing grows beyond bounds."""

from __future__ import annotations

import gzip
import hashlib
import io
import tracemalloc
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources.members import Broken, Member, members
from sources.warc import WarcFile, digest_of

AT = datetime(2025, 6, 9, 12, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def record(block: bytes, *headers: str, kind: str = "resource") -> bytes:
    lines = [f"WARC-Type: {kind}", *headers, f"Content-Length: {len(block)}"]
    return gzip.compress(b"WARC/1.1\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)


def response(body: bytes, *headers: str) -> bytes:
    http = "Content-Type: application/http; msgtype=response"
    return record(HEAD + body, http, *headers, kind="response")


def read(data: bytes) -> list[Member]:
    return list(members(io.BytesIO(data)))


def label(data: bytes) -> str:
    return digest_of([data]).label


@pytest.mark.parametrize("size", [0, 5, 70_000, 3_000_000])
def test_computes_what_the_writer_wrote(size: int) -> None:
    body = bytes(range(251)) * (size // 251) + b"x" * (size % 251)
    data = response(body, f"WARC-Payload-Digest: {label(body)}", f"WARC-Block-Digest: {label(HEAD + body)}")
    (found,) = read(data)
    assert (found.offset, found.length, found.kind, found.wrong) == (0, len(data), "response", ())
    assert (found.payload_sha256, found.payload_length) == (hashlib.sha256(body).hexdigest(), size)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # It leaves a temporary file open.
def test_reads_what_warcio_wrote() -> None:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    for body in (b"one", b"two" * 50_000):
        writer.write_record(writer.create_warc_record("http://a/", "response", io.BytesIO(body), http_headers=http))
    assert [(m.kind, m.wrong, m.payload_length) for m in read(target.getvalue())] == [
        ("response", (), 3), ("response", (), 150_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "wrong"),
    [
        (["WARC-Block-Digest: " + label(b"other")], ("block",)),
        (["WARC-Payload-Digest: " + label(b"other")], ("payload",)),
        (["WARC-Payload-Digest: " + label(HEAD + b"body")], ("payload",)),
        (["WARC-Block-Digest: sha1:AAAA", "WARC-Payload-Digest: md5:00"], ("block", "payload")),
        (["WARC-Block-Digest: sha1:" + hashlib.sha1(HEAD + b"body").hexdigest()], ()),  # noqa: S324
        (["WARC-Block-Digest: blake3:xyz"], ()),
    ],
)
def test_names_the_digests_that_do_not_hold(headers: list[str], wrong: tuple[str, ...]) -> None:
    (found,) = read(response(b"body", *headers))
    assert found.wrong == wrong


def test_of_a_revisit_the_payload_is_not_there_to_be_checked() -> None:
    http = "Content-Type: application/http; msgtype=response"
    (found,) = read(record(HEAD, http, "WARC-Payload-Digest: " + label(b"elsewhere"), kind="revisit"))
    assert (found.wrong, found.payload_sha256) == ((), "")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (record(b"hello")[:-9], "the file ends in the middle of it"),
        (b"no gzip at all", "it cannot be unpacked"),
        (record(b"hello")[:-8] + b"\0" * 8, "it cannot be unpacked"),
        (gzip.compress(b"GET / HTTP/1.1\r\n\r\n", mtime=0), "it is no WARC record"),
        (gzip.compress(b"x" * 100_000, mtime=0), "it is no WARC record"),
        (gzip.compress(b"WARC/1.1\r\nContent-Length: 9\r\n\r\nhello\r\n\r\n", mtime=0), "it is not as long as it says"),
        (gzip.compress(b"WARC/1.1\r\nContent-Length: 3\r\n\r\nhello\r\n\r\n", mtime=0), "it is not as long as it says"),
        (gzip.compress(b"WARC/1.1\r\nContent-Length: -3\r\n\r\nhi\r\n\r\n", mtime=0), "it does not say how long it is"),
        (gzip.compress(b"WARC/1.1\r\nContent-Length\r\n\r\nhello\r\n\r\n", mtime=0), "a header of it has no name"),
    ],
)  # fmt: skip
def test_says_which_record_cannot_be_read(data: bytes, what: str) -> None:
    first = record(b"good")
    with pytest.raises(Broken) as caught:
        read(first + data)
    assert (str(caught.value), caught.value.offset) == (what, len(first))


def test_a_bomb_does_not_make_the_reader_large() -> None:
    bomb = record(bytes(50_000_000))
    assert len(bomb) < 60_000
    tracemalloc.start()
    (found,) = read(bomb)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.payload_length == 50_000_000
    assert most < 8_000_000


def test_reads_a_packed_body_that_was_stored_as_it_came() -> None:
    target = io.BytesIO()
    file = WarcFile(target, [], AT)
    data = bytes(range(256)) * 1000
    file._record("resource", AT, [("Content-Type", "image/png")], b"", io.BytesIO(data), packed=True)
    assert [m.payload_length for m in read(target.getvalue())] == [0, len(data)]
    assert gzip.decompress(target.getvalue()).endswith(data + b"\r\n\r\n")
