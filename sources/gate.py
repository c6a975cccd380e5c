"""The only way from the browser to the network: a proxy on loopback with the fetcher's own policy. No Django.

A browser resolves names itself, follows what a page says and keeps connections for later; no check made before it
starts would hold. So it is given a proxy and nothing else, and each connection that a page wants is made here, through
`wire`: the name resolved once, every answer checked, the connection made to a checked address. Each page has a gate of
its own, open as long as the page is shown, so that bytes, connections and time are counted by page.
"""

import logging
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import h11

from sources.canonical import Address, BadAddress, parse
from sources.reasons import FetchFailed
from sources.wire import READ_BYTES, Deadline, Policy, Wire, connect

log = logging.getLogger(__name__)

HEADER_BYTES = 64 * 1024
# A page that asks for more hosts than this at once is after something else than being read.
MOST_AT_ONCE = 64
MOST_CONNECTIONS = 1000
MOST_REFUSED = 100
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_OF_THE_CONNECTION = frozenset(
    {b"connection", b"proxy-connection", b"keep-alive", b"te", b"trailer", b"upgrade", b"proxy-authorization"}
)

Headers = list[tuple[bytes, bytes]]


class _Spent(Exception):
    """The page has used up its bytes or connections."""


@dataclass(frozen=True)
class Refused:
    """What was not let through: `where` the page wanted to go (as it wrote it), and a key of REASONS or of our own."""

    where: str
    reason: str
    sentence: str


@dataclass
class Allowance:
    """What one page may use: so many bytes in both directions, until the deadline."""

    deadline: Deadline
    bytes_left: int
    connect_seconds: float = 5
    connections_left: int = MOST_CONNECTIONS
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, count: int) -> None:
        with self._lock:
            self.bytes_left -= count
            if self.bytes_left < 0:
                raise _Spent("The page takes more bytes than a page may.")

    def begin(self) -> None:
        with self._lock:
            self.connections_left -= 1
            if self.connections_left < 0:
                raise _Spent("The page opens more connections than a page may.")


