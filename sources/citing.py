"""Who cites a snapshot. The archive knows no claims; whoever cites its pages registers here when the apps are ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sources.models import Observation


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

    def is_watched(self, source: int) -> bool:
        """Whether something that readers see, and that was not taken back, cites the source."""

    def quoted(self, source: int) -> set[int]:
        """The snapshots of the source from which passages are cited now."""

    def hold(self, source: int) -> list[int]:
        """Locks what was published and cites the source until the transaction ends. Before the source is locked:
        its own verbs lock in that order, and two orders end in a deadlock. Gives back what `notice` wants."""

    def notice(self, held: list[int], observations: Sequence[Observation]) -> None:
        """What a new capture of the source showed, against each snapshot that is cited."""


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


def is_watched(source: int) -> bool:
    return any(citer.is_watched(source) for citer in _citers)


def quoted(source: int) -> set[int]:
    return {snapshot for citer in _citers for snapshot in citer.quoted(source)}


def hold(source: int) -> list[tuple[Citer, list[int]]]:
    return [(citer, citer.hold(source)) for citer in _citers]


def notice(held: list[tuple[Citer, list[int]]], observations: Sequence[Observation]) -> None:
    for citer, items in held:
        citer.notice(items, observations)
