"""One TCP or TLS connection to an address that was checked, under one deadline. Plain Python, no Django.

The check belongs at the socket: whatever was decided about a name is worth nothing if the name is looked up again on
the way (rebinding). So a name is resolved once, every answer must pass, the connection goes to one of the answers, and
the peer is compared with it.
"""

import errno
import queue
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address

import certifi

from sources.addresses import IPAddress, why_refused
from sources.canonical import Address
from sources.reasons import FetchFailed

Resolver = Callable[[str, int], list[str]]
READ_BYTES = 64 * 1024
MAX_ADDRESSES_TRIED = 4


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a name, in the order of preference. Raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True)
class Policy:
    """Whom the fetcher may contact. `allow_private` holds endpoints (`Address.endpoint`) that are exempt."""

    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    allow_private: frozenset[str] = frozenset()
    resolver: Resolver = system_resolver


class Deadline:
    """A point on the wall clock that every wait of one capture shares: many short waits must not add up."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, cap: float | None = None) -> float:
        """Seconds until the deadline, at most `cap`. Raises TimeoutError when none is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if cap is None else min(left, cap)


@dataclass(frozen=True)
class Peer:
    """Whom we spoke to, and how the connection came about.

    `answers` are the name's addresses, `tls` is e.g. "TLSv1.3", "" for plain http. `chain` holds the certificates that
    the server sent on this very connection, as PEM, the host's own first; it was checked before a byte was sent.
    `seconds` says how long each step took: lookup, connect, tls.
    """

    ip: str
    answers: tuple[str, ...]
    tls: str = ""
    cipher: str = ""
    chain: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


