"""pywb, the replay that most web archives use, as the judge of what we hand out.

It wants other versions than ours of what both use (redis 2), and is under the GPL with an AGPL package beside it. So it
lives in an environment of its own, is only ever talked to as a program, and never comes near requirements.txt.
"""

import fcntl
import hashlib
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from factcheck import embedded
from tests.processes import free_port

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
PATIENCE = 120.0
KEYS = "import json, sys; from pywb.utils.canonicalize import canonicalize as key; "
KEYS += "print(json.dumps([key(url) for url in json.load(sys.stdin)]))"


class Missing(Exception):
    """pywb cannot be had here; str() says why."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class Replay:
    """A running pywb with one collection."""

    port: int

    def get(self, url: str, timestamp: str) -> Answer:
        """The record as it was, not rewritten for a browser."""
        return _get(self.port, f"/archived/{timestamp}id_/{quote(url, safe=':/?&=%')}")


@dataclass(frozen=True)
class Pywb:
    """The programs of pywb."""

    folder: Path

    def keys(self, urls: list[str]) -> list[str]:
        """The key of each address."""
        said = self._run("python", "-c", KEYS, input=json.dumps(urls))
        return list(json.loads(said))

    def index(self, warc: Path) -> list[str]:
        """The lines of its index of a WARC file."""
        return self._run("cdx-indexer", "--cdxj", "--sort", str(warc)).splitlines()

    @contextmanager
    def replay(self, wacz: Path, folder: Path) -> Iterator[Replay]:
        """Unpacks the WACZ with its index, as pywb does, and serves it."""
        self._run("wb-manager", "init", "archived", folder=folder)
        self._run("wb-manager", "add", "--unpack-wacz", "archived", str(wacz), folder=folder)
        port = free_port()
        command: list[str | Path] = [self.folder / "bin" / "wayback", "--bind", "127.0.0.1", "--port", str(port)]
        with (
            (folder / "pywb.log").open("wb") as log,
            subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=_environment()) as server,
        ):
            try:
                _wait_for(port, server, folder / "pywb.log")
                yield Replay(port)
            finally:
                server.terminate()

    def _run(self, program: str, *arguments: str, input: str = "", folder: Path | None = None) -> str:
        command: list[str | Path] = [self.folder / "bin" / program, *arguments]
        done: subprocess.CompletedProcess[str] = subprocess.run(
            command, input=input, cwd=folder, capture_output=True, text=True, check=False, env=_environment()
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def pywb() -> Pywb:
    """Skips, with the reason, where it cannot be installed."""
    try:
        return installed()
    except Missing as error:
        pytest.skip(str(error))


def installed() -> Pywb:
    """Installs it under var/ the first time, exactly as requirements.txt beside this file has it."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:16]
    folder = embedded.VAR / f"pywb-{wanted}"
    ready = folder / "ready"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "pywb.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            uv = Path(sys.executable).parent / "uv"
            _install(uv, "venv", "--clear", "--python", sys.executable, str(folder))
            python = str(folder / "bin" / "python")
            _install(uv, "pip", "install", "--python", python, "--require-hashes", "-r", str(REQUIREMENTS))
            ready.touch()
    return Pywb(folder)


def _install(uv: Path, *arguments: str) -> None:
    try:
        done = subprocess.run([uv, "--quiet", *arguments], capture_output=True, text=True, check=False)
    except OSError as error:
        raise Missing(f"pywb cannot be installed without uv ({error}); it is in requirements-dev.txt") from error
    if done.returncode:
        raise Missing(f"pywb could not be installed, so nothing was replayed: {done.stderr.strip()[-500:]}")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO"))}


def _get(port: int, path: str) -> Answer:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        # Without Accept-Encoding it would unpack what came packed.
        connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Connection": "close"})
        answer = connection.getresponse()
        try:
            body = answer.read()
        except http.client.IncompleteRead as cut:
            body = cut.partial  # A body that broke off still says how long it should have been.
        return Answer(answer.status, answer.getheaders(), body)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            _get(port, "/")
        except OSError as error:
            if server.poll() is not None or time.monotonic() > patience:
                raise AssertionError(f"pywb does not answer:\n{log.read_text()}") from error
            time.sleep(0.1)
        else:
            return
