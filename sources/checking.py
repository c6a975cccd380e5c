"""Does the archive still hold what was recorded? Everything is read again and every digest computed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from sources import packing
from sources.blobs import Blobs, name
from sources.members import Broken, Member, members
from sources.models import Record, Snapshot

Kind, Part = Record.Kind, Record.Part


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong with a snapshot. `record` is empty where it is none of its records."""

    snapshot: Snapshot
    what: str
    record: str = ""

    def __str__(self) -> str:
        file = name(bytes.fromhex(self.snapshot.warc_sha256))
        return f"snapshot {self.snapshot.pk}, {self.record or 'no single record'}, file {file}: {self.what}"


class _Wrong(Exception):
    """str() says what is wrong, `record` with which record."""

    def __init__(self, what: str, record: str = "") -> None:
        super().__init__(what)
        self.record = record


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()
        self.length = 0

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        self.sha256.update(data)
        self.length += len(data)
        return data


def check(snapshot: Snapshot, blobs: Blobs) -> Fault | None:
    """The first fault of the snapshot, if any: of its text, of its records in their order, of its file."""
    try:
        _check_text(snapshot)
        _check_file(snapshot, blobs)
    except _Wrong as wrong:
        return Fault(snapshot, str(wrong), wrong.record)
    return None


def _check_text(snapshot: Snapshot) -> None:
    """The text in which quotes are looked up is that of the file."""
    if hashlib.sha256(snapshot.text.encode()).hexdigest() != snapshot.text_sha256:
        raise _Wrong("the text in the database does not have the digest that was recorded.")
    for record in snapshot.records.all():
        if record.part == Part.TEXT and record.payload_sha256 != snapshot.text_sha256:
            raise _Wrong("it does not have the text that is in the database.", _named(record))
        if record.part == Part.PAGE and record.payload_sha256 != snapshot.payload_sha256:
            raise _Wrong("it does not have the payload that the snapshot has.", _named(record))


def _check_file(snapshot: Snapshot, blobs: Blobs) -> None:
    try:
        stream = blobs.open(bytes.fromhex(snapshot.warc_sha256))
    except FileNotFoundError as error:
        raise _Wrong("the file is missing.") from error
    with stream:
        file = _Hashed(stream)
        _check_records(snapshot, members(file))
        while file.read(1024 * 1024):
            pass
    if (file.sha256.hexdigest(), file.length) != (snapshot.warc_sha256, snapshot.warc_length):
        raise _Wrong(
            "the file does not have the digest or the length that was recorded, though each record reads well."
        )


def _check_records(snapshot: Snapshot, found: Iterator[Member]) -> None:
    expected = {record.offset: record for record in snapshot.records.all()}
    try:
        for member in found:
            _check_member(member, expected.pop(member.offset, None), ours=not snapshot.supplied_as)
    except Broken as broken:
        record = expected.get(broken.offset)
        raise _Wrong(f"{broken}.", _named(record) if record else f"record at byte {broken.offset}") from broken
    except OSError as error:
        raise _Wrong(f"the file cannot be read ({error}).") from error
    for record in expected.values():
        raise _Wrong("it is not where it was recorded.", _named(record))


def _check_member(member: Member, record: Record | None, *, ours: bool) -> None:
    named = _named(record) if record else _found(member)
    if ours and member.gzip_header not in packing.HEADERS:
        raise _Wrong("its gzip header is none that we write.", named)
    if member.wrong:
        raise _Wrong(f"its {' and '.join(member.wrong)} digest is not that of its bytes.", named)
    if record and not _agree(member, record):
        raise _Wrong("it is another record than the one that was recorded there.", named)


def _agree(member: Member, record: Record) -> bool:
    known = (record.record_id, record.kind, record.length)
    if (member.fields.get("warc-record-id"), member.kind, member.length) != known:
        return False
    if record.held_in:
        # Its payload was checked where it is; here it must be the same one.
        return (record.held_in.payload_sha256, record.held_in.payload_length) == (
            record.payload_sha256, record.payload_length,
        )  # fmt: skip
    return (member.payload_sha256, member.payload_length) == (record.payload_sha256, record.payload_length)


def _named(record: Record) -> str:
    return f"record {record.record_id} ({Part(record.part).label.lower()}, {record.url})"


def _found(member: Member) -> str:
    return f"record {member.fields.get('warc-record-id', '')} ({member.kind})"


def snapshots(chosen: Iterable[int] = ()) -> Iterator[Snapshot]:
    """All of them, or the chosen ones, with their records, the oldest first."""
    found = Snapshot.objects.order_by("pk").prefetch_related("records__held_in").defer("body")
    return (found.filter(pk__in=chosen) if chosen else found).iterator(chunk_size=100)
