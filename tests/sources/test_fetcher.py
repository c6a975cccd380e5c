"""The fetcher against servers that answer well, badly and with malice."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sources.canonical import parse
from sources.fetcher import Fetched, Limits, fetch
from sources.reasons import FetchFailed
from sources.wire import Policy
from tests.sources.raw_server import RawServer, Talk, page, raw_server, redirect, unwatched

AGENT = "factcheck-test/1 (+desk@example.org)"
QUICK = Limits(connect_seconds=1, first_byte_seconds=0.4, total_seconds=1.5, html_bytes=1_000_000, body_bytes=2_000_000)


def get(server: RawServer, path: str = "/", limits: Limits = QUICK, policy: Policy | None = None) -> Fetched:
    policy = policy or Policy(allow_private=frozenset({server.endpoint}))
    return fetch(parse(server.url(path)), policy, limits, AGENT, unwatched)


def got(answer: bytes | Talk, limits: Limits = QUICK) -> tuple[Fetched, bytes]:
    with raw_server(answer) as server:
        fetched = get(server, limits=limits)
        with closing(fetched):
            fetched.content.seek(0)
            return fetched, fetched.content.read()


def why(answer: bytes | Talk, limits: Limits = QUICK) -> FetchFailed:
    with raw_server(answer) as server, pytest.raises(FetchFailed) as caught:
        get(server, limits=limits)
    return caught.value


def forever(head: bytes, piece: bytes, pause: float = 0) -> Talk:
    def talk(connection: socket.socket, request: bytes) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            if pause:
                time.sleep(pause)

    return talk


@pytest.fixture(autouse=True)
def ends_in_time() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < QUICK.total_seconds + 1


class TestAPage:
    def test_comes_with_the_exact_bytes_of_both_sides(self) -> None:
        answer = b"HTTP/1.1 200 Fine\r\ncontent-TYPE: text/html\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 5\r\n\r\nhello"
        with raw_server(answer) as server:
            fetched = get(server, "/a?b=c")
            hop = fetched.page
            hop.body.seek(0)
            assert hop.head + hop.body.read() == answer
            assert [hop.request] == server.requests
            assert (
                hop.request
                == (
                    f"GET /a?b=c HTTP/1.1\r\nHost: {server.endpoint}\r\nUser-Agent: {AGENT}\r\n"
                    "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Encoding: gzip\r\n"
                    "Connection: close\r\n\r\n"
                ).encode()
            )
            assert (hop.status, hop.header("x-a"), hop.peer.ip, hop.truncated) == (200, "1, 2", "127.0.0.1", "")
            fetched.close()

    def test_is_unchunked_and_unpacked_for_reading_and_kept_as_it_came(self) -> None:
        packed = gzip.compress(b"hello " * 100)
        chunked = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (packed[:10], packed[10:])) + b"0\r\n\r\n"
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
        with raw_server(head + chunked) as server:
            fetched = get(server)
            fetched.content.seek(0)
            assert fetched.content.read() == b"hello " * 100
            fetched.page.body.seek(0)
            assert fetched.page.body.read() == chunked
            fetched.close()

    def test_may_be_packed_in_several_members_with_padding(self) -> None:
        packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0"
        fetched, content = got(page(packed, content_encoding="gzip"))
        assert (content, fetched.damage) == (b"one two", "")

    def test_leaves_out_preliminary_answers(self) -> None:
        final = page("hello")
        with raw_server(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + final) as server:
            fetched = get(server)
            assert final.startswith(fetched.page.head)
            fetched.close()

    def test_ends_where_its_length_says(self) -> None:
        answer = page("hello") + b"HTTP/1.1 200 OK\r\n\r\nsmuggled"
        with raw_server(answer) as server:
            fetched = get(server)
            fetched.page.body.seek(0)
            assert fetched.page.body.read() == b"hello"
            fetched.close()

    def test_tells_what_is_being_done(self) -> None:
        heard: list[tuple[str, int]] = []
        with raw_server(page("hello")) as server:
            policy = Policy(allow_private=frozenset({server.endpoint}))
            fetch(parse(server.url()), policy, QUICK, AGENT, lambda step, n: heard.append((step, n))).close()
        assert heard == [("connecting to 127.0.0.1", 0), ("waiting for the answer", 0), ("receiving", 5)]

    def test_tells_again_and_again_what_it_waits_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sources.fetcher.TELL_SECONDS", 0.01)
        head, body = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b"first"
        told: list[tuple[str, int]] = []
        heard = threading.Condition()

        def watch(step: str, received: int) -> None:
            with heard:
                told.append((step, received))
                heard.notify()

        def talk(connection: socket.socket, request: bytes) -> None:
            for step, part in ((("waiting for the answer", 0), head + body), (("receiving", 5), b"later")):
                with heard:
                    heard.wait_for(lambda step=step: told.count(step) >= 3, timeout=QUICK.total_seconds)  # type: ignore[misc]
                connection.sendall(part)

        with raw_server(talk) as server:
            policy = Policy(allow_private=frozenset({server.endpoint}))
            fetch(parse(server.url()), policy, QUICK, AGENT, watch).close()
        assert list(dict.fromkeys(told))[1:] == [("waiting for the answer", 0), ("receiving", 5), ("receiving", 10)]


class TestRedirects:
    def test_are_followed_and_kept(self) -> None:
        def talk(connection: socket.socket, request: bytes) -> None:
            connection.sendall(redirect("/b c", "301 Gone West") if b"GET /a" in request else page("arrived"))

        with raw_server(talk) as server:
            fetched = get(server, "/a")
            assert [(hop.status, hop.address.target) for hop in fetched.hops] == [(301, "/a"), (200, "/b%20c")]
            fetched.content.seek(0)
            assert fetched.content.read() == b"arrived"
            fetched.close()

    def test_that_lead_round_in_a_circle_are_noticed(self) -> None:
        assert why(redirect("/")).reason == "redirect_loop"

    def test_end_after_the_tenth(self) -> None:
        count = iter(range(100))
        with raw_server(lambda connection, _: connection.sendall(redirect(f"/{next(count)}"))) as server:
            with pytest.raises(FetchFailed) as caught:
                get(server)
            assert (caught.value.reason, len(server.requests)) == ("redirects", 11)

    def test_to_a_private_address_are_refused_without_a_connection(self) -> None:
        with raw_server(page("secret")) as inside, raw_server(redirect(inside.url())) as server:
            with pytest.raises(FetchFailed) as caught:
                get(server, policy=Policy(ports=frozenset({inside.port}), allow_private=frozenset({server.endpoint})))
            assert (caught.value.reason, inside.requests) == ("private", [])

    @pytest.mark.parametrize("location", ["ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "//"])
    def test_to_what_is_no_web_address_are_refused(self, location: str) -> None:
        error = why(redirect(location))
        assert error.reason == "redirect_address"
        assert f"“{location}”" in error.sentence

    @pytest.mark.parametrize("pause", [0.05, 9])
    def test_whose_own_page_never_ends_are_followed(self, pause: float, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sources.fetcher.REDIRECT_SECONDS", 0.3)
        endless = forever(b"HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n", b"on ", pause)

        def talk(connection: socket.socket, request: bytes) -> None:
            (endless if b"GET / " in request else lambda c, _: c.sendall(page("arrived")))(connection, request)

        fetched, content = got(talk)
        assert ([hop.truncated for hop in fetched.hops], content) == (["time", ""], b"arrived")

    def test_that_use_up_the_time_say_so(self) -> None:
        def talk(connection: socket.socket, request: bytes) -> None:
            time.sleep(0.35)
            connection.sendall(redirect(f"{request.split()[1].decode()}a"))

        assert why(talk).sentence == "127.0.0.1 sent no page within 1.5 seconds. Try again later."

    def test_without_a_goal_are_refused(self) -> None:
        assert why(page("", status="302 Found")).reason == "redirect_nowhere"


class TestAddresses:
    def test_refuses_loopback_without_a_connection(self) -> None:
        with raw_server(page("secret")) as server:
            with pytest.raises(FetchFailed) as caught:
                get(server, policy=Policy(ports=frozenset({server.port})))
            assert server.requests == []
        assert caught.value.sentence == (
            "127.0.0.1 is not a public address (this machine itself). factcheck fetches public addresses only. "
            "Cite the page's public address, or ask the administrator to allow "
            f"{server.endpoint} (FETCH_ALLOW_PRIVATE)."
        )

    def test_one_private_answer_condemns_the_name(self) -> None:
        policy = Policy(resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"])
        with pytest.raises(FetchFailed) as caught:
            fetch(parse("http://rebinding.example/"), policy, QUICK, AGENT, unwatched)
        assert caught.value.reason == "private"

    def test_a_name_is_looked_up_once_for_a_hop(self) -> None:
        asked: list[str] = []

        def resolver(host: str, port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"]

        with raw_server(page("hello")) as server:
            allowed = frozenset({f"inside.example:{server.port}"})
            address = parse(f"http://inside.example:{server.port}/")
            fetch(address, Policy(allow_private=allowed, resolver=resolver), QUICK, AGENT, unwatched).close()
        assert asked == ["inside.example"]

    def test_an_allowed_host_is_allowed_on_its_port_only(self) -> None:
        with raw_server(page("secret")) as other, raw_server(page("hello")) as server:
            with pytest.raises(FetchFailed) as caught:
                get(other, policy=Policy(allow_private=frozenset({server.endpoint})))
            assert (caught.value.reason, other.requests) == ("port", [])

    def test_an_unknown_host_is_not_found(self) -> None:
        def resolver(host: str, port: int) -> list[str]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        with pytest.raises(FetchFailed) as caught:
            fetch(parse("http://nowhere.example/"), Policy(resolver=resolver), QUICK, AGENT, unwatched)
        assert str(caught.value) == "There is no host named nowhere.example. Check the address for a typing error."

    def test_a_name_service_that_never_answers_costs_no_more_than_the_limit(self) -> None:
        never = threading.Event()

        def resolver(host: str, port: int) -> list[str]:
            never.wait(10)
            return []

        with pytest.raises(FetchFailed) as caught:
            fetch(parse("http://slow.example/"), Policy(resolver=resolver), QUICK, AGENT, unwatched)
        never.set()
        assert caught.value.reason == "name_service"

    def test_a_refused_connection_says_so(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            endpoint = f"127.0.0.1:{gone.getsockname()[1]}"
        with pytest.raises(FetchFailed) as caught:
            fetch(parse(f"http://{endpoint}/"), Policy(allow_private=frozenset({endpoint})), QUICK, AGENT, unwatched)
        assert (caught.value.reason, caught.value.retryable) == ("refused", True)

    def test_plain_http_on_a_tls_port_says_so(self) -> None:
        with raw_server(page("hello")) as server:
            policy = Policy(allow_private=frozenset({server.endpoint}))
            with pytest.raises(FetchFailed) as caught:
                fetch(parse(f"https://{server.endpoint}/"), policy, QUICK, AGENT, unwatched)
        assert caught.value.reason == "tls"


class TestAnswersThatAreNoPage:
    @pytest.mark.parametrize(
        ("status", "reason", "retryable"),
        [
            ("404 Not Found", "http_404", False),
            ("410 Gone", "http_410", False),
            ("403 Forbidden", "http_403", False),
            ("418 Teapot", "http_4xx", False),
            ("429 Too Many Requests", "http_429", True),
            ("500 Oops", "http_5xx", True),
            ("503 Busy", "http_5xx", True),
            ("204 No Content", "http_other", False),
            ("304 Not Modified", "http_other", False),
        ],
    )
    def test_fail_with_their_reason(self, status: str, reason: str, retryable: bool) -> None:
        error = why(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
        assert (error.reason, error.retryable) == (reason, retryable)

    def test_404_tells_the_reporter_what_to_do(self) -> None:
        error = why(page("gone", status="404 Not Found"))
        assert str(error) == "The server answered 404 (page not found). Check the address, or cite an archived copy."

    @pytest.mark.parametrize(
        "answer",
        [
            b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
            b"HTTP/1.1 two hundred\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
            b"HTTP/1.1 200 OK\r\nBad Header : x\r\n\r\nhello",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
            b"\x16\x03\x01\x02\x00\r\n\r\n",
        ],
    )
    def test_are_malformed(self, answer: bytes) -> None:
        assert why(answer).reason == "malformed"

    def test_silence_ends_at_the_first_byte_limit(self) -> None:
        waiting = threading.Event()
        error = why(lambda connection, request: (waiting.wait(10), None)[1])
        waiting.set()
        assert error.reason == "first_byte_timeout"

    def test_hanging_up_without_an_answer_says_so(self) -> None:
        assert why(b"").reason == "broken_off"

    def test_headers_drop_by_drop_end_at_the_deadline(self) -> None:
        assert why(forever(b"HTTP/1.1 200 OK\r\n", b"a", pause=0.05)).reason == "timeout"

    def test_endless_headers_end_at_the_limit(self) -> None:
        assert why(forever(b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"a" * 1000 + b"\r\n")).reason in (
            "headers",
            "malformed",
        )

    def test_too_many_fields_are_refused(self) -> None:
        fields = b"".join(b"X-%d: a\r\n" % n for n in range(101))
        assert why(b"HTTP/1.1 200 OK\r\n" + fields + b"\r\nhello").reason == "headers"

    def test_endless_preliminary_answers_end(self) -> None:
        assert why(forever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n")).reason == "headers"

    def test_an_encoding_nobody_asked_for_is_named(self) -> None:
        assert "(br)" in why(page(b"\x0b\x02\x80hello\x03", content_encoding="br")).sentence


class TestBodiesThatAreTooMuch:
    def test_three_gigabytes_announced_are_refused_at_once(self) -> None:
        error = why(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 3221225472\r\n\r\n")
        assert str(error) == (
            "The file is 3.2 GB; factcheck keeps at most 2 MB of one. Cite the page that describes it, or an excerpt."
        )

    def test_a_page_without_end_is_cut_at_the_limit_and_says_so(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        fetched, content = got(forever(head, b"<p>more and more</p>" * 1000))
        assert (fetched.page.truncated, len(content)) == ("length", QUICK.html_bytes)

    def test_another_type_has_the_larger_limit(self) -> None:
        fetched, content = got(forever(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n", b"%PDF" * 9000))
        assert (fetched.page.truncated, len(content)) == ("length", QUICK.body_bytes)

    def test_endless_chunk_extensions_are_cut(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        fetched, _ = got(forever(head, b"1;" + b"x" * 20000 + b"\r\na\r\n"))
        assert fetched.page.truncated == "length"

    def test_a_page_drop_by_drop_is_cut_at_the_deadline_and_says_so(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n"
        fetched, content = got(forever(head, b"word ", pause=0.1))
        assert fetched.page.truncated == "time"
        assert content.startswith(b"word word ")

    def test_a_gzip_bomb_is_not_kept(self) -> None:
        squeeze = zlib.compressobj(9, wbits=31)
        bomb = squeeze.compress(bytes(30_000_000)) + squeeze.flush()
        limits = Limits(connect_seconds=1, first_byte_seconds=1, total_seconds=1.5)
        assert why(page(bomb, content_encoding="gzip"), limits).reason == "bomb"

    def test_a_bomb_of_empty_members_ends(self) -> None:
        fetched, content = got(page(gzip.compress(b"a") + gzip.compress(b"") * 20_000, content_encoding="gzip"))
        assert (content, fetched.damage) == (b"a", "broken")

    def test_unpacked_length_is_cut_at_the_limit(self) -> None:
        packed = gzip.compress(bytes(range(256)) * 8000)
        fetched, content = got(page(packed, content_encoding="gzip"))
        assert (fetched.page.truncated, len(content)) == ("length", QUICK.html_bytes)


class TestBodiesThatBreakOff:
    def test_a_wrong_length_keeps_what_came_and_says_so(self) -> None:
        fetched, content = got(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
        assert (fetched.page.truncated, content) == ("disconnect", b"hello")

    def test_a_reset_keeps_what_came_and_says_so(self) -> None:
        def talk(connection: socket.socket, request: bytes) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
            time.sleep(0.2)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

        fetched, content = got(talk)
        assert (fetched.page.truncated, content) == ("disconnect", b"hello")

    def test_nothing_of_a_body_is_a_failure(self) -> None:
        assert why(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n").reason == "broken_off"

    def test_truncated_gzip_gives_what_it_holds_and_says_so(self) -> None:
        text = b" ".join(b"%d" % n for n in range(20_000))
        fetched, content = got(page(gzip.compress(text)[:20_000], content_encoding="gzip"))
        assert (fetched.damage, text.startswith(content), len(content) > 10_000) == ("incomplete", True, True)

    def test_what_only_pretends_to_be_gzip_is_garbled(self) -> None:
        assert why(page("plain text", content_encoding="gzip")).reason == "garbled"


def test_a_large_body_waits_on_disk(tmp_path: Path) -> None:
    fetched, content = got(page(bytes(1_900_000), "application/octet-stream"))
    assert len(content) == 1_900_000
    assert getattr(fetched.page.body, "_rolled", None) is True
