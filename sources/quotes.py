"""Finds a quote in the text of a snapshot, or the nearest passage that is there. Plain Python, no Django.

A quote is found when it is there to the letter, or differs only in what cannot be seen or typed: curly and straight
quotation marks, kinds of dashes and spaces, line breaks, invisible characters, full-width and compatibility forms.
Between two letters of a script that writes no spaces a line break counts for nothing, as it does on paper.
Case counts, words count, and nothing is ever guessed. Positions are code points of the text as it is stored.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from rapidfuzz import fuzz, process

CONTEXT = 32
# Below this likeness (0 to 100) the nearest passage is about something else and would only mislead.
ALIKE = 50
# A hint needs no more of a quote than this to be found, and comparing more takes seconds on a long page.
LONGEST_FOR_NEAREST = 1000
# How many passages are looked at closely, of all that were compared at a glance.
CLOSE = 3
# The likest stretch of the quote's length begins a few words too early or too late when words were added or left out.
NEARBY = 24
# A quote that stands more often says nothing; nobody reads such a list.
MOST_PLACES = 1000
# Up to so many different characters are replaced one kind after the other; a table for all costs more until there.
FEW_KINDS = 24

_SINGLE = "‘’‚‛ʼʹ′`´‹›"
_DOUBLE = "“”„‟″«»"
_DASHES = "‐‑‒–—―−﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u061c\ufeff" + "".join(
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_JOINERS = "\u200c\u200d"
# Thai, Lao, Tibetan, Burmese, Khmer, Chinese and Japanese: there is no end of a word to look for.
_WITHOUT_SPACES = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Spaces, full stops, closing quotation marks and the like: no passage begins with them.
_ENDING = frozenset(["Zs", "Zl", "Cc", "Po", "Pe", "Pf", "Pd"])


@dataclass(frozen=True)
class Found:
    """A passage of the text: `text[start:end] == exact`, with up to 32 characters before and after."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def find(text: str, quote: str, *, prefix: str = "", suffix: str = "", near: int | None = None) -> Found | None:
    """Where the quote stands in the text; None when it does not.

    Of several places the one with most of ``prefix`` before and ``suffix`` after it; of those the one that begins
    closest to ``near``; else the first.
    """
    quote = quote.strip()
    if near is not None and not (prefix or suffix) and quote and text.startswith(quote, near):
        return at(text, near, near + len(quote))
    found = _places(text, quote)
    if not found:
        return None
    if len(found) > 1 and (prefix or suffix or near is not None):
        before, after = _Folded(prefix).text.rstrip()[-CONTEXT:], _Folded(suffix).text.lstrip()[:CONTEXT]
        found.sort(key=lambda place: (-_agreement(text, place, before, after), abs(place[0] - (near or 0))))
    return at(text, *found[0])


def places(text: str, quote: str) -> list[Found]:
    """Every place where the quote stands, in the order of the text; MOST_PLACES at most."""
    return [at(text, start, end) for start, end in _places(text, quote)]


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """To the letter, or where it nowhere stands so, with unseen differences."""
    quote = quote.strip()
    if not quote:
        return []
    exact = _occurrences(text, quote)
    if exact:
        return [(start, start + len(quote)) for start in exact]
    wanted = _Folded(quote).text.strip()
    if not wanted:
        return []
    folded = _Folded(text)
    found = (folded.original(start, start + len(wanted)) for start in _occurrences(folded.text, wanted))
    # Half of what one character stands for is found in two ways and stands in one place.
    return list(dict.fromkeys(found))


def _occurrences(text: str, wanted: str) -> list[int]:
    starts: list[int] = []
    at = text.find(wanted)
    while at >= 0 and len(starts) < MOST_PLACES:
        starts.append(at)
        at = text.find(wanted, at + 1)
    return starts


def _agreement(text: str, place: tuple[int, int], before: str, after: str) -> int:
    """How many characters next to the place are those that are asked for."""
    start, end = place
    # Twice the length, for what is folded may be longer in the text.
    there_before = _Folded(text[max(0, start - 2 * CONTEXT) : start]).text.rstrip()
    there_after = _Folded(text[end : end + 2 * CONTEXT]).text.lstrip()
    return _same(reversed(there_before), reversed(before)) + _same(there_after, after)


def _same(there: Iterable[str], wanted: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(there, wanted, strict=False)))


def nearest(text: str, quote: str) -> str:
    """The passage of the text that is most like the quote, word for word as it stands there; "" when none is alike."""
    wanted = loosely(" ".join(quote.split())[:LONGEST_FOR_NEAREST])
    loose = loosely(text)
    places = _windows(len(text), len(wanted))
    glance = process.extract(wanted, [loose[start:end] for start, end in places], scorer=fuzz.ratio, limit=CLOSE)
    close = [_likeness(wanted, loose, *places[number]) for _, _, number in glance]
    best = max(close, key=lambda one: one.score, default=None) if wanted else None
    if best is None or best.score < ALIKE:
        return ""
    start, end = _whole_words(text, best.start, best.end)
    start = max(_starts(text, start, end), key=lambda at: fuzz.ratio(wanted, loose[at:end]), default=start)
    end = max(_ends(text, start, end), key=lambda at: fuzz.ratio(wanted, loose[start:at]), default=end)
    return text[start:end]


