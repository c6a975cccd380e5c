"""Fetch one cited page, safely, and keep what went over the wire. Plain Python, no Django.

h11 reads the protocol and `wire` holds the connection; between them nothing can be longer, larger or slower than
`Limits` says. Each redirect is a connection of its own, checked like the first. No proxies, cookies, credentials.
"""

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO, cast

import h11

from sources.canonical import Address, BadAddress, follow
from sources.reasons import FetchFailed, for_status, size
from sources.unpacking import Bomb, Content, Full
from sources.wire import Deadline, Peer, Policy, Wire, connect

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A redirect's page is for people whose browser does not follow; a hundred of them must not cost a hundred pages.
REDIRECT_BYTES = 64 * 1024
# Nor must one whose page never ends use up the time of the page that it leads to.
REDIRECT_SECONDS = 2
MAX_INFORMATIONAL = 10
# Up to here a body waits in memory, beyond it on disk: 100 captures at once must not take 10 GB.
MEMORY_BYTES = 1024 * 1024
# While a server says nothing, whoever watches hears so often that we wait.
TELL_SECONDS = 0.5

Watch = Callable[[str, int], None]
Gate = Callable[[Address, float], None]


@dataclass(frozen=True)
class Limits:
    """Seconds by the wall clock and bytes. `total_seconds` covers all redirects together."""

    connect_seconds: float = 5
    first_byte_seconds: float = 15
    total_seconds: float = 60
    header_bytes: int = 64 * 1024
    header_fields: int = 100
    html_bytes: int = 25_000_000
    body_bytes: int = 100_000_000
    ratio: int = 200
    redirects: int = 10
    #: Whether a body that is announced as too long is cut off like one that is not, instead of being refused.
    cut: bool = False


