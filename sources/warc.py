"""Write a fetch as WARC/1.1 (ISO 28500:2017), the container that every web archive reads. Plain Python, no Django.

One file holds one capture: warcinfo, then request and response for each hop, redirects included. Each record is a gzip
member of its own, so that a reader can begin at any of them. Blocks are streamed from the spools; nothing is held.
Digests are SHA-256 in base32, as warcio and FastWARC check them; the payload digest is taken over the body as it came,
chunks included, which is what those readers (and wget and warcprox) hash.
"""

import base64
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from uuid import uuid4

from sources.fetcher import Hop

PIECE = 64 * 1024
# The habit of the field is 9: the same size for twice the time. Bodies mostly come gzipped, and nothing shrinks those.
LEVEL = 6
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"

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


def base32(digest: bytes) -> str:
    return base64.b32encode(digest).decode("ascii")


def digest(pieces: Iterable[bytes]) -> Digest:
    sha256, length = hashlib.sha256(), 0
    for piece in pieces:
        sha256.update(piece)
        length += len(piece)
    return Digest(sha256.digest(), length)


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The whole stream, from its beginning."""
    stream.seek(0)
    while piece := stream.read(PIECE):
        yield piece


def write(target: BinaryIO, hops: list[Hop], about: Fields) -> Digest:
    """The records of one fetch; `about` goes into the warcinfo record. Returns the last response's payload digest."""
    info = _record_id()
    text = _fields([("format", "WARC File Format 1.1"), ("conformsTo", CONFORMS_TO), *about])
    begun = hops[0].asked_at
    head: Fields = [("WARC-Type", "warcinfo"), ("WARC-Date", date(begun)), ("WARC-Record-ID", info)]
    _record(target, [*head, ("Content-Type", "application/warc-fields")], text, BytesIO())
    payload = Digest(b"", 0)
    for hop in hops:
        payload = _exchange(target, hop, info)
    return payload


def date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _exchange(target: BinaryIO, hop: Hop, info: str) -> Digest:
    request_id, response_id = _record_id(), _record_id()
    common: Fields = [
        ("WARC-Target-URI", hop.address.url),
        ("WARC-Date", date(hop.asked_at)),
        ("WARC-IP-Address", hop.peer.ip),
        ("WARC-Warcinfo-ID", info),
    ]
    head: Fields = [("WARC-Type", "request"), ("WARC-Record-ID", request_id), ("WARC-Concurrent-To", response_id)]
    _record(target, [*head, *common, ("Content-Type", "application/http; msgtype=request")], hop.request, BytesIO())
    payload = digest(pieces(hop.body))
    head = [("WARC-Type", "response"), ("WARC-Record-ID", response_id), ("WARC-Concurrent-To", request_id)]
    head += [*common, *_connection(hop), ("WARC-Payload-Digest", payload.label)]
    _record(target, [*head, ("Content-Type", "application/http; msgtype=response")], hop.head, hop.body)
    return payload


def _connection(hop: Hop) -> Iterator[tuple[str, str]]:
    yield ("WARC-Protocol", "http/1.0" if hop.head.startswith(b"HTTP/1.0") else "http/1.1")
    if hop.peer.tls:
        yield "WARC-Protocol", hop.peer.tls.lower().replace("tlsv", "tls/")
        yield "WARC-Cipher-Suite", hop.peer.cipher
    if hop.truncated:
        yield "WARC-Truncated", hop.truncated


def _record(target: BinaryIO, fields: Fields, start: bytes, rest: BinaryIO) -> None:
    """One gzip member; the block is `start` followed by `rest`."""
    block = digest(_block(start, rest))
    head = [*fields, ("WARC-Block-Digest", block.label), ("Content-Length", str(block.length))]
    squeeze = zlib.compressobj(LEVEL, wbits=31)
    target.write(squeeze.compress(b"WARC/1.1\r\n" + _fields(head) + b"\r\n"))
    target.writelines(squeeze.compress(piece) for piece in _block(start, rest))
    target.write(squeeze.compress(b"\r\n\r\n") + squeeze.flush())


def _block(start: bytes, rest: BinaryIO) -> Iterator[bytes]:
    yield start
    yield from pieces(rest)


def _fields(fields: Fields) -> bytes:
    # A line break in a value would begin a field that nobody wrote.
    return b"".join(f"{name}: {' '.join(value.split())}\r\n".encode() for name, value in fields)


def _record_id() -> str:
    return f"<urn:uuid:{uuid4()}>"
