"""What servers send who want to fill a memory, hold a worker or confuse a parser.

`ANSWERS` has the bytes by name and how the capture of each must end; `talk` is the server that sends them.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.sources.raw_server import page, redirect

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
# As long as is kept, and more than is read.
KEPT_BYTES, LONG_BYTES = 25_000_000, 6_000_000
MUCH = 64 * 1024

Pieces = Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Answer:
    """`ends` is a key of REASONS, or "kept", or why what is kept ends early: length, time, disconnect, or its damage.

    Only the clock ends those that are `slow`.
    """

    pieces: Pieces
    ends: str
    slow: bool = False


def talk(connection: socket.socket, request: bytes) -> None:
    name = request.split(b" ")[1].decode().strip("/")
    if name not in ANSWERS:
        connection.sendall(page("", status="404 Not Found"))
        return
    for piece in ANSWERS[name].pieces():
        if piece is RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        connection.sendall(piece)


#: In place of a piece: the connection ends as if somebody had pulled the plug.
RESET = b"reset"


def once(data: bytes) -> Pieces:
    return lambda: iter([data])


def plain(head: str, body: bytes = b"hello") -> Pieces:
    return once(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


def forever(head: bytes, piece: bytes) -> Pieces:
    def pieces() -> Iterator[bytes]:
        yield head
        many = piece * max(1, MUCH // len(piece))
        while True:
            yield many

    return pieces


def drop_by_drop(head: bytes, piece: bytes, pause: float = 0.02) -> Pieces:
    def pieces() -> Iterator[bytes]:
        yield head
        while True:
            time.sleep(pause)
            yield piece

    return pieces


def silence(head: bytes) -> Pieces:
    return drop_by_drop(head, b"", 0.5)


def packed(body: Callable[[], bytes], coding: str = "gzip") -> Pieces:
    return lambda: iter([page(body(), content_encoding=coding)])


def zeros(count: int) -> bytes:
    squeeze, piece = zlib.compressobj(9, wbits=31), bytes(1_000_000)
    return b"".join(squeeze.compress(piece) for _ in range(count // len(piece))) + squeeze.flush()


def noise(count: int) -> bytes:
    """What does not pack, the same on each run."""
    return b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(count // 32))


def close_to_the_ratio() -> bytes:
    """40 MB that pack to somewhat less than 200:1, so that only the length ends it."""
    block = noise(3200).hex().encode()
    return gzip.compress((b"<p>" + block) * (40_000_000 // len(block)), 6)


def members() -> bytes:
    return b"".join(gzip.compress(b"<p>%d</p>" % n) for n in range(900))


def wrong_sum() -> bytes:
    whole = bytearray(gzip.compress(b"<p>hello</p>" * 1000))
    whole[-6] ^= 255
    return bytes(whole)


def repeated(unit: str | bytes, before: str = "", *, size: int = LONG_BYTES) -> Pieces:
    """A page of one thing over and over."""

    def pieces() -> Iterator[bytes]:
        data = unit.encode() if isinstance(unit, str) else unit
        times = size // len(data)
        start = before.encode()
        yield HTML + b"Content-Length: %d\r\n\r\n" % (len(start) + times * len(data)) + start
        step = max(1, MUCH // len(data))
        for done in range(0, times, step):
            yield data * min(step, times - done)

    return pieces


def numbered(unit: str, count: int) -> Pieces:
    return lambda: iter([page("".join(unit.format(n=n) for n in range(count)))])


OF_HTTP = {
    "nothing": Answer(once(b""), "broken_off"),
    "reset-at-once": Answer(once(RESET), "broken_off"),
    "reset-in-the-head": Answer(lambda: iter([b"HTTP/1.1 200 OK\r\nContent-", RESET]), "broken_off"),
    "silence": Answer(silence(b""), "first_byte_timeout", slow=True),
    "silence-in-the-head": Answer(silence(b"HTTP/1.1 200 OK\r\n"), "timeout", slow=True),
    "silence-after-the-head": Answer(silence(HTML + b"\r\n"), "timeout", slow=True),
    "status-drop-by-drop": Answer(drop_by_drop(b"HTTP/1.1 200 ", b"O"), "timeout", slow=True),
    "headers-drop-by-drop": Answer(drop_by_drop(HTML, b"X: y\r\n"), "timeout", slow=True),
    "preliminary-drop-by-drop": Answer(drop_by_drop(b"", b"HTTP/1.1 103 Hints\r\n\r\n", 2), "timeout", slow=True),
    "body-drop-by-drop": Answer(drop_by_drop(HTML + b"Content-Length: 99999\r\n\r\n", b"a"), "time", slow=True),
    "chunks-drop-by-drop": Answer(drop_by_drop(CHUNKED, b"1\r\na\r\n"), "time", slow=True),
    "another-protocol": Answer(plain("SSH-2.0-OpenSSH_9.6"), "malformed"),
    "a-tls-record": Answer(once(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), "malformed"),
    "an-old-radio": Answer(plain("ICY 200 OK"), "malformed"),
    "another-version": Answer(plain("HTTP/2 200 OK"), "malformed"),
    "without-a-head": Answer(once(b"<p>hello</p>\r\n\r\n"), "malformed"),
    "status-in-words": Answer(plain("HTTP/1.1 two hundred"), "malformed"),
    "status-too-long": Answer(plain("HTTP/1.1 99999 OK"), "malformed"),
    "status-unknown": Answer(plain("HTTP/1.1 799 Odd"), "http_other"),
    "switching": Answer(plain("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket"), "malformed"),
    "preliminary-without-end": Answer(forever(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), "headers"),
    "headers-without-end": Answer(forever(HTML, b"X-Filler: aaaaaaaaaaaaaaaa\r\n"), "malformed"),
    "one-header-without-end": Answer(forever(HTML + b"X: ", b"a"), "malformed"),
    "status-without-end": Answer(forever(b"HTTP/1.1 200 ", b"O"), "malformed"),
    "too-many-headers": Answer(plain("HTTP/1.1 200 OK" + "\nX: y" * 101), "headers"),
    "nul-in-a-header": Answer(plain("HTTP/1.1 200 OK\nX: a\0b"), "malformed"),
    "space-before-the-colon": Answer(plain("HTTP/1.1 200 OK\nX : a"), "malformed"),
    "two-lengths": Answer(plain("HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 6"), "malformed"),
    "negative-length": Answer(plain("HTTP/1.1 200 OK\nContent-Length: -5"), "malformed"),
    "signed-length": Answer(plain("HTTP/1.1 200 OK\nContent-Length: +5"), "malformed"),
    "length-beyond-all-bounds": Answer(plain("HTTP/1.1 200 OK\nContent-Length: " + "9" * 30), "malformed"),
    "three-gigabytes": Answer(
        plain("HTTP/1.1 200 OK\nContent-Type: video/mp4\nContent-Length: 3221225472"), "too_large"
    ),
    "length-too-long": Answer(plain("HTTP/1.1 200 OK\nContent-Length: 100"), "disconnect"),
    "length-too-short": Answer(plain("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 2"), "kept"),
    "chunk-of-no-size": Answer(once(CHUNKED + b"zz\r\nhello"), "malformed"),
    "chunk-beyond-all-bounds": Answer(once(CHUNKED + b"f" * 40 + b"\r\nhello"), "malformed"),
    "chunk-without-its-end": Answer(once(CHUNKED + b"5\r\nhelloXX5\r\nhello"), "malformed"),
    "chunk-that-breaks-off": Answer(once(CHUNKED + b"ff\r\nhello"), "disconnect"),
    "chunk-size-without-end": Answer(forever(CHUNKED + b"5;", b"a"), "malformed"),
    "chunk-extensions-without-end": Answer(forever(CHUNKED, b"1;" + b"x" * 20_000 + b"\r\na\r\n"), "length"),
    "chunks-of-one-byte": Answer(forever(CHUNKED, b"1\r\na\r\n"), "time", slow=True),
    "trailers-without-end": Answer(forever(CHUNKED + b"5\r\nhello\r\n0\r\n", b"X: y\r\n"), "malformed"),
    "redirect-to-itself": Answer(once(redirect("/redirect-to-itself")), "redirect_loop"),
    "redirect-to-a-long-address": Answer(once(redirect("/" + "a" * 60_000)), "redirect_address"),
    "redirect-whose-page-is-endless": Answer(
        forever(b"HTTP/1.1 302 Found\r\nLocation: /length-too-short\r\n\r\n", b"on and on"), "kept"
    ),
}

OF_PACKING = {
    "bomb": Answer(packed(lambda: zeros(60_000_000)), "bomb"),
    "bomb-in-a-bomb": Answer(packed(lambda: gzip.compress(zeros(60_000_000))), "kept"),
    "bomb-announced-twice": Answer(packed(lambda: gzip.compress(zeros(10_000_000)), "gzip, gzip"), "encoding"),
    "close-to-the-ratio": Answer(packed(close_to_the_ratio), "length"),
    "many-members": Answer(packed(members), "kept"),
    "too-many-members": Answer(packed(lambda: gzip.compress(b"a") + gzip.compress(b"") * 20_000), "broken"),
    "member-and-padding": Answer(packed(lambda: gzip.compress(b"a") + bytes(9_000_000)), "kept"),
    "half-a-member": Answer(packed(lambda: gzip.compress(noise(90_000))[:50_000]), "incomplete"),
    "wrong-sum": Answer(packed(wrong_sum), "garbled"),
    "no-gzip-at-all": Answer(packed(lambda: b"plain text"), "garbled"),
    "a-name-without-end": Answer(packed(lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * 9_000_000), "incomplete"),
    "deflate": Answer(packed(lambda: zlib.compress(b"a" * 10**7), "deflate"), "encoding"),
    "brotli": Answer(packed(lambda: b"\x0b\x02\x80hello\x03", "br"), "encoding"),
}

OF_LENGTH = {
    "text-without-end": Answer(
        forever(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"on and on\n"), "length"
    ),
    "file-without-end": Answer(forever(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", bytes(1000)), "length"),
    "pdf-without-end": Answer(
        forever(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n", b"%a\n"), "length"
    ),
    "one-line-each-letter": Answer(repeated("a\n"), "kept"),
    "references-of-two": Answer(repeated("&NotEqualTilde;"), "kept"),
    "nested": Answer(repeated("<div>"), "kept"),
    "json-in-json": Answer(repeated("[", '<script type="application/ld+json">'), "kept"),
    "json-of-numbers": Answer(repeated("1,", '<script type="application/ld+json">['), "kept"),
}

# Pages that would take many times what a worker may have if they were read without bounds.
OF_PARTS = {
    "one-line": Answer(repeated("a"), "kept"),
    "references": Answer(repeated("&amp;"), "kept"),
    "marks": Answer(repeated("\u0301", "a"), "kept"),
    "one-wide-letter-among-narrow-ones": Answer(repeated("a", "😀"), "kept"),
    "no-utf-8": Answer(repeated(b"\xff"), "kept"),
    "page-without-end": Answer(forever(HTML + b"\r\n", b"<p>more and more</p>\n"), "length"),
    "one-attribute": Answer(repeated("<p a=b>", size=KEPT_BYTES), "kept"),
    "only-open": Answer(repeated("<"), "kept"),
    "tags-without-text": Answer(repeated("<b></b>"), "kept"),
    "cells": Answer(repeated("<td>a", "<table><tr>"), "kept"),
    "breaks": Answer(repeated("<br>a"), "kept"),
    "comments": Answer(repeated("<!-- -->"), "kept"),
    "styles": Answer(repeated("<style>a{b:c}</style>"), "kept"),
    "scripts": Answer(repeated("<script>1</script>"), "kept"),
    "links": Answer(repeated('<a href="/a">a</a> '), "kept"),
    "metas": Answer(repeated("<meta name=a content=b>"), "kept"),
    "han": Answer(repeated("漢"), "kept"),
    "wide-letters-in-elements": Answer(repeated("<p>a", "😀"), "kept"),
    "composed-to-three": Answer(repeated("\ufb2c"), "kept"),
    "attributes": Answer(repeated(" a=b", "<p"), "kept"),
    "pictures": Answer(numbered("<img src=/i{n}>", 300_000), "kept"),
    "sheets": Answer(numbered("<link rel=stylesheet href=/s{n}>", 150_000), "kept"),
    "pictures-in-a-sheet": Answer(lambda: iter([page("<style>" + "a{b:url(/i)}" * 400_000 + "</style>")]), "kept"),
}

ANSWERS: dict[str, Answer] = OF_HTTP | OF_PACKING | OF_LENGTH | OF_PARTS
