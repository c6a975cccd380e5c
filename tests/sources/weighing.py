"""What one hostile answer after another costs a process like a worker.

`python -m tests.sources.weighing` prints it for all of them, or for those that are named. Each is captured by a fork of
a process that has everything imported, so that what one takes is not hidden in what another left.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from multiprocessing.context import ForkProcess
from pathlib import Path

import django

from tests.sources.hostile_answers import ANSWERS, talk
from tests.sources.raw_server import raw_server, unwatched

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024**2
# Beyond this a capture ends by itself, before it hurts the machine that it is tested on.
MOST_BYTES = 3 * 1024 * MEGABYTE
QUICK_SECONDS, SLOW_SECONDS, FIRST_BYTE_SECONDS = 60, 5, 3


@dataclass(frozen=True)
class Weight:
    """`ends` as in `hostile_answers`, `sentence` why; `taken` are the bytes of the page, unpacked.

    `megabytes` is by how much the process grew at most, `reader` what the one that reads PDFs had beside it.
    """

    name: str
    ends: str
    sentence: str
    taken: int
    megabytes: int
    reader: int


def weigh(names: Iterable[str]) -> Iterator[Weight]:
    """Each once, in the order in which they end. Raises CalledProcessError."""
    # A pipe of its own: what the worker logs goes to its standard output.
    told, tell = os.pipe()
    with raw_server(talk) as server, os.fdopen(told) as lines:
        environment = os.environ | {
            "FETCH_ALLOW_PRIVATE": server.endpoint,
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        command = [sys.executable, "-m", "tests.sources.weighing", "--tell", str(tell), server.endpoint, *names]
        with subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[tell]) as worker:
            os.close(tell)
            for line in lines:
                yield Weight(**json.loads(line))
    if worker.returncode:
        raise subprocess.CalledProcessError(worker.returncode, command)


def _capture_all(tell: int, endpoint: str, names: list[str]) -> None:
    django.setup()
    _warm()
    slow = [_begun(tell, endpoint, name) for name in names if ANSWERS[name].slow]
    for name in names:
        if not ANSWERS[name].slow:
            _ended(_begun(tell, endpoint, name))
    for one in slow:
        _ended(one)


def _warm() -> None:
    """What the first page loads for all that follow belongs to the worker, not to that page."""
    from sources import recording
    from sources.extract import extract

    extract(b"<html><title>a</title><article><p>" + b"Some words of a page. " * 50 + b"</article>", "text/html")
    # What is held already is asked of the database: it weighs nothing, and there is none here.
    recording._held = lambda hop, payload: None


def _begun(tell: int, endpoint: str, name: str) -> ForkProcess:
    process = multiprocessing.get_context("fork").Process(target=_weigh, args=(tell, endpoint, name), name=name)
    process.start()
    return process


def _ended(process: ForkProcess) -> None:
    process.join()
    if process.exitcode:
        raise SystemExit(f"“{process.name}” ended the process that captured it ({process.exitcode}).")


def _weigh(tell: int, endpoint: str, name: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    before = _resident()
    ends, sentence, taken = _captured(endpoint, name)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    weight = Weight(name, ends, sentence, taken, most // MEGABYTE, reader // MEGABYTE)
    # In one piece, for several write at once.
    os.write(tell, json.dumps(asdict(weight)).encode() + b"\n")


def _captured(endpoint: str, name: str) -> tuple[str, str, int]:
    from django.core.files.storage import FileSystemStorage

    from sources import fetching, recording
    from sources.blobs import Blobs
    from sources.browser import Sight
    from sources.canonical import parse
    from sources.fetcher import fetch
    from sources.reasons import FetchFailed

    total, first = (SLOW_SECONDS, FIRST_BYTE_SECONDS) if ANSWERS[name].slow else (QUICK_SECONDS, QUICK_SECONDS)
    limits = replace(fetching.limits(), first_byte_seconds=first, total_seconds=total)
    try:
        fetched = fetch(parse(f"http://{endpoint}/{name}"), fetching.policy(), limits, "factcheck-test/1", unwatched)
    except FetchFailed as failure:
        return failure.reason, failure.sentence, 0
    with tempfile.TemporaryDirectory(prefix="factcheck-") as folder, closing(fetched):
        recorded = recording.record(
            fetched,
            Blobs(FileSystemStorage(folder)),
            purpose="cited",
            sight=Sight(),
            requisites=fetching.requisites_of(fetched, unwatched),
        )
        return fetched.page.truncated or fetched.damage or "kept", recorded.snapshot.note, fetched.content_length


def _resident() -> int:
    """Bytes of this process that are in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _main(arguments: list[str]) -> None:
    if arguments[:1] == ["--tell"]:
        _capture_all(int(arguments[1]), arguments[2], arguments[3:])
        return
    for one in weigh(arguments or ANSWERS):
        beside = f" and {one.reader} MB in the reader of PDFs" if one.reader else ""
        sys.stdout.write(f"{one.name:36} {one.ends:20} {one.megabytes:4} MB{beside}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1:])
