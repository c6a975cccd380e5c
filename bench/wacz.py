"""Packaging a capture of 500 KB as WACZ, beside py-wacz over the same WARC file: python -m bench.wacz [PYTHON]

PYTHON is the interpreter of an environment with the package `wacz`, which pulls in an AGPL package and so is none of
ours: python3 -m venv /somewhere && /somewhere/bin/pip install wacz. Without it only ours is measured.

CPU milliseconds, the median of five: ours from the query to the last byte; py-wacz in a process that has everything
imported already, and, as people use it, as a command.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import captures

RUNS = 5
PICTURES = 440_000
LIBRARY = """
import sys, time, contextlib, io
from wacz.main import main
times = []
for number in range(6):
    begun = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        main(["create", "-o", sys.argv[2], "--detect-pages", sys.argv[1]])
    times.append(time.process_time() - begun)
print(sorted(times[1:])[2])
"""


def main() -> None:
    with captures.archive() as folder, tempfile.TemporaryDirectory() as other:
        length = captures.Press(seed=3).capture(PICTURES)
        print(f"a capture of {length / 1000:,.0f} KB")
        ours = 1000 * statistics.median(_ours() for _ in range(RUNS + 1))
        print(f"  ours               {ours:8.1f} ms")
        if len(sys.argv) > 1:
            (blob,) = Path(folder).rglob("*/*/*/*")
            warc = Path(other) / "capture.warc.gz"
            warc.write_bytes(blob.read_bytes())
            for name, theirs in _py_wacz(sys.argv[1], warc, Path(other) / "capture.wacz").items():
                print(f"  {name:18s} {theirs:8.1f} ms, {theirs / ours:.0f} times ours")


def _ours() -> float:
    from sources import packaging
    from sources.models import Snapshot

    begun = time.process_time()
    package = packaging.package([Snapshot.objects.get().pk])
    written = sum(map(len, package.pieces()))
    spent = time.process_time() - begun
    assert written == package.length
    return spent


def _py_wacz(python: str, warc: Path, target: Path) -> dict[str, float]:
    done = subprocess.run([python, "-c", LIBRARY, warc, target], check=True, capture_output=True, text=True)
    command: list[str | Path] = [Path(python).with_name("wacz"), "create", "-o", target, "--detect-pages", warc]
    return {
        "py-wacz, warm": 1000 * float(done.stdout.split()[-1]),
        "py-wacz, command": 1000 * statistics.median(_command(command) for _ in range(RUNS)),
    }


def _command(command: list[str | Path]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
