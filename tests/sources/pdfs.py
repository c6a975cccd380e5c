"""PDFs made by hand: pages with a line of text, and those that somebody makes to do harm."""

from __future__ import annotations

import zlib

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
RESOURCES = b"/Resources << /Font << /F1 3 0 R >> %s >>"


def pdf(*pages: str, info: bytes = b"", encrypt: bytes = b"") -> bytes:
    """A document with a line of text (Latin letters) a page; "" is a page with nothing on it."""
    contents = [shown(page) if page else b"" for page in pages]
    return with_contents(*map(stream, contents), info=info, encrypt=encrypt)


def shown(text: str, x: int = 50, y: int = 700) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /F1 12 Tf %d %d Td (%s) Tj ET\n" % (x, y, escaped)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def packed(data: bytes) -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode")


def with_contents(
    *contents: bytes, more: tuple[bytes, ...] = (), use: bytes = b"", info: bytes = b"", encrypt: bytes = b""
) -> bytes:
    """A page for each content stream; ``more`` objects follow, the first of them is ``first_more(len(contents))``."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        FONT,
    ]
    for number, content in enumerate(contents):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R %s >>"
        objects += [page % (5 + 2 * number, RESOURCES % use), content]
    return written([*objects, *more], info, encrypt)


def first_more(pages: int) -> int:
    return 4 + 2 * pages


def written(objects: list[bytes], info: bytes = b"", encrypt: bytes = b"") -> bytes:
    data, places = b"%PDF-1.7\n", []
    parts = [data]
    at = len(data)
    for number, body in enumerate([*objects, *([info] if info else [])], start=1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"/Size %d /Root 1 0 R" % (len(places) + 1)
    trailer += b" /Info %d 0 R" % len(places) if info else b""
    trailer += b" /Encrypt %s /ID [<00> <00>]" % encrypt if encrypt else b""
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table))
    parts.append(b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF" % (trailer, at))
    return b"".join(parts)


def locked() -> bytes:
    secret = b"<" + b"5a" * 32 + b">"
    return pdf("Nobody reads this.", encrypt=b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (secret, secret))


def bomb() -> bytes:
    """A megabyte that unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1024)) + packer.flush()
    return with_contents(stream(data, b"/Filter /FlateDecode"))


def endless_text() -> bytes:
    return with_contents(packed(shown("Hello") * 3_000_000))


def laughing(levels: int = 12) -> bytes:
    """Forms that draw ten forms each: 10 to the power of ``levels`` words."""
    first, forms = first_more(1), []
    for level in range(levels):
        last = level == levels - 1
        content = shown("ha") if last else b"/X Do " * 10
        following = b"" if last else b"/XObject << /X %d 0 R >>" % (first + level + 1)
        kind = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] " + RESOURCES % following
        forms.append(stream(content, kind))
    return with_contents(stream(b"/X Do"), more=tuple(forms), use=b"/XObject << /X %d 0 R >>" % first)


def circle() -> bytes:
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"])
