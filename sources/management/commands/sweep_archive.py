from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sources import orphans


class Command(BaseCommand):
    help = "Delete files of the archive that nothing names: what a worker left that died. Only old ones are touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for name in orphans.orphans(orphans.old_enough()):
            if options["dry_run"] or orphans.remove(name):
                count += 1
                self.stdout.write(name)
        done = "would be swept" if options["dry_run"] else "swept"
        self.stdout.write(
            f"{count} files {done}: nothing names them, and they are over {settings.ARCHIVE_ORPHAN_HOURS} h old."
        )
