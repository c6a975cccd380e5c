"""Write a capture as WARC/1.1 (ISO 28500:2017), the container that every web archive reads. Plain Python, no Django.

One file holds one capture: warcinfo, then what was fetched, request and response of each hop, redirects included, then
what we made of it (its text, pictures of it) and the facts of the connection. Each record is a gzip member of its own,
so that a reader can begin at any of them. Blocks are streamed from the spools; nothing large is held.

Digests are SHA-256 in base32, as warcio and FastWARC check them; the payload digest is taken over the body as it came,
chunks included, which is what those readers (and wget and warcprox) hash.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO
from uuid import uuid4

from sources import packing
from sources.base32 import base32
from sources.fetcher import Hop

PIECE = 1024 * 1024
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Digest:
    """SHA-256 of so many bytes."""

    sha256: bytes
    length: int

    @property
    def label(self) -> str:
        """As WARC headers carry it: sha256:BASE32, padded, since warcio and FastWARC take an unpadded one for wrong."""
        return "sha256:" + base32(self.sha256)


@dataclass(frozen=True)
class Held:
    """A response record of an earlier capture that has the very same payload."""

    record_id: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Written:
    """A record and where it lies: `length` bytes from `offset` of the file are one gzip member.

    `kind` is its WARC-Type. `payload` is the digest of what it is about (of a revisit: of what it stands for).
    `status` is 0 where no server answered.
    """

    kind: str
    url: str
    record_id: str
    at: datetime
    offset: int
    length: int
    payload: Digest
    content_type: str
    status: int = 0


class WarcFile:
    """Takes records one after another; `records` tells what was written and where.

    `about` goes into the warcinfo record, `begun` is its date. `fast` spends less time and more bytes.
    """

    def __init__(self, target: BinaryIO, about: Fields, begun: datetime, *, fast: bool = False) -> None:
        self.records: list[Written] = []
        self._target = target
        self._fast = fast
        self._info = ""
        fields = [("format", "WARC File Format 1.1"), ("conformsTo", CONFORMS_TO), *about]
        head, block = [("Content-Type", "application/warc-fields")], BytesIO(_fields(fields))
        self._info = self._record("warcinfo", begun, head, b"", block, packed=False)[0]

    def exchange(self, hop: Hop, held: Held | None = None, payload: Digest | None = None) -> Written:
        """Request and response of one hop. With `held`, a revisit that refers to the payload and does not repeat it.

        What no server sent (`status` 0) is a resource. `payload` is that of the body where it is known already.
        """
        payload = payload or digest_of(pieces(hop.body))
        if not hop.status:
            return self._given(hop, payload)
        if not hop.request:
            return self._response(hop, payload, record_id(), "", held)
        request_id, response_id = record_id(), record_id()
        head = [*_about(hop), ("WARC-Concurrent-To", response_id)]
        head.append(("Content-Type", "application/http; msgtype=request"))
        self._record("request", hop.asked_at, head, hop.request, BytesIO(), packed=False, id=request_id)
        return self._response(hop, payload, response_id, request_id, held)

    def _given(self, hop: Hop, payload: Digest) -> Written:
        """A file that a person gave us in place of a server's answer."""
        url, kind = hop.address.url, hop.content_type
        head = [("WARC-Target-URI", url), ("WARC-Payload-Digest", payload.label), ("Content-Type", kind)]
        packed = packing.is_packed(kind, "")
        id, offset, length = self._record("resource", hop.asked_at, head, b"", hop.body, packed=packed, digest=payload)
        return self._note(Written("resource", url, id, hop.asked_at, offset, length, payload, kind))

    def resource(self, url: str, content_type: str, data: bytes, *, of: Written, fast: bool = False) -> Written:
        """Something that we made of the page, such as its text; `of` is the page's response."""
        return self._made("resource", url, content_type, data, of, "WARC-Concurrent-To", fast=fast)

    def metadata(self, content_type: str, data: bytes, *, of: Written) -> Written:
        """What is known of how the page was got. Under the page's own address a replay would show it as the page."""
        return self._made("metadata", f"urn:metadata:{of.url}", content_type, data, of, "WARC-Refers-To")

    def _made(
        self, kind: str, url: str, content_type: str, data: bytes, of: Written, link: str, *, fast: bool = False
    ) -> Written:
        payload = digest_of([data])
        head = [("WARC-Target-URI", url), (link, of.record_id), ("WARC-Payload-Digest", payload.label)]
        head.append(("Content-Type", content_type))
        packed = packing.is_packed(content_type, "")
        block = BytesIO(data)
        id, offset, length = self._record(kind, of.at, head, b"", block, packed=packed, digest=payload, fast=fast)
        return self._note(Written(kind, url, id, of.at, offset, length, payload, content_type))

    def _response(self, hop: Hop, payload: Digest, id: str, request_id: str, held: Held | None) -> Written:
        asked: Fields = [("WARC-Concurrent-To", request_id)] if request_id else []
        head = [*_about(hop), *asked, *_connection(hop)]
        head.append(("WARC-Payload-Digest", payload.label))
        kind, body = "response", hop.body
        if held:
            kind, body = "revisit", BytesIO()
            head += [("WARC-Profile", IDENTICAL_PAYLOAD), ("WARC-Refers-To", held.record_id)]
            head += [("WARC-Refers-To-Target-URI", held.url), ("WARC-Refers-To-Date", date(held.at))]
        head.append(("Content-Type", "application/http; msgtype=response"))
        packed = packing.is_packed(hop.content_type, hop.header("content-encoding"))
        _, offset, length = self._record(kind, hop.asked_at, head, hop.head, body, packed=packed, id=id)
        url, at = hop.address.url, hop.asked_at
        return self._note(Written(kind, url, id, at, offset, length, payload, hop.content_type, hop.status))

    def _note(self, written: Written) -> Written:
        self.records.append(written)
        return written

    def _record(
        self,
        kind: str,
        at: datetime,
        fields: Fields,
        start: bytes,
        rest: BinaryIO,
        *,
        packed: bool,
        id: str = "",
        digest: Digest | None = None,
        fast: bool = False,
    ) -> tuple[str, int, int]:
        """One gzip member; the block is `start` followed by `rest`, and `digest` its own where that is known.

        Returns the record's id, its offset and length.
        """
        id = id or record_id()
        block = digest or digest_of(_block(start, rest))
        head: Fields = [("WARC-Type", kind), ("WARC-Record-ID", id), ("WARC-Date", date(at))]
        head += [("WARC-Warcinfo-ID", self._info)] if self._info else []
        head += [*fields, ("WARC-Block-Digest", block.label), ("Content-Length", str(block.length))]
        top = b"WARC/1.1\r\n" + _fields(head) + b"\r\n"
        offset = self._target.tell()
        if packed:
            packing.member_of_packed(self._target, top + start, _rest(rest))
        else:
            whole = _whole(top, start, rest)
            packing.member(self._target, whole, len(top) + block.length + 4, fast=fast or self._fast)
        return id, offset, self._target.tell() - offset


