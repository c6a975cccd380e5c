"""What of a snapshot is shown again, and in which wrapping: found by its address, read back with limits, made inert.

Where SNAPSHOT_HOST is set, archived bytes come from that host alone. Either way their address is signed and
short-lived: it stands in for the session, which is never looked at where a stranger's bytes are served.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO, cast
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from factcheck.errors import NotFound
from sources import canonical, fetching, inert, rereading
from sources.charset import decode
from sources.fetcher import REDIRECTS
from sources.models import Record, Snapshot
from sources.rereading import Answer, Place, Unreadable

Part = Record.Part
SALT = "factcheck.replay"
#: Of all paths under which archived bytes are served.
PREFIX = "replayed"
URLS = "sources.replay_urls"
MOST_REDIRECTS = 10
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
#: What a browser may show by itself. Everything else, SVG, XML and PDF among it, can act, and is a download.
SHOWN_TYPES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon"}
    | {"image/vnd.microsoft.icon", "text/css", "text/plain", "font/woff", "font/woff2", "font/ttf", "font/otf"}
)
#: By their first bytes, pictures of servers that do not say what they serve. None of these can act.
MARKS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True)
class Pass:
    """What a signed address allows: one snapshot, for somebody who works here or for a reader."""

    snapshot: int
    works_here: bool

    def signed(self) -> str:
        return signing.dumps([self.snapshot, int(self.works_here)], salt=SALT)


def opened(token: str) -> Pass:
    """NotFound when the address was not signed here, or long ago."""
    try:
        snapshot, works_here = signing.loads(token, salt=SALT, max_age=settings.SNAPSHOT_LINK_SECONDS)
    except signing.SignatureExpired as error:
        raise NotFound(
            "This view of the archived page has run out. Open it again from the page of the copy."
        ) from error
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("This address does not lead to an archived page.") from error
    return Pass(snapshot, bool(works_here))


def host_of(request: HttpRequest) -> str:
    """Scheme and host from which archived bytes are served, such as https://snapshots.example.org."""
    if not settings.SNAPSHOT_HOST:
        return f"{request.scheme}://{request.get_host()}"
    return f"{settings.PUBLIC_URL.partition(':')[0]}://{settings.SNAPSHOT_HOST}"


def path(token: str, of: str) -> str:
    return reverse("part", args=[token, of], urlconf=URLS)


def link(token: str, url: str) -> str:
    return f"{reverse('leave', args=[token], urlconf=URLS)}?to={quote(url, safe='')}"


@dataclass(frozen=True)
class Shown:
    """What goes to the browser. `content_type` is ours, not the server's; `inline` is False for a download."""

    content: bytes
    content_type: str
    inline: bool
    at: Record


