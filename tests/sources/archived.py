"""Pages that were really fetched and archived, and the files they left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import time_machine

from factcheck.access.models import User
from sources import archive, capturing, fetching
from sources.models import Capture, Snapshot

Archived = Callable[..., Snapshot]


def archived(url: str, by: User, at: datetime) -> Snapshot:
    """A new capture of the page, fetched at that time."""
    with time_machine.travel(at):
        capture = archive.request_capture(archive.add_source(url, by=by), by=by)
        assert capturing.run(capture.pk)
    capture.refresh_from_db()
    assert capture.state == Capture.State.DONE, capture.detail
    return capture.snapshot


def file_of(snapshot: Snapshot) -> Path:
    with fetching.blobs().open(bytes.fromhex(snapshot.warc_sha256)) as stream:
        return Path(stream.name)
