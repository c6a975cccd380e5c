"""How well walls are told from pages: precision and recall by kind, on the half that no rule was written with.

python -m bench.walls            the measured half, and pages of Django's own in ten languages
python -m bench.walls --tuning   the half with which the rules were written
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable

import django

from bench.wall_pages.labelled import Page
from sources import walls
from sources.extract import extract

KINDS = ("bot", "login", "consent", "not_found", "paywall", "empty")


def told(page: Page) -> str:
    """The kind of wall that the archive would mark on this page; "" for none."""
    read = extract(page.html.encode(), "text/html; charset=utf-8")
    answer = walls.Answer(
        read.text, read.imprint.title, read.body, read.facts, 200, page.headers, page.asked, page.final
    )
    wall = walls.recognise(answer)
    return wall.kind if wall else ""


def score(pages: Iterable[Page]) -> tuple[Counter[tuple[str, str]], list[tuple[Page, str]]]:
    """How often each (label, answer) came, and the pages that were told wrongly."""
    found: Counter[tuple[str, str]] = Counter()
    wrong = []
    for page in pages:
        answer = told(page)
        found[page.kind, answer] += 1
        if answer != page.kind:
            wrong.append((page, answer))
    return found, wrong


def table(found: Counter[tuple[str, str]]) -> str:
    """By kind, and for “any wall”: what a reviewer feels first is whether something is marked at all."""
    lines = ["kind         pages  precision  recall"]
    for kind in KINDS:
        right = found[kind, kind]
        marked = sum(n for (_, answer), n in found.items() if answer == kind)
        there = sum(n for (label, _), n in found.items() if label == kind)
        lines.append(_line(kind, there, right, marked))
    right = sum(n for (label, answer), n in found.items() if label and answer)
    marked = sum(n for (_, answer), n in found.items() if answer)
    there = sum(n for (label, _), n in found.items() if label)
    lines.append(_line("any wall", there, right, marked))
    real = sum(n for (label, _), n in found.items() if not label)
    lines.append(f"real pages   {real:5d}, of which {marked - right} marked as a wall")
    return "\n".join(lines)


def _line(name: str, there: int, right: int, marked: int) -> str:
    precision = f"{right / marked:9.3f}" if marked else "        –"
    recall = f"{right / there:6.3f}" if there else "     –"
    return f"{name:12s} {there:5d}  {precision}  {recall}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="list what was told wrongly")
    chosen = parser.parse_args()
    for title, pages in _halves(tuning=chosen.tuning):
        found, wrong = score(pages)
        print(f"{title}: {sum(found.values())} pages\n{table(found)}\n")
        for page, answer in wrong if chosen.wrong else []:
            print(f"  {page.language} {page.name}: {page.kind or 'a real page'}, told as {answer or 'a real page'}")


def _halves(*, tuning: bool) -> Iterable[tuple[str, list[Page]]]:
    from bench.wall_pages import bay, gazette, newspaper

    if tuning:
        return [("Tuning half", [*newspaper.pages(), *bay.pages(), *gazette.pages()])]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    from bench.wall_pages import elsewhere, weekly

    return [("Measured half", list(weekly.pages())), ("Django's own pages", list(elsewhere.pages()))]


if __name__ == "__main__":
    main()
