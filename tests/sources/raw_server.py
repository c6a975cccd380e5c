"""A server on loopback that sends exactly the bytes a test says, however wrong."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

TLS_HELLO = b"\x16\x03"
Talk = Callable[[socket.socket, bytes], None]


@dataclass
class RawServer:
    """`talk(connection, request)` answers; `requests` holds what was asked, in order.

    /robots.txt is not there unless `robots` says what to answer; who asks for it is noted in `rules_read` alone.
    """

    talk: Talk
    listener: socket.socket
    tls: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    robots: Talk | bytes = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    rules_read: list[bytes] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        self.port = self.listener.getsockname()[1]

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://{self.endpoint}{path}"

    def accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self.tls.wrap_socket(connection, server_side=True) if self.tls else connection

    def _answer(self, accepted: socket.socket) -> None:
        # The client hanging up in the middle of an endless answer is what most of these tests want.
        with suppress(OSError), self._secured(accepted) as connection:
            request = b""
            while b"\r\n\r\n" not in request and not request.startswith(TLS_HELLO):
                piece = connection.recv(65536)
                if not piece:
                    return
                request += piece
            if request.startswith(b"GET /robots.txt "):
                self.rules_read.append(request)
                _talk(self.robots)(connection, request)
                return
            self.requests.append(request)
            self.talk(connection, request)


@contextmanager
def raw_server(talk: Talk | bytes, tls: ssl.SSLContext | None = None) -> Iterator[RawServer]:
    """Answers each request with the bytes, or as `talk` does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = RawServer(_talk(talk), listener, tls)
        threading.Thread(target=server.accept, daemon=True).start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)


def _talk(answer: Talk | bytes) -> Talk:
    return answer if callable(answer) else lambda connection, request: connection.sendall(answer)


def page(
    body: bytes | str, content_type: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str
) -> bytes:
    """A well-formed response; keyword `content_encoding="gzip"` becomes the header Content-Encoding."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(data)}"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + data


def redirect(location: str, status: str = "302 Found") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


def unwatched(step: str, received: int) -> None:
    """Nobody looks at the fetcher's progress."""
