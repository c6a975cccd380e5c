"""Zip files as a WACZ wants them: everything stored as it is, so that a reader can begin anywhere. No Django.

Sizes and checksums are known before the first byte is written, so that nothing has to be kept or written twice, and the
same content is the same file: no clock and no machine leaves a trace in it.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

LOCAL = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"
END_64 = b"PK\x06\x06"
LOCATOR_64 = b"PK\x06\x07"

# From here on a field of the old format cannot hold the number, and Zip64's has it.
FULL_16 = 0xFFFF
FULL_32 = 0xFFFFFFFF
ZIP64 = 1
STORED = 0
_PLAIN, _LARGE = 20, 45
_ORDINARY_FILE = 0o100644 << 16
_MADE_ON_UNIX = 3 << 8


@dataclass(frozen=True)
class Entry:
    """A file to be stored: `length` bytes with the checksum `crc`, read when their turn comes."""

    name: str
    length: int
    crc: int
    content: Callable[[], Iterable[bytes]]


def length(entries: Sequence[Entry]) -> int:
    """Bytes of the whole zip file."""
    heads, tail = _laid_out(entries, datetime(1980, 1, 1, tzinfo=UTC))
    return sum(map(len, heads)) + sum(entry.length for entry in entries) + len(tail)


def pieces(entries: Sequence[Entry], at: datetime) -> Iterator[bytes]:
    """The zip file, piece by piece; every file in it is dated `at`."""
    heads, tail = _laid_out(entries, at.astimezone(UTC))
    for head, entry in zip(heads, entries, strict=True):
        yield head
        yield from entry.content()
    yield tail


def _laid_out(entries: Sequence[Entry], at: datetime) -> tuple[list[bytes], bytes]:
    """The header before each entry, and the directory after all."""
    heads: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for entry in entries:
        head = _head(entry, at)
        heads.append(head)
        directory.append(_listed(entry, at, offset))
        offset += len(head) + entry.length
    listed = b"".join(directory)
    return heads, listed + _end(len(entries), len(listed), offset)


def _head(entry: Entry, at: datetime) -> bytes:
    large = entry.length >= FULL_32
    extra = struct.pack("<HHQQ", ZIP64, 16, entry.length, entry.length) if large else b""
    length, name = min(entry.length, FULL_32), entry.name.encode("ascii")
    needs = _LARGE if large else _PLAIN
    facts = (needs, 0, STORED, *_dos(at), entry.crc, length, length, len(name), len(extra))
    return LOCAL + struct.pack("<5H3L2H", *facts) + name + extra


def _listed(entry: Entry, at: datetime, offset: int) -> bytes:
    large = [n for n in (entry.length, entry.length, offset) if n >= FULL_32]
    extra = struct.pack(f"<HH{len(large)}Q", ZIP64, 8 * len(large), *large) if large else b""
    length, name = min(entry.length, FULL_32), entry.name.encode("ascii")
    needs = _LARGE if large else _PLAIN
    facts = (needs | _MADE_ON_UNIX, needs, 0, STORED, *_dos(at), entry.crc, length, length, len(name), len(extra))
    place = (0, 0, 0, _ORDINARY_FILE, min(offset, FULL_32))
    return CENTRAL + struct.pack("<6H3L2H", *facts) + struct.pack("<3H2L", *place) + name + extra


def _end(count: int, size: int, offset: int) -> bytes:
    ending = END + struct.pack(
        "<4H2LH", 0, 0, min(count, FULL_16), min(count, FULL_16), min(size, FULL_32), min(offset, FULL_32), 0
    )
    if count < FULL_16 and max(size, offset) < FULL_32:
        return ending
    large = END_64 + struct.pack("<Q2H2L4Q", 44, _LARGE | _MADE_ON_UNIX, _LARGE, 0, 0, count, count, size, offset)
    return large + LOCATOR_64 + struct.pack("<LQL", 0, offset + size, 1) + ending


def _dos(at: datetime) -> tuple[int, int]:
    """Time and date in the way of 1980, which knows no year before that, and none after 2107."""
    at = max(datetime(1980, 1, 1, tzinfo=UTC), min(at.astimezone(UTC), datetime(2107, 12, 31, tzinfo=UTC)))
    return at.hour << 11 | at.minute << 5 | at.second >> 1, (at.year - 1980) << 9 | at.month << 5 | at.day
