"""Who answers at every address of the bed, on many ports: a page, one that a test wrote, or a redirect."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote

#: What the fetcher may use, what it may not, and what the cases make of a port that is cut short or wraps round.
PORTS = (80, 443, 8080, 8443, 8, 22, 25, 81, 100, 444, 2375, 3306, 5432, 6379, 8000, 8081, 9200, 11211, 11434)
PATIENCE = 2


def page(body: str, content_type: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    data = body.encode("utf-8", "surrogatepass")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(data)}\r\n{more}\r\n"
    return head.encode("utf-8", "surrogatepass") + data


def redirect(location: str, status: int = 302) -> bytes:
    place = location.encode("utf-8", "surrogatepass")
    return b"HTTP/1.1 %d Elsewhere\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, place)


@dataclass
class Web:
    """`answers` are whole responses by path; /to?address leads there. `hosts` and `paths` note each request."""

    answers: dict[str, bytes] = field(default_factory=dict)
    hosts: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def start(self) -> None:
        for port in PORTS:
            for family, any_address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
                listener = socket.create_server((any_address, port), family=family, backlog=500)
                threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # Whoever comes by TLS, or leaves in the middle, has been noted by the canary all the same.
        with connection, suppress(OSError):
            connection.settimeout(PATIENCE)
            request = b""
            while b"\r\n\r\n" not in request and not request.startswith(b"\x16"):
                piece = connection.recv(65536)
                if not piece:
                    return
                request += piece
            if request.startswith(b"\x16"):
                return
            connection.sendall(self._answer(request.decode("latin-1")))

    def _answer(self, request: str) -> bytes:
        line, *fields = request.partition("\r\n\r\n")[0].split("\r\n")
        given = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in fields)}
        self.hosts.append(given.get("host", ""))
        path, _, query = (line.split(" ") + [""])[1].partition("?")
        self.paths.append(path)
        if path == "/to":
            return redirect(unquote(query))
        return self.answers.get(path, page("<p>A public page</p>"))
