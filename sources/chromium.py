"""A Chromium of our own and the pipe by which it is told what to do (DevTools protocol). Plain Python, no Django.

It has no network: what the browser itself may want goes to a gate that refuses everything, and each page is shown in a
context with a gate of its own (`sources.gate`). It reads its commands from a pipe, so that no port is open, and ends
when the pipe does, however this process ends. It sees none of this process's environment.
"""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from sources.gate import Allowance, Gate
from sources.wire import Deadline

Message = dict[str, Any]
Handler = Callable[[str, Message], None]

START_SECONDS = 30.0
READ_BYTES = 1024 * 1024
FOR_EVER = 10**9
# An answer holds a picture or the whole page at most; one that is longer comes of a page that wants to fill our memory.
MOST_BYTES = 32 * 1024 * 1024

OFF = (
    "HttpsUpgrades",
    "HttpsFirstBalancedMode",
    "HttpsFirstBalancedModeAutoEnable",
    "LocalNetworkAccessChecks",
    "MediaRouter",
    "DialMediaRouteProvider",
    "Translate",
    "OptimizationHints",
    "AutofillServerCommunication",
    "IsolateOrigins",
    "site-per-process",
)
SWITCHES = (
    "--headless",
    "--remote-debugging-pipe",
    # No way to the network but the gate: no UDP of WebRTC or QUIC, no names looked up, no loopback exempt.
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
    # Nothing that it does by itself.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--password-store=basic",
    "--use-mock-keychain",
    # A page is shown under the address at which it was fetched, and where the gate lets it go, no one is asked.
    "--disable-features=" + ",".join(OFF),
    # A context is one page's alone and holds nothing to steal; frames of it may share its process.
    "--disable-site-isolation-trials",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--mute-audio",
    "--block-new-web-contents",
    "--deny-permission-prompts",
    "--js-flags=--max-old-space-size=512",
)


class BrowserGone(Exception):
    """The browser ended, or cannot be started. `str(error)` says what it wrote last, if anything."""


class Refusal(Exception):
    """The browser refused a command; `str(error)` is its message."""


