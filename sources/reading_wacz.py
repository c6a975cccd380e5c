"""Read a WACZ that somebody gives us: its WARC files and its pages, after everything in it was checked.

Plain Python, no Django. `read` believes nothing: the zip file is sound (sources/unzipping.py), the data package lists
every file and has its digest, the index leads to the records that it names. What fails is refused with a sentence.
"""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sources.unzipping import Member, Refused, Zip
from sources.wacz import DATAPACKAGE, DATAPACKAGE_DIGEST

#: A file that is given may unpack to this much.
MOST_BYTES = 2_000_000_000
MOST_FACTS_BYTES = 16 * 1024 * 1024
PIECE = 64 * 1024
MOST_LINE_BYTES = 64 * 1024
MOST_HEADER_BYTES = 64 * 1024
MOST_LINES = 100_000
MOST_PAGES = 10_000
_WARC = re.compile(r"archive/([^/]+\.warc(?:\.gz)?)")
_INDEX = re.compile(r"indexes/[^/]+\.cdxj?(\.gz)?")
_PAGES = re.compile(r"pages/[^/]+\.jsonl")
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_HEADERS = re.compile(rb"WARC/1\.[01]\r\n(.*?\r\n)\r\n", re.DOTALL)
_ADVICE = "Get the file again from where it was made, or give the WARC file in it by itself."


class BadWacz(Exception):
    """The file cannot be taken as a WACZ; str() is a sentence that says why and what to do."""


@dataclass(frozen=True)
class Page:
    """An entry of the list of pages; `at` is None where it says no time."""

    url: str
    at: datetime | None
    title: str


@dataclass(frozen=True)
class Wacz:
    """What a sound WACZ holds. It reads from the stream that was given, which must stay open."""

    title: str
    pages: list[Page]
    warcs: list[str]
    _zip: Zip

    def open(self, warc: str) -> BinaryIO:
        """A WARC file of it, to be read and closed before the next one is opened."""
        return self._zip.open(self._zip.members[f"archive/{warc}"])


def read(stream: BinaryIO, most_bytes: int = MOST_BYTES) -> Wacz:
    """Check everything. BadWacz when it is not what it says, or unpacks to more than `most_bytes`."""
    try:
        return _read(Zip(stream, most_bytes))
    except Refused as error:
        raise BadWacz(f"This WACZ cannot be taken: {error}. {_ADVICE}") from error


def _read(zip: Zip) -> Wacz:
    about = _datapackage(zip)
    _check_resources(zip, about)
    warcs = [found.group(1) for name in zip.members if (found := _WARC.fullmatch(name))]
    if not warcs:
        raise Refused("there is no WARC file in it")
    indexed = _check_index(zip, warcs)
    pages = _pages(zip)
    missing = next((page.url for page in pages if page.url not in indexed), None)
    if missing is not None:
        raise Refused(f"its index does not have the page {missing[:80]!r}")
    title = about.get("title")
    return Wacz(title if isinstance(title, str) else "", pages, warcs, zip)


def _datapackage(zip: Zip) -> dict[str, Any]:
    """The data package, which has the digest that is written beside it, if one is."""
    if DATAPACKAGE not in zip.members:
        raise Refused(f"it has no {DATAPACKAGE}")
    raw = zip.read(zip.members[DATAPACKAGE], MOST_FACTS_BYTES)
    about = _object(raw, DATAPACKAGE)
    if not str(about.get("wacz_version", "")).startswith("1."):
        raise Refused(f"its {DATAPACKAGE} names no version 1 of WACZ")
    if DATAPACKAGE_DIGEST in zip.members:
        said = _object(zip.read(zip.members[DATAPACKAGE_DIGEST], MOST_FACTS_BYTES), DATAPACKAGE_DIGEST)
        if said.get("path") != DATAPACKAGE or said.get("hash") != f"sha256:{hashlib.sha256(raw).hexdigest()}":
            raise Refused(f"{DATAPACKAGE_DIGEST} does not have the digest of {DATAPACKAGE}")
    return about


def _check_resources(zip: Zip, about: dict[str, Any]) -> None:
    """Each file is listed once, with its length and its digest."""
    listed = about.get("resources")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise Refused(f"its {DATAPACKAGE} lists no files")
    files = {name: member for name, member in zip.members.items() if not (name.endswith("/") and not member.length)}
    expected = set(files) - {DATAPACKAGE, DATAPACKAGE_DIGEST}
    for each in listed:
        path = each.get("path")
        if not isinstance(path, str) or path not in expected:
            raise Refused(f"its {DATAPACKAGE} lists {str(path)[:80]!r} twice, or it is not there")
        expected.remove(path)
        _check_resource(zip, files[path], each)
    if expected:
        raise Refused(f"its {DATAPACKAGE} does not list {min(expected)}")


def _check_resource(zip: Zip, member: Member, said: dict[str, Any]) -> None:
    sha256 = hashlib.sha256()
    for piece in zip.pieces(member):
        sha256.update(piece)
    digest = _DIGEST.fullmatch(str(said.get("hash")))
    if digest is None:
        raise Refused(f"its {DATAPACKAGE} has no SHA-256 of {member.name}")
    if digest.group(1) != sha256.hexdigest() or said.get("bytes") != member.length:
        raise Refused(f"{member.name} does not have the digest or the length that {DATAPACKAGE} says")


