"""Finds a quote in the text of a snapshot, or the nearest passage that is there. Plain Python, no Django.

A quote is found when it is there to the letter, or differs only in what cannot be seen or typed: curly and straight
quotation marks, kinds of dashes and spaces, line breaks, invisible characters, full-width and compatibility forms.
Case counts, words count, and nothing is ever guessed. Positions are code points of the text as it is stored.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

CONTEXT = 32
# Below this likeness (0 to 100) the nearest passage is about something else and would only mislead.
ALIKE = 50
# rapidfuzz compares with every passage; a quote of a page's length would take seconds for a hint.
LONGEST_FOR_NEAREST = 2000

_SINGLE = "‘’‚‛ʼʹ′`´"
_DOUBLE = "“”„‟″"
_DASHES = "‐‑‒–—―−﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u061c\ufeff" + "".join(
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)


@dataclass(frozen=True)
class Found:
    """A passage of the text: `text[start:end] == exact`, with up to 32 characters before and after."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def find(text: str, quote: str) -> Found | None:
    """The first place where the quote stands in the text; None when it does not."""
    quote = quote.strip()
    if not quote:
        return None
    start = text.find(quote)
    if start >= 0:
        return _found(text, start, start + len(quote))
    folded = _Folded(text)
    wanted = _Folded(quote).text.strip()
    at = folded.text.find(wanted) if wanted else -1
    return None if at < 0 else _found(text, *folded.original(at, at + len(wanted)))


def nearest(text: str, quote: str) -> str:
    """The passage of the text that is most like the quote, word for word as it stands there; "" when none is alike."""
    quote = " ".join(quote.split())[:LONGEST_FOR_NEAREST]
    if not quote or not text:
        return ""
    passages = [text[start:end] for start, end in _windows(text, len(quote))]
    best = process.extractOne(quote, passages, scorer=fuzz.partial_ratio, score_cutoff=ALIKE, processor=_loosely)
    return _trimmed(best[0], quote) if best else ""


class _Fold(dict[int, str | int]):
    """One character to one character, worked out when it is first met; `uneven` collects the others."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: dict[str, str] = dict.fromkeys(_INVISIBLE, "")
        self |= {ord(c): "'" for c in _SINGLE} | {ord(c): '"' for c in _DOUBLE} | {ord(c): "-" for c in _DASHES}

    def __missing__(self, point: int) -> str | int:
        char = chr(point)
        form = " " if char.isspace() else unicodedata.normalize("NFKC", char)
        if len(form) == 1:
            self[point] = form
            return form
        self.uneven.setdefault(char, " ".join(form.split()))
        self[point] = point
        return point


_fold = _Fold()


@cache
def _composing() -> str:
    """Characters that may melt into the one before: accents, vowel signs, the later letters of a Hangul syllable."""
    marks = (chr(c) for c in range(0x300, 0x1F000) if unicodedata.category(chr(c)) in ("Mn", "Mc"))
    return "".join(map(re.escape, marks)) + "\u1160-\u11ff"


def _form(piece: str) -> str:
    """What a piece that is not folded one to one stands for."""
    if piece[0] == " " and not piece.strip():
        return " "
    if len(piece) == 1:
        return _fold.uneven[piece]
    return _Folded(unicodedata.normalize("NFC", piece)).text


class _Folded:
    """A text with its unseen differences removed, and the way back to the original's positions."""

    def __init__(self, text: str) -> None:
        even = text.translate(_fold)
        uneven = f" {{2,}}|[{''.join(map(re.escape, sorted(_fold.uneven)))}]"
        # What the archive reads is composed; what is pasted, or stored by others, need not be.
        if not unicodedata.is_normalized("NFC", text):
            uneven = f".[{_composing()}]+|{uneven}"
        parts: list[str] = []
        self._starts, self._origins, length, last = [0], [(0, True)], 0, 0
        for match in re.finditer(uneven, even, re.DOTALL):
            form = _form(match[0])
            parts += [even[last : match.start()], form]
            length += match.start() - last
            self._mark(length, match.start(), even=False)
            length, last = length + len(form), match.end()
            self._mark(length, last, even=True)
        self.text = "".join([*parts, even[last:]])

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the folded text stands in the original: whole characters, at least what it covers."""
        return self._origin(start), self._origin(end - 1, after=True)

    def _mark(self, folded: int, original: int, *, even: bool) -> None:
        self._starts.append(folded)
        self._origins.append((original, even))

    def _origin(self, position: int, *, after: bool = False) -> int:
        index = bisect_right(self._starts, position) - 1
        original, even = self._origins[index]
        if even:
            return original + position - self._starts[index] + after
        return self._origins[index + 1][0] if after else original


def _found(text: str, start: int, end: int) -> Found:
    return Found(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def _windows(text: str, length: int) -> list[tuple[int, int]]:
    """Overlapping pieces of the text, each with room for the quote wherever it begins."""
    size = max(2 * length, 80)
    step = max(length, 40)
    return [(start, start + size) for start in range(0, max(1, len(text) - size + step), step)]


def _loosely(text: str) -> str:
    return text.translate(_fold).casefold()


def _trimmed(passage: str, quote: str) -> str:
    """The part of the passage that is like the quote, widened to whole words."""
    alignment = fuzz.partial_ratio_alignment(quote.translate(_fold), passage.translate(_fold))
    if alignment is None:
        return ""
    start, end = alignment.dest_start, alignment.dest_end
    while start > 0 and _in_word(passage, start):
        start -= 1
    while end < len(passage) and _in_word(passage, end):
        end += 1
    return passage[start:end].strip()


def _in_word(text: str, at: int) -> bool:
    """Whether a cut at `at` would go through a word; scripts that write no spaces have no such place."""
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and unicodedata.category(after) != "Lo"
