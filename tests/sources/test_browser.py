"""A real Chromium behind a real gate: what a page looks like, and that no page finds another way out."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from sources import browser
from sources import chromium as chromium_module
from sources.browser import Limits, Page, Sight, Warm, see
from sources.chromium import BrowserGone, Chromium
from sources.wire import Policy
from tests.beds import only_whole
from tests.browser import HOW_TO_GET_IT, find_chromium
from tests.sources import ways_out
from tests.sources.canary import canary, own_address
from tests.sources.raw_server import page as answer
from tests.sources.raw_server import raw_server, redirect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENT = Limits(seconds=120)
# What hangs on purpose is waited for half of this.
HOSTILE = Limits(seconds=30)


@pytest.fixture(scope="module")
def program() -> str:
    found = find_chromium()
    if found is None:
        pytest.skip(HOW_TO_GET_IT)
    return found


@pytest.fixture(scope="module")
def chromium(program: str) -> Iterator[Chromium]:
    started = Chromium(program, "factcheck/1 (The Newsroom)")
    yield started
    started.close()


def shown(chromium: Chromium, html: str, limits: Limits = PATIENT, **headers: str) -> Sight:
    """A page that needs nothing from the network."""
    told = [("Content-Type", "text/html; charset=utf-8"), *headers.items()]
    return see(
        chromium, Page("http://example.invalid/page", 200, told, html.encode()), Policy(resolver=nowhere), limits
    )


def nowhere(host: str, port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, host)


class TestAPage:
    def test_gives_picture_pdf_and_what_its_scripts_made_of_it(self, chromium: Chromium) -> None:
        sight = shown(chromium, "<title>A</title><p>Written</p><script>document.body.append('by script')</script>")
        assert (sight.picture[:3], sight.print[:5], sight.why_not) == (b"\xff\xd8\xff", b"%PDF-", "")
        assert sight.dom.endswith(
            b"<p>Written</p><script>document.body.append('by script')</script>by script</body></html>"
        )

    def test_brings_along_what_the_gate_lets_through(self, chromium: Chromium) -> None:
        with raw_server(answer("p { display: none }", "text/css")) as server:
            html = f'<link rel="stylesheet" href="{server.url("/a.css")}"><p>Hidden</p>'
            policy = Policy(allow_private=frozenset({server.endpoint}))
            told = [("Content-Type", "text/html")]
            see(chromium, Page(server.url("/page"), 200, told, html.encode()), policy, PATIENT)
        asked = {request.split(b" ")[1] for request in server.requests}
        # The page itself was archived; the site is not asked for it again.
        assert asked - {b"/favicon.ico"} == {b"/a.css"}
        assert b"user-agent: factcheck/1 (the newsroom)" in server.requests[0].lower()

    def test_that_never_rests_is_shown_as_it_stands(self, chromium: Chromium) -> None:
        sight = shown(chromium, "<p>Before</p><script>while (true);</script><p>After</p>", Limits(seconds=12))
        assert (sight.picture[:3], sight.why_not) == (b"\xff\xd8\xff", "")
        assert b"<p>Before</p>" in sight.dom

    def test_asks_nobody_anything(self, chromium: Chromium) -> None:
        sight = shown(
            chromium,
            "<body><script>alert(1); document.body.append(confirm('?'), ' ', prompt('?'), ' ');"
            "navigator.permissions.query({name: 'geolocation'}).then(p => document.body.append(p.state));"
            "onbeforeunload = () => 'stay'</script>",
        )
        assert b"</script>false null denied</body>" in sight.dom

    def test_is_shown_where_it_stands_when_it_would_lead_elsewhere(self, chromium: Chromium) -> None:
        sight = shown(chromium, "<p>Here</p><script>location = 'http://other.invalid/'</script>")
        assert (b"<p>Here</p>" in sight.dom, sight.picture[:3], sight.why_not) == (True, b"\xff\xd8\xff", "")
        assert "other.invalid:80" not in sight.facts["contacted"]

    def test_that_becomes_another_has_no_picture_and_says_so(self, chromium: Chromium) -> None:
        sight = shown(chromium, "<p>Here</p><script>onload = () => location = 'about:blank'</script>")
        assert (sight.picture, sight.print, sight.dom) == (b"", b"", b"")
        assert sight.why_not == "There is no picture of the page: in a browser the page leads elsewhere by itself."

    def test_that_is_too_slow_has_none_and_says_so(self, chromium: Chromium) -> None:
        sight = shown(chromium, "<p>Here</p>", Limits(seconds=0.05))
        assert (sight.picture, sight.why_not) == (
            b"", "There is no picture of the page: the page was not ready within 0.05 seconds.",
        )  # fmt: skip

    def test_leaves_nothing_to_the_next(self, chromium: Chromium) -> None:
        shown(chromium, "<script>document.cookie = 'a=1; max-age=999'; localStorage.a = 1</script>")
        sight = shown(
            chromium, "<body><script>document.body.append('[', document.cookie, localStorage.a, ']')</script>"
        )
        assert b"[undefined]</body>" in sight.dom

    def test_cannot_download(self, chromium: Chromium) -> None:
        sight = shown(
            chromium,
            "<a id=a download=x href='data:application/octet-stream,x'>x</a><script>a.click()</script>",
            PATIENT,
            **{"Content-Disposition": "attachment; filename=page.html"},
        )
        assert sight.picture[:3] == b"\xff\xd8\xff"

    def test_that_is_larger_than_what_is_kept_says_so(self, chromium: Chromium) -> None:
        sight = shown(chromium, "<p>" + "x" * 3000, Limits(seconds=120, kept_bytes=2000))
        assert (sight.picture[:3], sight.dom, sight.print) == (b"\xff\xd8\xff", b"", b"")
        assert sight.why_not == (
            "The PDF is larger than what is kept, and was left out. "
            "The page as the browser had it is larger than what is kept, and was left out."
        )


class TestTheGate:
    @only_whole
    def test_lets_no_page_out_whatever_it_tries(self, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(browser, "_QUIET", "")  # The gate must hold by itself.
        with canary() as nobody, raw_server(lambda c, r: c.sendall(led(r))) as server:
            there, port = server.endpoint, nobody.port
            # In tests/sources/bed there are hundreds, where a network of its own can be made.
            targets = {
                "loopback": f"127.0.0.1:{port}", "own": f"{own_address()}:{port}", "rebound": f"rebound.invalid:{port}",
            }  # fmt: skip
            ports = frozenset({80, 443, port, server.port})
            policy = Policy(
                ports, frozenset({there}), lambda host, _: ["93.184.216.34", "127.0.0.1"][host == "rebound.invalid" :]
            )
            fresh = Chromium(program, "factcheck/1")
            try:
                arrived = visit(
                    fresh, ways_out.page({"there": there}, allowed=there, silent=False), server.url("/page"), policy
                )
                came = {unquote(r.split(b" ")[1].decode()).strip("/") for r in server.requests}
                refused: set[str] = set()
                for name, target in targets.items():
                    html = ways_out.page({name: target}, allowed=there, silent=True)
                    sight = visit(fresh, html, server.url("/page"), policy)
                    assert b"<p>All was tried.</p>" in sight.dom
                    refused |= {name for one in sight.facts["refused"] if one["reason"] in ("private", "address")}
            finally:
                fresh.close()
        assert {f"{way}-there" for way in [*ways_out.MARKUP, *ways_out.SCRIPT]} - came == set()
        assert arrived.facts["contacted"] == [there]
        assert refused == set(targets)
        assert nobody.heard == []

    def test_is_needed_a_browser_without_its_switches_gets_out(
        self, program: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """So that the silence above means something."""
        monkeypatch.setattr(browser, "_QUIET", "")
        switches = [one for one in chromium_module.SWITCHES if "webrtc" not in one]
        monkeypatch.setattr(chromium_module, "SWITCHES", switches)
        with canary() as nobody:
            fresh = Chromium(program, "factcheck/1")
            html = ways_out.RTC + f"<body><script>rtc([{{urls: 'stun:{own_address()}:{nobody.port}'}}])</script>"
            shown(fresh, html)
            fresh.close()
        assert {way for way, _ in nobody.heard} == {"udp"}

    def test_counts_the_bytes_of_a_page(self, chromium: Chromium) -> None:
        with raw_server(lambda c, r: endless(c)) as server:
            html = f'<link rel="icon" href="data:,"><p>Here</p><link rel="stylesheet" href="{server.url("/endless")}">'
            policy = Policy(allow_private=frozenset({server.endpoint}))
            limits = Limits(seconds=60, bytes=1_000_000)
            sight = see(
                chromium, Page(server.url("/page"), 200, [("Content-Type", "text/html")], html.encode()), policy, limits
            )
        assert [one["reason"] for one in sight.facts["refused"] if "endless" in one["where"]] == ["spent"]
        assert sight.picture[:3] == b"\xff\xd8\xff"

    def test_has_nothing_for_the_browser_itself(self, chromium: Chromium) -> None:
        assert chromium.let_through == []


def visit(chromium: Chromium, html: str, url: str, policy: Policy) -> Sight:
    told = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("NEL", '{"report_to":"r","max_age":9,"success_fraction":1.0}'),
    ]
    return see(chromium, Page(url, 200, told, html.encode()), policy, HOSTILE)


def led(request: bytes) -> bytes:
    """/to?URL redirects there."""
    target = request.split(b" ")[1].decode()
    return redirect(target.partition("?")[2]) if target.startswith("/to?") else answer("")


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


class TestABrowserKeptWarm:
    def test_is_the_same_until_its_pages_are_used_up(self, program: str) -> None:
        started: list[Chromium] = []

        def start() -> Chromium:
            started.append(Chromium(program, "factcheck/1"))
            return started[-1]

        warm = Warm(start, pages=2, at_once=2)
        used = []
        for _ in range(3):
            with warm.browser(lambda: None, 60) as one:
                used.append(one)
        warm.close()
        assert used == [started[0], started[0], started[1]]
        assert [one.gone.is_set() for one in started] == [True, True]

    def test_is_another_after_a_crash(self, program: str) -> None:
        warm = Warm(lambda: Chromium(program, "factcheck/1"), at_once=1)
        with warm.browser(lambda: None, 60) as first:
            os.killpg(first.pid, signal.SIGKILL)
            with pytest.raises(BrowserGone):
                shown(first, "<p>Here</p>")
        with warm.browser(lambda: None, 60) as second:
            assert shown(second, "<p>Here</p>").picture[:3] == b"\xff\xd8\xff"
        warm.close()

    def test_gives_no_place_while_all_are_taken(self, program: str) -> None:
        warm = Warm(lambda: Chromium(program, "factcheck/1"), at_once=1)
        with warm.browser(lambda: None, 60), pytest.raises(TimeoutError), warm.browser(lambda: None, 0.01):
            pass
        warm.close()

    def test_ends_with_the_process_that_started_it(self, program: str) -> None:
        code = (
            "import sys; from sources.chromium import Chromium; c = Chromium(sys.argv[1], 'factcheck/1'); "
            "print(c.pid, flush=True); sys.stdin.read()"
        )
        command = [sys.executable, "-c", code, program]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
            assert parent.stdout is not None
            pid = int(parent.stdout.readline())
            watched = os.pidfd_open(pid)
            parent.kill()
        # Readable as soon as the process has ended; nobody is left to ask it to.
        assert select.select([watched], [], [], 60)[0] == [watched]
        os.close(watched)

    def test_that_does_not_start_says_why(self, tmp_path: Path) -> None:
        broken = tmp_path / "chromium"
        broken.write_text("#!/bin/sh\necho 'no such library' >&2\nexit 1\n")
        broken.chmod(0o755)
        with pytest.raises(BrowserGone, match="no such library"):
            Chromium(str(broken), "factcheck/1")
