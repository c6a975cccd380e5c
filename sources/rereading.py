"""A record read back from its file, unchunked and unpacked, as the page was. Plain Python, no Django.

What was stored as it came is as dangerous as it was on the way: a bomb is a bomb again, and a file that a person gave
us may hold anything. So reading has the limits of fetching.
"""

import re
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

import h11

from sources.fetcher import MEMORY_BYTES
from sources.unpacking import Bomb, Content, Full

PIECE = 64 * 1024
HEAD_BYTES = 256 * 1024
# h11 reads an answer only to a question.
_QUESTION = h11.Request(method="GET", target="/", headers=[("Host", "archive.invalid")])
_BLANK_LINE = re.compile(rb"\n\r?\n")

Held = Callable[[], Iterator[bytes]]


class Unreadable(Exception):
    """`str(error)` is a sentence: why the record cannot be shown."""


@dataclass(frozen=True)
class Place:
    """A record: one gzip member, `length` bytes from `offset` of the file."""

    file: BinaryIO
    offset: int
    length: int


@dataclass
class Answer:
    """A response as the page's reader would have it. `cut` when `content` ends early. The caller closes it."""

    status: int
    headers: list[tuple[str, str]]
    content: BinaryIO
    cut: bool = False

    def header(self, name: str) -> str:
        """The last one sent, as browsers have it; "" when there is none."""
        return next((value for key, value in reversed(self.headers) if key == name), "")

    def close(self) -> None:
        self.content.close()


def answer(head: Place, body: Place, *, limit: int, ratio: int) -> Answer:
    """The response of a record; of a revisit the `head` is its own and the `body` that of the record it refers to.

    At most `limit` bytes of content. Raises Unreadable.
    """
    elsewhere = (body.file, body.offset) != (head.file, head.offset)
    held = (lambda: _block(body, HEAD_BYTES)[1]) if elsewhere else None
    return message(_block(head, HEAD_BYTES)[1], held, limit=limit, ratio=ratio)


def message(block: Iterator[bytes], held: Held | None = None, *, limit: int, ratio: int) -> Answer:
    """The same for a block that was read elsewhere. Of a revisit, `held` begins the block with the body."""
    start, rest = split(block)
    http = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES)
    http.send(_QUESTION)
    http.send(h11.EndOfMessage())
    try:
        http.receive_data(start)
        event = http.next_event()
    except h11.RemoteProtocolError as error:
        raise Unreadable("The answer in this record is not one of the web (HTTP/1.1), and cannot be shown.") from error
    if not isinstance(event, h11.Response):
        raise Unreadable("The answer in this record has no end of its headers, and cannot be shown.")
    headers = [(key.decode("latin-1"), value.decode("utf-8", "replace")) for key, value in event.headers]
    if held is not None:
        rest.close()
        _, rest = split(held())
    return _received(http, Answer(event.status_code, headers, _spool()), rest, limit, ratio)


def resource(place: Place, *, limit: int) -> Answer:
    """Something that no server sent: a picture that we made, a file that a person gave us. Raises Unreadable."""
    fields, block = _block(place, HEAD_BYTES)
    kept = _spool()
    for piece in block:
        kept.write(piece[: limit - kept.tell()])
        if kept.tell() >= limit:
            break
    return Answer(200, [("content-type", fields.get("content-type", ""))], kept, kept.tell() >= limit)


def _received(http: h11.Connection, found: Answer, rest: "Rest", limit: int, ratio: int) -> Answer:
    gzipped = found.header("content-encoding").strip().lower() in ("gzip", "x-gzip")
    content = Content(found.content, gzipped=gzipped, limit=limit, ratio=ratio)
    try:
        for piece in rest:
            http.receive_data(piece)
            while isinstance(event := http.next_event(), h11.Data):
                content.take(bytes(event.data))
            if isinstance(event, h11.EndOfMessage):
                break
    except Full:
        found.cut = True
    except h11.RemoteProtocolError:
        # It broke off on the way, or came in a form that our own fetcher does not write: what came is shown.
        found.cut = True
    except Bomb as error:
        found.close()
        raise Unreadable(f"The page unpacks to more than {ratio} times its size, and is not shown.") from error
    content.finish()
    found.cut = found.cut or bool(content.damage)
    return found


class Rest:
    """The block after the blank line, then the end of the stream as h11 wants to be told of it."""

    def __init__(self, first: bytes, block: Iterator[bytes]) -> None:
        self._first = first
        self._block = block

    def __iter__(self) -> Iterator[bytes]:
        if self._first:
            yield self._first
        yield from self._block
        yield b""

    def close(self) -> None:
        """Nobody reads on."""
        self._block = iter(())


def split(block: Iterator[bytes]) -> tuple[bytes, Rest]:
    start = b""
    for piece in block:
        start += piece
        if match := _BLANK_LINE.search(start):
            return start[: match.end()], Rest(start[match.end() :], block)
        if len(start) > HEAD_BYTES:
            break
    return start, Rest(b"", iter(()))


def _block(place: Place, head_bytes: int) -> tuple[dict[str, str], Iterator[bytes]]:
    """The fields of the WARC header, and the block that follows it."""
    pieces = _unpacked(place)
    start = b""
    while b"\r\n\r\n" not in start:
        piece = next(pieces, b"")
        if not piece or len(start) > head_bytes:
            raise Unreadable("The archived file is damaged where this record begins. Verify the archive.")
        start += piece
    head, _, first = start.partition(b"\r\n\r\n")
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    fields = {
        key.strip().lower().decode("latin-1"): value.strip().decode("utf-8", "replace") for key, _, value in lines
    }
    length = fields.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise Unreadable("The archived file does not say how long this record is. Verify the archive.")
    return fields, _first_bytes(int(length), first, pieces)


def _first_bytes(length: int, first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    piece = first
    while length > 0:
        yield piece[:length]
        length -= len(piece)
        piece = next(pieces, b"") if length > 0 else b""
        if not piece:
            return


def _unpacked(place: Place) -> Iterator[bytes]:
    """Pieces of at most PIECE bytes; never more than is asked for is unpacked."""
    place.file.seek(place.offset)
    unpack, left = zlib.decompressobj(wbits=31), place.length
    try:
        while left > 0 and not unpack.eof and (data := place.file.read(min(PIECE, left))):
            left -= len(data)
            piece = unpack.decompress(data, PIECE)
            while piece:
                yield piece
                piece = unpack.decompress(unpack.unconsumed_tail, PIECE)
    except zlib.error as error:
        raise Unreadable("The archived file is damaged in this record. Verify the archive.") from error


def _spool() -> BinaryIO:
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES, prefix="factcheck-"))
