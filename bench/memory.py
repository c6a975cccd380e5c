"""How large a process that fetches and records becomes, whatever it is sent: `python -m bench.memory`.

One process takes every hostile answer of the tests, one after another, as `bench.ours` takes articles. Memory is what
the kernel counted as its largest resident size (VmHWM), Python itself included.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bench.fetch import ROOT
from sources.canonical import parse
from sources.fetcher import Limits, fetch
from sources.reasons import FetchFailed
from sources.warc import WarcFile
from sources.wire import Policy
from tests.sources.hostile_answers import ANSWERS, talk
from tests.sources.raw_server import raw_server, unwatched

QUICK = Limits()
SLOW = replace(QUICK, first_byte_seconds=3, total_seconds=5)
HEAVIEST = 5


def main() -> None:
    with raw_server(talk) as server:
        subprocess.run([sys.executable, "-m", "bench.memory", server.endpoint], cwd=ROOT, check=True)


def take_all(endpoint: str) -> None:
    grown, largest = [], _largest()
    print(f"{largest} MB before the first")
    for name in ANSWERS:
        _take(endpoint, name)
        grown.append((_largest() - largest, name))
        largest = _largest()
    print(f"{largest} MB at most, after {len(ANSWERS)} answers")
    for megabytes, name in sorted(grown, reverse=True)[:HEAVIEST]:
        print(f"  {megabytes} MB more by “{name}”")


def _take(endpoint: str, name: str) -> None:
    policy, limits = Policy(allow_private=frozenset({endpoint})), SLOW if ANSWERS[name].slow else QUICK
    try:
        fetched = fetch(parse(f"http://{endpoint}/{name}"), policy, limits, "bench", unwatched)
    except FetchFailed:
        return
    with closing(fetched), tempfile.TemporaryFile() as target:
        file = WarcFile(target, [("software", "factcheck")], fetched.page.asked_at)
        for hop in fetched.hops:
            file.exchange(hop)


def _largest() -> int:
    told = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")) // 1024


if __name__ == "__main__":
    take_all(sys.argv[1]) if len(sys.argv) > 1 else main()
