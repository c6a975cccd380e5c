"""Read a page that a browser saved as one file (MHTML, RFC 2557). Plain Python, no Django.

The parts are found by their boundary, line by line; only their headers are read as a message. What is wanted of a part
is decoded then, so that neither a million parts nor a large one makes the reader large. What is unsound is refused with
a sentence (FetchFailed).
"""

import binascii
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from sources.canonical import Address, BadAddress, follow
from sources.reading_records import bad, media_type

MOST_PARTS = 5_000
MOST_HEADER_BYTES = 64 * 1024
LONGEST_LINE = 1024 * 1024
PIECE = 64 * 1024
HTML_TYPES = ("text/html", "application/xhtml+xml")
_ESCAPED_END = re.compile(rb"=[0-9A-Fa-f]?\Z")
_ENCODINGS = frozenset({"base64", "quoted-printable", "binary", "8bit", "7bit", ""})


@dataclass(frozen=True)
class Part:
    """A part of the file: its body lies from `begins` to `ends`, encoded. `location` is its address as written."""

    location: str
    id: str
    content_type: str
    encoding: str
    begins: int
    ends: int


class Mhtml:
    """The parts by address. `at` is when the file says that it was saved; None when it says nothing of use."""

    def __init__(self, file: BinaryIO, address: Address) -> None:
        self._file = file
        file.seek(0)
        head = _headers(file)
        self.at = _moment(str(head.get("Date", "")))
        boundary = _parameter(head, "boundary")
        if not boundary or not boundary.isascii():
            raise bad("This MHTML file does not say where its parts begin.")
        parts = list(_parts(file, boundary.encode()))
        self.page = _root(parts, _parameter(head, "start"))
        self.told = _located(address, self.page.location)
        #: What a part's address is relative to.
        self._base = self.told or address
        found = ((_located(self._base, part.location), part) for part in reversed(parts) if part is not self.page)
        self._by_url = {where.url: part for where, part in found if where}

    def part(self, address: Address) -> Part | None:
        return self._by_url.get(address.url)

    def write(self, part: Part, target: BinaryIO) -> None:
        """The part as it was before it was encoded."""
        if part.encoding == "base64":
            _write_base64(_lines(self._file, part), target)
        elif part.encoding == "quoted-printable":
            _write_quoted(_lines(self._file, part), target)
        else:
            # With writelines a spool would hold all of it in memory before it looks at its size.
            for piece in _pieces(self._file, part):  # noqa: FURB122
                target.write(piece)


def _headers(file: BinaryIO) -> Message:
    """The headers that begin here, up to the blank line."""
    raw = b""
    while (line := file.readline(MOST_HEADER_BYTES)).strip():
        raw += line
        if len(raw) > MOST_HEADER_BYTES:
            raise bad("This MHTML file has longer headers than such a file has.")
    return email.message_from_bytes(raw)


def _parts(file: BinaryIO, boundary: bytes) -> Iterator[Part]:
    """Each part, up to the end mark. A file that ends before it is cut off."""
    opened = None
    for count, (place, line) in enumerate(_marks(file, boundary)):
        if opened is not None:
            yield _part(*opened, ends=place)
        if line == b"--" + boundary + b"--":
            return
        if count >= MOST_PARTS:
            raise bad(f"This MHTML file has more than {MOST_PARTS} parts.")
        opened = _headers(file), file.tell()
    raise bad("This MHTML file ends in the middle: it was not saved whole.")


def _marks(file: BinaryIO, boundary: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines that part the parts, and where the part before each ends: the line break before it is not the part's."""
    mark, begins_line, place, last = b"--" + boundary, True, file.tell(), b""
    while piece := file.readline(PIECE):
        line = piece.rstrip(b"\r\n \t")
        if begins_line and line in (mark, mark + b"--"):
            yield place - (2 if last == b"\r\n" else 1 if last.endswith(b"\n") else 0), line
            # What was read there belongs to the part.
            place, last, begins_line = file.tell(), b"", True
            continue
        begins_line, last = piece.endswith(b"\n"), (last + piece)[-2:]
        place += len(piece)


def _part(head: Message, begins: int, *, ends: int) -> Part:
    encoding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    location = re.sub(r"\s+", "", str(head.get("Content-Location", "")))[:4000]
    id = str(head.get("Content-ID", "")).strip().strip("<>")[:200]
    return Part(location, id, media_type(str(head.get("Content-Type", "text/plain"))), encoding, begins, ends)


def _root(parts: list[Part], start: str) -> Part:
    if not parts:
        raise bad("This MHTML file has no parts.")
    root = next((part for part in parts if start and part.id == start), parts[0])
    if not root.content_type.startswith(HTML_TYPES):
        raise bad(f"This MHTML file holds no web page: it begins with {root.content_type}.")
    if root.encoding not in _ENCODINGS:
        raise bad(f"The page in this MHTML file is written in a way that cannot be read ({root.encoding[:40]}).")
    return root


def _parameter(head: Message, name: str) -> str:
    try:
        found = head.get_param(name, "")
    except (ValueError, LookupError, TypeError):
        # Numbered parameters (RFC 2231) with numbers that are none.
        return ""
    return found.strip().strip("<>") if isinstance(found, str) else ""


def _located(base: Address, written: str) -> Address | None:
    try:
        return follow(base, written) if written else None
    except (BadAddress, ValueError):
        return None


def _moment(written: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(written)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if at < datetime.now(UTC) else None


def _pieces(file: BinaryIO, part: Part) -> Iterator[bytes]:
    file.seek(part.begins)
    left = part.ends - part.begins
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _lines(file: BinaryIO, part: Part) -> Iterator[bytes]:
    file.seek(part.begins)
    left = part.ends - part.begins
    while left > 0 and (line := file.readline(min(LONGEST_LINE, left))):
        left -= len(line)
        yield line


def _write_base64(lines: Iterator[bytes], target: BinaryIO) -> None:
    carried = b""
    try:
        for line in lines:
            carried += b"".join(line.split())
            whole = len(carried) - len(carried) % 4
            target.write(binascii.a2b_base64(carried[:whole]))
            carried = carried[whole:]
        target.write(binascii.a2b_base64(carried))
    except binascii.Error as error:
        raise bad("A part of this MHTML file is damaged (base64).") from error


def _write_quoted(lines: Iterator[bytes], target: BinaryIO) -> None:
    carried = b""
    for written in lines:
        line = carried + written
        # A line that was too long to be read at once may be cut within an escaped byte.
        cut = None if line.endswith(b"\n") else _ESCAPED_END.search(line)
        carried = line[cut.start() :] if cut else b""
        target.write(binascii.a2b_qp(line[: cut.start()] if cut else line))
    target.write(binascii.a2b_qp(carried))
