"""Files as people save them: a page as MHTML, as a WARC of another tool, and the hostile kind."""

from __future__ import annotations

import base64
import gzip
import hashlib
from datetime import UTC, datetime

URL = "https://example.org/licences"
AT = datetime(2025, 6, 9, 12, tzinfo=UTC)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CSS = b"p { color: green }"
HTML = (
    '<!doctype html><html lang="en"><head><title>Licences stay</title>'
    '<link rel="stylesheet" href="https://example.org/site.css"></head>'
    "<body><p>The ministry said the licences stay. “희토류”</p>"
    '<img src="https://example.org/a.png" alt=""></body></html>'
).encode()


def mhtml(html: bytes = HTML, *, location: str = URL, date: str = "Mon, 9 Jun 2025 12:00:00 -0000") -> bytes:
    """As Chromium saves a page: quoted-printable text, pictures in base64."""
    written = html.replace(b"=", b"=3D").replace(b"> ", b">=\r\n ")
    return b"\r\n".join(
        [
            b"From: <Saved by Blink>",
            f"Snapshot-Content-Location: {location}".encode(),
            f"Date: {date}".encode(),
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Mark--x"',
            b"\r\n",
            b"------Mark--x\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>",
            f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {location}\r\n".encode(),
            written,
            b"------Mark--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64",
            b"Content-Location: https://example.org/a.png\r\n",
            base64.encodebytes(PNG).replace(b"\n", b"\r\n").rstrip(),
            b"------Mark--x\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: binary",
            b"Content-Location: https://example.org/site.css\r\n",
            CSS,
            b"------Mark--x--\r\n",
        ]
    )


def warc(*, packed: bool = True, cookie: str = "") -> bytes:
    """As other tools write it: an address that leads to the page, the page with its request, its parts."""
    asked = f"GET /licences HTTP/1.1\r\nHost: example.org\r\n{f'Cookie: {cookie}' if cookie else 'Accept: */*'}\r\n\r\n"
    records = [
        response("https://example.org/old", b"", "301 Moved", "Location: /licences"),
        response(URL, gzip.compress(HTML, mtime=0), "200 OK", "Content-Encoding: gzip", id="<urn:page>"),
        record("request", URL, asked.encode(), "WARC-Concurrent-To: <urn:page>"),
        response("https://example.org/site.css", CSS, "200 OK", kind="text/css"),
        response("https://example.org/a.png", PNG, "200 OK", kind="image/png"),
        response("https://example.org/other", HTML, "200 OK"),
        response("https://example.org/missing", HTML, "404 Not Found"),
    ]
    return b"".join(gzip.compress(each, mtime=0) if packed else each for each in records)


def response(url: str, body: bytes, status: str, *more: str, kind: str = "text/html", id: str = "") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more, "", ""])
    payload = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    fields = [f"WARC-Payload-Digest: sha1:{payload}", "WARC-IP-Address: 93.184.216.34"]
    return record("response", url, head.encode() + body, *fields, id=id)


def record(kind: str, url: str, block: bytes, *more: str, id: str = "") -> bytes:
    fields = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: {id or f'<urn:{kind}:{url}>'}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2025-06-09T12:00:00Z",
        f"Content-Type: application/http; msgtype={kind}",
        f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}",
        *more,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*fields, "", ""]).encode() + block + b"\r\n\r\n"
