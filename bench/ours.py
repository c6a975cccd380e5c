"""Fetches and records pages as the worker does, without database and text: `bench.ours HOST:PORT COUNT FAST FOLDER`.

Prints the bytes of the WARC files and the largest resident size of the process, in bytes.
"""

from __future__ import annotations

import gc
import resource
import sys
from contextlib import closing

from sources.canonical import parse
from sources.fetcher import Limits, fetch
from sources.warc import WarcFile
from sources.wire import Policy


def main(endpoint: str, count: str, fast: str, folder: str) -> None:
    gc.freeze()  # As the worker does when it begins.
    policy, limits = Policy(allow_private=frozenset({endpoint})), Limits()
    total = 0
    for number in range(int(count)):
        address = parse(f"http://{endpoint}/{number}")
        with (
            closing(fetch(address, policy, limits, "bench", lambda step, received: None)) as fetched,
            open(f"{folder}/{number}.warc.gz", "wb") as target,  # noqa: PTH123 -- pathlib would take a hundredth of a page
        ):
            file = WarcFile(target, [("software", "factcheck")], fetched.page.asked_at, fast=fast == "fast")
            for hop in fetched.hops:
                file.exchange(hop)
            total += target.tell()
    print(total, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
