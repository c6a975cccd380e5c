"""Fetch and record articles, beside wget and warcprox: CPU time, bytes, ratios. `python -m bench.fetch [pages] [runs]`.

wget is Debian's package; warcprox is taken from a virtual environment of its own that this makes beside the system's
temporary files (it is GPL, and no dependency of ours).
"""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import ProxyHandler, build_opener

from bench.press import HOST
from factcheck import servers

ROOT = Path(__file__).parents[1]
WARCPROX = "warcprox==2.13.1"
# Where files cost nobody anything: ext4 takes its time to make one where others were removed a minute ago, and of all
# that are measured we alone make a file a page.
MEMORY = next((str(place) for place in [Path("/dev", "shm")] if place.is_dir()), None)


@dataclass(frozen=True)
class Run:
    """CPU seconds (user and system) of one run, and the bytes of its WARC files."""

    seconds: float
    size: int


def main(pages: int = 500, runs: int = 5) -> None:
    with press() as port, tempfile.TemporaryDirectory(dir=MEMORY) as place:
        folder = Path(place)
        ways: dict[str, Callable[[], Run]] = {
            "factcheck": lambda: ours(port, pages, "small", folder),
            "factcheck, ARCHIVE_FAST": lambda: ours(port, pages, "fast", folder),
            "wget --warc-file": lambda: wget(port, pages, folder),
        }
        proxy = install_warcprox(folder)
        if proxy:
            ways["warcprox"] = lambda: warcprox(proxy, port, pages, folder)
        # Turn by turn, so that what else the machine does falls on all of them alike.
        measured = [{name: way() for name, way in ways.items()} for _ in range(runs)]
    report({name: [turn[name] for turn in measured] for name in ways}, pages)


def report(measured: dict[str, list[Run]], pages: int) -> None:
    peer = measured["wget --warc-file"]
    print(f"| {pages} pages, median of {len(peer)} | CPU ms a page | of wget's | bytes a page | of wget's |")
    print("| --- | --- | --- | --- | --- |")
    for name, taken in measured.items():
        cost, size = median(run.seconds for run in taken), median(run.size for run in taken)
        against = cost / median(run.seconds for run in peer), size / median(run.size for run in peer)
        print(f"| {name} | {cost / pages * 1000:.2f} | {against[0]:.3f} | {size / pages:,.0f} | {against[1]:.4f} |")


@contextmanager
def press(delay: float = 0) -> Iterator[int]:
    """The port of the press, which waits `delay` seconds before it answers."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.press", str(delay)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as site:
        assert site.stdout is not None
        try:
            yield int(site.stdout.readline())
        finally:
            site.terminate()


def ours(port: int, pages: int, way: str, place: Path) -> Run:
    folder = tempfile.mkdtemp(dir=place)
    begin = _spent()
    command = [sys.executable, "-m", "bench.ours", f"{HOST}:{port}", str(pages), way, folder]
    # As the supervisor starts a worker.
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=os.environ | servers.ALLOCATOR)
    return Run(_spent() - begin, _size(Path(folder)))


def wget(port: int, pages: int, place: Path) -> Run:
    folder = Path(tempfile.mkdtemp(dir=place))
    addresses = folder / "addresses"
    addresses.write_text("".join(f"http://{HOST}:{port}/{number}\n" for number in range(pages)))
    begin = _spent()
    command = ["wget", "-q", "--no-proxy", f"--warc-file={folder}/w", "-O", "/dev/null", "-i", str(addresses)]
    subprocess.run(command, cwd=folder, check=True)
    return Run(_spent() - begin, _size(folder))


def install_warcprox(place: Path) -> Path | None:
    venv.create(place / "venv", with_pip=True)
    python = place / "venv/bin/python"
    done = subprocess.run([python, "-m", "pip", "install", "-q", WARCPROX], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"warcprox could not be installed: {done.stderr.strip().splitlines()[-1]}")
        return None
    return python.parent / "warcprox"


def warcprox(program: Path, port: int, pages: int, place: Path) -> Run:
    folder = tempfile.mkdtemp(dir=place)
    with socket.create_server(("127.0.0.1", 0)) as free:
        own = free.getsockname()[1]
        free.close()
        begin = _spent()
        command = [str(program), "-p", str(own), "-d", "warcs", "-z", "--dedup-db-file=dedup.sqlite"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as proxy:
            try:
                _until_open(own)
                through = build_opener(ProxyHandler({"http": f"http://127.0.0.1:{own}"}))
                for number in range(pages):
                    with through.open(f"http://{HOST}:{port}/{number}") as answer:
                        answer.read()
            finally:
                proxy.terminate()
            proxy.wait()
        return Run(_spent() - begin, _size(Path(folder, "warcs")))


def _until_open(port: int) -> None:
    for _ in range(600):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("warcprox does not answer")


def _spent() -> float:
    """CPU seconds of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*.warc.gz*"))


if __name__ == "__main__":
    if not shutil.which("wget"):
        sys.exit("wget was not found (apt-get install wget).")
    os.environ.pop("http_proxy", None)
    main(*map(int, sys.argv[1:]))
