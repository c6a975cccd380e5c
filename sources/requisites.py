"""What a page needs to look like itself: its style sheets, pictures and fonts, and what those need in turn.

Fetched like the page, by the same rules, a few at a time and never many from one host, within a budget. One that fails
is told of and fails nothing. Plain Python, no Django.
"""

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from selectolax.lexbor import LexborNode

from sources import markup, styles
from sources.canonical import Address
from sources.charset import decode
from sources.extract import HTML_TYPES, ONE_AT_A_TIME, TEXT_BYTES, is_trap, page_source
from sources.fetcher import Fetched, Limits
from sources.reasons import FetchFailed
from sources.styles import FONT, IMAGE, STYLE

AT_ONCE = 4
PER_HOST = 2
# A sheet that imports one that imports one: beyond that a page is made to lead us round.
DEEPEST = 2
# One picture that comes drop by drop must not take the time of all others.
LONGEST_SECONDS = 15
# Far more than are taken; a page that names more does it to burden us.
MOST_NAMED = 2_000
SHEET_BYTES = styles.SHEET_CHARACTERS
# What a page shows first comes first.
_RANK = {STYLE: 0, IMAGE: 1, FONT: 2}
_ICONS = frozenset({"icon", "apple-touch-icon"})

Get = Callable[[Address, Limits], Fetched]


class Manners(Protocol):
    """How hosts want to be treated; asked and told in the thread of whoever collects."""

    def why_not(self, address: Address) -> str:
        """Why the address is left alone, "" where nothing is against it."""

    def heard(self, failure: FetchFailed) -> None:
        """What a host answered in place of what was wanted: it may ask to be left alone."""


class Unruled:
    """Each may be fetched, whatever its host says."""

    def why_not(self, address: Address) -> str:
        return ""

    def heard(self, failure: FetchFailed) -> None:
        """Nobody asks."""


UNRULED = Unruled()


@dataclass(frozen=True)
class Budget:
    """For all requisites of a page together; `bytes` as they come over the wire."""

    count: int = 200
    bytes: int = 30_000_000
    seconds: float = 30


@dataclass(frozen=True)
class Wanted:
    """An address that the page shows something from. `depth` counts the sheets that lead to it."""

    address: Address
    kind: str
    depth: int = 0


@dataclass(frozen=True)
class Got:
    """What became of it: fetched, or `why` not: a code of `sources.reasons`, or one of budget, truncated, type,
    left_alone (its host asked for that)."""

    wanted: Wanted
    fetched: Fetched | None = None
    why: str = ""


def of_page(fetched: Fetched) -> list[Wanted]:
    """The requisites that the page itself names, each once, in the order of the page."""
    page = fetched.page
    if page.content_type.partition(";")[0].strip().lower() not in HTML_TYPES:
        return []
    fetched.content.seek(0)
    source, _ = page_source(fetched.content.read(TEXT_BYTES), page.content_type)
    if is_trap(source):
        return []
    own = {hop.address.url for hop in fetched.hops}
    with ONE_AT_A_TIME:
        named = list(itertools.islice(_in_page(source, page.address), MOST_NAMED))
    found = {wanted.address.url: wanted for wanted in reversed(named)}
    return [wanted for url, wanted in reversed(found.items()) if url not in own]


class Letters:
    """The code points of a page, which only a font for some of them asks for."""

    def __init__(self, text: Callable[[], str]) -> None:
        self._text = text

    @cached_property
    def present(self) -> set[int]:
        return set(map(ord, set(self._text())))

    def want(self, name: styles.Named) -> bool:
        return name.kind != FONT or not name.letters or styles.wants(name.letters, self.present)


def in_sheet(css: str, base: Address, letters: Letters, depth: int) -> Iterator[Wanted]:
    """What a sheet at `base` needs; fonts for other letters than the page's are left alone."""
    for name in styles.named(css):
        address = markup.address(base, name.address)
        if address and letters.want(name):
            yield Wanted(address, name.kind, depth)


def collect(fetched: Fetched, get: Get, limits: Limits, budget: Budget, manners: Manners = UNRULED) -> Iterator[Got]:
    """Each requisite, in a steady order. Whoever takes it closes what was fetched."""
    wanted = of_page(fetched)
    if wanted and budget.count:
        yield from _Collection(fetched, wanted, get, limits, budget, manners).run()


def _in_page(source: str, page: Address) -> Iterator[Wanted]:
    document = markup.parsed(source)
    base = markup.base(document, page)
    letters = Letters(lambda: source)
    for node in document.css("style"):
        yield from in_sheet(node.text(deep=True), base, letters, 0)
    for node in document.css("[style*='(']"):
        yield from in_sheet(node.attributes.get("style") or "", base, letters, 0)
    for node in document.css("link[href], img, video[poster], input[src], [background], image"):
        for written, kind in _in_element(node):
            if address := markup.address(base, written):
                yield Wanted(address, kind)


