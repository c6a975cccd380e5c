"""What nobody may contact: a port that is open on every address of this machine, by TCP and UDP, and notes who came."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Canary:
    """`heard` holds the way and the first bytes of each contact."""

    port: int
    heard: list[tuple[str, bytes]] = field(default_factory=list)

    def accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.settimeout(1)
                    reached = connection.getsockname()[0]
                    try:
                        self.heard.append((f"tcp {reached}", connection.recv(100)))
                    except OSError:
                        self.heard.append((f"tcp {reached}", b""))

    def receive(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                self.heard.append(("udp", listener.recv(2000)[:100]))


@contextmanager
def canary() -> Iterator[Canary]:
    """Listens on IPv4 and IPv6 at once."""
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as tcp:
        port = tcp.getsockname()[1]
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as udp:
            udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            udp.bind(("::", port))
            found = Canary(port)
            threading.Thread(target=found.accept, args=(tcp,), daemon=True).start()
            threading.Thread(target=found.receive, args=(udp,), daemon=True).start()
            yield found
            tcp.shutdown(socket.SHUT_RDWR)


def own_address() -> str:
    """The address by which this machine speaks to others (nothing is sent)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.3"
        return str(probe.getsockname()[0])
