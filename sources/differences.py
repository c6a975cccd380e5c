"""What differs between two texts, word for word, in any script. Plain Python, no Django.

Lines are compared first, then the words of what differs. A word is what is written without a space; in scripts that
write none, each character with its marks. Positions and order are those of the texts: the pieces that are the same or
removed make up the one, those that are the same or added the other.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import Indel

# The comparison takes memory and time with the product of both lengths; beyond this all counts as replaced.
MOST_CELLS = 50_000_000
# With a smaller share in common two passages are not one that was changed but two; what they share is chance.
LIKE = 0.35
# Unchanged lines shown before and after a change.
AROUND = 2


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Row:
    """A line with what changed in it; or, when `left_out` is not 0, so many lines that are the same in both texts."""

    pieces: Sequence[Piece] = ()
    left_out: int = 0

    @property
    def changed(self) -> bool:
        return any(piece.kind != Kind.SAME for piece in self.pieces)


def pieces(before: str, after: str) -> list[Piece]:
    """The way from one text to the other."""
    lines = _compared(before.splitlines(keepends=True), after.splitlines(keepends=True))
    found: list[Piece] = []
    for kind, removed, added in lines:
        if kind == Kind.SAME:
            found.append(Piece(kind, removed))
        else:
            found += _words(removed, added)
    return list(_joined(found))


def rows(before: str, after: str) -> list[Row]:
    """The pieces line by line, as one reads them; what is the same far from a change is left out and counted."""
    lines = [Row(tuple(line)) for line in _lines(pieces(before, after))]
    changed = [number for number, line in enumerate(lines) if line.changed]
    near = {place for number in changed for place in range(number - AROUND, number + AROUND + 1)}
    found: list[Row] = []
    for shown, group in groupby(enumerate(lines), key=lambda pair: pair[0] in near):
        together = [row for _, row in group]
        found += together if shown or len(together) == 1 else [Row(left_out=len(together))]
    return found


def _words(removed: str, added: str) -> Iterator[Piece]:
    if not removed or not added:
        yield from _both(removed, added)
        return
    parts = list(_calmed(_compared(_tokens(removed), _tokens(added))))
    kept = sum(len(old) for kind, old, _ in parts if kind == Kind.SAME)
    if kept < LIKE * min(len(removed), len(added)):
        yield from _both(removed, added)
        return
    for same, group in groupby(parts, key=lambda part: part[0] == Kind.SAME):
        together = list(group)
        old = "".join(part[1] for part in together)
        if same:
            yield Piece(Kind.SAME, old)
        else:
            yield from _both(old, "".join(part[2] for part in together))


def _both(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Kind.REMOVED, removed)
    if added:
        yield Piece(Kind.ADDED, added)


Part = tuple[Kind, str, str]


def _calmed(parts: list[Part]) -> Iterator[Part]:
    """A space or a comma that two changes have in common is part of the change: nobody reads it as kept."""
    for number, (kind, old, new) in enumerate(parts):
        between = 0 < number < len(parts) - 1
        if kind == Kind.SAME and between and "\n" not in old and not any(c.isalnum() for c in old):
            yield Kind.REMOVED, old, new
        else:
            yield kind, old, new


def _compared(before: Sequence[str], after: Sequence[str]) -> list[Part]:
    """(kind, old text, new text); of a part that differs either may be empty."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    parts: list[Part] = [(Kind.SAME, "".join(before[:start]), "")]
    if len(old) * len(new) > MOST_CELLS:
        parts.append((Kind.REMOVED, "".join(old), "".join(new)))
    else:
        parts += _middle(old, new)
    parts.append((Kind.SAME, "".join(before[len(before) - end :]), ""))
    return [part for part in parts if part[1] or part[2]]


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    codes = Indel.opcodes(old, new)
    for same, group in groupby(codes, key=lambda code: code.tag == "equal"):
        steps = list(group)
        first, last = steps[0], steps[-1]
        texts = "".join(old[first.src_start : last.src_end]), "".join(new[first.dest_start : last.dest_end])
        yield (Kind.SAME, texts[0], texts[1]) if same else (Kind.REMOVED, *texts)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@lru_cache(maxsize=4096)
def _sort(char: str) -> str:
    """ "mark" stays with what is before it, "word" runs on, "space" too, anything else stands alone."""
    if unicodedata.category(char)[0] == "M" or char in "\u200c\u200d\u2019'" or "\ufe00" <= char <= "\ufe0f":
        return "mark"
    if char.isspace():
        return "line" if char == "\n" else "space"
    if char.isalnum() and not _UNSPACED.match(char):
        return "word"
    return "alone"


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    before = ""
    for char in text:
        sort = _sort(char)
        if found and (sort == "mark" or (sort == before and sort in ("word", "space"))):
            found[-1] += char
        else:
            found.append(char)
        before = before if sort == "mark" and found and before else sort
    return found


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    for kind, group in groupby(found, key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))


def _lines(found: Iterable[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in found:
        *whole, rest = piece.text.split("\n")
        for text in whole:
            line.append(Piece(piece.kind, text))
            yield [part for part in line if part.text]
            line = []
        line.append(Piece(piece.kind, rest))
    last = [part for part in line if part.text]
    if last:
        yield last
