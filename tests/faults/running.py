"""`./run` and its parts in processes of their own, with a var/ of their own, to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from factcheck.embedded import ROOT

PATIENCE = 60.0
OURS = {"DJANGO_SETTINGS_MODULE", "BROKER_FOLDER", "ARCHIVE_ROOT", "DATABASE_POOL", "STATIC_MANIFEST"}
OURS |= {"TESTS_RUN_BY", "DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "FACTCHECK_VAR"}

Found = TypeVar("Found")


def environment(var: Path, **given: str) -> dict[str, str]:
    """The environment of a newcomer, but for the place of var/."""
    plain = {name: value for name, value in os.environ.items() if name not in OURS}
    return plain | {"FACTCHECK_VAR": str(var), "SAMPLE_NEWSROOM": "no"} | given


def awaited(what: str, ask: Callable[[], Found]) -> Found:
    """Asks again and again until the answer is true, and returns it."""
    patience = time.monotonic() + PATIENCE
    while not (found := ask()):
        assert time.monotonic() < patience, f"in vain: {what}"
        time.sleep(0.05)
    return found


class Supervisor:
    """A running `python -m factcheck.supervisor`."""

    def __init__(self, var: Path, port: int, **given: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.output = var.parent / f"{var.name}-{time.monotonic_ns()}.out"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "factcheck.supervisor"],
                cwd=ROOT,
                env=environment(var, PORT=str(port), **given),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def await_saying(self, words: str) -> None:
        awaited(f"{words!r} in {self.said()}", lambda: words in self.said() or self.process.poll() is not None)
        assert words in self.said(), self.said()

    def child(self, words: str) -> psutil.Process:
        """The eldest process below the supervisor whose command has these words."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return next(process for process in below if words in " ".join(process.cmdline()))

    def interrupt(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
