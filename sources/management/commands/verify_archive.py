from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Sum

from sources import checking, fetching
from sources.models import Snapshot

BAR = 30
EACH_SECONDS = 0.2


class Command(BaseCommand):
    help = "Read and hash every archived file again, and name the first bad record of each page that is not as it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("snapshots", nargs="*", type=int, help="numbers of snapshots; all when none is given")
        parser.add_argument("--records", action="store_true", help="unpack and check every record of intact files, too")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Snapshot.objects.filter(pk__in=options["snapshots"]) if options["snapshots"] else Snapshot.objects
        unknown = set(options["snapshots"]) - set(chosen.values_list("pk", flat=True))
        if unknown:
            raise CommandError(f"There is no snapshot {min(unknown)}. Nothing was verified.")
        bar = Bar(chosen.aggregate(bytes=Sum("warc_length"))["bytes"] or 0)
        blobs = fetching.blobs()
        pages = faults = 0
        for snapshot in checking.snapshots(options["snapshots"], every_record=options["records"]):
            fault = checking.check(snapshot, blobs, every_record=options["records"])
            pages += 1
            faults += fault is not None
            bar.add(snapshot.warc_length)
            if fault:
                bar.clear()
                self.stderr.write(str(fault))
        bar.clear()
        if faults:
            raise CommandError(
                f"{faults} of {pages} archived pages are not what was recorded. Restore their files from the backup."
            )
        self.stdout.write(f"{pages} archived pages, {bar.done / 1e6:,.1f} MB in {bar.seconds:,.1f} s: all of it holds.")


class Bar:
    """How far it is, on a terminal only."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self._begun = time.monotonic()
        self._shown_at = 0.0
        self._shows = sys.stderr.isatty()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def add(self, length: int) -> None:
        self.done += length
        if self._shows and time.monotonic() - self._shown_at > EACH_SECONDS:
            self._shown_at = time.monotonic()
            part = self.done / max(self.total, 1)
            rate = self.done / 1e6 / max(self.seconds, 1e-9)
            filled = "#" * round(part * BAR)
            sys.stderr.write(f"\r[{filled:<{BAR}}] {part:4.0%} {self.done / 1e6:,.0f} MB, {rate:,.0f} MB/s ")
            sys.stderr.flush()

    def clear(self) -> None:
        if self._shows:
            sys.stderr.write("\r\033[K")
