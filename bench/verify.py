"""Checking the archive, beside sha256sum over the same files: python -m bench.verify [--alone]

CPU seconds of one process, the median of five. sha256sum reads the files and hashes them, and no more; verify_archive
holds them against the database, with --records also every record in them, which is unpacked and hashed twice more.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import captures

RUNS = 5
DEPTHS = {"verify_archive": False, "verify_archive --records": True}
PICTURES = 440_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--alone", action="store_true", help="articles alone; else with pictures, 500 KB each")
    given = parser.parse_args()
    with captures.archive() as folder:
        press, total, pages = captures.Press(), 0, 0
        while total < given.megabytes * 1_000_000:
            total += press.capture(0 if given.alone else PICTURES)
            pages += 1
        print(f"{pages} captures, {total / 1e6:,.0f} MB, {'articles alone' if given.alone else 'with pictures'}")
        peer = _median(partial(_sha256sum, folder))
        print(f"  {'sha256sum':26s} {total / 1e6 / peer:6,.0f} MB/s of CPU time")
        for name, every_record in DEPTHS.items():
            spent = _median(partial(_ours, every_record))
            print(f"  {name:26s} {total / 1e6 / spent:6,.0f} MB/s, {peer / spent:.2f} of sha256sum", flush=True)


def _ours(every_record: bool) -> float:
    from sources import checking, fetching

    blobs = fetching.blobs()
    begun = time.process_time()
    faults = [
        fault
        for each in checking.snapshots(every_record=every_record)
        if (fault := checking.check(each, blobs, every_record=every_record))
    ]
    spent = time.process_time() - begun
    assert not faults, faults[0]
    return spent


def _sha256sum(folder: str) -> float:
    files = [str(path) for path in Path(folder).rglob("*") if path.is_file()]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for start in range(0, len(files), 1000):
        subprocess.run(["sha256sum", *files[start : start + 1000]], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(RUNS))


if __name__ == "__main__":
    main()
