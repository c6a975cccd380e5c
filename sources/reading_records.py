"""The records of a WARC file that a stranger made: unpacked within limits, gone through once. Plain Python, no Django.

Of each record it is learned where it lies, what it is of, and whether its digests hold; nothing large is held. What is
not sound is refused with a sentence (FetchFailed).
"""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from isal import isal_zlib

from sources import members
from sources.canonical import BadAddress, parse
from sources.reasons import FetchFailed, size
from sources.unpacking import RATIO_FROM_BYTES, Broken

#: A file may unpack to this much, on disk.
MOST_BYTES = 1_000_000_000
MOST_RECORDS = 20_000
PIECE = 256 * 1024
HEAD_BYTES = 64 * 1024
GZIP_MARK = b"\x1f\x8b"
ADVICE = "Make a file of this one page, or save the page as MHTML or PDF."
_TOP = re.compile(rb"WARC/1\.[01]\r\n(.*?)\r\n\r\n", re.DOTALL)
_STATUS = re.compile(rb"HTTP/[0-9.]{1,5} ([1-5][0-9][0-9])[ \r\n]")
_TYPE = re.compile(rb"^content-type:[ \t]*([\w.+-]+/[\w.+-]+)", re.IGNORECASE | re.MULTILINE)
_END = b"\r\n\r\n"
_TRUNCATED = frozenset({"length", "time", "disconnect"})
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """A record of the file: its block is `length` bytes from `offset`. `status` is 0 where no server answered."""

    kind: str
    url: str
    id: str
    refers_to: str
    at: datetime
    offset: int
    length: int
    status: int = 0
    content_type: str = ""
    ip: str = ""
    truncated: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether somebody could want it as the page: it was answered, and with something."""
        return self.kind == "resource" or (200 <= self.status < 300 and self.status not in (204, 205))

    @property
    def is_html(self) -> bool:
        return self.is_page and "html" in self.content_type


def unpack(packed: BinaryIO, target: BinaryIO, ratio: int) -> None:
    """Append the file's records to `target`. FetchFailed when it cannot be unpacked, or to too much."""
    began, taken = target.tell(), 0
    for piece, read in _unpacked(packed):
        taken += read
        target.write(piece)
        length = target.tell() - began
        if target.tell() > MOST_BYTES:
            raise bad(f"This file unpacks to more than {size(MOST_BYTES)}. {ADVICE}")
        if length > RATIO_FROM_BYTES and length > ratio * taken:
            raise bad(f"This file unpacks to more than {ratio} times its size, as files made to fill disks do.")


def _unpacked(packed: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Pieces of at most PIECE bytes, each with the number of bytes that were read for it."""
    data = packed.read(PIECE)
    if data.startswith(GZIP_MARK):
        yield from _members(packed, data)
        return
    while data:
        yield data, len(data)
        data = packed.read(PIECE)


def _members(packed: BinaryIO, data: bytes) -> Iterator[tuple[bytes, int]]:
    """The same of a file that is packed, member after member; `data` is its beginning."""
    current, read, whole = isal_zlib.decompressobj(wbits=31), len(data), False
    try:
        while data:
            piece = current.decompress(data, PIECE)
            while piece:
                yield piece, read
                read = 0
                piece = current.decompress(current.unconsumed_tail, PIECE)
            data, whole = current.unused_data, current.eof
            if current.eof:
                current = isal_zlib.decompressobj(wbits=31)
            if not data:
                data = packed.read(PIECE)
                read += len(data)
    except Broken as error:
        raise bad("This file cannot be unpacked: its packing is broken.") from error
    if not whole:
        raise bad("This file ends in the middle: it was not saved whole.")


def entries(file: BinaryIO) -> Iterator[Entry]:
    """Every record that has a web address, after its digests were computed."""
    end, place, count = file.seek(0, 2), 0, 0
    while place < end:
        count += 1
        if count > MOST_RECORDS:
            raise bad(f"This file has more than {MOST_RECORDS} records. {ADVICE}")
        fields, begins = _fields(file, place)
        entry = _entry(file, fields, begins)
        if entry:
            yield entry
        place = begins + int(fields["content-length"]) + len(_END)


def _fields(file: BinaryIO, place: int) -> tuple[dict[str, str], int]:
    """The headers of the record at the place, and where its block begins."""
    file.seek(place)
    top = _TOP.match(file.read(members.MOST_HEADER_BYTES))
    if top is None:
        raise bad(f"This is no sound WARC file: at byte {place} of what it unpacks to no record begins.")
    try:
        fields = members.fields(place, top.group(1))
    except members.Broken as error:
        raise bad(f"This is no sound WARC file: of the record at byte {place}, {error}.") from error
    if len(fields["content-length"]) > 12:
        raise bad(f"This is no sound WARC file: the record at byte {place} is not as long as it says.")
    return fields, place + top.end()


def _entry(file: BinaryIO, fields: dict[str, str], begins: int) -> Entry | None:
    block, length = members.Block(fields), int(fields["content-length"])
    file.seek(begins)
    first = piece = file.read(min(PIECE, length))
    while piece:
        block.feed(memoryview(piece))
        piece = file.read(min(PIECE, block.left))
    if block.left or file.read(len(_END)) != _END:
        raise bad("This is no sound WARC file: a record of it is not as long as it says.")
    url, at = _address(fields.get("warc-target-uri", "")), _moment(fields.get("warc-date", ""))
    kind = fields.get("warc-type", "")
    if not url or at is None:
        return None
    http = kind in ("response", "revisit")
    return Entry(
        kind,
        url,
        fields.get("warc-record-id", "")[:100],
        (fields.get("warc-refers-to") or fields.get("warc-concurrent-to", ""))[:100],
        at,
        begins,
        length,
        status=_status(first) if http else 0,
        content_type=_type(first) if http else media_type(fields.get("content-type", "")),
        ip=_ip(fields.get("warc-ip-address", "")),
        truncated=_cut(fields.get("warc-truncated", "")),
        wrong=tuple(block.wrong()),
    )


def _address(written: str) -> str:
    """In our spelling; "" when it is none of the web, or longer than one can be cited."""
    written = written.strip("<>")
    try:
        url = parse(written).url if written.startswith("http") else ""
    except BadAddress:
        return ""
    return url if len(url) <= 2000 else ""


def _moment(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    # No page was saved tomorrow; a clock that is a little fast is no lie.
    return at if at < datetime.now(UTC) + _A_DAY else None


def _status(block: bytes) -> int:
    found = _STATUS.match(block)
    return int(found.group(1)) if found else 0


def _type(block: bytes) -> str:
    found = _TYPE.search(block[:HEAD_BYTES].partition(_END)[0])
    return found.group(1).decode().lower() if found else ""


def media_type(written: str) -> str:
    """A Content-Type that somebody wrote, as far as it is one."""
    found = re.match(r"[\w.+-]{1,60}/[\w.+-]{1,60}(?:; ?charset=\"?[\w.:-]{1,40}\"?)?", written.strip(), re.ASCII)
    return found[0].lower() if found else "application/octet-stream"


def _ip(written: str) -> str:
    try:
        return str(ipaddress.ip_address(written))
    except ValueError:
        return ""


def _cut(written: str) -> str:
    return written if written in _TRUNCATED else "disconnect" if written else ""


def bad(why: str) -> FetchFailed:
    return FetchFailed("file", why=why)
