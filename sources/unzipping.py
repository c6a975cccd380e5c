"""Read a zip file that a stranger made, and take nothing in it on trust. Plain Python, no Django.

Every member is in the directory once, under a harmless name, and its bytes lie where nobody else's do; both headers of
it agree; it unpacks to exactly as much as it says, not to absurdly much, and has its checksum. Anything else is refused
before it is used. Nothing is ever written to disk under a name from the file.
"""

import io
import re
import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from sources.zipping import CENTRAL, END, END_64, FULL_16, FULL_32, LOCAL, LOCATOR_64, STORED, ZIP64

DEFLATED = 8
PIECE = 256 * 1024
MOST_MEMBERS = 10_000
MOST_DIRECTORY_BYTES = 4 * 1024 * 1024
MOST_RATIO = 200
#: Up to here a packed member is unpacked in memory.
MEMORY_BYTES = 1024 * 1024
_LONGEST_COMMENT = 0xFFFF
#: No stream can be asked for a place beyond.
_FARTHEST = 2**62
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_SIZES_LATER = 0x0008
_SYMLINK = 0o120000
_HARMLESS = re.compile(r"[^\\:\x00-\x1f\x7f]+")


class Refused(Exception):
    """The file cannot be taken; str() says why."""


@dataclass(frozen=True)
class Member:
    """A file in the zip file: `length` bytes, which lie packed as `packed` bytes from `offset`."""

    name: str
    length: int
    packed: int
    method: int
    crc: int
    flags: int
    header: int
    offset: int = 0


class Zip:
    """An open zip file. Refused when its directory or a header is not what it should be."""

    def __init__(self, stream: BinaryIO, most_bytes: int) -> None:
        self._stream = stream
        start, entries = _directory(stream)
        self.members: dict[str, Member] = {}
        for entry in entries:
            if entry.name in self.members:
                raise Refused(f"it has {entry.name} twice")
            self.members[entry.name] = _placed(stream, entry)
        _check_places(list(self.members.values()), start)
        if sum(member.length for member in self.members.values()) > most_bytes:
            raise Refused(f"it unpacks to more than {most_bytes // 1_000_000} MB")

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The content, checked as it comes: who reads to the end has it as it was packed. Refused if it is not."""
        crc, length = 0, 0
        for piece in self._unpacked(member):
            crc = zlib.crc32(piece, crc)
            length += len(piece)
            yield piece
        if (crc, length) != (member.crc, member.length):
            raise Refused(f"{member.name} does not have the checksum or the length that is written beside it")

    def read(self, member: Member, most_bytes: int) -> bytes:
        """The whole of a small member. Refused when it is larger."""
        if member.length > most_bytes:
            raise Refused(f"{member.name} is larger than such a file is ({member.length} bytes)")
        return b"".join(self.pieces(member))

    def open(self, member: Member) -> BinaryIO:
        """The content as a file in which one can seek. It shares the zip file's stream: read one after the other."""
        if member.method == STORED:
            return io.BufferedReader(_Slice(self._stream, member.offset, member.length))
        spool = tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES, prefix="factcheck-")  # noqa: SIM115
        # Not writelines, which would hold all of it in memory before the spool looks at its size.
        for piece in self.pieces(member):
            spool.write(piece)
        spool.seek(0)
        return cast(BinaryIO, spool)

    def _unpacked(self, member: Member) -> Iterator[bytes]:
        packed = _pieces(self._stream, member.offset, member.packed)
        if member.method == STORED:
            yield from packed
            return
        unpack, length = zlib.decompressobj(-zlib.MAX_WBITS), 0
        try:
            for piece in packed:
                rest = piece
                while rest and not unpack.eof:
                    out = unpack.decompress(rest, PIECE)
                    rest = unpack.unconsumed_tail
                    length += len(out)
                    if length > member.length:
                        raise Refused(f"{member.name} unpacks to more than it says")
                    yield out
            yield unpack.flush()
        except zlib.error as error:
            raise Refused(f"{member.name} cannot be unpacked") from error
        if not unpack.eof or unpack.unused_data:
            raise Refused(f"{member.name} cannot be unpacked")


class _Slice(io.RawIOBase):
    """A stretch of a stream as a file of its own."""

    def __init__(self, stream: BinaryIO, offset: int, length: int) -> None:
        self._stream, self._offset, self._length = stream, offset, length
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._length}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        wanted = min(len(buffer), max(0, self._length - self._place))
        self._stream.seek(self._offset + self._place)
        data = self._stream.read(wanted)
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


def _directory(stream: BinaryIO) -> tuple[int, list[Member]]:
    """Where the directory begins, and what it lists."""
    size = stream.seek(0, io.SEEK_END)
    tail_at = max(0, size - 22 - _LONGEST_COMMENT)
    tail = _exactly(stream, tail_at, size - tail_at)
    found = tail.rfind(END)
    if found < 0 or len(tail) < found + 22:
        raise Refused("it is no zip file, or its end is missing")
    disk, first, here, count, length, start, comment = struct.unpack_from("<4H2LH", tail, found + 4)
    end_at = tail_at + found
    if end_at + 22 + comment != size or disk or first or here != count:
        raise Refused("its end is not where it says, or it is a part of several files")
    if count == FULL_16 or FULL_32 in (length, start):
        end_at, count, length, start = _large_end(stream, end_at)
    if count > MOST_MEMBERS or length > MOST_DIRECTORY_BYTES:
        raise Refused(f"it has more than {MOST_MEMBERS} files in it")
    if start + length != end_at:
        raise Refused("its directory is not where it says")
    return start, list(_listed(_exactly(stream, start, length), count))