class Copy:
    """A snapshot's records by address."""

    def __init__(self, snapshot: Snapshot, token: str) -> None:
        self.snapshot = snapshot
        self.token = token

    @cached_property
    def _led(self) -> dict[str, Record | None]:
        """What `find` found: a page names the same picture often."""
        return {}

    @cached_property
    def _by_url(self) -> dict[str, Record]:
        held = self.snapshot.records.filter(part__in=[Part.PAGE, Part.REDIRECT, Part.REQUISITE])
        # Of two answers from one address the first is the one that the page was shown with.
        return {record.url: record for record in held.select_related("held_in__snapshot").order_by("-offset")}

    def part(self, part: Part) -> Record | None:
        """What we made of the page, or the page itself."""
        return self.snapshot.records.filter(part=part).select_related("held_in__snapshot").order_by("-offset").first()

    def find(self, url: str) -> Record | None:
        """What is held of an address, redirects followed; None when the archive does not have it."""
        if url not in self._led:
            self._led[url] = self._follow(url)
        return self._led[url]

    def _follow(self, url: str) -> Record | None:
        for _ in range(MOST_REDIRECTS):
            record = self._by_url.get(url)
            if record is None or record.status not in REDIRECTS:
                return record
            url = self._next(record)
        return None

    def _next(self, record: Record) -> str:
        answer = read(record, limit=0)
        answer.close()
        try:
            return canonical.follow(canonical.parse(record.url), answer.header("location")).url
        except canonical.BadAddress:
            return ""

    # How the archived page's addresses are led (sources.inert.Way).

    def requisite(self, url: str) -> str:
        record = self.find(url)
        return path(self.token, str(record.pk)) if record and record.part == Part.REQUISITE else ""

    def link(self, url: str) -> str:
        return link(self.token, url)

    def page(self, part: Part = Part.PAGE) -> Shown:
        """The page itself as one can look at it, or the page as a browser had it."""
        record = self.part(part)
        if record is None:
            raise NotFound("The archived file does not hold the page in this form.")
        return self._shown(record, as_page=True)

    def made(self, part: Part) -> Shown:
        """What our browser made of the page: a picture or a print."""
        record = self.part(part)
        if record is None:
            raise NotFound("The archived page has no such part.")
        return self._shown(record, as_page=False)

    def requisite_numbered(self, pk: int) -> Shown:
        """A picture, style sheet or font of the page."""
        found = self.snapshot.records.filter(pk=pk, part__in=[Part.REQUISITE, Part.PAGE])
        record = found.select_related("held_in__snapshot").first()
        if record is None:
            raise NotFound("The archived page has no such part.")
        return self._shown(record, as_page=False)

    def _shown(self, record: Record, *, as_page: bool) -> Shown:
        answer = read(record, limit=settings.FETCH_MAX_HTML_BYTES if as_page else settings.FETCH_MAX_BYTES)
        try:
            answer.content.seek(0)
            return self._wrapped(record, answer, answer.content.read(), as_page=as_page)
        except inert.Unshowable as error:
            raise NotFound(str(error)) from error
        finally:
            answer.close()

    def _wrapped(self, record: Record, answer: Answer, data: bytes, *, as_page: bool) -> Shown:
        told = answer.header("content-type")
        kind = _kind(told, data)
        if as_page and kind in HTML_TYPES:
            html = inert.page(decode(data, told), canonical.parse(record.url), self)
            return Shown(html.encode(), "text/html; charset=utf-8", True, record)
        if kind == "text/css":
            css = inert.sheet(decode(data, told), canonical.parse(record.url), self)
            return Shown(css.encode(), "text/css; charset=utf-8", True, record)
        if kind == "text/plain":
            return Shown(decode(data, told).encode(), "text/plain; charset=utf-8", True, record)
        # An SVG shows as a picture of a page whatever its disposition, and opened by itself it is saved.
        known = kind in SHOWN_TYPES or kind == "image/svg+xml"
        return Shown(data, kind if known else "application/octet-stream", kind in SHOWN_TYPES, record)


def read(record: Record, *, limit: int) -> Answer:
    """The record's answer; of a revisit with the payload that it stands for. NotFound when it cannot be shown."""
    with_payload = record.held_in or record
    blobs = fetching.blobs()
    try:
        with (
            blobs.open(bytes.fromhex(record.snapshot.warc_sha256)) as own,
            blobs.open(bytes.fromhex(with_payload.snapshot.warc_sha256)) as other,
        ):
            place = Place(cast(BinaryIO, own), record.offset, record.length)
            if record.kind in (Record.Kind.RESOURCE, Record.Kind.METADATA):
                return rereading.resource(place, limit=limit)
            held = Place(cast(BinaryIO, other), with_payload.offset, with_payload.length) if record.held_in else place
            return rereading.answer(place, held, limit=limit, ratio=settings.FETCH_MAX_RATIO)
    except FileNotFoundError as error:
        raise NotFound(
            "The file of this archived page is missing. Tell the newsroom, which has to restore it."
        ) from error
    except Unreadable as error:
        raise NotFound(str(error)) from error


def _kind(content_type: str, data: bytes) -> str:
    told = content_type.partition(";")[0].strip().lower()
    if told in UNTOLD:
        return next((kind for mark, kind in MARKS.items() if data.startswith(mark)), told)
    return {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg"}.get(told, told)
