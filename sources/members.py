"""Read a WARC file record by record and re-compute every digest in it. Plain Python, no Django.

Each record is a gzip member of its own. It is unpacked and hashed piece by piece, so that neither a large body nor one
that unpacks to much more than was sent makes the reader large.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from isal import isal_zlib
from isal.igzip_lib import IsalError

from sources.packing import GZIP

# What is left of a piece behind the end of a record is copied, so it is short.
PIECE = 64 * 1024
UNPACKED_PIECE = 1024 * 1024
MOST_HEADER_BYTES = 64 * 1024
GZIP_HEADER = 10
ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha512"})
_TOP = re.compile(rb"WARC/1\.[01]\r\n(.*?)\r\n\r\n", re.DOTALL)
_BASE32 = re.compile("[A-Z2-7]+")
_TO_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_HEAD_END = b"\r\n\r\n"
_RECORD_END = b"\r\n\r\n"


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Broken(Exception):
    """A record that cannot be read; str() says what is wrong with it, `offset` where it begins."""

    def __init__(self, offset: int, what: str) -> None:
        super().__init__(what)
        self.offset = offset


@dataclass(frozen=True)
class Member:
    """A record as it was found: `length` bytes of the file from `offset`.

    `fields` are its WARC headers under lower-case names. The payload is the body of an HTTP message, or the whole block
    of anything else; a request and a revisit have none. `wrong` names the digests in the headers that do not hold.
    """

    offset: int
    length: int
    gzip_header: bytes
    fields: dict[str, str]
    payload_sha256: str
    payload_length: int
    wrong: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "")


def members(stream: Readable) -> Iterator[Member]:
    """Every record of the file, in its order. Broken when one cannot be read."""
    offset, data = 0, b""
    while data := data or stream.read(PIECE):
        member, data = _member(stream, offset, data)
        yield member
        offset += member.length


def _member(stream: Readable, offset: int, data: bytes) -> tuple[Member, bytes]:
    """The record that begins with `data`, and what was read beyond it."""
    while len(data) < GZIP_HEADER and (more := stream.read(PIECE)):
        data += more
    gzip_header = data[:GZIP_HEADER]
    record, unpack, length, full = _Reading(offset), isal_zlib.decompressobj(GZIP), 0, False
    while not unpack.eof:
        # After a full piece there may be more to come out although all went in.
        data = data or (b"" if full else stream.read(PIECE))
        if not data and not full:
            raise Broken(offset, "the file ends in the middle of it")
        try:
            piece = unpack.decompress(data, UNPACKED_PIECE)
        except IsalError as error:  # type: ignore[misc]  # Its stub does not say that it is an exception.
            raise Broken(offset, "it cannot be unpacked") from error
        rest = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
        length += len(data) - len(rest)
        data, full = rest, len(piece) == UNPACKED_PIECE
        record.feed(piece)
    return record.end(length, gzip_header), data


class _Reading:
    """What is learned of one record while its bytes come by."""

    def __init__(self, offset: int) -> None:
        self._offset = offset
        # What came before the headers were whole.
        self._top = b""
        self._block: Block | None = None

    def feed(self, piece: bytes) -> None:
        if self._block:
            self._block.feed(memoryview(piece))
            return
        self._top += piece
        top = _TOP.match(self._top)
        if top:
            self._block = Block(fields(self._offset, top.group(1)))
            self._block.feed(memoryview(self._top)[top.end() :])
        elif len(self._top) > MOST_HEADER_BYTES:
            raise Broken(self._offset, "it is no WARC record")

    def end(self, length: int, gzip_header: bytes) -> Member:
        block = self._block
        if block is None:
            raise Broken(self._offset, "it is no WARC record")
        if block.left or block.after != _RECORD_END:
            raise Broken(self._offset, "it is not as long as it says")
        sha256 = "" if block.payload is None else block.payload.hexdigest()
        return Member(
            self._offset, length, gzip_header, block.fields, sha256, block.payload_length, tuple(block.wrong())
        )


class Block:
    """The block of a record, hashed as it comes; each byte as seldom as possible."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        self.left = int(fields["content-length"])
        self.after = b""
        self.payload_length = 0
        self._said = {name: fields.get(name, "") for name in ("warc-block-digest", "warc-payload-digest")}
        has_payload = fields.get("warc-type") not in ("revisit", "request", "warcinfo")
        if not has_payload:
            # A revisit names the digest of a payload that another record has.
            self._said["warc-payload-digest"] = ""
        self._head = b"" if has_payload and fields.get("content-type", "").startswith("application/http") else None
        self.payload = hashlib.sha256() if has_payload else None
        self._block = self._hashes("warc-block-digest")
        self._payload = self._hashes("warc-payload-digest")

    def _hashes(self, name: str) -> "hashlib._Hash | None":
        """What computes the digest that the header `name` has; the one of the payload where that is the same."""
        algorithm = self._said[name].partition(":")[0].lower()
        if algorithm not in ALGORITHMS:
            return None
        same = name == "warc-payload-digest" or self._head is None
        if algorithm == "sha256" and same and self.payload is not None:
            return self.payload
        return hashlib.new(algorithm)

    def feed(self, piece: memoryview) -> None:
        block = piece[: self.left]
        self.left -= len(block)
        self.after = (self.after + bytes(piece[len(block) :]))[: len(_RECORD_END) + 1]
        if self._block is not None and self._block is not self.payload:
            self._block.update(block)
        body = block if self._head is None else self._after_head(block, self._head)
        if self.payload is not None:
            self.payload.update(body)
            self.payload_length += len(body)
        if self._payload is not None and self._payload is not self.payload:
            self._payload.update(body)

    def _after_head(self, block: memoryview, before: bytes) -> memoryview:
        """The part of the block behind the head of the HTTP message."""
        head = before + bytes(block[:MOST_HEADER_BYTES])
        end = head.find(_HEAD_END)
        if end < 0 and len(head) < MOST_HEADER_BYTES:
            self._head = head
            return block[len(block) :]
        # A head without an end is as long as the fetcher takes one.
        self._head = None
        return block[max(0, end + len(_HEAD_END) - len(before)) :]

    def wrong(self) -> Iterator[str]:
        """The names of the digests that do not hold."""
        for name, computed in (("warc-block-digest", self._block), ("warc-payload-digest", self._payload)):
            said = self._said[name].partition(":")[2]
            if computed is not None and not _is(said, computed.digest()):
                yield {"warc-block-digest": "block", "warc-payload-digest": "payload"}[name]


def _is(said: str, digest: bytes) -> bool:
    """Whether a WARC header names this digest, in hex or base32. Decoding base32 takes longer than hashing a page."""
    if len(said) == 2 * len(digest):
        return said.lower() == digest.hex()
    bits, letters = 8 * len(digest), said.rstrip("=")
    if len(letters) != -(-bits // 5) or not _BASE32.fullmatch(letters):
        return False
    return int(letters.translate(_TO_DIGITS), 32) == int.from_bytes(digest, "big") << (5 * len(letters) - bits)


def fields(offset: int, top: bytes) -> dict[str, str]:
    lines = [line.partition(":") for line in top.decode("utf-8", "replace").split("\r\n")]
    if not all(colon for _, colon, _ in lines):
        raise Broken(offset, "a header of it has no name")
    # Of a header that comes twice the first one counts.
    fields = {name.lower(): value.strip() for name, _, value in reversed(lines)}
    length = fields.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise Broken(offset, "it does not say how long it is")
    return fields
