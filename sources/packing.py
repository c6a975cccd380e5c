"""How a record is made small. Compression is most of what a capture costs, so each record gets what suits it.

zlib at level 9, the habit of the field, takes many times what fetching the page takes. libdeflate at level 5 makes the
same size for a fifth of it, but wants the whole record in memory; ISA-L at level 1 costs next to nothing, streams,
and leaves some size on the table. So: the body of what is packed already is stored as it came, for nothing shrinks it,
and whoever reads it has nothing to unpack; what is small goes through libdeflate; what is large is streamed through
ISA-L, so that no body makes the worker large. No Django.
"""

import struct
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

import deflate
from isal import isal_zlib

#: Up to here a record is packed in one piece, in memory.
WHOLE_BYTES = 4 * 1024 * 1024
SMALL = 5
FAST = 1
GZIP = 31
#: The most that a stored block of deflate holds.
STORED_BYTES = 0xFFFF
STORED_HEADER = b"\x1f\x8b\x08" + bytes(6) + b"\xff"

_PACKED_TYPES = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/gzip")
_NOT_PACKED = ("image/svg", "image/bmp")


def is_packed(content_type: str, content_encoding: str) -> bool:
    """Whether the body is of a kind that no compressor makes smaller."""
    kind = content_type.strip().lower()
    coded = content_encoding.strip().lower() not in ("", "identity")
    return coded or (kind.startswith(_PACKED_TYPES) and not kind.startswith(_NOT_PACKED))


def member(target: BinaryIO, pieces: Iterable[bytes], length: int, *, fast: bool) -> None:
    """Write the pieces (`length` bytes in all) as one gzip member of its own."""
    if length <= WHOLE_BYTES:
        whole = b"".join(pieces)
        target.write(isal_zlib.compress(whole, FAST, GZIP) if fast else deflate.gzip_compress(whole, SMALL))
        return
    squeeze = isal_zlib.compressobj(FAST, isal_zlib.DEFLATED, GZIP)
    # A file that goes over to disk when it is large looks at its size only after all of writelines.
    for piece in pieces:  # noqa: FURB122
        target.write(squeeze.compress(piece))
    target.write(squeeze.flush())


def member_of_packed(target: BinaryIO, head: bytes, pieces: Iterable[bytes]) -> None:
    """The same for a body that is packed already: only the headers before it are made smaller."""
    squeeze = isal_zlib.compressobj(FAST, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
    target.write(STORED_HEADER + squeeze.compress(head) + squeeze.flush(isal_zlib.Z_SYNC_FLUSH))
    crc, length = isal_zlib.crc32(head), len(head)
    for piece in pieces:
        crc = isal_zlib.crc32(piece, crc)
        length += len(piece)
        for start in range(0, len(piece), STORED_BYTES):
            part = piece[start : start + STORED_BYTES]
            target.write(struct.pack("<BHH", 0, len(part), len(part) ^ 0xFFFF) + part)
    target.write(struct.pack("<BHHLL", 1, 0, 0xFFFF, crc, length & 0xFFFFFFFF))


def _header(*, fast: bool) -> bytes:
    target = BytesIO()
    member(target, [], 0, fast=fast)
    return target.getvalue()[:10]


#: The gzip headers that come out of it. They name no time and no file, so every other one was put there by somebody.
HEADERS = frozenset({_header(fast=True), _header(fast=False), STORED_HEADER})
