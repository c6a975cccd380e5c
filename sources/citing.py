"""Who cites a snapshot. The archive knows no claims; whoever cites its pages registers here when the apps are ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Mark:
    """A passage of a snapshot's text, in code points, that is cited; `url` and `title` lead to what cites it."""

    start: int
    end: int
    title: str
    language: str
    url: str
    stance: str

    @property
    def anchor(self) -> str:
        return f"mark-{self.start}-{self.end}"


class Citer(Protocol):
    def is_published(self, snapshot: int) -> bool:
        """Whether a version that readers were shown cites the snapshot. Once true it stays true."""

    def marks(self, snapshot: int) -> Sequence[Mark]:
        """The passages that are cited now."""


_citers: list[Citer] = []


def register(citer: Citer) -> None:
    if citer not in _citers:
        _citers.append(citer)


def is_published(snapshot: int) -> bool:
    """Whether readers may see the snapshot: only what stands behind something published."""
    return any(citer.is_published(snapshot) for citer in _citers)


def marks(snapshot: int) -> list[Mark]:
    """In the order of the text."""
    return sorted((mark for citer in _citers for mark in citer.marks(snapshot)), key=lambda m: (m.start, m.end))
