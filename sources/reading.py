"""A snapshot's text as one reads it: line by line, what is quoted marked, the article apart from what is beside it."""

import re
from bisect import bisect_right
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
    # The number of the page that begins here, in a document that has pages.
    page: int | None = None


def lines(text: str, body: str, spans: Sequence[Span[S]], pages: Sequence[int] = ()) -> list[Line[S]]:
    """The text cut where spans begin and end, so that overlapping ones are marked as well.

    At most MOST_LINES lines, or as many more as it takes to reach the last span.
    """
    article = _folded(body) if len(text) <= LONGEST_COMPARED else ""
    last = max((end for _, end, _ in spans), default=0)
    shown = [
        line for number, line in enumerate(re.finditer(r"[^\n]+", text)) if number < MOST_LINES or line.start() < last
    ]
    return [
        Line(
            _passages(line.group(), line.start(), spans),
            bool(article) and _folded(line.group()) not in article,
            _begun(pages, before.start() if before else -1, line.start()),
        )
        for before, line in zip([None, *shown], shown, strict=False)
    ]


def _begun(pages: Sequence[int], before: int, here: int) -> int | None:
    """The page on which ``here`` stands, if ``before`` stands on another one."""
    page = page_at(pages, here)
    return None if before >= 0 and page == page_at(pages, before) else page


def stands_in(text: str, body: str, start: int, end: int) -> str:
    """Whether ``text[start:end]`` is of the "article" or stands "beside" it, in a menu, teaser or footer.

    "" where no article could be told apart.
    """
    if not body:
        return ""
    article = _folded(body)
    exact = text[start:end]
    if _folded(exact) not in article:
        return "beside"
    if text.find(exact) == text.rfind(exact):
        return "article"
    # The same words stand elsewhere too: then the lines they stand in decide.
    whole = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return "article" if any(_folded(line) in article for line in whole.split("\n")) else "beside"


def page_at(pages: Sequence[int], position: int) -> int | None:
    """The page, from 1, of a document whose pages begin at ``pages``; None where there are none."""
    return bisect_right(pages, position) if pages else None


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
