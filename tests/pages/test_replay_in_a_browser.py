"""Hostile pages, archived and shown again by the real site in a real Chromium, which tells of everything it asked for.

There are two walls: what is written anew (sources.inert), and the policy of each response (sources.views.replayed).
Each is tried alone as well.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Error, Frame
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from factcheck.access.models import User
from sources import archive, fetching, inert, recording, replay
from sources.browser import Sight
from sources.canonical import parse
from sources.fetcher import Fetched, Hop
from sources.models import Capture, Record, Snapshot
from sources.requisites import Got, Wanted
from sources.styles import NOWHERE
from sources.views import replayed
from sources.wire import Peer
from tests import beds, factories
from tests.browser import QUIET, whole_chromium
from tests.sources import hostile
from tests.sources.raw_server import RawServer, raw_server
from tests.sources.raw_server import page as response

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.browser]

CANARY = "canary.test"
AT_ONCE = 60
#: A sixth has some of every kind.
EACH = 1 if beds.WHOLE else 6
#: What a page that ran would show, and what no page of ours has.
ACTIVE = (
    "script,iframe,frame,object,embed,applet,base,form,template,noscript,animate,set,foreignObject,math,"
    "meta[http-equiv],link:not([rel=stylesheet]):not([rel=icon]),[srcdoc],[ping],[action],[formaction],[autofocus],"
    "a[target],a[download],[srcset]"
)

#: Elements of the kinds above, handlers, and addresses that are not the archive's.
LOOKS_ACTIVE = """active => [
    ...[...document.querySelectorAll(active)].map(element => element.outerHTML.slice(0, 80)),
    ...[...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
        .filter(a => /^on/i.test(a.name) || (/^(href|src|poster|background|xlink:href)$/.test(a.name)
            && !/^(#|[/]replayed[/]|data:image|$)/.test(a.value) && a.value !== document.URL))
        .map(a => `${element.tagName} ${a.name}=${a.value}`)),
]"""
#: Whom Chromium asks on its own account; no page here names them.
CHROMIUM_ITSELF = ("google.com", "googleapis.com", "gvt1.com", "gstatic.com", "~notfound")
Archived = Callable[[list[hostile.Page]], list[Snapshot]]


@pytest.fixture
def user(transactional_db: None) -> User:
    return factories.newsroom().editor


@pytest.fixture
def archived(user: User) -> Archived:
    """Each page as the worker leaves it after a fetch from a server that sends what the page says."""

    def archive_all(pages: list[hostile.Page]) -> list[Snapshot]:
        source = archive.add_source("http://hostile.example/", by=user)
        found = []
        with transaction.atomic():
            for page in pages:
                with closing(fetched(f"/{page.name}", page.content_type, page.body, *page.headers)) as answered:
                    recorded = recording.record(
                        answered,
                        fetching.blobs(),
                        purpose="cited",
                        sight=Sight(),
                        requisites=[
                            Got(Wanted(parse(f"http://hostile.example{path}"), "style"), fetched(path, kind, data))
                            for path, kind, data in page.more
                        ],
                    )
                snapshot, now = recorded.snapshot, timezone.now()
                times = {"requested_at": now, "started_at": now, "finished_at": now}
                snapshot.capture = Capture.objects.create(source=source, state="done", **times)
                snapshot.source, snapshot.url = source, snapshot.final_url
                snapshot.save()
                for record in recorded.records:
                    record.snapshot = snapshot
                Record.objects.bulk_create(recorded.records)
                found.append(snapshot)
        return found

    return archive_all


def fetched(path: str, content_type: str, body: bytes, *headers: str) -> Fetched:
    lines = [f"Content-Type: {content_type}"] * bool(content_type) + [f"Content-Length: {len(body)}", *headers]
    hop = Hop(
        address=parse(f"http://hostile.example{path}"),
        peer=Peer("192.0.2.1", ("192.0.2.1",)),
        asked_at=timezone.now(),
        request=f"GET {path} HTTP/1.1\r\nHost: hostile.example\r\n\r\n".encode(),
        head="\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode(),
        status=200,
        headers=[(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)],
        body=io.BytesIO(body),
    )
    # A PDF is read by another process, which takes a file with a number.
    content = cast(BinaryIO, tempfile.SpooledTemporaryFile())  # noqa: SIM115 -- whoever reads it closes it
    content.write(body)
    return Fetched([hop], content, len(body))


class Watched:
    """A Chromium that finds the canary behind its names and nobody else; what it did, and what the canary heard."""

    def __init__(self, browser: Browser, canary: RawServer, netlog: Path) -> None:
        self.dialogs: list[str] = []
        self.console: list[str] = []
        self.popups: list[str] = []
        self.canary = canary
        self._netlog = netlog
        rules = f"MAP *.test {canary.endpoint}, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
        options = [f"--log-net-log={netlog}", f"--host-resolver-rules={rules}"]
        # The page of frames comes from no address at all, and so might not frame one of this machine.
        options.append("--disable-features=LocalNetworkAccessChecks")
        self._browser = browser.browser_type.launch(executable_path=whole_chromium(), args=[*QUIET, *options])
        context = self._browser.new_context(accept_downloads=False)
        context.set_default_timeout(120_000)
        self.tab = context.new_page()
        context.on("page", lambda tab: self.popups.append(tab.url))
        self.tab.on("dialog", self._dialog)
        self.tab.on("console", lambda message: self.console.append(message.text))

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def frames(self, site: str, addresses: list[str], attributes: str = "") -> list[Frame]:
        """Opens all of them in one page of the site, and clicks whatever a page would have clicked."""
        frames = "".join(
            f'<iframe width=300 height=150 {attributes} src="{address}"></iframe>' for address in addresses
        )
        html = f"<!doctype html><title>Frames</title>{frames}"
        # As on the page that has the frame (sources.views.replay): a click may not lead the frame elsewhere either.
        hosts = {"{0.scheme}://{0.netloc}".format(urlsplit(address)) for address in addresses}
        policy = {"Content-Security-Policy": "frame-src " + " ".join(f"{host}/replayed/" for host in hosts)}
        self.tab.route(
            f"{site}/frames", lambda route: route.fulfill(body=html, content_type="text/html", headers=policy)
        )
        self.tab.goto(f"{site}/frames", wait_until="load")
        assert (self.tab.url, self.tab.title()) == (f"{site}/frames", "Frames")
        # What a page frames in turn is not asked: where it was refused there is nobody to answer.
        return self.tab.main_frame.child_frames

    def settle(self) -> None:
        """What has not happened by now cannot be awaited."""
        self.tab.wait_for_timeout(200)

    def close(self) -> None:
        self._browser.close()

    def contacted(self) -> set[str]:
        """host:port of every request, and every name that was looked up or connected to; after it was closed."""
        log = json.loads(self._netlog.read_text())
        types = {number: name for name, number in log["constants"]["logEventTypes"].items()}
        found = set()
        for event in log["events"]:
            params = event.get("params", {})
            if types[event["type"]] in ("URL_REQUEST_START_JOB", "CORS_REQUEST") and "url" in params:
                found.add(urlsplit(params["url"]).netloc)
            elif types[event["type"]] in ("HOST_RESOLVER_MANAGER_REQUEST", "HTTP_STREAM_JOB_CONTROLLER"):
                told = params.get("host") or params.get("url") or ""
                found.add(urlsplit(told if "//" in told else f"//{told}").netloc)
        return found - {""}


@pytest.fixture
def watched(browser: Browser, tmp_path: Path) -> Iterator[Watched]:
    with raw_server(response("alert('canary')", "text/javascript", Access_Control_Allow_Origin="*")) as canary:
        opened = Watched(browser, canary, tmp_path / "netlog.json")
        yield opened
        opened.close()


def address(snapshot: Snapshot, host: str) -> str:
    return host + replay.path(replay.Pass(snapshot.pk, works_here=True).signed(), "page")


def batches(addresses: list[str]) -> Iterator[list[str]]:
    yield from (addresses[start : start + AT_ONCE] for start in range(0, len(addresses), AT_ONCE))


def click(frames: list[Frame]) -> None:
    for frame in frames:
        with suppress(Error):  # The frame may be on its way to where an earlier click led it.
            frame.evaluate("document.querySelectorAll('[data-click]').forEach(element => element.click())")


def act(watched: Watched, site: str, addresses: list[str]) -> dict[str, list[str]]:
    """Shows and clicks all; what looks as if it could act, by address."""
    active = {}
    for batch in batches(addresses):
        frames = watched.frames(site, batch)
        for frame in frames:
            if found := frame.evaluate(LOOKS_ACTIVE, ACTIVE):
                active[frame.url] = found
        click(frames)
        watched.settle()
        assert watched.tab.url == f"{site}/frames"
    return active


def test_no_page_does_anything_when_it_is_shown_again(
    archived: Archived, watched: Watched, live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = urlsplit(live_server.url).port
    settings.PUBLIC_URL = site = f"http://localhost:{port}"
    copies = archived(hostile.pages(watched.canary.endpoint.replace("127.0.0.1", CANARY))[::EACH])

    settings.SNAPSHOT_HOST = f"127.0.0.1:{port}"
    assert act(watched, site, [address(copy, f"http://{settings.SNAPSHOT_HOST}") for copy in copies]) == {}
    # The policy had nothing to do but to refuse the address that leads nowhere.
    assert [line for line in watched.console if "Security Policy" in line and f"'{NOWHERE}'" not in line] == []
    quiet(watched)

    settings.SNAPSHOT_HOST = ""
    # Each wall alone, on every fourth of them.
    copies = copies[::4]
    with monkeypatch.context() as without_policy:
        without_policy.setattr(replayed, "inert", lambda request, answer, token="": answer)
        assert act(watched, site, [address(copy, site) for copy in copies]) == {}
    quiet(watched)

    with monkeypatch.context() as without_rewriting:
        without_rewriting.setattr(inert, "page", lambda source, address, way: source)
        without_rewriting.setattr(inert, "sheet", lambda css, address, way: css)
        assert act(watched, site, [address(copy, site) for copy in copies])
    quiet(watched)


def quiet(watched: Watched) -> None:
    assert [request.split(b"\r\n")[0] for request in watched.canary.requests] == []
    assert (watched.dialogs, watched.popups) == ([], [])


def test_nothing_but_the_archive_is_contacted(
    archived: Archived, watched: Watched, live_server: LiveServer, settings: Settings
) -> None:
    """By Chromium's own log of the network, which knows of names looked up and connections made ahead as well."""
    port = urlsplit(live_server.url).port
    settings.SNAPSHOT_HOST, settings.PUBLIC_URL = f"127.0.0.1:{port}", f"http://localhost:{port}"
    pages = [
        page
        for page in hostile.pages(watched.canary.endpoint.replace("127.0.0.1", CANARY))
        if page.name.startswith(("load", "header"))
    ]
    addresses = [address(copy, f"http://{settings.SNAPSHOT_HOST}") for copy in archived(pages)]
    assert act(watched, settings.PUBLIC_URL, addresses) == {}
    for opened in addresses[::8]:
        watched.tab.goto(opened)
        assert watched.tab.url == opened
    watched.close()
    contacted = {host for host in watched.contacted() if not host.endswith(CHROMIUM_ITSELF)}
    assert contacted == {f"localhost:{port}", f"127.0.0.1:{port}"}


def test_without_both_walls_the_canary_sings(
    archived: Archived, watched: Watched, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the silence of the others says something."""
    monkeypatch.setattr(inert, "page", lambda source, address, way: source)
    monkeypatch.setattr(replayed, "inert", lambda request, answer, token="": answer)
    chosen = ("script-0", "load-0", "style-0", "mutation-0")
    pages = [
        page for page in hostile.pages(watched.canary.endpoint.replace("127.0.0.1", CANARY)) if page.name in chosen
    ]
    for copy in archived(pages):
        watched.tab.goto(address(copy, live_server.url))
        watched.settle()
    heard = {request.split(b" ")[1] for request in watched.canary.requests}
    assert {b"/ran", b"/top", b"/1"} <= heard
    assert watched.dialogs
