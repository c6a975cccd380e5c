"""robots.txt by RFC 9309, from hosts that answer well, badly and with malice."""

from __future__ import annotations

import gzip
import socket
import tracemalloc

import pytest

from sources import robots
from sources.canonical import parse
from sources.fetcher import Limits
from sources.robots import MOST_BYTES, Robots
from sources.wire import Policy
from tests.sources.raw_server import RawServer, Talk, page, raw_server, redirect

QUICK = Limits(connect_seconds=1, first_byte_seconds=1, total_seconds=20)
RULES = "User-agent: *\nDisallow: /private/\n\nUser-agent: factcheck\nDisallow: /desk/\nAllow: /desk/open/\n"


def read(server: RawServer, path: str = "/page?a=b") -> Robots:
    policy = Policy(allow_private=frozenset({server.endpoint}))
    return robots.read(parse(server.url(path)), policy, QUICK, "factcheck/1 (The Daily; desk@example.org)")


def answered(answer: Talk | bytes) -> Robots:
    with raw_server(page("")) as server:
        server.robots = answer
        return read(server)


class TestReading:
    def test_asks_for_the_file_of_the_host_by_our_name(self) -> None:
        with raw_server(page("")) as server:
            server.robots = page(RULES, "text/plain")
            assert read(server) == Robots(200, RULES)
            (request,) = server.rules_read
        assert request.startswith(b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1:")
        assert b"\r\nUser-Agent: factcheck/1 (The Daily; desk@example.org)\r\n" in request

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451])
    def test_4xx_means_no_rules(self, status: int) -> None:
        found = answered(page("User-agent: *\nDisallow: /", status=f"{status} No"))
        assert (found.status, found.text, found.allows("http://a.example/page")) == (status, "", True)

    @pytest.mark.parametrize("answer", [page("", status="500 Oops"), page("", status="503 Busy"), b""])
    def test_an_error_of_the_server_means_that_nothing_may_be_fetched(self, answer: bytes) -> None:
        found = answered(answer)
        assert (found.is_unreachable, found.allows("http://a.example/page")) == (True, False)

    def test_no_answer_in_time_is_one_of_them(self) -> None:
        def dawdle(connection: socket.socket, request: bytes) -> None:
            connection.recv(1)

        found = answered(dawdle)
        assert (found.status, found.why) == (
            None, "127.0.0.1 took the request and sent nothing for 1 seconds. Try again later.",
        )  # fmt: skip

    def test_five_redirects_are_followed_and_the_sixth_means_no_rules(self) -> None:
        def chain(length: int) -> Robots:
            left = iter(range(length))

            def talk(connection: socket.socket, request: bytes) -> None:
                number = next(left, None)
                connection.sendall(page(RULES) if number is None else redirect(f"/robots-{number}"))

            with raw_server(talk) as server:
                server.robots = talk
                return read(server)

        assert (chain(5), chain(6).text, chain(6).allows("http://a.example/private/")) == (Robots(200, RULES), "", True)

    def test_a_redirect_into_the_private_network_reads_nothing(self) -> None:
        with raw_server(page(RULES)) as inside, raw_server(page("")) as server:
            server.robots = redirect(inside.url("/secret"))
            found = read(server)
            assert (found.status, found.text, inside.requests) == (None, "", [])

    def test_counts_up_to_500_kib_and_no_further(self) -> None:
        rules = b"User-agent: *\nDisallow: /first/\n"
        long = rules + b"#" * (MOST_BYTES - len(rules)) + b"\nDisallow: /last/\n"
        for answer in (page(long, "text/plain"), page(gzip.compress(long), "text/plain", content_encoding="gzip")):
            found = answered(answer)
            assert (found.status, len(found.text)) == (200, MOST_BYTES)
            assert [found.allows(f"http://a.example/{name}/") for name in ("first", "last")] == [False, True]

    def test_any_bytes_become_a_text_that_can_be_kept(self) -> None:
        found = answered(page(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\xff\0\n", "text/plain"))
        assert found.text == "User-agent: *\nDisallow: /\ufffd\ufffd\n"


class TestWhatTheRulesSay:
    @pytest.mark.parametrize(
        ("path", "allowed"),
        [("/page", True), ("/private/a", True), ("/desk/a", False), ("/desk/open/a", True), ("/robots.txt", True)],
    )
    def test_our_own_group_stands_in_place_of_the_one_for_all(self, path: str, allowed: bool) -> None:
        assert Robots(200, RULES).allows(f"https://a.example{path}") is allowed

    def test_the_group_for_all_counts_where_nobody_names_us(self) -> None:
        rules = Robots(200, "User-agent: otherbot\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n")
        assert [rules.allows(f"https://a.example/{name}") for name in "ab"] == [True, False]

    def test_several_names_share_a_group(self) -> None:
        rules = Robots(200, "User-agent: otherbot\nUser-Agent: FactCheck/2 # us\nuser-agent: third\nDisallow: /a\n")
        assert [rules.allows(f"https://a.example/{name}") for name in "ab"] == [False, True]

    def test_a_name_that_only_begins_like_ours_is_another(self) -> None:
        assert Robots(200, "User-agent: factcheckers\nDisallow: /\n").allows("https://a.example/")

    def test_an_empty_file_and_an_empty_rule_allow_everything(self) -> None:
        for text in ("", "User-agent: *\nDisallow:\n", "<!doctype html><p>Not found, says our shop.</p>"):
            assert Robots(200, text).allows("https://a.example/")

    @pytest.mark.parametrize(
        "text",
        [
            "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Allow:/a\n" * 20_000 + "Disallow: /x\n",
            "User-agent: *\n" + "Disallow: /" + "*a" * 200_000 + "b\n",
            "User-agent: *\n" + "".join(f"Disallow: /{'*a' * 40}b{n}\n" for n in range(5_000)),
        ],
        ids=["names times rules", "one long rule of stars", "many rules of stars"],
    )
    def test_a_hostile_file_takes_little_memory(self, text: str) -> None:
        tracemalloc.start()
        Robots(200, text[:MOST_BYTES]).allows("https://a.example/" + "a" * 1900)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 48_000_000