class Chromium:
    """A running browser. Many threads may use it at once, each with a `Channel` of its own."""

    def __init__(self, program: str, user_agent: str, *, sandbox: bool = True) -> None:
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._asked: dict[int, queue.SimpleQueue[Message]] = {}
        self._sessions: dict[str, queue.SimpleQueue[Message]] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="factcheck-browser-", ignore_cleanup_errors=True)
        # Whatever the browser wants for itself is heard, and refused.
        self._no_way_out = Gate(None, Allowance(Deadline(FOR_EVER), FOR_EVER, connections_left=FOR_EVER))
        self._commands, commands = socket.socketpair()
        self._answers, answers = socket.socketpair()
        self.gone = threading.Event()
        with commands, answers:
            self._process = self._start(program, user_agent, sandbox, commands, answers)
        threading.Thread(target=self._listen, name="from the browser", daemon=True).start()
        try:
            with self.channel(Deadline(START_SECONDS)) as channel:
                self.product: str = channel.call("Browser.getVersion")["product"]
        except BaseException:
            self.close()
            raise

    def _start(
        self, program: str, user_agent: str, sandbox: bool, commands: socket.socket, answers: socket.socket
    ) -> subprocess.Popen[bytes]:
        folder = self._folder.name
        numbers = [commands.fileno(), answers.fileno()]
        arguments = [program, *SWITCHES, f"--user-data-dir={folder}/profile", f"--user-agent={user_agent}"]
        arguments += [f"--proxy-server=http://127.0.0.1:{self._no_way_out.port}"]
        arguments += [] if sandbox else ["--no-sandbox"]
        launch = [sys.executable, "-m", "sources.launch", *map(str, numbers), folder, *arguments]
        with Path(folder, "said").open("wb") as said:
            return subprocess.Popen(
                launch,
                cwd=Path(__file__).parents[1],
                env={"PATH": os.defpath, "HOME": folder, "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                pass_fds=numbers,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Of the browser's process, which leads a group with all that it starts."""
        return self._process.pid

    @property
    def let_through(self) -> list[str]:
        """Whom the browser has contacted on its own behalf."""
        return self._no_way_out.let_through

    def channel(self, deadline: Deadline, session: str = "", handler: Handler | None = None) -> "Channel":
        """To the browser itself, or to a page that was attached as `session`; `handler` hears the page's events."""
        channel = Channel(self, deadline, session, handler)
        if session:
            self._sessions[session] = channel.inbox
        return channel

    def forget(self, session: str) -> None:
        self._sessions.pop(session, None)

    def send(self, method: str, given: Message, session: str, inbox: "queue.SimpleQueue[Message]", wait: float) -> int:
        """The number under which the answer comes to `inbox`. Raises BrowserGone."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": given} | ({"sessionId": session} if session else {})
        self._asked[number] = inbox
        try:
            with self._lock:
                self._commands.settimeout(wait)
                self._commands.sendall(json.dumps(command).encode() + b"\0")
        except OSError as error:
            # Half a command may be in the pipe; nothing that follows it would be understood.
            self.close()
            raise BrowserGone(self.last_words()) from error
        return number

    def close(self) -> None:
        """Ends the browser with all its processes."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._no_way_out.close()
        for end in (self._commands, self._answers):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.gone.wait()
        self._commands.close()
        self._folder.cleanup()

    def last_words(self) -> str:
        with suppress(FileNotFoundError):
            lines = Path(self._folder.name, "said").read_text(errors="replace").strip().splitlines()
            return lines[-1][:300] if lines else ""
        return ""

    def _listen(self) -> None:
        with self._answers:
            pending = bytearray()
            with suppress(OSError):
                while len(pending) < MOST_BYTES and (data := self._answers.recv(READ_BYTES)):
                    *whole, rest = data.split(b"\0")
                    for message in whole:
                        self._deliver(bytes(pending + message))
                        pending.clear()
                    pending += rest
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self.gone.set()
        for inbox in [*self._asked.values(), *self._sessions.values()]:
            inbox.put({"gone": True})

    def _deliver(self, data: bytes) -> None:
        message = json.loads(data)
        inbox = self._asked.pop(message["id"], None) if "id" in message else None
        inbox = inbox or self._sessions.get(message.get("sessionId", ""))
        if inbox is not None:
            inbox.put(message)


class Channel:
    """One thread's conversation with the browser, under one deadline. A context manager."""

    def __init__(self, browser: Chromium, deadline: Deadline, session: str, handler: Handler | None) -> None:
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._browser = browser
        self._deadline = deadline
        self._session = session
        self._handler = handler

    def __enter__(self) -> "Channel":
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.forget(self._session)

    def call(self, method: str, **given: Any) -> Message:
        """The answer; events that come before it are handled. Raises Refusal, BrowserGone, TimeoutError."""
        number = self._send(method, given)
        while True:
            message = self._receive(None)
            if message.get("id") == number:
                if "error" in message:
                    raise Refusal(message["error"].get("message", ""))
                result: Message = message["result"]
                return result
            self._handle(message)

    def tell(self, method: str, **given: Any) -> None:
        """Asks without waiting for the answer. Raises BrowserGone."""
        self._send(method, given)

    def until(self, met: Callable[[], bool], seconds: float) -> bool:
        """Handles events until it is so, `seconds` at most. False when they have passed. Raises BrowserGone."""
        end = Deadline(seconds)
        while not met():
            try:
                message = self._receive(end)
            except TimeoutError:
                return False
            self._handle(message)
        return True

    def _send(self, method: str, given: Message) -> int:
        return self._browser.send(method, given, self._session, self.inbox, self._deadline.left())

    def _receive(self, end: Deadline | None) -> Message:
        wait = self._deadline.left(end.left() if end else None)
        if self._browser.gone.is_set() and self.inbox.empty():
            raise BrowserGone(self._browser.last_words())
        try:
            message = self.inbox.get(timeout=wait)
        except queue.Empty as error:
            raise TimeoutError from error
        if "gone" in message:
            raise BrowserGone(self._browser.last_words())
        return message

    def _handle(self, message: Message) -> None:
        if self._handler and "method" in message:
            self._handler(message["method"], message.get("params", {}))
