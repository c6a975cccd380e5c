"""A sealed capture through Celery and PostgreSQL, beside wget: `python -m bench.sealed [pages] [runs]`.

From the message that waits to the row that says done: fetch, WARC, digests, both texts, metadata, rows, event. CPU time
of the worker with all that it started, and of PostgreSQL, apart. Then pages a second with a server that takes 200 ms to
answer, at 1, 2 and 4 workers, and who was busy meanwhile.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench import captures
from bench.fetch import press, wget
from bench.press import HOST

if TYPE_CHECKING:  # Django must be set up before its models are imported.
    from tests.processes import Processes

WARM_UP = 40
DELAY = 0.2
WORKERS = (1, 2, 4)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds: of CPU by the workers and by PostgreSQL, and by the wall clock. `peak`: bytes of the largest worker."""

    workers: float
    postgres: float
    wall: float
    peak: int


def main(pages: int = 300, runs: int = 5) -> None:
    with captures.archive(), tempfile.TemporaryDirectory() as folder:
        from tests.processes import Processes

        processes = Processes(Path(folder))
        with press() as port:
            peer = median(wget(port, pages, Path(folder)).seconds for _ in range(runs))
            _report_cost([_run(processes, port, pages, workers=1) for _ in range(runs)], peer, pages)
        with press(DELAY) as port:
            print(
                "\n| workers | pages a second | cores busy with workers | with PostgreSQL |\n| --- | --- | --- | --- |"
            )
            for workers in WORKERS:
                _report_rate(workers, [_run(processes, port, pages, workers=workers) for _ in range(runs)], pages)


def _report_cost(taken: list[Spent], peer: float, pages: int) -> None:
    ours, postgres = (median(getattr(one, name) for one in taken) / pages * 1000 for name in ("workers", "postgres"))
    print(f"| {pages} pages, median of {len(taken)} | CPU ms a page | of wget's |\n| --- | --- | --- |")
    for name, cost in (
        ("worker", ours),
        ("PostgreSQL", postgres),
        ("both (wanted: at most 40)", ours + postgres),
        ("wget --warc-file, which keeps the page and no more", peer / pages * 1000),
    ):
        print(f"| {name} | {cost:.1f} | {cost / (peer / pages * 1000):.2f} |", flush=True)
    print(f"\nThe worker had {max(one.peak for one in taken) / 1e6:.0f} MB at most.", flush=True)


def _report_rate(workers: int, taken: list[Spent], pages: int) -> None:
    middle = sorted(taken, key=lambda one: one.wall)[len(taken) // 2]
    busy = f"{middle.workers / middle.wall:.2f} | {middle.postgres / middle.wall:.2f}"
    print(f"| {workers} | {pages / middle.wall:.1f} | {busy} |", flush=True)


def _run(processes: Processes, port: int, pages: int, *, workers: int) -> Spent:
    """The same pages for a database that has never seen them, by workers that are warm."""
    from sources import messages

    with _started(processes, port, workers) as pids:
        _ask_for(port, [f"warm-{number}" for number in range(WARM_UP)])
        _await_all()
        with _held_up(pids):
            _ask_for(port, [str(number) for number in range(pages)])
            postgres = _postgres()
            before, began = (_cpu(pids), _cpu(postgres)), time.monotonic()
        _await_all()
        wall = time.monotonic() - began
        spent = Spent(_cpu(pids) - before[0], _cpu(postgres) - before[1], wall, max(map(_peak, pids)))
    assert messages.sweep() == 0
    return spent


@contextmanager
def _started(processes: Processes, port: int, workers: int) -> Iterator[list[int]]:
    given = {"FETCH_ALLOW_PRIVATE": f"{HOST}:{port}", "FETCH_HOST_PER_MINUTE": "0", "BROWSER": "no"}
    started = [processes.worker(**given) for _ in range(workers)]
    try:
        yield [worker.process.pid for worker in started]
    finally:
        for worker in started:
            worker.stop()


@contextmanager
def _held_up(pids: list[int]) -> Iterator[None]:
    """Stopped, so that nothing is measured but what they do once they go on."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def _ask_for(port: int, names: list[str]) -> None:
    """Each page as somebody cites it."""
    from factcheck.access.models import User
    from sources import archive
    from sources.models import Capture

    by, _ = User.objects.get_or_create(email="bench@example.org", defaults={"name": "Bench", "roles": ["contributor"]})
    turn = Capture.objects.count()
    for name in names:
        number = name.removeprefix("warm-")
        source = archive.add_source(f"http://{HOST}:{port}/{number}?{name}.{turn}", by=by)
        archive.request_capture(source, by=by)


def _await_all() -> None:
    from sources.models import Capture

    while Capture.objects.filter(state__in=["queued", "running"]).exists():
        time.sleep(0.05)
    failed = Capture.objects.exclude(state="done").first()
    assert failed is None, failed.detail


def _postgres() -> list[int]:
    """The server's processes; a connection's process that ends in between is not counted."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    parent = int(Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()[1])
    return [parent]


def _cpu(pids: list[int]) -> float:
    """CPU seconds of these processes and of all that came from them and live, or were waited for."""
    statistics = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in _with_children(pids)]
    return sum(sum(map(int, fields[11:15])) for fields in statistics) / TICKS


def _peak(pid: int) -> int:
    """The most bytes that the process has had in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def _with_children(pids: list[int]) -> list[int]:
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in map(str.split, listed.splitlines())}
    found = list(pids)
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return [pid for pid in found if Path(f"/proc/{pid}").exists()]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
