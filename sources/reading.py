"""A snapshot's text as one reads it: line by line, what is quoted marked, the article apart from what is beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

# A page of five megabytes is archived whole and can be quoted whole; for reading its beginning is enough.
MOST_LINES = 3_000
# Looking each line up in the article takes a second from here on.
LONGEST_COMPARED = 200_000

S = TypeVar("S")
# What is marked, and where it stands in the text: start, end in code points, and whatever one wants back.
Span = tuple[int, int, S]


@dataclass(frozen=True)
class Passage(Generic[S]):
    """A stretch of one line. `first` is the span that begins here, `pinned` says whether any covers it."""

    text: str
    pinned: bool = False
    first: S | None = None


@dataclass(frozen=True)
class Line(Generic[S]):
    """A line of the text; `beside` when it stands outside the article, such as a menu or a footer."""

    passages: list[Passage[S]]
    beside: bool


def lines(text: str, body: str, spans: Sequence[Span[S]]) -> list[Line[S]]:
    """The text cut where spans begin and end, so that overlapping ones are marked as well.

    At most MOST_LINES lines, or as many more as it takes to reach the last span.
    """
    article = _folded(body) if len(text) <= LONGEST_COMPARED else ""
    last = max((end for _, end, _ in spans), default=0)
    return [
        Line(_passages(line.group(), line.start(), spans), bool(article) and _folded(line.group()) not in article)
        for number, line in enumerate(re.finditer(r"[^\n]+", text))
        if number < MOST_LINES or line.start() < last
    ]


def _passages(line: str, offset: int, spans: Sequence[Span[S]]) -> list[Passage[S]]:
    end = offset + len(line)
    here = [span for span in spans if span[0] < end and span[1] > offset]
    edges = {place for span in here for place in span[:2] if offset < place < end}
    return [
        Passage(
            line[start - offset : stop - offset],
            pinned=any(begins <= start and stop <= ends for begins, ends, _ in here),
            first=next((what for begins, _, what in here if begins == start), None),
        )
        for start, stop in pairwise(sorted({offset, end, *edges}))
    ]


def _folded(text: str) -> str:
    # The article is told by another reader of the page, which sets its white space differently.
    return "".join(text.split())