def _check_index(zip: Zip, warcs: list[str]) -> set[str]:
    """Every line leads to the record that it names. Returns the addresses that it has."""
    indexes = [member for name, member in zip.members.items() if _INDEX.fullmatch(name)]
    if not indexes:
        raise Refused("it has no index (indexes/index.cdx)")
    by_warc: dict[str, list[dict[str, Any]]] = {warc: [] for warc in warcs}
    for index in indexes:
        for line in _lines(zip, index):
            facts = _line(line)
            if facts["filename"] not in by_warc:
                raise Refused(f"its index leads to {facts['filename'][:80]!r}, which is not there")
            by_warc[facts["filename"]].append(facts)
    if not any(by_warc.values()):
        raise Refused("its index is empty")
    for warc, lines in by_warc.items():
        member = zip.members[f"archive/{warc}"]
        with zip.open(member) as stream:
            for facts in lines:
                _check_record(stream, member, facts)
    return {str(facts.get("url")) for lines in by_warc.values() for facts in lines}


def _line(line: bytes) -> dict[str, Any]:
    """What a line of CDXJ says, with numbers where it has them as text."""
    parts = line.split(b" ", 2)
    facts = _object(parts[2], "its index") if len(parts) == 3 else {}
    numbers = {name: str(facts.get(name, "")) for name in ("offset", "length")}
    if not all(number.isascii() and number.isdigit() and len(number) < 19 for number in numbers.values()):
        raise Refused(f"a line of its index does not say where the record is: {line[:80]!r}")
    if not re.fullmatch(rb"\d{14}|\d{17}", parts[1]):
        raise Refused(f"a line of its index has no time: {line[:80]!r}")
    return facts | {
        "filename": str(facts.get("filename")),
        "timestamp": parts[1][:14].decode(),
        "offset": int(numbers["offset"]),
        "length": int(numbers["length"]),
    }


def _check_record(stream: BinaryIO, member: Member, facts: dict[str, Any]) -> None:
    """The record begins at the place, is of that address and that second, and the next one begins behind it."""
    offset, end = facts["offset"], facts["offset"] + facts["length"]
    where = f"byte {offset} of {member.name}"
    if end > member.length:
        raise Refused(f"its index leads to {where}, which is outside of it")
    headers = _headers(stream, offset, facts["length"])
    if headers is None:
        raise Refused(f"its index leads to {where}, where no record begins")
    date = re.sub(r"\D", "", headers.get("warc-date", ""))[:14]
    # Of a request with a body the index has another address than the record (with the body in it).
    other = "method" not in facts and headers.get("warc-target-uri", "").strip("<>") != facts.get("url")
    if other or date != facts["timestamp"]:
        raise Refused(f"its index leads to {where}, where another record is")
    told, held = str(facts.get("digest", "")), headers.get("warc-payload-digest", "")
    if told and held and told not in (held, held.partition(":")[2]):
        raise Refused(f"its index has another digest than the record at {where}")
    if not _is_one(stream, offset, facts["length"]):
        raise Refused(f"its index says a wrong length for {where}")


def _is_one(stream: BinaryIO, offset: int, length: int) -> bool:
    """Whether the stretch is one packed record and no more; of a file that is not packed, whether another follows."""
    stream.seek(offset)
    if stream.read(2) != b"\x1f\x8b":
        stream.seek(offset + length)
        return stream.read(2) in (b"", b"WA")
    stream.seek(offset)
    unpack = zlib.decompressobj(wbits=31)
    while length > 0 and not unpack.eof and (data := stream.read(min(length, PIECE))):
        length -= len(data)
        piece = bytes(PIECE)
        while (data or len(piece) == PIECE) and not unpack.eof:
            try:
                piece = unpack.decompress(data, PIECE)
            except zlib.error:
                return False
            data = unpack.unconsumed_tail
    return unpack.eof and not length and not unpack.unused_data


def _headers(stream: BinaryIO, offset: int, length: int) -> dict[str, str] | None:
    """The WARC headers at that place, or None."""
    stream.seek(offset)
    data = stream.read(min(length, MOST_HEADER_BYTES))
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, MOST_HEADER_BYTES)
        except zlib.error:
            return None
    top = _HEADERS.match(data)
    if top is None:
        return None
    lines = top.group(1).decode("utf-8", "replace").split("\r\n")
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _pages(zip: Zip) -> list[Page]:
    """The pages of every list in it, the first line of which says what it is."""
    pages: list[Page] = []
    for name, member in zip.members.items():
        if _PAGES.fullmatch(name):
            for line in _lines(zip, member):
                said = _object(line, name)
                if isinstance(said.get("url"), str):
                    pages.append(Page(said["url"], _moment(said.get("ts")), str(said.get("title") or "")))
                if len(pages) > MOST_PAGES:
                    raise Refused(f"it lists more than {MOST_PAGES} pages")
    return pages


def _moment(said: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(said))
    except ValueError:
        return None


def _lines(zip: Zip, member: Member) -> Iterator[bytes]:
    """The lines of a text, packed or not, without the ones that say what it is."""
    with zip.open(member) as stream:
        unpacked = gzip.GzipFile(fileobj=stream) if member.name.endswith(".gz") else stream
        count = 0
        try:
            while line := unpacked.readline(MOST_LINE_BYTES + 1):
                count += 1
                if len(line) > MOST_LINE_BYTES or count > MOST_LINES:
                    raise Refused(f"{member.name} is longer than such a file is")
                if line.strip() and not line.startswith(b"!"):
                    yield line.strip()
        except (OSError, EOFError, zlib.error) as error:
            raise Refused(f"{member.name} cannot be unpacked") from error


def _object(raw: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{name} is not readable (JSON)") from error
    if not isinstance(found, dict):
        raise Refused(f"{name} is not what it should be")
    return found
