"""Does the archive still hold what was recorded? Every byte is read and hashed again, and the bad record named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.db.models import Prefetch

from sources import packing
from sources.blobs import Blobs, name
from sources.members import Broken, Member, members
from sources.models import Record, Snapshot

Part = Record.Part
PIECE = 1024 * 1024


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


def check(snapshot: Snapshot, blobs: Blobs, *, every_record: bool = False) -> Fault | None:
    """The first fault of the snapshot, if any: of its text, of its records in their order, of its file.

    A file that has the digest that was recorded holds the records that were recorded, to the byte. They are unpacked
    and looked at one by one when it has not, so that the bad one can be named, and when `every_record` asks for it.
    """
    try:
        _check_text(snapshot)
        intact = _is_intact(snapshot, blobs)
        if every_record or not intact:
            _check_records(snapshot, blobs, _said(snapshot) if every_record else _records(snapshot))
        if not intact:
            raise _Wrong("it does not have the digest or length that was recorded, though every record reads well.")
    except _Wrong as wrong:
        return Fault(snapshot, str(wrong), wrong.record)
    return None


def _check_text(snapshot: Snapshot) -> None:
    """The text in which quotes are looked up is that of the file."""
    if hashlib.sha256(snapshot.text.encode()).hexdigest() != snapshot.text_sha256:
        raise _Wrong("the text in the database does not have the digest that was recorded.")
    for record in _said(snapshot):
        if record.part == Part.TEXT and record.payload_sha256 != snapshot.text_sha256:
            raise _Wrong("it does not have the text that is in the database.", _named(record))
        if record.part == Part.PAGE and record.payload_sha256 != snapshot.payload_sha256:
            raise _Wrong("it does not have the payload that the snapshot has.", _named(record))


def _is_intact(snapshot: Snapshot, blobs: Blobs) -> bool:
    """Every byte of the file, hashed."""
    sha256, length = hashlib.sha256(), 0
    with _opened(snapshot, blobs) as stream:
        while piece := stream.read(PIECE):
            sha256.update(piece)
            length += len(piece)
    return (sha256.hexdigest(), length) == (snapshot.warc_sha256, snapshot.warc_length)


@contextmanager
def _opened(snapshot: Snapshot, blobs: Blobs) -> Iterator[IO[bytes]]:
    try:
        with blobs.open(bytes.fromhex(snapshot.warc_sha256)) as stream:
            yield stream
    except FileNotFoundError as error:
        raise _Wrong("it is missing.") from error
    except OSError as error:
        raise _Wrong(f"it cannot be read ({error}).") from error


def _check_records(snapshot: Snapshot, blobs: Blobs, records: Iterable[Record]) -> None:
    expected = {record.offset: record for record in records}
    try:
        with _opened(snapshot, blobs) as stream:
            for member in members(stream):
                _check_member(member, expected.pop(member.offset, None), ours=not snapshot.supplied_as)
    except Broken as broken:
        record = expected.get(broken.offset)
        raise _Wrong(f"{broken}.", _named(record) if record else f"record at byte {broken.offset}") from broken
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


def _said(snapshot: Snapshot) -> list[Record]:
    """What `snapshots` brought along."""
    return snapshot.said  # type: ignore[attr-defined,no-any-return]


def _records(snapshot: Snapshot) -> Iterable[Record]:
    return snapshot.records.select_related("held_in")


def snapshots(chosen: Iterable[int] = (), *, every_record: bool = False) -> Iterator[Snapshot]:
    """All of them, or the chosen ones, with what `check` needs, the oldest first."""
    records = Record.objects.select_related("held_in")
    said = records if every_record else records.filter(part__in=[Part.PAGE, Part.TEXT])
    found = Snapshot.objects.order_by("pk").prefetch_related(Prefetch("records", said, to_attr="said"))
    found = found.only("text", "text_sha256", "payload_sha256", "warc_sha256", "warc_length", "supplied_as")
    return (found.filter(pk__in=chosen) if chosen else found).iterator(chunk_size=100)
