"""The three servers of factcheck: how each is started, and how one that died is started again."""

import os
import signal
import subprocess
import sys
import time
from typing import IO

from factcheck import kernel
from factcheck.embedded import ROOT, VAR

LOGS = VAR / "log"
LONGEST_PAUSE = 30.0
LARGEST_LOG = 10_000_000
THREADS = 8
#: For glibc: a page's pieces come and go by the hundred kilobytes. Given back to the system each time, they cost half a
#: millisecond of page faults a page; kept by each of many threads, they would make the process large.
ALLOCATOR = {"MALLOC_TOP_PAD_": str(16 * 1024 * 1024), "MALLOC_ARENA_MAX": "2"}

STARTED = time.monotonic()


def web_command(host: str, port: int) -> list[str]:
    """gunicorn with threads; each thread takes a connection from the process's pool."""
    options = ["--worker-class=gthread", "--workers=1", f"--threads={THREADS}", "--graceful-timeout=10", "--timeout=90"]
    # A search for 500 letters of Korean is longer than gunicorn's 4094 bytes.
    options.append("--limit-request-line=8190")
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "factcheck.wsgi",
        f"--bind={host}:{port}",
        *options,
        "--no-control-socket",
    ]


def worker_command() -> list[str]:
    """One process of the Celery worker with threads: a capture waits for the network, not for the processor."""
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [*_celery("worker"), "--pool=threads", f"--concurrency={THREADS}", "--loglevel=INFO", *quiet]


def scheduler_command() -> list[str]:
    """Celery's scheduler; it waits until no other on this machine runs (see factcheck/celery.py)."""
    return [*_celery("beat"), "--pidfile=", "--loglevel=INFO"]


def spawn(
    command: list[str],
    *,
    environment: dict[str, str] | None = None,
    output: IO[bytes] | None = None,
    lock: IO[str] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a server in a group of its own, which ends with the calling thread (on Linux) and inherits the lock."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**(os.environ if environment is None else environment), **ALLOCATOR},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        pass_fds=[lock.fileno()] if lock else [],
        preexec_fn=lambda: kernel.end_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- makes one system call
    )


class Child:
    """A server that is started again when it dies: at once at first, then after longer and longer pauses."""

    def __init__(self, name: str, command: list[str], lock: IO[str]) -> None:
        self.name, self.command, self.lock = name, command, lock
        self.log = LOGS / f"{name.replace(' ', '-')}.log"
        self.failures = 0
        self.start()

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.process = spawn(self.command, output=output, lock=self.lock)
        self.born = time.monotonic()
        self.due: float | None = None

    def tend(self) -> None:
        """Notices a death and says so; starts again when the pause is over."""
        now = time.monotonic()
        if self.due is not None:
            if now >= self.due:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.failures = 1 if now - self.born > LONGEST_PAUSE else self.failures + 1
            pause = min(2.0 ** (self.failures - 1), LONGEST_PAUSE)
            self.due = now + pause
            say(f"{self.name} ended ({_how(code)}); starting it again in {pause:.0f} s. Its log: {self.log}")

    def stop(self) -> None:
        """Asks the server to finish what it does; after a while its whole group is ended."""
        if self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def say(sentence: str) -> None:
    print(f"[{time.monotonic() - STARTED:6.1f} s] {sentence}", flush=True)


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"


def _celery(command: str) -> list[str]:
    return [sys.executable, "-m", "celery", "--app=factcheck", "--quiet", command]
