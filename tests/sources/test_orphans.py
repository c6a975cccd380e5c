"""Files that no row names go once they are old; a file that a row is about to name stays, however old."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from factcheck.access.models import User
from sources import archive, capturing, fetching, leases, orphans, tasks
from sources.blobs import name
from sources.models import Capture, Snapshot
from sources.recording import Recorded
from tests.sources.archived import Archived, archived, file_of
from tests.sources.raw_server import page, raw_server

DAYS = 3 * 86_400


@pytest.fixture
def fetch(db: None, settings: Settings) -> Iterator[Archived]:
    by = User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])
    with raw_server(page("<p>The rule stays.</p>")) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
        yield lambda path: archived(server.url(path), by, timezone.now())


@pytest.fixture
def root(settings: Settings) -> Path:
    return Path(settings.ARCHIVE_ROOT)


def left(root: Path, content: bytes, *, old: bool = True) -> Path:
    """A file of the archive that no row names."""
    path = root / name(fetching.blobs().put(io.BytesIO(content))[0])
    if old:
        aged(path)
    return path


def aged(path: Path) -> Path:
    then = time.time() - DAYS
    os.utime(path, (then, then))
    return path


def test_sweeps_what_is_old_and_named_by_nothing(fetch: Archived, root: Path) -> None:
    cited = aged(file_of(fetch("/1")))
    orphan, fresh = left(root, b"a"), left(root, b"b", old=False)
    unfinished = orphan.parent / ".new-x1_y"
    unfinished.write_bytes(b"half")
    aged(unfinished)
    theirs = aged_file(root / "sha256" / "note.txt")
    said = StringIO()
    call_command("sweep_archive", stdout=said)
    listed = [str(path.relative_to(root)) for path in (unfinished, orphan)]
    assert said.getvalue().splitlines() == [
        *listed, "2 files swept: nothing names them, and they are over 48 h old.",
    ]  # fmt: skip
    assert [path.exists() for path in (cited, fresh, theirs, orphan, unfinished)] == [True, True, True, False, False]


def aged_file(path: Path) -> Path:
    path.write_text("Not ours.")
    return aged(path)


def test_a_dry_run_lists_and_deletes_nothing(db: None, root: Path) -> None:
    orphan = left(root, b"a")
    said = StringIO()
    call_command("sweep_archive", dry_run=True, stdout=said)
    assert said.getvalue().splitlines() == [
        str(orphan.relative_to(root)), "1 files would be swept: nothing names them, and they are over 48 h old.",
    ]  # fmt: skip
    assert orphan.exists()


def test_the_task_does_the_same(db: None, root: Path) -> None:
    orphan, fresh = left(root, b"a"), left(root, b"b", old=False)
    tasks.sweep_archive()
    assert (orphan.exists(), fresh.exists()) == (False, True)


def test_an_archive_that_has_nothing_yet_is_swept(db: None) -> None:
    assert list(orphans.orphans(timezone.now())) == []


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_a_file_that_is_being_named_is_not_swept(self, fetch: Archived, root: Path) -> None:
        """The row is written and not committed when the sweeper, who cannot see it, wants to delete the file."""
        leased, late = self.slow_capture(fetch("/1"), root)
        answers: list[bool] = []
        sweeper = threading.Thread(target=swept, args=(file_name(late), answers))
        with transaction.atomic():
            capturing._finish(leased, Recorded(late, ""))
            sweeper.start()
            until_it_waits()
        sweeper.join()
        assert (answers, file_of(late).exists()) == ([False], True)

    def test_a_row_is_not_written_for_a_file_that_was_swept(self, fetch: Archived, root: Path) -> None:
        """The worker was so slow that its file was old before its row was written."""
        leased, late = self.slow_capture(fetch("/1"), root)
        assert orphans.remove(file_name(late))
        with pytest.raises(FileNotFoundError):
            capturing._finish(leased, Recorded(late, ""))
        assert (Snapshot.objects.count(), Capture.objects.get(pk=leased.pk).state) == (1, "running")

    def slow_capture(self, like: Snapshot, root: Path) -> tuple[Capture, Snapshot]:
        """A capture whose file is written, and old already, and whose row is not."""
        leased = leases.take(archive.request_capture(like.source, by=None).pk)
        assert leased
        late = Snapshot.objects.get(pk=like.pk)
        late.pk, late.warc_sha256 = None, left(root, b"a").name
        return leased, late


def file_name(snapshot: Snapshot) -> str:
    return name(bytes.fromhex(snapshot.warc_sha256))


def swept(file: str, answers: list[bool]) -> None:
    try:
        answers.append(orphans.remove(file))
    finally:
        connection.close()


def until_it_waits() -> None:
    """Another connection of this database waits for the lock; PostgreSQL knows, and tells nobody."""
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    patience = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < patience:
            cursor.execute(waiting, [orphans.LOCK])
            if cursor.fetchone() == (1,):
                return
            time.sleep(0.01)
    raise AssertionError("the sweeper did not wait")


def test_the_age_is_a_setting(db: None, settings: Settings) -> None:
    settings.ARCHIVE_ORPHAN_HOURS = 2
    assert timezone.now() - orphans.old_enough() < timedelta(hours=2, minutes=1)
