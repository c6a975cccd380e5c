"""The archived text that one reads beside the evidence, with the pinned passages marked in it."""

from __future__ import annotations

from dataclasses import dataclass

from claims import queries
from claims.models import Citation, Claim, Evidence
from claims.states import OPEN_TO_RESEARCH
from sources import reading
from sources.models import Capture, Snapshot
from sources.reading import Line


@dataclass(frozen=True)
class Copy:
    """A source of the claim: its newest capture, and its newest snapshot if there is one (without its text)."""

    citation: Citation
    capture: Capture | None
    snapshot: Snapshot | None

    @property
    def pending(self) -> bool:
        return self.capture is not None and self.capture.is_on_its_way

    @property
    def can_retry(self) -> bool:
        return self.capture is not None and (
            self.capture.state == Capture.State.FAILED or self.capture.waits_to_try_again
        )


def copies(claim: Claim, pinned: list[Evidence]) -> list[Copy]:
    """What is shown of each source. Once the claim is judged that is the copy which was quoted, not a later one."""
    quoted = {item.snapshot_id for item in pinned if item.withdrawn_at is None}
    judged = claim.status not in OPEN_TO_RESEARCH
    return [copy_of(citation, quoted if judged else set()) for citation in queries.citations_of(claim)]


def copy_of(citation: Citation, quoted: set[int]) -> Copy:
    """The newest copy that is quoted; else the newest that somebody asked for. What the watch brought is for the
    page of the source, where it is compared."""
    captures: list[Capture] = citation.source.newest_captures  # type: ignore[attr-defined]
    held = [capture for capture in captures if hasattr(capture, "snapshot")]
    asked_for = [capture for capture in held if capture.purpose != Capture.Purpose.WATCH]
    chosen = [capture for capture in held if capture.snapshot.pk in quoted] or asked_for or held
    return Copy(citation, captures[0] if captures else None, chosen[0].snapshot if chosen else None)


def chosen(copies: list[Copy], asked: str) -> Snapshot | None:
    """The snapshot to read, with its text: the one asked for if it belongs to the claim, else the first."""
    held = [copy.snapshot.pk for copy in copies if copy.snapshot]
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        cited = {copy.citation.source_id for copy in copies}
        snapshot = Snapshot.objects.select_related("source").filter(pk=int(asked), source__in=cited).first()
        if snapshot:
            return snapshot
    return Snapshot.objects.select_related("source").get(pk=held[0]) if held else None


def lines(snapshot: Snapshot | None, evidence: list[Evidence]) -> list[Line[Evidence]]:
    """The text of the page line by line, with the quotes that stand marked in it."""
    if snapshot is None:
        return []
    here = [(e.start, e.end, e) for e in evidence if e.snapshot_id == snapshot.pk and e.withdrawn_at is None]
    return reading.lines(snapshot.text, snapshot.body, here, snapshot.pages)