def digest_of(pieces: Iterable[bytes]) -> Digest:
    sha256, length = hashlib.sha256(), 0
    for piece in pieces:
        sha256.update(piece)
        length += len(piece)
    return Digest(sha256.digest(), length)


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The whole stream, from its beginning. What lies in memory comes as it lies there: one piece, not copied."""
    memory = getattr(stream, "_file", stream)  # As tempfile documents it of what goes over to disk when it is large.
    if isinstance(memory, BytesIO):
        if whole := memory.getvalue():
            yield whole
        return
    stream.seek(0)
    while piece := stream.read(PIECE):
        yield piece


def date(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def record_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _about(hop: Hop) -> Fields:
    # A file that a person gave us need not say where it came from.
    ip = [("WARC-IP-Address", hop.peer.ip)] if hop.peer.ip else []
    return [("WARC-Target-URI", hop.address.url), *ip]


def _connection(hop: Hop) -> Iterator[tuple[str, str]]:
    yield ("WARC-Protocol", "http/1.0" if hop.head.startswith(b"HTTP/1.0") else "http/1.1")
    if hop.peer.tls:
        yield "WARC-Protocol", hop.peer.tls.lower().replace("tlsv", "tls/")
        yield "WARC-Cipher-Suite", hop.peer.cipher
    if hop.truncated:
        yield "WARC-Truncated", hop.truncated


def _block(start: bytes, rest: BinaryIO) -> Iterator[bytes]:
    yield start
    yield from pieces(rest)


def _whole(top: bytes, start: bytes, rest: BinaryIO) -> Iterator[bytes]:
    yield top
    yield start
    yield from _rest(rest)


def _rest(rest: BinaryIO) -> Iterator[bytes]:
    yield from pieces(rest)
    yield b"\r\n\r\n"


def _fields(fields: Fields) -> bytes:
    return "".join([f"{name}: {_line(value)}\r\n" for name, value in fields]).encode()


def _line(value: str) -> str:
    # A line break in a value would begin a field that nobody wrote.
    return value if value.isprintable() else " ".join(value.split())
