"""Where archived files lie on a disk: each appears whole and on the platter, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PIECE = 1024 * 1024


class ArchiveFiles(FileSystemStorage):
    """Django's file system storage under ARCHIVE_ROOT, made safe against a crash in the middle of a file.

    The name of a file is the digest of its content (`sources.blobs`), so that writing one again changes nothing.
    Where ARCHIVE_S3_BUCKET is set, storages.backends.s3.S3Storage takes its place: it writes whole objects by itself.
    """

    @property
    def base_location(self) -> str:
        return str(settings.ARCHIVE_ROOT)

    @property
    def location(self) -> str:
        return str(Path(settings.ARCHIVE_ROOT).absolute())

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                # The web server reads what the worker wrote, and may be another account of the same group.
                os.fchmod(handle, 0o640)
                for piece in content.chunks(PIECE):
                    target.write(piece)
                target.flush()
                # Without it a power cut leaves a file of the right name with nothing in it.
                os.fsync(target.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return name


def _sync_folder(folder: Path) -> None:
    """A rename is on the platter once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