def _large_end(stream: BinaryIO, end_at: int) -> tuple[int, int, int, int]:
    """Zip64: the same numbers, from where they have room."""
    locator = _exactly(stream, end_at - 20, 20) if end_at >= 20 else b""
    if not locator.startswith(LOCATOR_64):
        raise Refused("its end is damaged")
    place = struct.unpack_from("<LQL", locator, 4)[1]
    record = _exactly(stream, place, 56)
    if not record.startswith(END_64) or place + 56 + 20 != end_at:
        raise Refused("its end is damaged")
    count, length, start = struct.unpack_from("<3Q", record, 32)
    return place, count, length, start


def _listed(directory: bytes, count: int) -> Iterator[Member]:
    place = 0
    for _ in range(count):
        if directory[place : place + 4] != CENTRAL or len(directory) < place + 46:
            raise Refused("its directory is damaged")
        facts = struct.unpack_from("<6H3L5H2L", directory, place + 4)
        flags, method, crc, packed, length = facts[2], facts[3], facts[6], facts[7], facts[8]
        named, extra, comment, attributes, header = facts[9], facts[10], facts[11], facts[14], facts[15]
        place += 46
        name = _name(directory[place : place + named])
        large = _large(directory[place + named : place + named + extra], [length, packed, header])
        length, packed, header = large
        place += named + extra + comment
        if attributes >> 16 & 0o170000 == _SYMLINK:
            raise Refused(f"{name} is a link to another file")
        yield _known(Member(name, length, packed, method, crc, flags, header))
    if place != len(directory):
        raise Refused("its directory is longer than it says")


def _known(member: Member) -> Member:
    """The member, if it is packed in a way that we read."""
    if member.flags & _ENCRYPTED:
        raise Refused(f"{member.name} is encrypted")
    if member.method not in (STORED, DEFLATED):
        raise Refused(f"{member.name} is packed in a way that few can read (method {member.method})")
    if member.method == STORED and member.length != member.packed:
        raise Refused(f"{member.name} says two lengths")
    if member.length > MOST_RATIO * max(member.packed, 1):
        raise Refused(f"{member.name} unpacks to more than {MOST_RATIO} times its size, as files made to fill disks do")
    return member


def _name(raw: bytes) -> str:
    """The name, if it leads nowhere but into the file."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("the name of a file in it is no text") from error
    steps = name.removesuffix("/").split("/")
    if not _HARMLESS.fullmatch(name) or any(step in ("", ".", "..") for step in steps):
        raise Refused(f"the name {name[:80]!r} leads out of the file")
    return name


def _large(extra: bytes, numbers: list[int]) -> list[int]:
    """The numbers, those that had no room taken from the extra field."""
    place, found = 0, b""
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == ZIP64:
            found = extra[place + 4 : place + 4 + length]
        place += 4 + length
    for index, number in enumerate(numbers):
        if number == FULL_32 and len(found) >= 8:
            numbers[index], found = struct.unpack_from("<Q", found)[0], found[8:]
    return numbers


def _placed(stream: BinaryIO, member: Member) -> Member:
    """The member with the place of its bytes, if its own header says what the directory says."""
    head = _exactly(stream, member.header, 30)
    flags, method, _, _, crc, packed, length, named, extra = struct.unpack_from("<4H3L2H", head, 6)
    rest = _exactly(stream, member.header + 30, named + extra)
    length, packed = _large(rest[named:], [length, packed])
    said = (head[:4], rest[:named].decode("utf-8", "replace"), method, flags & _ENCRYPTED)
    agrees = said == (LOCAL, member.name, member.method, 0)
    if not flags & _SIZES_LATER:
        agrees = agrees and (crc, packed, length) == (member.crc, member.packed, member.length)
    if not agrees:
        raise Refused(f"two headers of {member.name} say different things")
    return Member(**{**member.__dict__, "offset": member.header + 30 + named + extra})


def _check_places(members: list[Member], end: int) -> None:
    """Members that share bytes are how a small file unpacks to a huge one."""
    before = 0
    for member in sorted(members, key=lambda member: member.header):
        if member.header < before:
            raise Refused(f"{member.name} shares its bytes with another file in it")
        before = member.offset + member.packed
    if before > end:
        raise Refused("a file in it goes on where its directory is")


def _pieces(stream: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    while length:
        stream.seek(offset)
        piece = stream.read(min(length, PIECE))
        if not piece:
            raise Refused("it ends in the middle of a file")
        offset += len(piece)
        length -= len(piece)
        yield piece


def _exactly(stream: BinaryIO, offset: int, length: int) -> bytes:
    data = b""
    if offset < _FARTHEST:
        stream.seek(offset)
        data = stream.read(length)
    if len(data) != length:
        raise Refused("it is cut off, or a place in it is outside of it")
    return data
