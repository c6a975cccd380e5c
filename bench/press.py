"""A site of generated articles for measurements: 50 to 300 kB each, every second one sent gzipped; its own process.

`python -m bench.press [seconds before an answer]` prints its port and serves until it is ended. Pages depend on nothing
but their number.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate

#: Of the machine itself; 127.0.0.1 is an address that warcprox refuses.
HOST = "127.0.0.2"
PAGES = 500
SMALLEST, LARGEST = 50_000, 300_000
WORDS = 6_000


def article(number: int) -> bytes:
    """An article in an invented language, whose words are as unequally common as those of real ones."""
    chance = random.Random(number)
    words, size = _words(), chance.randint(SMALLEST, LARGEST)
    common = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    parts = [f"<!doctype html><html lang=en><head><title>Article {number}</title></head><body><article>"]
    length = len(parts[0])
    while length < size:
        text = " ".join(chance.choices(words, cum_weights=common, k=60))
        parts.append(f'<p class="text-{chance.randint(1, 5)}">{text}.</p>\n')
        length += len(parts[-1])
    return "".join([*parts, "</article></body></html>"]).encode()


@cache
def _words() -> list[str]:
    chance = random.Random(7)
    syllables = [consonant + vowel for consonant in "bcdfghklmnprstvw" for vowel in "aeiou"]
    return ["".join(chance.choices(syllables, k=chance.choice([1, 2, 2, 3, 4]))) for _ in range(WORDS)]


class Press(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: tuple[bytes, ...] = ()
    delay = 0.0

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        time.sleep(self.delay)
        number = int(self.path.strip("/").partition("?")[0]) % PAGES
        body = self.pages[number]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if number % 2:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def main(delay: str = "0") -> None:
    Press.delay = float(delay)
    Press.pages = tuple(
        gzip.compress(page, 6) if number % 2 else page for number, page in enumerate(map(article, range(PAGES)))
    )
    server = ThreadingHTTPServer((HOST, 0), Press)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
