"""A copy of a page that a person saved, read as if it had been fetched. Plain Python, no Django.

What kind of file it is is told by its first bytes, never by its name or by what a browser says of it. Nothing here
touches the network: what the page needs is in the same file or is left out.
"""

import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO

from isal import isal_zlib

from sources import reading_wacz
from sources.canonical import Address
from sources.charset import MARKS, decode
from sources.fetcher import Fetched, Hop, Limits
from sources.reading_mhtml import Mhtml, Part
from sources.reading_records import GZIP_MARK, MOST_BYTES, bad
from sources.reading_warc import Warc, spool
from sources.reasons import FetchFailed, size
from sources.requisites import Get
from sources.unpacking import Broken
from sources.wire import Peer

START_BYTES = 16 * 1024
HTML, PDF, MHTML = "text/html", "application/pdf", "multipart/related"
WARC, WACZ = "application/warc", "application/wacz"
TAKEN = "Give an HTML page, a PDF, a web archive (MHTML, WARC, WACZ) or an image (PNG, JPEG, GIF, WebP, AVIF)."
_MARKS = {
    b"%PDF-": PDF,
    b"WARC/1": WARC,
    b"PK\x03\x04": WACZ,
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    # The length of the file, and of its first box, stand where the dots are.
    b"RIFF....WEBP": "image/webp",
    b"....ftypavif": "image/avif",
}
_HEADERS = re.compile(rb"(?:[!-9;-~]{1,80}:[^\n]{0,4000}\n(?:[ \t][^\n]{0,4000}\n){0,50}){1,50}")
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
# What may stand before the page: an XML declaration, comments such as “saved from url”.
_BEFORE_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*){0,10}", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|base|link|script|style)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Supplied:
    """The page as if it had been fetched, and `get`, which has its parts from the same file (FetchFailed when not).

    `note` is a sentence where there is something to know. The caller calls `close`.
    """

    fetched: Fetched
    note: str
    get: Get
    close: Callable[[], None]


def kind_of(start: bytes) -> str:
    """The media type of a file that begins so. FetchFailed when it is none that is taken."""
    if not start:
        raise bad("This file is empty.")
    kind = next((kind for mark, kind in _MARKS.items() if _begins(start, mark)), "")
    if kind:
        return kind
    if start.startswith(GZIP_MARK):
        return _packed(start)
    headers = _HEADERS.match(start)
    if headers and _RELATED.search(headers[0]):
        return MHTML
    if _is_page(start):
        return HTML
    raise bad(f"This is no file of a kind that is taken. {TAKEN}")


def _begins(start: bytes, mark: bytes) -> bool:
    return all(there == byte or byte == ord(".") for there, byte in zip(start, mark, strict=False)) and (
        len(start) >= len(mark)
    )


def limit_of(kind: str, limits: Limits) -> int:
    """How many bytes such a file may have."""
    return limits.html_bytes if kind == HTML else limits.body_bytes


def read(file: BinaryIO, address: Address, at: datetime, limits: Limits) -> Supplied:
    """The page at the address as the file has it. `at` is when it was supplied. FetchFailed when it does not."""
    file.seek(0)
    kind = kind_of(file.read(START_BYTES))
    length = file.seek(0, 2)
    if length > limit_of(kind, limits):
        raise FetchFailed("too_large", size=size(length), limit=size(limit_of(kind, limits)))
    if kind in (WARC, WACZ):
        return _of_warc(file, kind, address, limits)
    if kind == MHTML:
        return _of_mhtml(file, address, at, limits)
    return Supplied(_whole(file, address, at, kind), "", _nothing, _no_more)


def _packed(start: bytes) -> str:
    try:
        first = isal_zlib.decompressobj(wbits=31).decompress(start, 16)
    except Broken:
        first = b""
    if first.startswith(b"WARC/1."):
        return WARC
    raise bad(f"This file is packed (gzip), and what is in it is no WARC. {TAKEN}")


def _is_page(start: bytes) -> bool:
    if b"\x00" in start and not start.startswith(tuple(mark for mark, _ in MARKS)):
        # Neither text nor anything that is known: a picture of another kind may have “<html” in it somewhere.
        start = start.replace(b"\x00", b"")
    text = decode(start, "")
    before = _BEFORE_PAGE.match(text)
    return bool(_PAGE.match(text, before.end() if before else 0))


def _whole(file: BinaryIO, address: Address, at: datetime, kind: str) -> Fetched:
    """The file is the page."""
    file.seek(0)
    content = spool()
    shutil.copyfileobj(file, content, 1024 * 1024)
    return _sent_by_nobody(address, at, kind, content)


def _sent_by_nobody(address: Address, at: datetime, kind: str, content: BinaryIO) -> Fetched:
    hop = Hop(address, Peer("", ()), at, b"", b"", 0, [("Content-Type", kind)], content)
    return Fetched([hop], content, content.seek(0, 2))


def _of_warc(file: BinaryIO, kind: str, address: Address, limits: Limits) -> Supplied:
    warc = Warc(_warcs(file, kind), limits)
    try:
        fetched = warc.fetch(address)
    except FetchFailed as failure:
        pages = [url[:200] for url in warc.pages()[:5]]
        warc.close()
        if failure.reason != "not_in_file":
            raise
        held = f"It holds: {', '.join(pages)}." if pages else "It holds no web page at all."
        raise bad(f"The page {failure.facts['url']} is not in this file. {held}") from failure
    except BaseException:
        warc.close()
        raise
    return Supplied(fetched, "", warc.fetch, warc.close)


def _warcs(file: BinaryIO, kind: str) -> list[Callable[[], BinaryIO]]:
    if kind == WARC:
        return [partial(_from_start, file)]
    try:
        wacz = reading_wacz.read(file, MOST_BYTES)
    except reading_wacz.BadWacz as error:
        raise bad(str(error)) from error
    return [partial(wacz.open, name) for name in wacz.warcs]


def _from_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


def _of_mhtml(file: BinaryIO, address: Address, at: datetime, limits: Limits) -> Supplied:
    mhtml = Mhtml(file, address)
    content = spool()
    mhtml.write(mhtml.page, content)
    length = content.tell()
    if length > limits.html_bytes:
        content.close()
        raise FetchFailed("too_large", size=size(length), limit=size(limits.html_bytes))
    at = mhtml.at or at
    told = mhtml.told
    note = f"The file says that it was saved from {told.url}." if told and told.url != address.url else ""
    fetched = _sent_by_nobody(address, at, mhtml.page.content_type, content)
    one_by_one = threading.Lock()

    def get(wanted: Address, limits: Limits) -> Fetched:
        part = mhtml.part(wanted)
        if part is None:
            raise FetchFailed("not_in_file", url=wanted.url)
        with one_by_one:
            return _part(mhtml, part, wanted, at)

    return Supplied(fetched, note, get, _no_more)


def _part(mhtml: Mhtml, part: Part, address: Address, at: datetime) -> Fetched:
    content = spool()
    mhtml.write(part, content)
    return _sent_by_nobody(address, at, part.content_type, content)


def _nothing(address: Address, limits: Limits) -> Fetched:
    raise FetchFailed("not_in_file", url=address.url)


def _no_more() -> None:
    """The file is the caller's."""
