"""A site of generated articles for measurements: 50 to 300 kB each, every second one sent gzipped; its own process.

`python -m bench.press` prints its port and serves until it is ended. Pages depend on nothing but their number.
"""

from __future__ import annotations

import gzip
import random
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGES = 500
SMALLEST, LARGEST = 50_000, 300_000
WORDS = 6_000


def article(number: int) -> bytes:
    """An article in an invented language, whose words are as unequally common as those of real ones."""
    chance = random.Random(number)
    words, size = _words(), chance.randint(SMALLEST, LARGEST)
    common = [1 / (rank + 3) for rank in range(len(words))]
    parts = [f"<!doctype html><html lang=en><head><title>Article {number}</title></head><body><article>"]
    length = len(parts[0])
    while length < size:
        text = " ".join(chance.choices(words, common, k=60))
        parts.append(f'<p class="text-{chance.randint(1, 5)}">{text}.</p>\n')
        length += len(parts[-1])
    return "".join([*parts, "</article></body></html>"]).encode()


def _words() -> list[str]:
    chance = random.Random(7)
    syllables = [consonant + vowel for consonant in "bcdfghklmnprstvw" for vowel in "aeiou"]
    return ["".join(chance.choices(syllables, k=chance.choice([1, 2, 2, 3, 4]))) for _ in range(WORDS)]


class Press(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: tuple[bytes, ...] = ()

    def do_GET(self) -> None:
        number = int(self.path.strip("/")) % PAGES
        body = self.pages[number]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if number % 2:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def main() -> None:
    Press.pages = tuple(
        gzip.compress(page, 6) if number % 2 else page for number, page in enumerate(map(article, range(PAGES)))
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Press)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
