"""A small web site on loopback, for the worker to fetch: its pages are the ones that a test gives it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.e2e.article import Article


class Site:
    """`endpoint` is its host:port, as FETCH_ALLOW_PRIVATE names it; `asked` are the paths that were fetched."""

    def __init__(self, server: ThreadingHTTPServer, asked: list[str]) -> None:
        self.endpoint = f"127.0.0.1:{server.server_address[1]}"
        self.asked = asked

    def url(self, path: str) -> str:
        return f"http://{self.endpoint}{path}"


@contextmanager
def serving(pages: Mapping[str, str]) -> Iterator[Site]:
    """Serves `pages` (path → HTML); any other path answers 404."""
    fetched: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        asked: ClassVar[list[str]] = fetched

        def do_GET(self) -> None:
            self.asked.append(self.path)
            page = pages.get(self.path)
            body = (page or "<h1>Nothing here</h1>").encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """The test's output is no access log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(server, fetched)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def as_page(article: Article) -> str:
    """The article as a newspaper would publish it."""
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    return f"""<!doctype html>
<html lang="{article.language}"><head><meta charset="utf-8"><title>{escape(article.title)}</title>
<meta property="article:published_time" content="{article.day.isoformat()}">
<meta name="author" content="{escape(article.byline)}"></head>
<body><article><h1>{escape(article.title)}</h1>{body}</article></body></html>"""
