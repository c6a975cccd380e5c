"""The fetcher as the settings have it."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, fields, replace

import pytest
from django.apps import apps
from pytest_django import Settings

from factcheck import env
from factcheck.env import Misconfigured
from sources import fetching
from sources.canonical import parse
from sources.fetcher import Fetched, Limits, fetch
from sources.reasons import FetchFailed
from tests.sources.raw_server import Talk, page, raw_server, redirect, unwatched

#: Limit, its setting, and what it is where nobody sets it.
LIMITS = [
    ("connect_seconds", "FETCH_CONNECT_SECONDS", 5),
    ("first_byte_seconds", "FETCH_FIRST_BYTE_SECONDS", 15),
    ("total_seconds", "FETCH_TOTAL_SECONDS", 60),
    ("header_bytes", "FETCH_MAX_HEADER_BYTES", 65536),
    ("header_fields", "FETCH_MAX_HEADER_FIELDS", 100),
    ("html_bytes", "FETCH_MAX_HTML_BYTES", 25_000_000),
    ("body_bytes", "FETCH_MAX_BYTES", 100_000_000),
    ("ratio", "FETCH_MAX_RATIO", 200),
    ("redirects", "FETCH_MAX_REDIRECTS", 10),
]


@pytest.mark.parametrize(("limit", "setting", "default"), LIMITS)
def test_takes_each_limit_from_its_setting(limit: str, setting: str, default: int, settings: Settings) -> None:
    assert getattr(fetching.limits(), limit) == default
    assert env.DECLARED[setting].default == str(default)
    setattr(settings, setting, default + 1)
    assert asdict(fetching.limits()) == asdict(Limits()) | {limit: default + 1}


def test_every_limit_has_its_setting() -> None:
    assert {field.name for field in fields(Limits)} - {"cut"} == {limit for limit, _, _ in LIMITS}


def test_takes_the_ports_from_the_settings(settings: Settings) -> None:
    assert fetching.policy().ports == {80, 443, 8080, 8443}
    settings.FETCH_PORTS = [80]
    assert fetching.policy().ports == {80}


class TestEachLimitHolds:
    """The settings against a server that goes beyond them, through the fetcher as the worker calls it."""

    def fetched(self, answer: Talk | bytes, settings: Settings, **given: int) -> Fetched:
        for name, value in given.items():
            setattr(settings, name, value)
        with raw_server(answer) as server:
            settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
            return fetch(parse(server.url()), fetching.policy(), fetching.limits(), fetching.user_agent(), unwatched)

    def why(self, answer: Talk | bytes, settings: Settings, **given: int) -> FetchFailed:
        with pytest.raises(FetchFailed) as caught:
            self.fetched(answer, settings, **given).close()
        return caught.value

    def test_connecting(self, settings: Settings) -> None:
        settings.FETCH_CONNECT_SECONDS = 1
        with full_queue() as endpoint:
            settings.FETCH_ALLOW_PRIVATE = [endpoint]
            with pytest.raises(FetchFailed) as caught:
                fetch(parse(f"http://{endpoint}/"), fetching.policy(), fetching.limits(), "a", unwatched)
        assert str(caught.value) == "127.0.0.1 did not answer within 1 seconds. Try again later."

    def test_the_first_byte(self, settings: Settings) -> None:
        error = self.why(lambda connection, request: _until_closed(connection), settings, FETCH_FIRST_BYTE_SECONDS=1)
        assert str(error) == "127.0.0.1 took the request and sent nothing for 1 seconds. Try again later."

    def test_everything_together(self, settings: Settings) -> None:
        def half_a_head(connection: socket.socket, request: bytes) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            _until_closed(connection)

        error = self.why(half_a_head, settings, FETCH_TOTAL_SECONDS=1)
        assert str(error) == "127.0.0.1 sent no page within 1 seconds. Try again later."

    def test_the_bytes_of_a_header(self, settings: Settings) -> None:
        def answer(length: int) -> bytes:
            head, _, body = page("hello").partition(b"\r\n\r\n")
            head += b"\r\nX-Filler: "
            return head + b"a" * (length - len(head) - 4) + b"\r\n\r\n" + body

        for limit in (1024, 65_536):
            self.fetched(answer(limit), settings, FETCH_MAX_HEADER_BYTES=limit).close()
            assert self.why(answer(limit + 1), settings).reason == "headers"

    def test_the_fields_of_a_header(self, settings: Settings) -> None:
        def answer(number: int) -> bytes:
            return page("hello", **{f"x_{n}": "a" for n in range(number - 2)})

        self.fetched(answer(12), settings, FETCH_MAX_HEADER_FIELDS=12).close()
        error = self.why(answer(13), settings)
        assert str(error).startswith("127.0.0.1 sent more headers than a page has (12 fields).")

    @pytest.mark.parametrize(
        ("setting", "content_type"), [("FETCH_MAX_HTML_BYTES", "text/html"), ("FETCH_MAX_BYTES", "application/pdf")]
    )
    @pytest.mark.parametrize("packed", [False, True])
    def test_the_bytes_of_a_body(self, setting: str, content_type: str, packed: bool, settings: Settings) -> None:
        body = bytes(range(256)) * 12
        coding = b"Content-Encoding: gzip\r\n" if packed else b""
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n%b\r\n" % (content_type.encode(), coding)
        answer = head + (gzip.compress(body) if packed else body)
        cut, whole = (self.fetched(answer, settings, **{setting: limit}) for limit in (3071, 3072))
        assert [(f.page.truncated, f.content_length) for f in (cut, whole)] == [("length", 3071), ("", 3072)]
        cut.close()
        whole.close()

    def test_how_far_it_unpacks(self, settings: Settings) -> None:
        answer = page(gzip.compress(bytes(6_000_000)), content_encoding="gzip")
        self.fetched(answer, settings, FETCH_MAX_RATIO=2000).close()
        assert self.why(answer, settings, FETCH_MAX_RATIO=200).reason == "bomb"

    def test_redirects(self, settings: Settings) -> None:
        def answers() -> Talk:
            left = iter([redirect("/1"), redirect("/2"), page("arrived")])
            return lambda connection, request: connection.sendall(next(left))

        self.fetched(answers(), settings, FETCH_MAX_REDIRECTS=2).close()
        error = self.why(answers(), settings, FETCH_MAX_REDIRECTS=1)
        assert str(error) == "The address leads on and on, more than 1 times. Cite the page where it ends."


def _until_closed(connection: socket.socket) -> None:
    while connection.recv(1024):
        pass


@contextmanager
def full_queue() -> Iterator[str]:
    """A listener whose queue is full, so that nobody else gets a connection."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as held:
        endpoint = listener.getsockname()
        for _ in range(4):
            waiting = held.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(endpoint)
        yield f"127.0.0.1:{endpoint[1]}"