class _Watch:
    """Seconds from one step to the next."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def step(self, name: str) -> None:
        now = time.monotonic()
        self.seconds[name] = round(now - self._last, 4)
        self._last = now


class Wire:
    """A connected stream. Each operation ends by the deadline; OSError and TimeoutError are left to the caller."""

    def __init__(self, sock: socket.socket, peer: Peer, deadline: Deadline) -> None:
        self._sock = sock
        self.peer = peer
        self._deadline = deadline

    def send(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def receive(self, cap: float | None = None) -> bytes:
        """What has come, b"" at the end of the stream; waits at most `cap` seconds."""
        self._sock.settimeout(self._deadline.left(cap))
        return self._sock.recv(READ_BYTES)

    def fileno(self) -> int:
        """For select: what has come can be waited for together with others."""
        return self._sock.fileno()

    def break_off(self) -> None:
        """Ends a wait that another thread is in."""
        self._sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._sock.close()


def connect(address: Address, policy: Policy, deadline: Deadline, seconds: float) -> Wire:
    """A connection to a checked address of the host, with TLS for https. Raises FetchFailed."""
    _check_port(address, policy)
    watch = _Watch()
    answers = _resolve(address, policy, deadline, seconds)
    watch.step("lookup")
    if address.endpoint not in policy.allow_private:
        _check(address, answers)
    sock, ip = _connect(address, answers, deadline, seconds)
    watch.step("connect")
    try:
        tls = _secure(sock, address, deadline, seconds) if address.scheme == "https" else None
    except BaseException:
        sock.close()
        raise
    texts = tuple(str(answer) for answer in answers)
    if tls is None:
        return Wire(sock, Peer(str(ip), texts, seconds=watch.seconds), deadline)
    watch.step("tls")
    cipher = tls.cipher()
    peer = Peer(str(ip), texts, tls.version() or "", cipher[0] if cipher else "", _chain(tls), watch.seconds)
    return Wire(tls, peer, deadline)


def _chain(tls: ssl.SSLSocket) -> tuple[str, ...]:
    if sys.version_info >= (3, 13):
        return tuple(ssl.DER_cert_to_PEM_cert(certificate) for certificate in tls.get_unverified_chain())
    # Until 3.13 the chain has no public name; the object behind the socket has had it since 3.10.
    sent = tls._sslobj.get_unverified_chain() or []  # type: ignore[attr-defined]
    return tuple(certificate.public_bytes() for certificate in sent)


def _check_port(address: Address, policy: Policy) -> None:
    if address.port not in policy.ports and address.endpoint not in policy.allow_private:
        ports = ", ".join(str(port) for port in sorted(policy.ports))
        raise FetchFailed("port", port=address.port, ports=ports)


def _resolve(address: Address, policy: Policy, deadline: Deadline, seconds: float) -> list[IPAddress]:
    if address.is_ip:
        return [ip_address(address.host)]
    # getaddrinfo takes no timeout: a name server that never answers would hold the worker for minutes. So a thread of
    # its own waits for it, and is left behind when time is up.
    box: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            box.put(policy.resolver(address.host, address.port))
        except OSError as error:
            box.put(error)

    threading.Thread(target=ask, name=f"resolve {address.host}", daemon=True).start()
    try:
        answer = box.get(timeout=deadline.left(seconds))
    except (queue.Empty, TimeoutError) as error:
        raise FetchFailed("name_service", host=address.host) from error
    if isinstance(answer, OSError):
        again = isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN
        raise FetchFailed("name_service" if again else "not_found", host=address.host) from answer
    if not answer:
        raise FetchFailed("not_found", host=address.host)
    return [ip_address(text.partition("%")[0]) for text in answer]


def _check(address: Address, answers: list[IPAddress]) -> None:
    """One answer that is not public condemns the name: a rebinding name mixes public and private ones."""
    for ip in answers:
        what = why_refused(ip)
        if what:
            where = f"{ip} is" if address.is_ip else f"{address.host} leads to {ip},"
            raise FetchFailed("private", where=where, what=what, endpoint=address.endpoint)


def _connect(
    address: Address, answers: list[IPAddress], deadline: Deadline, seconds: float
) -> tuple[socket.socket, IPAddress]:
    attempts = answers[:MAX_ADDRESSES_TRIED]
    last: OSError = OSError()
    for ip in attempts:
        try:
            # An equal share each, so that a dead first address does not use up the time of the second.
            sock = _connected(ip, address.port, deadline.left(seconds / len(attempts)))
        except OSError as error:
            last = error
            continue
        if ip_address(sock.getpeername()[0].partition("%")[0]) != ip:
            sock.close()
            raise FetchFailed("wrong_peer", host=address.host)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock, ip
    deadline.left()  # Raises when it was the whole visit that took too long, not this connection.
    raise _connect_failed(address, last, seconds) from last


def _connected(ip: IPAddress, port: int, seconds: float) -> socket.socket:
    """To the very address; socket.create_connection would hand it to the resolver's library once more."""
    sock = socket.socket(socket.AF_INET if ip.version == 4 else socket.AF_INET6)
    try:
        sock.settimeout(seconds)
        sock.connect((str(ip), port))
    except OSError:
        sock.close()
        raise
    return sock


def _connect_failed(address: Address, error: OSError, seconds: float) -> FetchFailed:
    if isinstance(error, TimeoutError):
        return FetchFailed("connect_timeout", host=address.host, seconds=f"{seconds:g}")
    return FetchFailed("refused" if error.errno == errno.ECONNREFUSED else "unreachable", host=address.host)


def _secure(sock: socket.socket, address: Address, deadline: Deadline, seconds: float) -> ssl.SSLSocket:
    try:
        sock.settimeout(deadline.left(seconds))
        return _context().wrap_socket(sock, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        raise FetchFailed("certificate", host=address.host, why=error.verify_message) from error
    except TimeoutError as error:
        raise FetchFailed("connect_timeout", host=address.host, seconds=f"{seconds:g}") from error
    except OSError as error:
        why = getattr(error, "reason", None) or error.strerror or "the connection broke off"
        raise FetchFailed("tls", host=address.host, why=why) from error


@cache
def _context() -> ssl.SSLContext:
    # The system's authorities (an operator may have added some) and certifi's, for machines without any.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
