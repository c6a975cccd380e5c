"""Real servers in processes of their own: the Celery worker, its scheduler, the web server."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from factcheck import servers

PATIENCE = 40.0


class Process:
    """A server that was started for a test; its output is in `log`."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path, ready: str) -> None:
        self.command, self.environment, self.log, self.ready = command, environment, log, ready
        self.start()

    def start(self) -> None:
        """Starts it (again) and returns when it says that it is ready."""
        with self.log.open("ab") as output:
            said_before = output.tell()
            self.process = servers.spawn(self.command, environment=self.environment, output=output)
        patience = time.monotonic() + PATIENCE
        while self.ready not in self.said(said_before):
            if self.process.poll() is not None or time.monotonic() > patience:
                raise AssertionError(f"{self.command} did not become ready:\n{self.said(said_before)}")
            time.sleep(0.02)

    def said(self, since: int = 0) -> str:
        return self.log.read_bytes()[since:].decode(errors="replace")

    def kill(self) -> None:
        """kill -9: nothing is finished, nothing is put away."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Asks it to finish, as the supervisor does, and returns when it has."""
        self.ask()
        self.wait()

    def ask(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()


class Processes:
    """Starts servers against the tests' database, archive and broker; stops them all at the end.

    Keyword arguments are settings of that server alone: `processes.worker(FETCH_ALLOW_PRIVATE="127.0.0.1:4711")`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[Process] = []

    def worker(self, **given: str) -> Process:
        return self._start("worker", servers.worker_command(), " ready.", given)

    def scheduler(self, **given: str) -> Process:
        return self._start("scheduler", servers.scheduler_command(), "beat: Starting...", given)

    def web(self, port: int | None = None, **given: str) -> "Web":
        """The site on a free port; `PUBLIC_URL` and so links are its own address."""
        port = port or free_port()
        given = {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"} | given
        process = self._start("web", servers.web_command("127.0.0.1", port), "Booting worker", given)
        return Web(process, f"http://127.0.0.1:{port}")

    def stop(self) -> None:
        # Each takes a second or more to finish; they do so together.
        for process in self.started:
            process.ask()
        for process in self.started:
            process.wait()

    def environment(self, given: dict[str, str]) -> dict[str, str]:
        here = {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": address(settings.DATABASES["default"]),
            "DATABASE_OWNER_URL": address(settings.DATABASE_OWNER | {"NAME": settings.DATABASES["default"]["NAME"]}),
            "DATABASE_POOL": "12",
            "ARCHIVE_ROOT": settings.ARCHIVE_ROOT,
            "STATIC_MANIFEST": "no",
        }
        return os.environ | here | given

    def _start(self, name: str, command: list[str], ready: str, given: dict[str, str]) -> Process:
        log = self.folder / f"{name}-{len(self.started)}.log"
        process = Process(command, self.environment(given), log, ready)
        self.started.append(process)
        return process


class Web:
    """The running site: `url` is its address without a slash at the end."""

    def __init__(self, process: Process, url: str) -> None:
        self.process, self.url = process, url


def address(database: dict[str, object]) -> str:
    """The PostgreSQL address of Django's database settings."""
    user, password = quote(str(database["USER"]), safe=""), quote(str(database["PASSWORD"]), safe="")
    login = f"{user}:{password}" if password else user
    name, host = quote(str(database["NAME"]), safe=""), quote(str(database["HOST"]), safe="")
    return f"postgresql://{login}@/{name}?host={host}" + (f"&port={database['PORT']}" if database["PORT"] else "")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
