from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.env import DECLARED

PAGE = "docs/settings.md"
HEAD = """# Settings

Every setting is an environment variable. What is set and cannot be right is refused at start, with a sentence that
names the variable. This page is written by `python manage.py document_settings`; do not edit it by hand.

| variable | takes | default | what it is for |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The page as it should be: one row for each setting that factcheck/settings.py asks for."""
    rows = (
        f"| `{setting.name}` | {setting.kind} | {setting.default or '(empty)'} | {setting.about} |\n"
        for setting in DECLARED.values()
    )
    return HEAD + "".join(rows)


class Command(BaseCommand):
    help = f"Write {PAGE} from the settings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the page is not current")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        path = settings.BASE_DIR / PAGE
        if not check:
            path.write_text(page())
        elif not path.exists() or path.read_text() != page():
            raise CommandError(f"{PAGE} is not current. Run python manage.py document_settings.")
