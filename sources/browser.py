"""How a page looked: a picture of what one sees first, a print as PDF, and the page as its scripts made it. No Django.

What is shown are the bytes that were archived; only what the page brings along (styles, pictures, scripts) is fetched
by the browser, through the page's own gate. So picture and text are of the same page, and the site is asked for it
once. A page that would lead elsewhere by itself is shown where it stands.
"""

import base64
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sources.chromium import BrowserGone, Channel, Chromium, Message, Refusal
from sources.gate import Allowance, Gate
from sources.wire import Deadline, Policy

WIDTH, HEIGHT = 1280, 960
QUALITY = 75
# Of a page without end the first are enough to see what it was.
PRINTED_PAGES = "1-30"
# How much of the time a page may take to come to rest; the rest is for looking at it.
SETTLE_SHARE = 0.5
CLOSE_SECONDS = 5.0
MOST_REQUESTS = 500
PIECE = 1024 * 1024

# What the server said of the page that is about the way it came, or would make it something else than shown.
_NOT_SHOWN = frozenset(
    {
        "connection", "content-disposition", "content-encoding", "content-length", "keep-alive", "refresh",
        "set-cookie", "strict-transport-security", "trailer", "transfer-encoding", "clear-site-data",
    }
)  # fmt: skip
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t -~]*")
# Runs in each frame before the page's own scripts. The gate holds without it; it only spares the attempts.
_QUIET = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) delete globalThis[name];
if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new Error("blocked"));
"""


@dataclass(frozen=True)
class Limits:
    """`seconds` for one page, `bytes` it may load, and the most that is kept of its DOM and its print."""

    seconds: float = 20
    bytes: int = 50_000_000
    kept_bytes: int = 10_000_000


@dataclass(frozen=True)
class Page:
    """What was archived: the address, and the answer as the server gave it, unpacked."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    content: bytes


@dataclass
class Sight:
    """What the browser gave: a JPEG, a PDF, HTML in UTF-8; b"" for what is missing, and then `why_not` is a sentence.

    `facts` go into the capture's metadata record.
    """

    picture: bytes = b""
    print: bytes = b""
    dom: bytes = b""
    why_not: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


class _Elsewhere(Exception):
    """What stands in the browser is another page."""


class _Crashed(Exception):
    """The page ended its process."""


def see(browser: Chromium, page: Page, policy: Policy, limits: Limits) -> Sight:
    """The page as it looks. Whatever the page does, this ends in time and says what is missing. Raises BrowserGone."""
    sight, began = Sight(), time.monotonic()
    deadline = Deadline(limits.seconds)
    gate = Gate(policy, Allowance(deadline, limits.bytes))
    try:
        with _context(browser, gate) as context, browser.channel(deadline) as channel:
            _Look(browser, channel, context, page, limits, deadline, sight).look()
    except TimeoutError:
        sight.why_not = f"{_missing(sight)}: the page was not ready within {limits.seconds:g} seconds."
    except _Elsewhere:
        sight.why_not = f"{_missing(sight)}: in a browser the page leads elsewhere by itself."
    except _Crashed:
        sight.why_not = f"{_missing(sight)}: the page made the browser's tab crash."
    except Refusal as error:
        sight.why_not = f"{_missing(sight)}: the browser could not show the page ({error})."
    except BrowserGone:
        if not sight.picture:
            raise
        sight.why_not = f"{_missing(sight)}: the browser ended while it showed the page."
    finally:
        gate.close()
    sight.facts = {
        "browser": browser.product,
        "seconds": round(time.monotonic() - began, 2),
        "contacted": sorted(set(gate.let_through)),
        "refused": [{"where": one.where, "reason": one.reason} for one in gate.refused],
    }
    return sight


def _missing(sight: Sight) -> str:
    if not sight.picture:
        return "There is no picture of the page"
    return "There is no PDF of the page" if not sight.print else "Something of the page is missing"


