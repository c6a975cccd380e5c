from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.errors import Refusal
from factcheck.sample import load
from factcheck.sample.newsroom import PASSWORD, PEOPLE, TOKEN


class Command(BaseCommand):
    help = "Load the sample newsroom, once. Needs the running site and a worker: its pages are really fetched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="only print who can sign in, and the sample token")
        parser.add_argument("--press", default=f"http://127.0.0.1:{settings.PORT}/press/", metavar="ADDRESS")
        parser.add_argument("--patience", type=float, default=60, metavar="SECONDS", help="without any progress")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SAMPLE_NEWSROOM:
            raise CommandError("The sample newsroom is off here. Set SAMPLE_NEWSROOM to yes to have it.")
        if options["logins"]:
            self._print_logins()
            return
        newsroom = load.Newsroom(options["press"], say=self._say, patience=options["patience"])
        try:
            with load.alone():
                newsroom.load()
        except Refusal as refusal:
            raise CommandError(f"The sample newsroom is not complete: {refusal.sentence}") from refusal

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"  {sentence}")
        self.stdout.flush()

    def _print_logins(self) -> None:
        width = max(len(person.address) for person in PEOPLE.values())
        self._say(f"Sign in with the password {PASSWORD} as")
        for person in PEOPLE.values():
            self._say(f"  {person.address:{width}}  {person.name}: {person.task}")
        self._say(f"The API takes the token {TOKEN}")
