"""A place in a text as the W3C Web Annotation model writes it, for those who take quotes to us or from us.

``TextQuoteSelector``: the words, and up to 32 characters before and after them. ``TextPositionSelector``: where they
begin and end, in code points. Plain Python, no Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Selector = dict[str, str | int]
# Nobody quotes more, and no text is longer.
LONGEST = 100_000
FURTHEST = 2**31 - 1


class BadSelector(ValueError):
    """What was sent names no place; the message is a sentence that says what to send."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for: words with what stands round them, or a range, or both."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


def written(exact: str, prefix: str, suffix: str, start: int, end: int) -> list[Selector]:
    return [
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def read(selectors: object) -> Wanted:
    """One selector or a list of them; other types may stand beside and are passed over. Raises BadSelector."""
    sent = selectors if isinstance(selectors, list) else [selectors]
    known: dict[str, Mapping[str, Any]] = {}
    for each in sent:
        if not isinstance(each, Mapping):
            raise BadSelector("A selector is an object with a type, such as TextQuoteSelector.")
        known.setdefault(str(each.get("type")), each)
    quote, position = known.get("TextQuoteSelector"), known.get("TextPositionSelector")
    if quote is None and position is None:
        raise BadSelector("Send a TextQuoteSelector or a TextPositionSelector.")
    words = {name: _words(quote, name) for name in ("exact", "prefix", "suffix")} if quote is not None else {}
    if quote is not None and not words["exact"].strip():
        raise BadSelector("A TextQuoteSelector needs the words themselves: “exact”.")
    start, end = _range(position) if position is not None else (None, None)
    return Wanted(**words, start=start, end=end)


def _words(quote: Mapping[str, Any], name: str) -> str:
    value = quote.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise BadSelector(f"“{name}” is a text of at most {LONGEST:,} characters.")
    return value


def _range(position: Mapping[str, Any]) -> tuple[int, int]:
    start, end = position.get("start"), position.get("end")
    # True is a number to Python.
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= FURTHEST:
        raise BadSelector("A TextPositionSelector has “start” and “end”: code points, the first one being 0.")
    return start, end