class Gate:
    """Listens on `port` of 127.0.0.1 until it is closed. `refused` and `let_through` tell what was asked of it.

    Without a policy it lets nothing through.
    """

    def __init__(self, policy: Policy | None, allowance: Allowance) -> None:
        self._policy = policy
        self._allowance = allowance
        self._open: set[socket.socket | Wire] = set()
        self._lock = threading.Lock()
        self._closed = False
        self.refused: list[Refused] = []
        self.let_through: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=MOST_AT_ONCE)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, name=f"gate {self.port}", daemon=True).start()

    def close(self) -> None:
        """Nothing goes through any more: what is under way is broken off."""
        with self._lock:
            self._closed = True
            under_way = list(self._open)
        _end(self._listener)
        for connection in under_way:
            _end(connection)

    def _listen(self) -> None:
        with self._listener:
            while not self._closed:
                try:
                    client, _ = self._listener.accept()
                except OSError:
                    return
                threading.Thread(target=self._serve, args=(client,), name="at the gate", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, self._under_way(client) as may_go_on:
            if not may_go_on:
                return
            # A connection that breaks off concerns one picture or script of the page, and the browser copes.
            with suppress(OSError):
                _Passage(client, self).serve()

    @contextmanager
    def _under_way(self, connection: socket.socket | Wire) -> Iterator[bool]:
        with self._lock:
            may_go_on = not self._closed and len(self._open) < 2 * MOST_AT_ONCE
            if may_go_on:
                self._open.add(connection)
        try:
            yield may_go_on
        finally:
            with self._lock:
                self._open.discard(connection)

    @contextmanager
    def way_to(self, address: Address) -> Iterator[Wire]:
        """A connection to a checked address of the host. Raises FetchFailed."""
        if self._policy is None:
            raise _Spent("The browser has no business of its own on the network.")
        self._allowance.begin()
        wire = connect(address, self._policy, self._allowance.deadline, self._allowance.connect_seconds)
        try:
            with self._under_way(wire) as may_go_on:
                if not may_go_on:
                    raise _Spent("The page was closed.")
                self.let_through.append(address.endpoint)
                yield wire
        finally:
            wire.close()

    def refuse(self, where: str, reason: str, sentence: str) -> None:
        log.log(logging.INFO if self._policy else logging.DEBUG, "the gate refused %r: %s", where[:200], sentence)
        if len(self.refused) < MOST_REFUSED:
            self.refused.append(Refused(where[:500], reason, sentence))

    @property
    def allowance(self) -> Allowance:
        return self._allowance


class _Passage:
    """One connection of the browser: a tunnel (CONNECT), or one plain request and its answer."""

    def __init__(self, client: socket.socket, gate: Gate) -> None:
        self._client = client
        self._gate = gate
        self._allowance = gate.allowance
        self._browser = h11.Connection(h11.SERVER, max_incomplete_event_size=HEADER_BYTES)

    def serve(self) -> None:
        where = ""
        try:
            request = self._request()
            if request is None:
                return
            where = request.target.decode("latin-1")
            self._pass(request, where)
        except FetchFailed as failure:
            self._refuse(where, failure.reason, failure.sentence)
        except BadAddress as error:
            self._refuse(where, "address", str(error))
        except _Spent as error:
            self._refuse(where, "spent", str(error))
        except h11.ProtocolError:
            self._refuse(where, "malformed", "The request or its answer does not follow the web's rules (HTTP).")

    def _pass(self, request: h11.Request, where: str) -> None:
        if request.method == b"CONNECT":
            # What is inside the tunnel is the browser's; to whom it leads is ours.
            with self._gate.way_to(parse(f"http://{where}/")) as wire:
                self._tunnel(wire)
            return
        address = parse(where)
        if address.scheme != "http":
            raise BadAddress("Only plain requests and tunnels go through the gate.")
        with self._gate.way_to(address) as wire:
            self._forward(request, address, wire)

    def _refuse(self, where: str, reason: str, sentence: str) -> None:
        self._gate.refuse(where, reason, sentence)
        # An answer may be under way already; then it just ends.
        if self._browser.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = sentence.encode()
            head = f"HTTP/1.1 403 Refused\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            self._send(head.encode() + body)

    def _request(self) -> h11.Request | None:
        """None when the browser opened the connection in advance and never used it."""
        while True:
            event = self._browser.next_event()
            if isinstance(event, h11.Request):
                return event
            if event is not h11.NEED_DATA:
                return None
            data = self._receive()
            if not data and self._browser.trailing_data == (b"", False):
                return None
            self._browser.receive_data(data)

    def _receive(self) -> bytes:
        self._client.settimeout(self._allowance.deadline.left())
        data = self._client.recv(READ_BYTES)
        self._allowance.take(len(data))
        return data

    def _send(self, data: bytes) -> None:
        self._client.settimeout(self._allowance.deadline.left())
        self._client.sendall(data)

    def _tunnel(self, wire: Wire) -> None:
        early = self._browser.trailing_data[0]
        self._send(ESTABLISHED)
        if early:
            wire.send(early)
        with selectors.DefaultSelector() as both:
            both.register(self._client, selectors.EVENT_READ, (self._receive, wire.send))
            both.register(wire, selectors.EVENT_READ, (lambda: self._from(wire), self._send))
            while ready := both.select(self._allowance.deadline.left()):
                for key, _ in ready:
                    receive, send = key.data
                    if not (data := receive()):
                        return
                    send(data)

    def _from(self, wire: Wire) -> bytes:
        data = wire.receive()
        self._allowance.take(len(data))
        return data

    def _forward(self, request: h11.Request, address: Address, wire: Wire) -> None:
        """One request on one connection: nothing that follows it could reach a host that was not checked for it."""
        server = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEADER_BYTES)
        headers = [(b"Host", address.authority.encode()), *_passed_on(request.headers.raw_items(), {b"host"})]
        wire.send(_bytes(server.send(h11.Request(method=request.method, target=address.target, headers=headers))))
        while not isinstance(event := _next(self._browser, self._receive), h11.EndOfMessage):
            if isinstance(event, h11.Data):
                wire.send(_bytes(server.send(h11.Data(data=event.data))))
        wire.send(_bytes(server.send(h11.EndOfMessage())))
        self._answer(server, wire)

    def _answer(self, server: h11.Connection, wire: Wire) -> None:
        while True:
            event = _next(server, lambda: self._from(wire))
            if isinstance(event, h11.Response):
                headers = _passed_on(event.headers.raw_items(), set())
                answer = h11.Response(status_code=event.status_code, headers=headers, reason=event.reason)
                self._send(_bytes(self._browser.send(answer)))
            elif isinstance(event, h11.Data):
                self._send(_bytes(self._browser.send(h11.Data(data=event.data))))
            elif isinstance(event, h11.EndOfMessage):
                self._send(_bytes(self._browser.send(h11.EndOfMessage())))
                return
            elif not isinstance(event, h11.InformationalResponse):
                raise ConnectionResetError


def _next(http: h11.Connection, receive: Callable[[], bytes]) -> object:
    while (event := http.next_event()) is h11.NEED_DATA:
        http.receive_data(receive())
    return event


def _passed_on(headers: list[tuple[bytes, bytes]], left_out: set[bytes]) -> Headers:
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_THE_CONNECTION | left_out]
    return [*kept, (b"Connection", b"close")]


def _bytes(sent: bytes | None) -> bytes:
    return sent or b""


def _end(connection: socket.socket | Wire) -> None:
    # It may have ended by itself in this moment.
    with suppress(OSError):
        if isinstance(connection, Wire):
            connection.break_off()
        else:
            connection.shutdown(socket.SHUT_RDWR)
