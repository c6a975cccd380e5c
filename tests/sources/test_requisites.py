"""What a page needs to look like itself: found, fetched within a budget, and never a reason to fail."""

from __future__ import annotations

import json
import socket
import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from factcheck.access.models import User
from sources import styles
from sources.models import Host, Record, Snapshot
from sources.requisites import AT_ONCE
from tests.sources.conftest import Press
from tests.sources.raw_server import Talk, page, redirect
from tests.sources.test_archive import captured, content, file_of

PNG = b"\x89PNG\r\n\x1a\nno more than its beginning"
PAGE = """<!doctype html><html><head><link rel=stylesheet href="/site.css"><link rel=icon href="/icon.png">
<style>h1{background:url(/inline.png)}</style></head><body><h1>Licences</h1>
<img src="/small.png" srcset="/small.png 300w, /wide.png 900w, /huge.png 3000w">
<picture><source type="image/jxl" srcset="/a.jxl"><source media="(max-width: 600px)" srcset="/phone.png">
<source type="image/png" srcset="/desk.png"><img src="/old.png"></picture>
<video poster="/poster.png"></video><img src="/gone.png"><img src="data:image/png;base64,AA" data-src="/later.png">
<p style="background:url('attribute.png')">Text</p><script src="/script.js"></script><iframe src="/frame"></iframe>
<noscript><p>Turn scripts on<img src="/fallback.png"></noscript><img src="/counter.png" width=1 height=1>
</body></html>"""
SHEET = '@import "more.css"; @font-face{font-family:X;src:url(x.eot);src:url(x.woff) format("woff"),url(x.woff2)}'
MORE = """@import url(third.css); @font-face{font-family:K;src:url(korean.woff2);unicode-range:U+AC00-D7A3}
@font-face{font-family:L;src:url(latin.woff2);unicode-range:U+0-7F} b{background:image-set("set.png" 1x)}"""
THIRD = "@import url(fourth.css);"

Answers = dict[str, bytes]


def answering(answers: Answers) -> Talk:
    """A site: the path of a request decides; what it does not have is 404."""

    def talk(connection: socket.socket, request: bytes) -> None:
        path = request.split(b" ")[1].decode()
        connection.sendall(answers.get(path, page("", status="404 Not Found")))

    return talk


def site(**more: bytes) -> Answers:
    sheets = {"/site.css": SHEET, "/more.css": MORE, "/third.css": THIRD, "/fourth.css": ""}
    answers = {path: page(css, "text/css") for path, css in sheets.items()}
    fonts = ("x.eot", "x.woff", "x.woff2", "korean.woff2", "latin.woff2")
    answers |= {f"/{name}": page(f"font {name}", "font/woff2") for name in fonts}
    pictures = [
        "icon",
        "inline",
        "small",
        "wide",
        "huge",
        "phone",
        "desk",
        "old",
        "poster",
        "later",
        "attribute",
        "set",
    ]
    pictures += ["fallback", "counter"]
    answers |= {f"/{name}.png": page(PNG + name.encode(), "image/png") for name in pictures}
    return answers | {"/": page(PAGE)} | {f"/{name}": answer for name, answer in more.items()}


def requisites(snapshot: Snapshot) -> list[str]:
    host = snapshot.final_url.rstrip("/")
    return [r.url.removeprefix(host) for r in snapshot.records.filter(part=Record.Part.REQUISITE)]


def facts(snapshot: Snapshot) -> dict[str, str]:
    """Of each requisite, why it was left out; "" when it was not."""
    record = snapshot.records.get(part=Record.Part.FACTS)
    told = json.loads(content(file_of(snapshot)[record.offset :]))["requisites"]
    host = snapshot.final_url.rstrip("/")
    return {one["url"].removeprefix(host): one.get("left_out", "") for one in told}


def test_are_the_ones_that_a_browser_would_show(press: Press, reporter: User) -> None:
    with press(answering(site())) as server:
        snapshot = captured(server.url(), reporter).snapshot
    assert sorted(requisites(snapshot)) == sorted(
        ["/site.css", "/more.css", "/third.css", "/icon.png", "/inline.png", "/wide.png", "/desk.png", "/poster.png"]
        + ["/fallback.png", "/later.png", "/attribute.png", "/set.png", "/x.woff2", "/latin.woff2"]
    )
    assert facts(snapshot)["/gone.png"] == "http_404"
    asked = {request.split(b" ")[1].decode() for request in server.requests}
    assert asked == {"/", "/gone.png", *requisites(snapshot)}


def test_are_kept_as_they_came(press: Press, reporter: User) -> None:
    with press(answering(site())) as server:
        snapshot = captured(server.url(), reporter).snapshot
    record = snapshot.records.get(url=server.url("/wide.png"))
    assert content(file_of(snapshot)[record.offset : record.offset + record.length]) == PNG + b"wide"
    assert (record.kind, record.status, record.content_type) == ("response", 200, "image/png")


def test_of_a_page_seen_before_refer_to_the_first(press: Press, reporter: User) -> None:
    with press(answering(site())) as server:
        first = captured(server.url(), reporter).snapshot
        again = captured(server.url(), reporter)
    kept = first.records.get(url=server.url("/wide.png"))
    assert again.snapshot.records.get(url=server.url("/wide.png")).held_in == kept


