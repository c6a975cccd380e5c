"""What became of a cited page: one word for the difference between two captures. Plain Python, no Django.

What is judged is whether the quotes still stand, by the rule under which they were pinned (`sources.quotes`). A page
that could not be seen (a wall, a lost connection, half a page) proves nothing against a quote, so it counts as not
reachable and never as a quote that is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources import quotes

# Reasons of sources/reasons.py with which a server, or the name service, says that there is no such page any more.
GONE = frozenset({"http_404", "http_410", "http_451", "not_found"})


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    QUOTES_KEPT = "quotes_kept"
    QUOTE_GONE = "quote_gone"
    SOFT_404 = "soft_404"
    GONE = "gone"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Copy:
    """What a capture got. `wall` and `truncated` as on a snapshot, "" where the page came whole and as itself;
    `read_whole` is False where more may stand on the page than in its text."""

    text: str
    payload_sha256: str
    wall: str = ""
    truncated: str = ""
    read_whole: bool = True


@dataclass(frozen=True)
class Drift:
    """`lost` are indexes into the quotes that were asked for: those which no longer stand."""

    outcome: Outcome
    lost: tuple[int, ...] = ()


def between(before: Copy, after: Copy, quoted: Sequence[str]) -> Drift:
    """What changed from the cited copy to the later one."""
    if _same(before, after):
        return Drift(Outcome.UNCHANGED)
    lost = tuple(number for number, quote in enumerate(quoted) if quotes.find(after.text, quote) is None)
    hidden = after.wall if after.wall != before.wall else ""
    if hidden and (lost or not quoted):
        return Drift(Outcome.SOFT_404, lost) if hidden == "not_found" else Drift(Outcome.UNREACHABLE)
    if not lost:
        return Drift(Outcome.QUOTES_KEPT)
    seen = after.read_whole and not after.truncated
    return Drift(Outcome.QUOTE_GONE, lost) if seen else Drift(Outcome.UNREACHABLE)


def without_a_page(reason: str, quoted: Sequence[str]) -> Drift:
    """What it means that the capture failed for this reason."""
    if reason in GONE:
        return Drift(Outcome.GONE, tuple(range(len(quoted))))
    return Drift(Outcome.UNREACHABLE)


def _same(before: Copy, after: Copy) -> bool:
    """Advertisements and counters change the bytes of nearly every page; what one reads is its text."""
    if before.payload_sha256 == after.payload_sha256:
        return True
    return bool(before.text) and before.text == after.text
