"""The gate, byte by byte, without a browser: what it passes on, and what it refuses and why."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from sources.gate import Allowance, Gate
from sources.wire import Deadline, Policy
from tests.sources.raw_server import RawServer, page, raw_server


@pytest.fixture
def server() -> Iterator[RawServer]:
    with raw_server(page("<p>Here</p>")) as started:
        yield started


def opened(*allowed: str, most_bytes: int = 1_000_000) -> closing[Gate]:
    policy = Policy(allow_private=frozenset(allowed), resolver=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    return closing(Gate(policy, Allowance(Deadline(30), most_bytes)))


def said(gate: Gate, data: bytes) -> bytes:
    """The whole answer to these bytes, until the gate ends the connection."""
    with socket.create_connection(("127.0.0.1", gate.port), timeout=30) as browser:
        browser.sendall(data)
        answer = b""
        while piece := browser.recv(65536):
            answer += piece
    return answer


def test_passes_a_plain_request_on_without_what_was_meant_for_the_gate() -> None:
    bodies: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        early = request.partition(b"\r\n\r\n")[2]
        bodies.append(early or connection.recv(4))
        connection.sendall(page("<p>Here</p>"))

    with raw_server(answer) as server, opened(server.endpoint) as gate:
        got = said(
            gate,
            b"POST %s HTTP/1.1\r\nHost: other.invalid\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: x\r\n"
            b"X-Own: 1\r\nContent-Length: 4\r\n\r\nbody" % server.url("/a?b").encode(),
        )
    assert got.endswith(b"Connection: close\r\n\r\n<p>Here</p>")
    assert ([request.partition(b"\r\n\r\n")[0] for request in server.requests], bodies) == (
        [
            b"POST /a?b HTTP/1.1\r\nHost: %s\r\nX-Own: 1\r\nContent-Length: 4\r\nConnection: close"
            % server.endpoint.encode()
        ],
        [b"body"],
    )


def test_lets_no_second_request_ride_along(server: RawServer) -> None:
    one = b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % server.url("/first").encode()
    with opened(server.endpoint) as gate:
        answer = said(gate, one + one.replace(b"/first", b"/second"))
    assert (answer.count(b"HTTP/1.1 200"), [r.split(b" ")[1] for r in server.requests]) == (1, [b"/first"])


def test_is_a_tunnel_to_whom_it_may_lead(server: RawServer) -> None:
    inside = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    with opened(server.endpoint) as gate:
        answer = said(gate, b"CONNECT %s HTTP/1.1\r\nHost: a\r\n\r\n" % server.endpoint.encode() + inside)
        assert (gate.let_through, gate.refused) == ([server.endpoint], [])
    assert answer == b"HTTP/1.1 200 Connection established\r\n\r\n" + page("<p>Here</p>")
    assert server.requests == [inside]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("127.0.0.1:443", "private"),
        ("[::1]:443", "private"),
        ("[::ffff:127.0.0.1]:443", "private"),
        ("169.254.169.254:80", "private"),
        ("mixed.invalid:443", "private"),
        ("93.184.216.34:22", "port"),
        ("2130706433:443", "address"),
        ("0x7f.1:443", "address"),
        ("user@127.0.0.1:443", "address"),
        ("example.org:443/path@127.0.0.1", "private"),
    ],
)
def test_refuses_by_the_fetchers_policy(target: str, reason: str) -> None:
    with opened() as gate:
        answers = [
            said(gate, f"CONNECT {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode()),
            said(gate, f"GET http://{target}/ HTTP/1.1\r\nHost: a\r\n\r\n".encode()),
        ]
        assert [one.reason for one in gate.refused] == [reason, reason]
        assert gate.let_through == []
    assert [answer.partition(b"\r\n")[0] for answer in answers] == [b"HTTP/1.1 403 Refused"] * 2


def test_gives_no_more_bytes_than_a_page_may_take(server: RawServer) -> None:
    with opened(server.endpoint, most_bytes=100) as gate:
        said(gate, b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % server.url().encode())
        assert [one.reason for one in gate.refused] == ["spent"]


def test_breaks_off_what_is_under_way_when_it_closes() -> None:
    def silent(connection: socket.socket, request: bytes) -> None:
        connection.recv(1)

    with raw_server(silent) as server, opened(server.endpoint) as gate:
        with socket.create_connection(("127.0.0.1", gate.port), timeout=30) as browser:
            browser.sendall(b"CONNECT %s HTTP/1.1\r\nHost: a\r\n\r\n" % server.endpoint.encode())
            assert browser.recv(100) == b"HTTP/1.1 200 Connection established\r\n\r\n"
            gate.close()
            assert browser.recv(100) == b""
        with pytest.raises(OSError):  # noqa: PT011 -- refused or reset, as the kernel has it
            said(gate, b"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n")