@contextmanager
def _context(browser: Chromium, gate: Gate) -> Iterator[str]:
    """A browser profile of the page's own, which knows nothing and is gone afterwards."""
    with browser.channel(Deadline(CLOSE_SECONDS)) as channel:
        given = {"proxyServer": f"http://127.0.0.1:{gate.port}", "proxyBypassList": "<-loopback>"}
        context = channel.call("Target.createBrowserContext", **given)["browserContextId"]
    try:
        yield context
    finally:
        try:
            with browser.channel(Deadline(CLOSE_SECONDS)) as channel:
                channel.call("Target.disposeBrowserContext", browserContextId=context)
        except (TimeoutError, Refusal):
            # It no longer does what it is told: the next page gets another one.
            browser.close()


class _Look:
    """One page in one tab."""

    def __init__(
        self,
        browser: Chromium,
        channel: Channel,
        context: str,
        page: Page,
        limits: Limits,
        deadline: Deadline,
        sight: Sight,
    ) -> None:
        self._browser, self._context = browser, context
        self._page, self._limits, self._deadline, self._sight = page, limits, deadline, sight
        self._root = channel
        self._requests = 0
        self._frame = self._document = ""
        self._rested = False

    def look(self) -> None:
        given = {"browserContextId": self._context}
        self._root.call("Browser.setDownloadBehavior", behavior="deny", **given)
        self._root.call("Browser.grantPermissions", permissions=[], **given)
        target = self._root.call("Target.createTarget", url="about:blank", **given)["targetId"]
        session = self._root.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        with self._browser.channel(self._deadline, session, self._heard) as tab:
            self._tab = tab
            self._open()
            self._settle()
            self._take()

    def _open(self) -> None:
        call = self._tab.call
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        call("Emulation.setDeviceMetricsOverride", **size)
        call("Page.enable")
        call("Inspector.enable")
        call("Page.setLifecycleEventsEnabled", enabled=True)
        call("Network.enable")
        call("Network.setBypassServiceWorker", bypass=True)
        call("Page.addScriptToEvaluateOnNewDocument", source=_QUIET)
        call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._frame = call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        shown = call("Page.navigate", url=self._page.url)
        if "errorText" in shown:
            raise Refusal(shown["errorText"])
        self._document = shown["loaderId"]

    def _settle(self) -> None:
        """Until the page is at rest. One that never rests is stopped and looked at as it is."""
        if not self._tab.until(lambda: self._rested, self._limits.seconds * SETTLE_SHARE):
            # A script in an endless loop would keep everything else waiting.
            self._tab.tell("Runtime.terminateExecution")
            self._tab.tell("Page.stopLoading")
        self._tab.call("Emulation.setScriptExecutionDisabled", value=True)

    def _take(self) -> None:
        call, sight = self._tab.call, self._sight
        picture = call("Page.captureScreenshot", format="jpeg", quality=QUALITY, optimizeForSpeed=True)
        sight.picture = base64.b64decode(picture["data"])
        sight.print = self._print()
        sight.dom = self._dom()

    def _print(self) -> bytes:
        a4 = {"paperWidth": 8.27, "paperHeight": 11.69}
        given = {"printBackground": True, "pageRanges": PRINTED_PAGES, "transferMode": "ReturnAsStream", **a4}
        stream, data, ended = self._tab.call("Page.printToPDF", **given)["stream"], bytearray(), False
        while not ended and len(data) <= self._limits.kept_bytes:
            piece = self._tab.call("IO.read", handle=stream, size=PIECE)
            data += base64.b64decode(piece["data"]) if piece.get("base64Encoded") else piece["data"].encode("latin-1")
            ended = piece["eof"]
        return self._kept(bytes(data), "PDF")

    def _dom(self) -> bytes:
        root = self._tab.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        html = self._tab.call("DOM.getOuterHTML", nodeId=root)["outerHTML"]
        return self._kept(html.encode("utf-8", "replace"), "page as the browser had it")

    def _kept(self, data: bytes, what: str) -> bytes:
        if len(data) <= self._limits.kept_bytes:
            return data
        told = f"The {what} is larger than what is kept, and was left out."
        self._sight.why_not = " ".join(filter(None, [self._sight.why_not, told]))
        return b""

    def _heard(self, event: str, given: Message) -> None:
        if event == "Fetch.requestPaused":
            self._requested(given)
        elif event == "Page.javascriptDialogOpening":
            self._tab.tell("Page.handleJavaScriptDialog", accept=False)
        elif event == "Page.lifecycleEvent" and given["name"] == "networkIdle":
            self._rested = self._rested or given["loaderId"] == self._document
        elif event == "Page.frameNavigated" and self._document:
            self._still_there(given["frame"])
        elif event == "Inspector.targetCrashed":
            raise _Crashed

    def _still_there(self, frame: Message) -> None:
        if frame["id"] == self._frame and frame["loaderId"] != self._document:
            raise _Elsewhere

    def _requested(self, asked: Message) -> None:
        id, url = asked["requestId"], asked["request"]["url"]
        document = asked["resourceType"] == "Document" and asked["frameId"] == self._frame
        self._requests += 1
        if document and url.partition("#")[0] == self._page.url:
            self._tab.tell("Fetch.fulfillRequest", requestId=id, **self._archived())
        elif document:
            # "No content": the page stays, and is not told.
            self._tab.tell("Fetch.fulfillRequest", requestId=id, responseCode=204)
        elif not url.startswith(("http://", "https://")) or self._requests > MOST_REQUESTS:
            self._tab.tell("Fetch.failRequest", requestId=id, errorReason="BlockedByClient")
        else:
            self._tab.tell("Fetch.continueRequest", requestId=id)

    def _archived(self) -> Message:
        headers = [
            {"name": name, "value": value}
            for name, value in self._page.headers
            # The browser would refuse the whole answer for one header that it cannot read.
            if name.lower() not in _NOT_SHOWN and _NAME.fullmatch(name) and _VALUE.fullmatch(value)
        ]
        body = base64.b64encode(self._page.content).decode("ascii")
        return {"responseCode": self._page.status, "responseHeaders": headers, "body": body}


