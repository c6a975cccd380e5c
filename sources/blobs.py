"""Files named after their own SHA-256, in any storage that Django's storage API describes. Plain Python, no Django.

A name that is the content's digest makes writing twice harmless and every later change visible. The storage must make
a file appear whole or not at all (`sources.storage` does so on a disk; S3 does so by itself), because a row must never
point at half a file.
"""

import hashlib
from typing import IO, BinaryIO, Protocol

PIECE = 1024 * 1024


class Storage(Protocol):
    """The part of django.core.files.storage.Storage that is used."""

    def exists(self, name: str) -> bool: ...
    def save(self, name: str, content: BinaryIO) -> str: ...
    def open(self, name: str, mode: str = "rb") -> IO[bytes]: ...


class Blobs:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def put(self, content: BinaryIO) -> tuple[bytes, int]:
        """Keep the whole stream. Returns its SHA-256 (32 bytes) and its length; OSError when it cannot be kept."""
        sha256, length = hashlib.sha256(), 0
        content.seek(0)
        while piece := content.read(PIECE):
            sha256.update(piece)
            length += len(piece)
        digest = sha256.digest()
        if not self._storage.exists(name(digest)):
            content.seek(0)
            self._storage.save(name(digest), content)
        return digest, length

    def has(self, digest: bytes) -> bool:
        return self._storage.exists(name(digest))

    def open(self, digest: bytes) -> IO[bytes]:
        """The content. FileNotFoundError when there is none of that digest."""
        return self._storage.open(name(digest), "rb")


def name(digest: bytes) -> str:
    """Two levels of folders, so that no folder holds millions of files."""
    text = digest.hex()
    return f"sha256/{text[:2]}/{text[2:4]}/{text}"
