"""`./run`: prepares everything, holds the servers up, and ends them in order.

The web server, the worker and the scheduler are processes of their own in groups of their own, so that Ctrl-C
reaches only this one. On Linux they are asked to end when this process dies, even by `kill -9`.
"""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import IO

from django.conf import settings

from factcheck import database, embedded
from factcheck.embedded import ROOT, VAR
from factcheck.env import Misconfigured
from factcheck.servers import LOGS, Child, say, scheduler_command, spawn, web_command, worker_command

READY_SECONDS = 60
STOP_SECONDS = 20


class Stop(Exception):
    """Somebody asked us to stop."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        with _alone() as place:
            _run(place)
    except Misconfigured as wrong:
        sys.exit(f"factcheck cannot start: {wrong}")
    except Stop:
        say("Stopped.")


def _run(place: IO[str]) -> None:
    host, port = settings.BIND, settings.PORT
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
    print(f"{address} (process {os.getpid()})", file=place, flush=True)
    with _after_the_last_run() as lock:
        refuse_taken_port(host, port)
        say("Opening the database")
        with embedded.running(to_the_end=True):
            _refuse_unreachable_database()
            _serve(host, port, address, lock)


def _refuse_unreachable_database() -> None:
    database.refuse_unreachable("DATABASE_URL", settings.DATABASE_URL)
    database.refuse_unreachable("DATABASE_OWNER_URL", settings.DATABASE_OWNER_URL)


def _serve(host: str, port: int, address: str, lock: IO[str]) -> None:
    children: list[Child] = []
    try:
        _prepare(address)
        children += _servers(host, port, lock)
        _wait_until_ready(address, children)
        _load_sample(children)
        say(f"factcheck is at {settings.PUBLIC_URL}  (Ctrl-C stops it; logs are in {LOGS})")
        _tend(children)
    finally:
        _end(children)


def _prepare(address: str) -> None:
    if settings.SAMPLE_NEWSROOM:
        # The sample's press site is served by ourselves; exactly this one private address may be fetched.
        allowed = [*settings.FETCH_ALLOW_PRIVATE, address.removeprefix("http://")]
        os.environ["FETCH_ALLOW_PRIVATE"] = ",".join(allowed)
    say("Migrating the database")
    _manage("migrate", "--no-input", "--verbosity=0")
    say("Collecting static files")
    _manage("collectstatic", "--no-input", "--verbosity=0")


def _servers(host: str, port: int, lock: IO[str]) -> list[Child]:
    LOGS.mkdir(parents=True, exist_ok=True)
    say("Starting the web server, the worker and the scheduler")
    return [
        Child("web server", web_command(host, port), lock),
        Child("worker", worker_command(), lock),
        Child("scheduler", scheduler_command(), lock),
    ]


def _wait_until_ready(address: str, children: list[Child]) -> None:
    patience = time.monotonic() + READY_SECONDS
    while not (found := _readiness(address))[0]:
        if time.monotonic() > patience:
            raise Misconfigured(f"{address}/readyz does not say that all is well: {found[1]} See {LOGS}.")
        for child in children:
            child.tend()
        time.sleep(0.1)


def _readiness(address: str) -> tuple[bool, str]:
    host = {"Host": settings.ALLOWED_HOSTS[0].lstrip(".")} if "*" not in settings.ALLOWED_HOSTS else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{address}/readyz", headers=host), timeout=5):  # noqa: S310
            return True, ""
    except urllib.error.HTTPError as answer:
        return False, answer.read(2000).decode(errors="replace")
    except OSError as refused:
        return False, str(refused)


def _load_sample(children: list[Child]) -> None:
    if not settings.SAMPLE_NEWSROOM:
        return
    say("Loading the sample newsroom")
    try:
        _manage("load_sample", meanwhile=children)
        _manage("load_sample", "--logins", meanwhile=children)
    except Misconfigured as wrong:
        say(f"{wrong} The site runs all the same; the next ./run goes on with the sample.")


def _manage(*command: str, meanwhile: Sequence[Child] = ()) -> None:
    """Runs manage.py to its end, in a group of its own that ends with us; looks after the children meanwhile."""
    process = spawn([sys.executable, str(ROOT / "manage.py"), *command])
    try:
        while process.poll() is None:
            for child in meanwhile:
                child.tend()
            time.sleep(0.05)
    except Stop:
        process.terminate()
        process.wait()
        raise
    if process.returncode:
        raise Misconfigured(f"manage.py {command[0]} failed; what it said stands above.")


def _tend(children: list[Child]) -> None:
    postgresql = embedded.Watch()
    while True:
        for child in children:
            child.tend()
        postgresql.tend(say)
        time.sleep(0.2)


def _end(children: list[Child]) -> None:
    """The scheduler sends no more, the web server answers what it has, the worker finishes; PostgreSQL goes last."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if not children:
        return
    say("Stopping")
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop()
    for child in children:
        child.wait(until)


@contextmanager
def _alone() -> Iterator[IO[str]]:
    """One supervisor for each var/: the kernel lets go of the lock whatever happens to the process."""
    with embedded.writable():
        VAR.mkdir(parents=True, exist_ok=True)
        lock = (VAR / "supervisor.lock").open("a+")
    with lock as place:
        if not _taken(place):
            place.seek(0)
            raise Misconfigured(f"it runs already: {place.read().strip() or 'it is just starting'}.")
        place.truncate(0)
        yield place


@contextmanager
def _after_the_last_run() -> Iterator[IO[str]]:
    """The lock that every server inherits; a supervisor that was killed leaves servers that are just ending."""
    with (VAR / "servers.lock").open("a") as lock:
        patience = time.monotonic() + STOP_SECONDS + 10
        said = False
        while not _taken(lock):
            if not said:
                say("Waiting until the servers of the last run have ended")
                said = True
            if time.monotonic() > patience:
                raise Misconfigured("servers of an earlier run do not end. Look for gunicorn and celery, and end them.")
            time.sleep(0.1)
        yield lock


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def refuse_taken_port(host: str, port: int) -> None:
    """Raises Misconfigured when somebody else listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as refused:
            raise Misconfigured(
                f"port {port} is taken by another program or not allowed ({refused.strerror}). "
                f"Choose another one: PORT={port + 1} ./run"
            ) from refused


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop


if __name__ == "__main__":
    main()
