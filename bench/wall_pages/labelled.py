"""One page of the set, and the pieces that both halves are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice


@dataclass(frozen=True)
class Page:
    """`kind` is the wall that it is, "" for a real page. `name` says what it was made to be."""

    name: str
    language: str
    kind: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)
    asked: str = "https://news.example/2025/06/licences-stay"
    final: str = "https://news.example/2025/06/licences-stay"


def sentences(prose: Sequence[str], count: int) -> list[str]:
    """So many sentences, each with a number of its own, so that no two of a page are the same."""
    return [text.format(n=11 + 7 * number) for number, text in enumerate(islice(cycle(prose), count))]


def paragraphs(prose: Sequence[str], count: int, each: int = 3) -> str:
    """`count` sentences as HTML paragraphs of `each` sentences."""
    told = sentences(prose, count)
    return "\n".join(f"<p>{' '.join(told[start : start + each])}</p>" for start in range(0, count, each))
