"""Files of the archive that no row names: what a worker left that died, or whose lease was lost.

A file is there before its row, so an orphan and the file of a capture under way look alike. Two things keep them apart:
only what is old is swept, and a row is only written while its file is held (`hold`), which the sweeper waits for. So
however slow a worker is, no row ever points at a file that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.utils import timezone

from sources import fetching
from sources.models import Capture, Snapshot

State = Capture.State
#: One number for one purpose among PostgreSQL's advisory locks: "arch".
LOCK = 0x61726368
ROOT = "sha256"
#: What a worker was still writing when it died (sources/storage.py).
UNFINISHED = re.compile(r"\.new-\w+")
_FOLDER = re.compile(r"[0-9a-f]{2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def hold(sha256: str) -> None:
    """Within the transaction that writes the row: its file is there and stays. FileNotFoundError when it was swept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    if not fetching.blobs().has(bytes.fromhex(sha256)):
        raise FileNotFoundError(f"{sha256} is not in the archive any more")


def orphans(before: datetime) -> Iterator[str]:
    """Names of files that no row names and that nobody wrote to since."""
    storage = storages["archive"]
    for folder in _folders(storage, ROOT):
        for inner in _folders(storage, folder):
            names = storage.listdir(inner)[1]
            named = _named({name for name in names if _DIGEST.fullmatch(name)})
            for name in sorted(set(names) - named):
                ours = _DIGEST.fullmatch(name) or UNFINISHED.fullmatch(name)
                if ours and storage.get_modified_time(f"{inner}/{name}") < before:
                    yield f"{inner}/{name}"


def old_enough() -> datetime:
    """Before this moment nothing was written that a worker could still be about."""
    return timezone.now() - timedelta(hours=settings.ARCHIVE_ORPHAN_HOURS)


def remove(name: str) -> bool:
    """Delete the orphan, unless a row has come to name it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if _named({name.rpartition("/")[2]}):
            return False
        storages["archive"].delete(name)
    return True


def _folders(storage: Storage, folder: str) -> Iterator[str]:
    try:
        found = storage.listdir(folder)[0]
    except FileNotFoundError:
        return  # Nothing was archived yet.
    yield from (f"{folder}/{name}" for name in sorted(found) if _FOLDER.fullmatch(name))


def _named(digests: set[str]) -> set[str]:
    """Those that a row names. Whatever else comes to keep files in the archive is asked here."""
    warcs = Snapshot.objects.filter(warc_sha256__in=digests).values_list("warc_sha256", flat=True)
    # A file that a person supplied is kept until it was read; what is archived of it is in the WARC then.
    unread = Capture.objects.filter(supplied_sha256__in=digests, state__in=[State.QUEUED, State.RUNNING])
    return set(warcs) | set(unread.values_list("supplied_sha256", flat=True))
