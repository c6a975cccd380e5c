# ruff: noqa: E501 -- a page is as wide as it is
"""The replay beside the page itself, in the same window of a real Chromium: the same to the pixel."""

from __future__ import annotations

import socket
import struct
import zlib

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from factcheck.access.models import User
from sources import archive, capturing, replay
from sources.models import Capture, Snapshot
from tests import factories
from tests.browser import axe_findings
from tests.pages.conftest import Visit
from tests.sources.raw_server import RawServer, page, raw_server, redirect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.browser]


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


HTML = """<!doctype html><html lang=en class=no-script><head><meta charset=utf-8><title>Licences stay</title>
<base href="/deep/"><link rel=stylesheet href="../main.css"><link rel=stylesheet href=print.css media=print>
<style>.lead { border-left: 6px solid rgb(10 120 90); padding-left: 12px } @media (width < 600px) { body { background: red } }
</style></head><body background="../tile.png"><header><svg viewBox="0 0 24 24" width=48 height=48><defs><linearGradient id=g>
<stop offset=0 stop-color=navy /><stop offset=1 stop-color=orange /></linearGradient><symbol id=s viewBox="0 0 9 9">
<path d="M0 0h9v9z"/></symbol></defs><circle cx=12 cy=12 r=10 fill="url(#g)"/><use href="#s" width=9 height=9 /></svg>
<h1>Licences stay</h1></header><nav><ul><li><a href="/one">One</a><li><a href="/two">Two</a></ul></nav>
<p class=lead style="background-image:url(../dot.png)">The ministry said the licences <b>st</b>ay. 희토류 수출 통제</p>
<img src=small.png srcset="../small.png 300w, ../wide.png 900w" width=400 height=120 alt=Harbour>
<picture><source media="(max-width: 600px)" srcset="../phone.png"><source type=image/png srcset="../desk.png"><img src=x.png alt=Desk></picture>
<img src="../logo.svg" width=90 height=60 alt=Logo><img src="../moved.png" width=50 height=50 alt=Moved>
<table border=1 cellpadding=4><tr><th>Year<th>Tonnes<tr><td>2024<td align=right>7</table>
<form action=/search class=search><input type=search placeholder="Search the archive" size=30><select><option>All<option selected>News</select>
<label><input type=checkbox checked> only text</label><button>Go</button><textarea rows=2>
two
lines</textarea></form><pre>
 one
   two</pre><x-card data-kind=wide><p>In a card</x-card><details open><summary>More</summary>Open</details>
<div class=gone onclick="x()">Drawn by a sheet</div></body></html>"""
CSS = """@charset "utf-8"; @import url("colours.css"); @import 'type.css' screen;
body { margin: 24px; max-width: 900px } header { display: flex; gap: 16px; align-items: center }
nav li { display: inline-block; margin-right: 12px; list-style: none } h1::after { content: " \\2014  archived\\3c b>" }
.lead { background: repeat-x bottom } x-card { display: block; border: 1px dashed } x-card[data-kind=wide] { padding: 20px }
.search { display: grid; grid-template-columns: auto auto 1fr; gap: 8px } .gone { background: image-set("dot.png" 1x) }
ul { padding: 0; background: u\\72l('dot.png') }"""
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'><rect width='3' height='2' fill='purple'/></svg>"
SITE = {
    "/": page(HTML),
    "/main.css": page(CSS, "text/css"),
    "/colours.css": page(":root { --ink: rgb(40 20 70) } body { color: var(--ink) } a { color: teal }", "text/css"),
    "/type.css": page("body { font: 17px/1.5 serif } h1 { font-size: 40px; letter-spacing: -1px }", "text/css"),
    "/logo.svg": page(SVG, "image/svg+xml"),
    "/moved.png": redirect("/new.png"),
    **{
        f"/{name}.png": page(png(width, height, colour), "image/png")
        for name, width, height, colour in [
            ("tile", 16, 16, (245, 240, 225)),
            ("dot", 8, 8, (200, 40, 40)),
            ("small", 300, 90, (1, 2, 3)),
            ("wide", 900, 270, (20, 90, 160)),
            ("phone", 90, 90, (250, 0, 0)),
            ("desk", 120, 60, (0, 140, 60)),
            ("new", 10, 10, (90, 90, 10)),
        ]
    },
}


def press(connection: socket.socket, request: bytes) -> None:
    connection.sendall(SITE.get(request.split(b" ")[1].decode(), page("", status="404 Not Found")))


def captured(server: RawServer, by: User, settings: Settings) -> Snapshot:
    settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
    capture = archive.request_capture(archive.add_source(server.url(), by=by), by=by)
    assert capturing.run(capture.pk)
    return Capture.objects.get(pk=capture.pk).snapshot


def seen(tab: Page, address: str) -> bytes:
    tab.goto(address, wait_until="networkidle")
    return tab.screenshot()


def test_is_the_same_to_the_pixel(
    whole_browser: Browser, live_server: LiveServer, transactional_db: None, settings: Settings
) -> None:
    tab = whole_browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False).new_page()
    with raw_server(press) as server:
        snapshot = captured(server, factories.newsroom().editor, settings)
        itself = seen(tab, server.url())
    address = live_server.url + replay.path(replay.Pass(snapshot.pk, works_here=True).signed(), "page")
    shown = seen(tab, address)
    tab.context.close()
    assert shown == itself


def test_stands_in_its_frame_and_leads_on(visit: Visit, transactional_db: None, settings: Settings) -> None:
    room = factories.newsroom()
    with raw_server(press) as server:
        snapshot = captured(server, room.alice, settings)
    tab = visit(room.alice, f"/snapshots/{snapshot.pk}/")
    tab.get_by_role("link", name="Show the page as it looked").click()
    frame = tab.frame_locator("iframe")
    assert frame.get_by_role("heading", name="Licences stay").is_visible()
    assert axe_findings(tab) == []
    frame.get_by_role("link", name="One").click()
    expect(frame.get_by_role("heading")).to_have_text("You leave the archived copy")
    tab.get_by_role("link", name="Open it in this tab").click()
    tab.get_by_role("link", name="Two").click()
    assert tab.get_by_role("link", name="Open the page at").get_attribute("href") == f"{snapshot.final_url}two"
