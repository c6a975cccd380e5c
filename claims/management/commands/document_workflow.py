from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims import obstacles, permissions
from claims.states import TRANSITIONS, Status

PAGE = Path("docs/workflow.md")
HEAD = """# The workflow of a claim

Made from `claims/states.py`, `claims/permissions.py` and `claims/obstacles.py` by
`python manage.py document_workflow`; the checks fail when they differ.

## States

```mermaid
stateDiagram-v2
    [*] --> submitted: submit
"""


def diagram() -> str:
    arrows = [
        f"    {source.value} --> {target.value}: {verb.value.replace('_', ' ')}"
        for verb, transition in TRANSITIONS.items()
        for source in Status
        if source in transition.sources
        for target in Status
        if target in transition.targets
    ]
    return "\n".join(arrows) + "\n```\n"


def transitions() -> str:
    rows = ["## Verbs", "", "| verb | from | to | event | needs |", "| --- | --- | --- | --- | --- |"]
    for verb, transition in TRANSITIONS.items():
        needs = "; ".join((condition.__name__).replace("_", " ") for condition in obstacles.CONDITIONS.get(verb, ()))
        rows.append(
            f"| {verb.value} | {_names(transition.sources)} | {_names(transition.targets)} "
            f"| `{transition.event}` | {needs} |"
        )
    return "\n".join(rows) + "\n"


def _names(statuses: frozenset[Status]) -> str:
    return ", ".join(s.value for s in Status if s in statuses)


def who_may() -> str:
    names = {id(value): name for name, value in vars(permissions).items() if isinstance(value, permissions.Predicate)}
    rows = ["## Who may", "", "| action | any of these lines |", "| --- | --- |"]
    for action, ways in permissions.PERMISSIONS.items():
        lines = "<br>".join(" and ".join(names[id(p)].replace("_", " ") for p in way) for way in ways)
        rows.append(f"| {action} | {lines} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    return "\n".join([HEAD.rstrip("\n"), diagram(), transitions(), who_may()])


class Command(BaseCommand):
    help = f"Write {PAGE} from the tables of the workflow."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the page is not current")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        path = settings.BASE_DIR / PAGE
        if not check:
            path.write_text(page())
            self.stdout.write(f"{PAGE} is written.")
        elif not path.exists() or path.read_text() != page():
            raise CommandError(f"{PAGE} is not current: run python manage.py document_workflow.")
