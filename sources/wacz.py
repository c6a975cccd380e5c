"""Write captures as WACZ 1.1.1, the file in which web archives hand pages on. Plain Python, no Django.

A WACZ is a zip file with the WARC files, an index of their records (CDXJ, plain, for a packed one would need a second
index), a list of the pages, and a data package that has the SHA-256 of each of them. Everything is stored uncompressed:
a WARC is packed already, and a reader can go to any record at once.

Each file is read twice: first to learn its digest and checksum, then to send it. So nothing leaves before all of it was
found whole, no copy is kept meanwhile, and the same captures always are the same bytes.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import IO, Any

from sources import surt, zipping
from sources.warc import Digest

VERSION = "1.1.1"
MEDIA_TYPE = "application/wacz"
PIECE = 256 * 1024
DATAPACKAGE = "datapackage.json"
DATAPACKAGE_DIGEST = "datapackage-digest.json"
ARCHIVE, INDEX, PAGES = "archive/", "indexes/index.cdx", "pages/pages.jsonl"
REVISIT = "warc/revisit"


class Damaged(Exception):
    """What is to be packed is not what was recorded; str() says which file and what is wrong with it."""


@dataclass(frozen=True)
class Stretch:
    """`length` bytes from `offset` of what `open` opens: a whole file, or some records of it."""

    open: Callable[[], IO[bytes]]
    offset: int
    length: int


@dataclass(frozen=True)
class Warc:
    """A WARC file as it will lie under archive/. `sha256` (hex) is what it must have, "" where nobody recorded it."""

    name: str
    stretches: Sequence[Stretch]
    sha256: str = ""


@dataclass(frozen=True)
class Line:
    """What the index tells of a record: its gzip member is `length` bytes from `offset` of the WARC file `filename`."""

    url: str
    at: datetime
    mime: str
    status: int | None
    payload: Digest
    offset: int
    length: int
    filename: str


@dataclass(frozen=True)
class Page:
    """A page to begin reading at. `id` is any name that no other page of the WACZ has."""

    id: str
    url: str
    at: datetime
    title: str


class Package:
    """A WACZ that can be had; making one reads every file once. Damaged, OSError when a file is not what it was."""

    def __init__(self, title: str, warcs: Sequence[Warc], lines: Sequence[Line], pages: Sequence[Page]) -> None:
        self.at = max(page.at for page in pages)
        files = [
            _made(INDEX, _index(lines)),
            _made(PAGES, _pages(pages)),
            *(_whole(warc) for warc in sorted(warcs, key=lambda warc: warc.name)),
        ]
        about = _json(_datapackage(title, self.at, pages, files))
        self.datapackage = _made(DATAPACKAGE, about)
        digest = _made(DATAPACKAGE_DIGEST, _json({"path": DATAPACKAGE, "hash": f"sha256:{self.datapackage.sha256}"}))
        self.entries = [file.entry for file in (self.datapackage, digest, *files)]

    @cached_property
    def length(self) -> int:
        return zipping.length(self.entries)

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the data package. It has the digest of all else, so it names the content."""
        return self.datapackage.sha256

    def pieces(self) -> Iterator[bytes]:
        return zipping.pieces(self.entries, self.at)


@dataclass(frozen=True)
class _File:
    entry: zipping.Entry
    sha256: str


def _made(name: str, data: bytes) -> _File:
    entry = zipping.Entry(name, len(data), zlib.crc32(data), lambda: [data])
    return _File(entry, hashlib.sha256(data).hexdigest())


def _whole(warc: Warc) -> _File:
    """Read it once, for its digest and checksum."""
    sha256, crc, length = hashlib.sha256(), 0, 0
    content = partial(_content, warc)
    for piece in content():
        sha256.update(piece)
        crc = zlib.crc32(piece, crc)
        length += len(piece)
    if warc.sha256 and sha256.hexdigest() != warc.sha256:
        raise Damaged(f"{warc.name} has changed since it was recorded: its SHA-256 was {warc.sha256}.")
    return _File(zipping.Entry(ARCHIVE + warc.name, length, crc, content), sha256.hexdigest())


def _content(warc: Warc) -> Iterator[bytes]:
    for stretch in warc.stretches:
        with stretch.open() as stream:
            stream.seek(stretch.offset)
            rest = stretch.length
            while rest and (piece := stream.read(min(rest, PIECE))):
                rest -= len(piece)
                yield piece
        if rest:
            raise Damaged(f"{warc.name} ends {rest} bytes before it should.")


def _index(lines: Sequence[Line]) -> bytes:
    """Sorted by its bytes, as those who look something up in it expect."""
    return b"".join(sorted(cdx(line).encode() for line in lines))


def cdx(line: Line) -> str:
    """One line of CDXJ as pywb writes it."""
    shown = {"url": line.url, "mime": line.mime, "status": str(line.status or ""), "digest": line.payload.label}
    shown |= {"length": str(line.length), "offset": str(line.offset), "filename": line.filename}
    kept = json.dumps({name: value for name, value in shown.items() if value})
    return f"{surt.key(line.url)} {line.at.astimezone(UTC):%Y%m%d%H%M%S} {kept}\n"


def _pages(pages: Sequence[Page]) -> bytes:
    listed = [{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}]
    listed += [{"id": p.id, "url": p.url, "ts": _moment(p.at), "title": p.title} for p in pages]
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in listed)


def _datapackage(title: str, at: datetime, pages: Sequence[Page], files: Sequence[_File]) -> dict[str, Any]:
    about: dict[str, Any] = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title,
        # When what is in it was fetched. The hour in which somebody downloads it would make each file another one.
        "created": _moment(at),
        "software": "factcheck/1",
        "mainPageUrl": pages[0].url,
        "mainPageDate": _moment(pages[0].at),
    }
    about["resources"] = [
        {
            "name": file.entry.name.rpartition("/")[2],
            "path": file.entry.name,
            "hash": f"sha256:{file.sha256}",
            "bytes": file.entry.length,
        }
        for file in files
    ]
    return about


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
