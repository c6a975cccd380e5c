"""How a record is made small. Compression is most of what a capture costs, so each record gets what suits it.

zlib at level 9, the habit of the field, takes many times what fetching the page takes. libdeflate at level 6 makes the
same size for a quarter of it, but wants the whole record in memory; ISA-L at level 1 costs next to nothing, streams,
and leaves some size on the table. So: what is packed already goes through ISA-L, for nothing shrinks it; what is small
goes through libdeflate; what is large is streamed through ISA-L, so that no body makes the worker large. No Django.
"""

from collections.abc import Iterable
from typing import BinaryIO

import deflate
from isal import isal_zlib

#: Up to here a record is packed in one piece, in memory.
WHOLE_BYTES = 4 * 1024 * 1024
SMALL = 6
FAST = 1
GZIP = 31

_PACKED_TYPES = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/gzip")
_NOT_PACKED = ("image/svg", "image/bmp")


def is_packed(content_type: str, content_encoding: str) -> bool:
    """Whether the body is of a kind that no compressor makes smaller."""
    kind = content_type.strip().lower()
    coded = content_encoding.strip().lower() not in ("", "identity")
    return coded or (kind.startswith(_PACKED_TYPES) and not kind.startswith(_NOT_PACKED))


def member(target: BinaryIO, pieces: Iterable[bytes], length: int, *, fast: bool) -> None:
    """Write the pieces (`length` bytes in all) as one gzip member of its own."""
    if length <= WHOLE_BYTES and not fast:
        target.write(deflate.gzip_compress(b"".join(pieces), SMALL))
        return
    squeeze = isal_zlib.compressobj(FAST, isal_zlib.DEFLATED, GZIP)
    target.writelines(squeeze.compress(piece) for piece in pieces)
    target.write(squeeze.flush())
