"""Read a WARC file that somebody gives us: find a page in it, and what the page needs. Plain Python, no Django.

What it has of an address is given as if it had been fetched (sources/fetcher.py), with the bytes and dates that are in
the file. What fails is refused with a sentence (FetchFailed).
"""

import re
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import BinaryIO, cast

from sources import rereading
from sources.canonical import Address, BadAddress, follow
from sources.fetcher import MEMORY_BYTES, REDIRECTS, Fetched, Hop, Limits
from sources.reading_records import PIECE, Entry, bad, entries, unpack
from sources.reasons import FetchFailed, size
from sources.wire import Peer

# Whoever saved the page while signed in would publish with it what lets others in.
_SECRET = re.compile(rb"^(cookie|authorization|proxy-authorization)[ \t]*:", re.IGNORECASE | re.MULTILINE)


class Warc:
    """The records of one or more files, by address. The caller closes it. FetchFailed when a file is not sound."""

    def __init__(self, files: Iterable[Callable[[], BinaryIO]], limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._file = cast(BinaryIO, tempfile.TemporaryFile(prefix="factcheck-"))  # noqa: SIM115 -- see close
        self._by_url: dict[str, list[Entry]] = {}
        self._requests: dict[str, list[Entry]] = {}
        self._by_id: dict[str, Entry] = {}
        try:
            for open_file in files:
                with closing(open_file()) as packed:
                    unpack(packed, self._file, limits.ratio)
            for entry in entries(self._file):
                self._take(entry)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._file.close()

    def fetch(self, address: Address, limits: Limits | None = None) -> Fetched:
        """What the file has of the address, redirects followed. FetchFailed when it has not. The caller closes."""
        hops: list[Hop] = []
        try:
            content = self._follow(address, limits or self._limits, hops)
            return Fetched(hops, content, content.seek(0, 2))
        except BaseException:
            for hop in hops:
                hop.body.close()
            raise

    def _follow(self, address: Address, limits: Limits, hops: list[Hop]) -> BinaryIO:
        """The content of the page where the address leads; the hops on the way are added to `hops`."""
        seen: set[str] = set()
        while address.url not in seen and len(hops) <= self._limits.redirects:
            seen.add(address.url)
            entry = self._newest(address)
            hop, content = self._read(entry, address, limits)
            hops.append(hop)
            if entry.status not in REDIRECTS:
                return content
            content.close()
            address = _led(hop)
        raise FetchFailed("redirect_loop")

    def pages(self) -> list[str]:
        """Addresses of the HTML pages in it, in their order."""
        return [url for url, found in self._by_url.items() if any(entry.is_html for entry in found)]

    def _take(self, entry: Entry) -> None:
        if entry.kind in ("response", "revisit", "resource"):
            self._by_url.setdefault(entry.url, []).append(entry)
            self._by_id[entry.id] = entry
        elif entry.kind == "request":
            self._requests.setdefault(entry.url, []).append(entry)

    def _newest(self, address: Address) -> Entry:
        found = [entry for entry in self._by_url.get(address.url, []) if entry.is_page or entry.status in REDIRECTS]
        if not found:
            raise FetchFailed("not_in_file", url=address.url)
        return max(found, key=lambda entry: (entry.at, entry.offset))

    def _read(self, entry: Entry, address: Address, limits: Limits) -> tuple[Hop, BinaryIO]:
        """The hop as it was recorded, and its content unchunked and unpacked."""
        whole = self._with_body(entry)
        for each in (entry, whole):
            if each.wrong:
                digests = " and ".join(each.wrong)
                raise bad(f"The {digests} digest of {address.url[:200]} in this file is not that of its bytes.")
        if entry.kind == "resource":
            return self._resource(entry, address, limits)
        limit = limits.html_bytes if "html" in entry.content_type else limits.body_bytes
        if whole.length > limit * 5 // 4 + rereading.HEAD_BYTES:
            raise _too_large(whole.length, limit)
        held = partial(self._block, whole) if whole is not entry else None
        try:
            answer = rereading.message(self._block(entry), held, limit=limit, ratio=limits.ratio)
        except rereading.Unreadable as error:
            raise bad(f"{address.url[:200]} cannot be read from this file. {error}") from error
        if answer.content.tell() >= limit:
            answer.close()
            raise bad(f"{address.url[:200]} in this file is larger than the {size(limit)} that are kept of one page.")
        head, body = self._parts(entry, whole)
        cut = entry.truncated or ("disconnect" if answer.cut else "")
        peer, request = Peer(entry.ip, ()), self._request(entry)
        return Hop(address, peer, entry.at, request, head, answer.status, answer.headers, body, cut), answer.content

    def _resource(self, entry: Entry, address: Address, limits: Limits) -> tuple[Hop, BinaryIO]:
        limit = limits.html_bytes if "html" in entry.content_type else limits.body_bytes
        if entry.length > limit:
            raise _too_large(entry.length, limit)
        body = spooled(self._block(entry))
        headers = [("Content-Type", entry.content_type)]
        return Hop(address, Peer("", ()), entry.at, b"", b"", 0, headers, body, entry.truncated), body

    def _with_body(self, entry: Entry) -> Entry:
        """Of a revisit, the record with the payload that it does not repeat."""
        if entry.kind != "revisit":
            return entry
        held = self._by_id.get(entry.refers_to)
        if held is None or held.kind != "response":
            raise FetchFailed("not_in_file", url=entry.url)
        return held

    def _parts(self, entry: Entry, whole: Entry) -> tuple[bytes, BinaryIO]:
        """The head of the message as it was sent, and its body, still chunked and packed."""
        head, _ = rereading.split(self._block(entry))
        _, rest = rereading.split(self._block(whole))
        return head, spooled(rest)

    def _request(self, entry: Entry) -> bytes:
        """What was asked, unless it has the cookies or the password of whoever asked; b"" for nothing."""
        for asked in self._requests.get(entry.url, []):
            linked = asked.refers_to == entry.id or entry.refers_to == asked.id
            if linked and not asked.wrong and asked.length <= rereading.HEAD_BYTES:
                request = b"".join(self._block(asked))
                return b"" if _SECRET.search(request) else request
        return b""

    def _block(self, entry: Entry) -> Iterator[bytes]:
        place, end = entry.offset, entry.offset + entry.length
        while place < end:
            # Parts of a page are read by several threads.
            with self._lock:
                self._file.seek(place)
                piece = self._file.read(min(PIECE, end - place))
            place += len(piece)
            yield piece


def _led(hop: Hop) -> Address:
    location = next((value for key, value in hop.headers if key.lower() == "location"), "")
    try:
        return follow(hop.address, location)
    except BadAddress as error:
        raise FetchFailed("redirect_address", location=location[:200], why=error) from error


def _too_large(length: int, limit: int) -> FetchFailed:
    return FetchFailed("too_large", size=size(length), limit=size(limit))


def spooled(pieces: Iterable[bytes]) -> BinaryIO:
    body = spool()
    # Not writelines, which would hold all of it in memory before the spool looks at its size.
    for piece in pieces:
        body.write(piece)
    return body


def spool() -> BinaryIO:
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES, prefix="factcheck-"))