def test_follow_redirects(press: Press, reporter: User) -> None:
    moved = site() | {"/wide.png": redirect("/moved.png"), "/moved.png": page(PNG, "image/png")}
    with press(answering(moved)) as server:
        snapshot = captured(server.url(), reporter).snapshot
    assert snapshot.records.get(url=server.url("/wide.png")).status == 302
    assert snapshot.records.get(url=server.url("/moved.png")).part == "requisite"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page("<h1>Not found</h1>"), "type"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99\r\n\r\nshort", "truncated"),
        (b"HTTP/1.1 200 OK\r\n\r\n\r\n\r\nno type", ""),
        (b"", "broken_off"),
        (redirect("http://10.0.0.1/"), "private"),
        (page(b"x" * 40_000, "image/png"), "too_large"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + b"x" * 40_000, "truncated"),
    ],
)
def test_that_fail_fail_nothing(answer: bytes, why: str, press: Press, reporter: User, settings: Settings) -> None:
    settings.FETCH_REQUISITES_BYTES = 30_000
    with press(answering(site() | {"/wide.png": answer})) as server:
        capture = captured(server.url(), reporter)
    assert (capture.state, facts(capture.snapshot)["/wide.png"]) == ("done", why)


def test_whose_host_asks_for_rest_are_left_alone_with_all_that_follow(press: Press, reporter: User) -> None:
    shown = "".join(f"<img src=/{number}.png>" for number in range(12))
    busy = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n"
    with press(lambda connection, request: connection.sendall(page(shown) if b"GET / " in request else busy)) as server:
        told = facts(captured(server.url(), reporter).snapshot)
    assert [told["/0.png"], told["/11.png"]] == ["http_429", "left_alone"]
    assert len(server.requests) <= 1 + AT_ONCE
    closed_until = Host.objects.get(name=server.endpoint).closed_until
    assert closed_until is not None
    assert timedelta(minutes=9) < closed_until - timezone.now() < timedelta(minutes=11)


def test_end_with_the_budget(press: Press, reporter: User, settings: Settings) -> None:
    settings.FETCH_REQUISITES = 3
    with press(answering(site())) as server:
        snapshot = captured(server.url(), reporter).snapshot
    assert requisites(snapshot) == ["/site.css", "/inline.png", "/attribute.png"]
    assert {url for url, why in facts(snapshot).items() if why == "budget"} >= {"/more.css", "/x.woff2", "/poster.png"}


def test_are_left_alone_where_the_operator_wants_none(press: Press, reporter: User, settings: Settings) -> None:
    settings.FETCH_REQUISITES = 0
    with press(answering(site())) as server:
        snapshot = captured(server.url(), reporter).snapshot
    assert (requisites(snapshot), len(server.requests)) == ([], 1)


def test_never_ask_one_host_for_many_at_a_time(press: Press, reporter: User) -> None:
    busy, most, lock, two = 0, 0, threading.Lock(), threading.Event()

    def talk(connection: socket.socket, request: bytes) -> None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
            if busy == 2:
                two.set()
        if b"/wide.png" in request or b"/desk.png" in request:
            two.wait(10)
        answering(site())(connection, request)
        with lock:
            busy -= 1

    with press(talk) as server:
        captured(server.url(), reporter)
    assert most == 2


class TestStyles:
    @pytest.mark.parametrize(
        ("css", "led"),
        [
            ("a{b:url(x)}", 'a{b:url("/x")}'),
            (r"a{b:\75rl(x)}", 'a{b:url("/x")}'),
            ("a{b:URL( 'x' )}", 'a{b:url("/x")}'),
            ("a{b:src('x')}", 'a{b:url("/x")}'),
            ("@import 'x' print;", '@import url("/x") print;'),
            ("@import/**/'x';", '@import/**/url("/x");'),
            ("a{b:image-set('x' 1x,url(x) 2x)}", 'a{b:image-set(url("/x") 1x,url("/x") 2x)}'),
            ("a{b:-webkit-image-set(url(x) 1x)}", 'a{b:-webkit-image-set(url("/x") 1x)}'),
            ("a{filter:url(#x)}", 'a{filter:url("#x")}'),
            ("@media (width<600px){a{b:url(x)}}", '@media (width<600px){a{b:url("/x")}}'),
            ("a{--b:url(x)}", 'a{--b:url("/x")}'),
            ("a{b:url(nowhere)}", 'a{b:url("data:,")}'),
            ("/* url(x) */a{content:'url(x)'}", 'a{content:"url(x)"}'),
            ("a{b:url(x", 'a{b:url("/x")}'),
            ("a{content:'</style><b>'}", r'a{content:"\3c /style>\3c b>"}'),
            ("a{width:expression(alert(1));behavior:url(x)}", 'a{width: ; :url("/x")}'),
        ],
    )
    def test_lead_elsewhere(self, css: str, led: str) -> None:
        def lead(address: str, kind: str) -> str:
            return "" if address == "nowhere" else f"/{address}"

        assert styles.rewritten(css, lead) == led

    @pytest.mark.parametrize("css", ["(" * 100_000, "a{" * 100_000, "url(" * 50_000, "@import" * 50_000])
    def test_made_to_burden_end(self, css: str) -> None:
        styles.rewritten(css, lambda address, kind: "")
        styles.named(css)
