"""Which records of the archive go into a WACZ, and what its index says of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from factcheck.errors import NotFound
from sources import fetching, wacz
from sources.models import Record, Snapshot
from sources.warc import Digest

Kind, Part = Record.Kind, Record.Part

#: Payloads that belong to other captures and are only referred to.
PAYLOADS = "payloads.warc.gz"
SHOWN = ("title", "final_url", "fetched_at", "warc_sha256", "warc_length")


def package(snapshots: Collection[int], title: str = "") -> wacz.Package:
    """The WACZ of these captures, the oldest first.

    A payload that is kept with another capture comes along, as the one record that has it and nothing else: its page
    may be none that the reader may see. wacz.Damaged or OSError when a file is not there as it was recorded.
    """
    chosen = list(Snapshot.objects.filter(pk__in=snapshots).only(*SHOWN).order_by("pk"))
    records = list(Record.objects.filter(snapshot__in=chosen).order_by("snapshot", "offset"))
    pages = {record.snapshot_id: record for record in records if record.part == Part.PAGE}
    if not chosen or len(pages) < len(chosen):
        raise NotFound(
            "There is no record of what one of these files holds. Fetch the page again, or take the WARC file."
        )
    elsewhere = _elsewhere(records)
    warcs = [_whole(snapshot) for snapshot in chosen]
    lines = [_line(record, record.offset, name_of(record.snapshot_id)) for record in records]
    if elsewhere:
        warcs.append(wacz.Warc(PAYLOADS, [_stretch(record) for record in elsewhere]))
        lines += _lines_of_payloads(elsewhere)
    shown = [_page(snapshot, pages[snapshot.pk]) for snapshot in chosen]
    return wacz.Package(title or shown[0].title, warcs, lines, shown)


def name_of(snapshot: int) -> str:
    """The name of a capture's WARC file, wherever it is handed out."""
    return f"archived-{snapshot}.warc.gz"


def _elsewhere(records: Iterable[Record]) -> list[Record]:
    """The records that have the payloads which the revisits among `records` do not repeat."""
    there = {record.pk for record in records}
    wanted = {record.held_in_id for record in records if record.held_in_id} - there
    return list(Record.objects.filter(pk__in=wanted).select_related("snapshot").order_by("snapshot", "offset"))


def _lines_of_payloads(records: Iterable[Record]) -> Iterator[wacz.Line]:
    offset = 0
    for record in records:
        yield _line(record, offset, PAYLOADS)
        offset += record.length


def _whole(snapshot: Snapshot) -> wacz.Warc:
    opened = partial(fetching.blobs().open, bytes.fromhex(snapshot.warc_sha256))
    stretch = wacz.Stretch(opened, 0, snapshot.warc_length)
    return wacz.Warc(name_of(snapshot.pk), [stretch], snapshot.warc_sha256)


def _stretch(record: Record) -> wacz.Stretch:
    opened = partial(fetching.blobs().open, bytes.fromhex(record.snapshot.warc_sha256))
    return wacz.Stretch(opened, record.offset, record.length)


def _line(record: Record, offset: int, filename: str) -> wacz.Line:
    mime = re.split("[; ]", record.content_type, maxsplit=1)[0] or "unk"
    return wacz.Line(
        url=record.url,
        at=record.at,
        mime=wacz.REVISIT if record.kind == Kind.REVISIT else mime,
        status=record.status if record.kind == Kind.RESPONSE else None,
        payload=Digest(bytes.fromhex(record.payload_sha256), record.payload_length),
        offset=offset,
        length=record.length,
        filename=filename,
    )


def _page(snapshot: Snapshot, record: Record) -> wacz.Page:
    return wacz.Page(str(snapshot.pk), record.url, record.at, snapshot.title or record.url)
