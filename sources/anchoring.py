"""Where a quote of one snapshot may stand in another one of the same page, and how alike the two places are.

Only a proposal: it is shown with its score, and a person confirms it or does not. Within a snapshot nothing is ever
guessed (`sources.quotes`). Plain Python, no Django.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz, process

from sources import quotes
from sources.quotes import Found

# Of 100 points so many are for the words themselves; the rest for what stands before and after them, half each.
FOR_WORDS = 80
# Below this the passage is another one.
LEAST = 60
# Passages looked at closely.
CANDIDATES = 5
# The aligner is off by a few characters at either end, and a word at the edge may be another word now.
SLACK = 24
# A longer quote is found when it stands there, and not compared: that would take seconds.
LONGEST = 2_000

# Where a quote may begin or end: at the edge of a word, or of a letter where words are not set apart.
_EDGE = re.compile(r"\b|(?<=[^\w\s])|(?=[^\w\s])")


@dataclass(frozen=True)
class Anchor:
    """A passage of the other text and its likeness, 0 to 100. 100: the same words between the same words."""

    found: Found
    score: int


def anchor(text: str, exact: str, prefix: str, suffix: str) -> Anchor | None:
    """The place in ``text`` most like the quote in its context; None when none is."""
    standing = quotes.find(text, exact, prefix=prefix, suffix=suffix)
    if standing and _is_whole(text, standing, exact, prefix, suffix):
        return Anchor(standing, _score(standing, exact, prefix, suffix))
    if len(exact) > LONGEST:
        return None
    alike = (_closest(text, place, exact, prefix, suffix) for place in _candidates(text, exact))
    best = max(filter(None, alike), key=lambda one: one.score, default=None)
    return best if best and best.score >= LEAST else None


def _is_whole(text: str, found: Found, exact: str, prefix: str, suffix: str) -> bool:
    """Whether no word is cut: "rule" in "rules" is another word, unless the quote itself ended so."""
    whole, end = prefix + exact + suffix, len(prefix) + len(exact)
    begins = quotes.may_cut(text, found.start) or not quotes.may_cut(whole, len(prefix))
    return begins and (quotes.may_cut(text, found.end) or not quotes.may_cut(whole, end))


def _candidates(text: str, exact: str) -> Iterator[tuple[int, int]]:
    """Roughly where passages like the quote begin and end."""
    windows = quotes.windows(text, len(exact))
    passages = [quotes.loosely(text[start:end]) for start, end in windows]
    wanted = quotes.loosely(exact)
    for _, _, index in process.extract(wanted, passages, scorer=fuzz.partial_ratio, limit=CANDIDATES):
        aligned = fuzz.partial_ratio_alignment(wanted, passages[index])
        if aligned:
            yield windows[index][0] + aligned.dest_start, windows[index][0] + aligned.dest_end


def _closest(text: str, rough: tuple[int, int], exact: str, prefix: str, suffix: str) -> Anchor | None:
    """The range between two edges of words near the rough one that is most like the quote in its context."""
    begins = [at for at in _edges(text, rough[0]) if at < rough[1]] or [rough[0]]
    ends = [at for at in _edges(text, rough[1]) if at > rough[0]] or [rough[1]]
    found = (_trimmed(text, start, end) for start, end in product(begins, ends) if start < end)
    scored = [Anchor(place, _score(place, exact, prefix, suffix)) for place in found if place]
    # Of equals the one whose length is nearest.
    return max(scored, key=lambda one: (one.score, -abs(len(one.found.exact) - len(exact))), default=None)


def _edges(text: str, near: int) -> list[int]:
    first = max(0, near - SLACK)
    edges = {first + match.start() for match in _EDGE.finditer(text[first : near + SLACK])}
    # Scripts that set no words apart have few edges: there each letter near by is one.
    close = {at for at in range(near - 3, near + 4) if 0 <= at <= len(text) and quotes.may_cut(text, at)}
    return sorted(edges - {first, near + SLACK} | close)


def _trimmed(text: str, start: int, end: int) -> Found | None:
    exact = text[start:end]
    start, end = start + len(exact) - len(exact.lstrip()), end - (len(exact) - len(exact.rstrip()))
    return quotes.at(text, start, end) if start < end else None


def _score(found: Found, exact: str, prefix: str, suffix: str) -> int:
    """Context that is missing on both sides agrees: both passages begin or end the page."""
    context = (100 - FOR_WORDS) / 200
    words = fuzz.ratio(exact, found.exact, processor=_evenly) * FOR_WORDS / 100
    before = fuzz.ratio(prefix, found.prefix, processor=_evenly) * context
    after = fuzz.ratio(suffix, found.suffix, processor=_evenly) * context
    # Only what is the same is 100.
    return int(words + before + after)


def _evenly(text: str) -> str:
    return " ".join(quotes.folded(text).split())
