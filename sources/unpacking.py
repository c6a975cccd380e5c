"""The page as it was before it was packed for the way: gzip undone, within limits. Plain Python, no Django.

A gzip bomb is small on the wire and endless unpacked; stored as it came it would be a bomb again for each reader of the
archive. So unpacking goes along with receiving and stops both.
"""

from collections.abc import Iterator
from typing import BinaryIO

# ISA-L's, which takes a third of the time of zlib's.
from isal import isal_zlib

# Its types say that this is an exception rather than a kind of exception.
Broken: type[Exception] = isal_zlib.IsalError  # type: ignore[assignment]
PIECE = 256 * 1024
# A short page of one repeated line packs better than 200:1 and harms nobody.
RATIO_FROM_BYTES = 4 * 1024 * 1024
# Each member costs a decompressor; an honest file has a handful.
MAX_MEMBERS = 1000


class Bomb(Exception):
    """The content grows beyond the ratio."""


class Full(Exception):
    """The content has reached the limit; what fits was written."""


class Content:
    """Takes the body as it arrives, writes the unpacked content to `target`.

    `length` counts what was written; `damage` is "" or "incomplete" (the packing ends early) or "broken" (it is wrong
    from some byte on, what came before was kept).
    """

    def __init__(self, target: BinaryIO, *, gzipped: bool, limit: int, ratio: int) -> None:
        self.length = 0
        self.damage = ""
        self._target = target
        self._limit = limit
        self._ratio = ratio
        self._taken = 0
        self._members = _Members() if gzipped else None

    def take(self, data: bytes) -> None:
        """Raises Bomb or Full."""
        self._taken += len(data)
        if self._members is None:
            self._write(data)
        elif not self.damage:
            self._unpack(data, self._members)

    def finish(self) -> None:
        """No more will come."""
        if self._members is not None and not self.damage and self._taken and not self._members.complete:
            self.damage = "incomplete"

    def _unpack(self, data: bytes, members: "_Members") -> None:
        try:
            for piece in members.unpack(data):
                self._write(piece)
        except Broken:
            self.damage = "broken"

    def _write(self, piece: bytes) -> None:
        room = self._limit - self.length
        self._target.write(piece[:room])
        self.length += min(len(piece), room)
        if self.length > RATIO_FROM_BYTES and self.length > self._ratio * self._taken:
            raise Bomb
        if len(piece) > room:
            raise Full


class _Members:
    """gzip allows several members one after another; anything else after the first is padding and is left out."""

    def __init__(self) -> None:
        self._count = 1
        self._current = isal_zlib.decompressobj(wbits=31)
        self._padded = False

    @property
    def complete(self) -> bool:
        return self._current.eof or self._padded

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Pieces of at most PIECE bytes. Raises Broken."""
        while data and not self._padded:
            if self._current.eof and not self._next(data):
                return
            piece = self._current.decompress(data, PIECE)
            while piece:
                yield piece
                # A full piece may leave output inside the decompressor though all input is taken.
                piece = self._current.decompress(self._current.unconsumed_tail, PIECE)
            data = self._current.unused_data

    def _next(self, data: bytes) -> bool:
        """Begin the next member where one begins."""
        if not data.startswith(b"\x1f"):
            self._padded = True
            return False
        self._count += 1
        if self._count > MAX_MEMBERS:
            raise Broken("more members than a page has")
        self._current = isal_zlib.decompressobj(wbits=31)
        return True