def _in_element(node: LexborNode) -> Iterator[tuple[str, str]]:
    attributes = node.attributes
    if node.tag == "link":
        rel = set((attributes.get("rel") or "").lower().split())
        kind = STYLE if "stylesheet" in rel else IMAGE if rel & _ICONS else ""
        if kind and "alternate" not in rel and (attributes.get("media") or "").strip().lower() != "print":
            yield attributes.get("href") or "", kind
    elif node.tag == "img" and not markup.is_pixel(node):
        yield markup.picture(node), IMAGE
    elif node.tag == "image":
        yield attributes.get("href") or attributes.get("xlink:href") or "", IMAGE
    yield attributes.get("poster") or "", IMAGE
    yield attributes.get("background") or "", IMAGE
    yield (attributes.get("src") or "" if node.tag == "input" else ""), IMAGE


class _Collection:
    """The work of one page: what waits, what is under way, what is left of the budget."""

    def __init__(
        self, page: Fetched, wanted: list[Wanted], get: Get, limits: Limits, budget: Budget, manners: Manners
    ) -> None:
        self._get, self._manners = get, manners
        self._limits = limits
        self._left = budget.count
        self._bytes = budget.bytes
        self._until = time.monotonic() + budget.seconds
        self._letters = Letters(lambda: _text(page))
        self._known = {hop.address.url for hop in page.hops}
        self._order = itertools.count()
        self._waiting: list[tuple[int, int, Wanted]] = []
        self._flying: deque[tuple[Wanted, Future[Fetched]]] = deque()
        self._left_alone: list[Got] = []
        self._hosts: dict[str, threading.Semaphore] = {}
        self._add(wanted)

    def run(self) -> Iterator[Got]:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="requisites") as pool:
            try:
                while self._start(pool):
                    yield self._outcome(*self._flying.popleft())
            finally:
                self._drop()
        yield from self._left_alone
        for _, _, wanted in sorted(self._waiting):
            yield Got(wanted, why="budget")

    def _add(self, wanted: Iterable[Wanted]) -> None:
        for want in wanted:
            if want.address.url not in self._known:
                self._known.add(want.address.url)
                heapq.heappush(self._waiting, (_RANK[want.kind], next(self._order), want))

    def _start(self, pool: ThreadPoolExecutor) -> bool:
        """Keep a few under way. False when none is."""
        while self._waiting and len(self._flying) < AT_ONCE and self._has_room():
            _, _, want = heapq.heappop(self._waiting)
            if why := self._manners.why_not(want.address):
                self._left_alone.append(Got(want, why=why))
                continue
            self._left -= 1
            host = self._hosts.setdefault(want.address.host, threading.Semaphore(PER_HOST))
            self._flying.append((want, pool.submit(self._fetch, want, host)))
        return bool(self._flying)

    def _has_room(self) -> bool:
        return self._left > 0 and self._bytes > 0 and time.monotonic() < self._until

    def _fetch(self, want: Wanted, host: threading.Semaphore) -> Fetched:
        with host:
            seconds = self._until - time.monotonic()
            if seconds <= 0:
                raise FetchFailed("timeout", host=want.address.host, seconds=LONGEST_SECONDS)
            limits = replace(
                self._limits,
                total_seconds=min(seconds, LONGEST_SECONDS, self._limits.total_seconds),
                html_bytes=min(self._bytes, self._limits.html_bytes),
                body_bytes=min(self._bytes, self._limits.body_bytes),
            )
            return self._get(want.address, limits)

    def _outcome(self, want: Wanted, future: Future[Fetched]) -> Got:
        try:
            fetched = future.result()
        except FetchFailed as failure:
            self._manners.heard(failure)
            return Got(want, why=failure.reason)
        why = self._why_not(want, fetched)
        if why:
            fetched.close()
            return Got(want, why=why)
        if want.kind == STYLE and want.depth < DEEPEST:
            self._add(self._in_fetched(want, fetched))
        return Got(want, fetched)

    def _why_not(self, want: Wanted, fetched: Fetched) -> str:
        if not _suits(want.kind, fetched.page.content_type):
            return "type"
        if fetched.page.truncated or fetched.damage:
            return "truncated"
        length = sum(hop.body.seek(0, 2) for hop in fetched.hops)
        if length > self._bytes:
            return "budget"
        self._bytes -= length
        return ""

    def _in_fetched(self, want: Wanted, fetched: Fetched) -> list[Wanted]:
        fetched.content.seek(0)
        css = decode(fetched.content.read(SHEET_BYTES), fetched.page.content_type)
        return list(in_sheet(css, fetched.page.address, self._letters, want.depth + 1))

    def _drop(self) -> None:
        """Nobody will take what is still under way."""
        for _, future in self._flying:
            if not future.cancel() and future.exception() is None:
                future.result().close()


def _text(page: Fetched) -> str:
    page.content.seek(0)
    return decode(page.content.read(TEXT_BYTES), page.page.content_type)


def _suits(kind: str, content_type: str) -> bool:
    """Whether it is what the page wanted: a picture that is a web page is an error page."""
    told = content_type.partition(";")[0].strip().lower()
    if kind == STYLE:
        return told in ("text/css", "")
    if kind == IMAGE:
        return told.startswith("image/") or told in UNTOLD
    return told.startswith(("font/", "application/font", "application/x-font", "application/vnd.ms-font")) or (
        told in UNTOLD
    )


#: What servers say that do not know what they serve.
UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})