@dataclass
class Hop:
    """One request and its response as they went over the wire.

    `head` is the response's status line and headers with the blank line; `body` follows it, still chunked and packed.
    `truncated` is "" or why the body ends early: "length" (our limit), "time" (our deadline), "disconnect".
    `status` is 0 where no server answered: a file that a person gave us, which has neither request nor head.
    """

    address: Address
    peer: Peer
    asked_at: datetime
    request: bytes
    head: bytes
    status: int
    headers: list[tuple[str, str]]
    body: BinaryIO
    truncated: str = ""
    #: Seconds from the request to the first byte, and to the last.
    seconds: dict[str, float] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """All values of a header, joined as HTTP says; "" when there is none."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def content_type(self) -> str:
        """The last one sent, as browsers have it."""
        return next((value for key, value in reversed(self.headers) if key.lower() == "content-type"), "")


@dataclass
class Fetched:
    """A page with the redirects that led to it. `content` is the body unchunked and unpacked; `damage`: see Content."""

    hops: list[Hop]
    content: BinaryIO
    content_length: int = 0
    damage: str = ""

    @property
    def page(self) -> Hop:
        return self.hops[-1]

    def close(self) -> None:
        self.content.close()
        for hop in self.hops:
            hop.body.close()


@dataclass
class _Visit:
    policy: Policy
    limits: Limits
    user_agent: str
    watch: Watch
    gate: Gate | None
    deadline: Deadline
    hops: list[Hop] = field(default_factory=list)


def fetch(
    address: Address, policy: Policy, limits: Limits, user_agent: str, watch: Watch, gate: Gate | None = None
) -> Fetched:
    """The page at the address, redirects followed. `watch` hears what is being done and the bytes received so far,
    again and again while it waits; `gate` is asked before each request, with the seconds that are left, and what it
    raises ends the visit.

    Raises FetchFailed. A body that ends early is no failure: the hop says why (`truncated`). The caller closes.
    """
    visit = _Visit(policy, limits, user_agent, watch, gate, Deadline(limits.total_seconds))
    fetched = Fetched(visit.hops, _spool())
    try:
        _follow(address, visit, fetched)
    except BaseException:
        fetched.close()
        raise
    return fetched


def _follow(address: Address, visit: _Visit, fetched: Fetched) -> None:
    seen = set()
    while True:
        seen.add(address.url)
        _visit(address, visit, fetched)
        hop = fetched.page
        if hop.status not in REDIRECTS:
            return
        address = _next(hop)
        if address.url in seen:
            raise FetchFailed("redirect_loop")
        if len(visit.hops) > visit.limits.redirects:
            raise FetchFailed("redirects", limit=visit.limits.redirects)


def _next(hop: Hop) -> Address:
    location = next((value for key, value in hop.headers if key.lower() == "location"), "")
    if not location:
        raise FetchFailed("redirect_nowhere", host=hop.address.host, status=hop.status)
    try:
        return follow(hop.address, location)
    except BadAddress as error:
        raise FetchFailed("redirect_address", location=location[:200], why=error) from error


def _visit(address: Address, visit: _Visit, fetched: Fetched) -> None:
    try:
        if visit.gate:
            visit.gate(address, visit.deadline.left())
        visit.watch(f"connecting to {address.host}", 0)
        visit.deadline.left()
        wire = connect(address, visit.policy, visit.deadline, visit.limits.connect_seconds)
        with closing(wire):
            exchange = _Exchange(wire, address, visit)
            exchange.ask()
            hop = exchange.read_head()
            visit.hops.append(hop)
            exchange.read_body(hop, fetched)
    except TimeoutError as error:
        raise FetchFailed("timeout", host=address.host, seconds=f"{visit.limits.total_seconds:g}") from error
    except OSError as error:
        raise FetchFailed("broken_off", host=address.host) from error
    except h11.RemoteProtocolError as error:
        raise FetchFailed("malformed", host=address.host) from error


class _Exchange:
    """One request and its response on one connection."""

    def __init__(self, wire: Wire, address: Address, visit: _Visit) -> None:
        self._wire = wire
        self._address = address
        self._visit = visit
        self._limits = visit.limits
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=visit.limits.header_bytes)
        self._asked_at = datetime.now(UTC)
        self._began = time.monotonic()
        self._seconds: dict[str, float] = {}
        self._request = b""
        self._head = bytearray()
        self._ended = False
        self._doing = ("", 0)

    def ask(self) -> None:
        request = h11.Request(
            method="GET",
            target=self._address.target,
            headers=[
                ("Host", self._address.authority),
                ("User-Agent", self._visit.user_agent),
                ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
                ("Accept-Encoding", "gzip"),
                ("Connection", "close"),
            ],
        )
        self._request = (self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b"")
        self._wire.send(self._request)
        self._tell("waiting for the answer", 0)

    def read_head(self) -> Hop:
        """Up to the final response's headers; what 1xx responses came before is not part of it."""
        for _ in range(MAX_INFORMATIONAL):
            event = self._head_event()
            head, rest = self._split_head()
            if isinstance(event, h11.Response):
                return self._begin(event, head, rest)
            self._head = bytearray(rest)
        raise FetchFailed("headers", host=self._address.host, limit=f"{MAX_INFORMATIONAL} preliminary answers")

    def read_body(self, hop: Hop, fetched: Fetched) -> None:
        """The body to `hop.body` as it comes, and unpacked to `fetched.content` when it is the page itself."""
        content = self._content(hop, fetched)
        patience = Deadline(REDIRECT_SECONDS) if hop.status in REDIRECTS else self._visit.deadline
        received = 0
        try:
            while not isinstance(event := self._body_event(hop, patience), h11.EndOfMessage):
                received += len(event.data)
                content.take(bytes(event.data))
                self._tell("receiving", received)
        except Bomb as error:
            raise FetchFailed("bomb", ratio=self._limits.ratio) from error
        except Full:
            hop.truncated = "length"
        except (OSError, h11.RemoteProtocolError) as error:
            self._broken_off(hop, received, error)
        self._end_body(hop)
        self._seconds["last_byte"] = self._elapsed()
        content.finish()
        self._check_content(hop, content, fetched)

    def _head_event(self) -> h11.Response | h11.InformationalResponse:
        while True:
            event = self._http.next_event()
            if isinstance(event, h11.Response | h11.InformationalResponse):
                return event
            if event is not h11.NEED_DATA:
                raise FetchFailed("malformed", host=self._address.host)
            data = self._first_bytes() if not self._head else self._receive(self._visit.deadline)
            if not data:
                raise FetchFailed("broken_off", host=self._address.host)
            if len(self._head) > self._limits.header_bytes:
                raise FetchFailed("headers", host=self._address.host, limit=size(self._limits.header_bytes))
            self._head += data
            self._http.receive_data(data)

    def _first_bytes(self) -> bytes:
        wait = self._limits.first_byte_seconds
        try:
            data = self._receive(Deadline(wait))
        except TimeoutError as error:
            self._visit.deadline.left()  # Raises when it was the whole visit that took too long.
            raise FetchFailed("first_byte_timeout", host=self._address.host, seconds=f"{wait:g}") from error
        self._seconds["first_byte"] = self._elapsed()
        return data

    def _receive(self, patience: Deadline) -> bytes:
        """What has come. While nothing comes, `watch` hears again and again what is waited for."""
        while True:
            try:
                return self._wire.receive(patience.left(TELL_SECONDS))
            except TimeoutError:
                self._visit.deadline.left()
                patience.left()
                self._visit.watch(*self._doing)

    def _tell(self, step: str, received: int) -> None:
        self._doing = (step, received)
        self._visit.watch(step, received)

    def _elapsed(self) -> float:
        return round(time.monotonic() - self._began, 4)

    def _split_head(self) -> tuple[bytes, bytes]:
        rest = self._http.trailing_data[0]
        cut = len(self._head) - len(rest)
        return bytes(self._head[:cut]), rest

    def _begin(self, response: h11.Response, head: bytes, rest: bytes) -> Hop:
        # A header that comes in one piece is whole before anybody has counted.
        if len(head) > self._limits.header_bytes:
            raise FetchFailed("headers", host=self._address.host, limit=size(self._limits.header_bytes))
        headers = [(_text(key), _text(value)) for key, value in response.headers.raw_items()]
        if len(headers) > self._limits.header_fields:
            raise FetchFailed("headers", host=self._address.host, limit=f"{self._limits.header_fields} fields")
        hop = Hop(
            address=self._address,
            peer=self._wire.peer,
            asked_at=self._asked_at,
            request=self._request,
            head=head,
            status=response.status_code,
            headers=headers,
            body=_spool(),
            seconds=self._seconds,
        )
        hop.body.write(rest)
        return hop

    def _content(self, hop: Hop, fetched: Fetched) -> Content:
        if hop.status in REDIRECTS:
            return Content(BytesIO(), gzipped=False, limit=REDIRECT_BYTES, ratio=self._limits.ratio)
        if not 200 <= hop.status < 300 or hop.status in (204, 205):
            raise self._no_page(hop)
        coding = hop.header("content-encoding").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise FetchFailed("encoding", host=self._address.host, coding=coding[:40])
        limit = self._limit(hop)
        announced = hop.header("content-length")
        # Announced beyond the limit: fail before a byte is taken. Keeping the first 100 MB of a 3 GB film would fill
        # the archive and prove nothing; only what gives no length, or lies about it, is cut off at the limit.
        if announced.isdigit() and int(announced) > limit and not self._limits.cut:
            raise FetchFailed("too_large", size=size(int(announced)), limit=size(limit))
        return Content(fetched.content, gzipped=coding.endswith("gzip"), limit=limit, ratio=self._limits.ratio)

    def _no_page(self, hop: Hop) -> FetchFailed:
        address, asks = self._address, hop.header("retry-after")
        return FetchFailed(
            for_status(hop.status), host=address.host, authority=address.authority, status=hop.status, retry_after=asks
        )

    def _limit(self, hop: Hop) -> int:
        html = "html" in hop.content_type.lower()
        return self._limits.html_bytes if html else self._limits.body_bytes

    def _body_event(self, hop: Hop, patience: Deadline) -> h11.Data | h11.EndOfMessage:
        while True:
            event = self._http.next_event()
            if isinstance(event, h11.Data | h11.EndOfMessage):
                return event
            if event is not h11.NEED_DATA:
                raise h11.RemoteProtocolError("no end of message")
            data = self._receive(patience)
            self._ended = not data
            hop.body.write(data)
            # Chunk extensions and one-byte chunks make the wire many times longer than the content.
            if hop.body.tell() > self._limit(hop) * 5 // 4:
                raise Full
            self._http.receive_data(data)

    def _broken_off(self, hop: Hop, received: int, error: Exception) -> None:
        """Some of a page is better than none, and says so; of nothing there is nothing to keep."""
        if isinstance(error, h11.RemoteProtocolError) and not self._ended:
            raise error
        if not received and hop.status not in REDIRECTS:
            raise (error if isinstance(error, OSError) else ConnectionResetError()) from error
        hop.truncated = "time" if isinstance(error, TimeoutError) else "disconnect"

    def _end_body(self, hop: Hop) -> None:
        """Bytes after the message's end, as of a server that lies about its length, are no part of the record."""
        rest = len(self._http.trailing_data[0])
        hop.body.seek(-rest, 2)
        hop.body.truncate()

    def _check_content(self, hop: Hop, content: Content, fetched: Fetched) -> None:
        if hop.status in REDIRECTS:
            return
        if content.damage == "broken" and not content.length:
            raise FetchFailed("garbled")
        fetched.content_length = content.length
        fetched.damage = content.damage


def _spool() -> BinaryIO:
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES, prefix="factcheck-"))


def _text(raw: bytes) -> str:
    """Headers are ASCII; a Location in raw UTF-8 is common enough to be read."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