class _Fold(dict[int, str | int]):
    """One character to one character, worked out when it is first met.

    `uneven` collects what becomes several characters or none; here those stand for themselves, as a number.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: dict[str, str] = dict.fromkeys(_INVISIBLE, "")
        self |= {ord(c): ord(c) for c in _INVISIBLE}
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

# Letters of scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
_UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u104f\u1780-\u17d3"
    "\u2e80-\u2fdf\u3001-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
)
_BROKEN_LINE = re.compile(f"\n(?<=[{_UNSPACED}]\n)(?=[{_UNSPACED}])")


@cache
def _different() -> re.Pattern[str]:
    """Finds what is not folded to itself, and every character beyond the first plane: a table of one plane is quick."""
    # Chinese characters and Hangul syllables, half of the plane, stay as they are; so do surrogates and private use.
    points = (*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x10000))
    found = "".join(re.escape(chr(c)) for c in points if _fold[c] != chr(c))
    return re.compile(f"[{found}\U00010000-\U0010ffff]")


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
        # A character for a character, so that positions stay.
        text = _BROKEN_LINE.sub("\u200b", text)
        even, uneven = _evened(text)
        parts: list[str] = []
        self._starts, self._origins, length, last = [0], [(0, True)], 0, 0
        for match in re.finditer(uneven, even, re.DOTALL) if uneven else ():
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


def _evened(text: str) -> tuple[str, str]:
    """The text with each character folded that becomes one other, and a pattern of what is left to fold, if any."""
    forms = {char: _fold[ord(char)] for char in set(_different().findall(text))}
    even = text
    if len(forms) > FEW_KINDS:
        even = text.translate(_fold)
    else:
        for char, form in forms.items():
            even = even.replace(char, form) if isinstance(form, str) else even
    left = "".join(re.escape(char) for char, form in forms.items() if isinstance(form, int))
    patterns = [f"[{left}]"] * bool(left) + [" {2,}"] * ("  " in even)
    # What the archive reads is composed; what is pasted, or stored by others, need not be.
    if not unicodedata.is_normalized("NFC", text):
        patterns.insert(0, f".[{_composing()}]+")
    return even, "|".join(patterns)


def at(text: str, start: int, end: int) -> Found:
    """What stands there."""
    return Found(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


@dataclass(frozen=True)
class _Alike:
    score: float
    start: int
    end: int


def windows(text: str, length: int) -> list[tuple[int, int]]:
    """Overlapping pieces of the text, each with room for the quote wherever it begins."""
    size = max(2 * length, 80)
    step = max(length, 40)
    return [(start, start + size) for start in range(0, max(1, len(text) - size + step), step)]


def folded(text: str) -> str:
    """Without what cannot be seen or typed."""
    return _Folded(text).text


def loosely(text: str) -> str:
    """Without case and unseen differences, and of the same length, so that places in it are places in the text."""
    even = text.translate(_fold)
    lower = even.lower()
    return lower if len(lower) == len(text) else even


def may_cut(text: str, at: int) -> bool:
    """Whether no word stands across ``at``; scripts that write no spaces may be cut anywhere."""
    return not 0 < at < len(text) or not _in_word(text, at)


def _windows(text: int, quote: int) -> list[tuple[int, int]]:
    """Overlapping pieces of a text; wherever in it a passage of the quote's length begins, one holds all of it."""
    step = max(quote // 2, 20)
    return [(start, start + quote + step) for start in range(0, text, step)]


def _likeness(wanted: str, loose: str, start: int, end: int) -> _Alike:
    found = fuzz.partial_ratio_alignment(wanted, loose[start:end])
    if found is None:
        return _Alike(0, start, start)
    return _Alike(found.score, start + found.dest_start, start + found.dest_end)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while 0 < start < len(text) and _in_word(text, start):
        start -= 1
    while 0 < end < len(text) and _in_word(text, end):
        end += 1
    return start, end


def _starts(text: str, start: int, end: int) -> list[int]:
    """Where the passage may begin instead: at another word nearby, and not with what ends the sentence before."""
    near = range(max(0, start - NEARBY), min(end, start + NEARBY))
    return [at for at in near if unicodedata.category(text[at]) not in _ENDING and not (at and _in_word(text, at))]


def _ends(text: str, start: int, end: int) -> list[int]:
    near = range(max(start + 1, end - NEARBY), min(len(text), end + NEARBY) + 1)
    return [at for at in near if not text[at - 1].isspace() and (at == len(text) or not _in_word(text, at))]


def _in_word(text: str, at: int) -> bool:
    """Whether a cut at `at` would go through a word, or part a letter from its marks."""
    before, after = text[at - 1], text[at]
    if _is_mark(after):
        return True
    if _WITHOUT_SPACES.match(before) or _WITHOUT_SPACES.match(after):
        return False
    return after.isalnum() and (before.isalnum() or _is_mark(before))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc") or char in _JOINERS