class Warm:
    """Keeps a browser ready, for as many pages at once as there are cores, and another after so many pages or a crash.

    `start` makes one; it raises BrowserGone when it cannot.
    """

    def __init__(self, start: Callable[[], Chromium], *, pages: int = 200, at_once: int = 0) -> None:
        self._start = start
        self._pages = pages
        self._places = threading.BoundedSemaphore(at_once or os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._browser: Chromium | None = None
        self._left = 0
        self._users: dict[Chromium, int] = {}

    @contextmanager
    def browser(self, waiting: Callable[[], None], patience: float) -> Iterator[Chromium]:
        """A browser with a place for one page. `waiting` is called every few seconds. TimeoutError after `patience`."""
        self._wait_for_a_place(waiting, patience)
        try:
            browser = self._take()
            try:
                yield browser
            finally:
                self._give_back(browser)
        finally:
            self._places.release()

    def close(self) -> None:
        with self._lock:
            if self._browser is not None:
                self._browser.close()
            self._browser = None

    def _wait_for_a_place(self, waiting: Callable[[], None], patience: float) -> None:
        deadline = Deadline(patience)
        while not self._places.acquire(timeout=deadline.left(5)):
            waiting()

    def _take(self) -> Chromium:
        with self._lock:
            if self._browser is None or self._browser.gone.is_set() or self._left <= 0:
                self._retire()
                self._browser, self._left = self._start(), self._pages
            self._left -= 1
            self._users[self._browser] = self._users.get(self._browser, 0) + 1
            return self._browser

    def _retire(self) -> None:
        old, self._browser = self._browser, None
        if old is not None and not self._users.get(old):
            old.close()

    def _give_back(self, browser: Chromium) -> None:
        with self._lock:
            self._users[browser] -= 1
            if not self._users[browser]:
                del self._users[browser]
                if browser is not self._browser:
                    browser.close()