def test_allows_exact_hosts_and_ports(settings: Settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = ["127.0.0.1:8000", "Press.Example:80", "[::1]:80"]
    assert fetching.policy().allow_private == {"127.0.0.1:8000", "press.example:80", "[::1]:80"}


@pytest.mark.parametrize("entry", ["10.0.0.0/8", "*:80", "127.0.0.1", "http://127.0.0.1:80"])
def test_a_slip_in_the_list_stops_the_start(entry: str, settings: Settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = [entry]
    with pytest.raises(Misconfigured) as caught:
        apps.get_app_config("sources").ready()
    assert str(caught.value).startswith("FETCH_ALLOW_PRIVATE: ")


def test_names_the_newsroom_and_how_to_reach_it(settings: Settings) -> None:
    settings.NEWSROOM_NAME, settings.NEWSROOM_CONTACT = "The Daily\r\nX: 1 – 뉴스", "desk@example.org"
    assert fetching.user_agent() == "factcheck/1 (The Daily X: 1 %E2%80%93 %EB%89%B4%EC%8A%A4; desk@example.org)"


def test_only_who_cites_a_private_host_is_led_to_one(settings: Settings) -> None:
    with raw_server(page("inside")) as inside, raw_server(redirect(inside.url())) as out:
        settings.FETCH_ALLOW_PRIVATE = [inside.endpoint]
        cited = parse(inside.url())
        assert fetching.policy_for(cited).allow_private == {inside.endpoint}
        assert fetching.policy_for(parse("https://example.org/")).allow_private == frozenset()
        # As a page of the public web would: its host is let in by name here, what it leads to is not.
        policy = replace(fetching.policy_for(parse(out.url())), allow_private=frozenset({out.endpoint}))
        with pytest.raises(FetchFailed) as refused:
            fetch(parse(out.url()), policy, fetching.limits(), "a", unwatched)
        assert (refused.value.reason, inside.requests) == ("port", [])
