"""Published versions as pages and files show them, and what has happened since they were frozen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from claims.frozen import Json, digest_of
from claims.models import Claim, FactSheetVersion, Publication
from claims.states import PUBLIC

DAYS = frozenset({"claimed_on", "appeared_on", "published_on", "modified_on"})
MOMENTS = frozenset({"fetched_at", "published_at"})


@dataclass(frozen=True)
class Version:
    """Version ``number`` of a claim. ``content`` is what was frozen, byte for byte the same JSON."""

    claim: int
    number: int
    kind: str
    note: str
    published_at: datetime
    content: Json

    @property
    def kind_label(self) -> str:
        return str(Publication.Kind(self.kind).label)

    @property
    def is_retraction(self) -> bool:
        return self.kind == Publication.Kind.RETRACTION

    @cached_property
    def shown(self) -> Any:
        """The content with dates instead of their text, for templates."""
        return dated(self.content)

    @property
    def snapshots(self) -> set[int]:
        """The archived pages that it quotes."""
        return {quote["snapshot"]["id"] for quote in self.content["evidence"]}

    @property
    def digest(self) -> str:
        return digest_of(self.content)


def of_publication(publication: Publication) -> Version:
    return Version(
        publication.claim_id,
        publication.number,
        publication.kind,
        publication.note,
        publication.published_at,
        publication.content,
    )


def newest() -> QuerySet[Publication]:
    """The newest version of each published claim, the latest on top."""
    found = Publication.objects.order_by("claim_id", "-number").distinct("claim_id")
    return Publication.objects.filter(pk__in=found.values("pk")).order_by("-published_at", "-pk")


def of_item(item: Json) -> Version:
    """As it stands in the content of a fact sheet."""
    published_at = datetime.fromisoformat(item["published_at"])
    content = item["content"]
    return Version(content["claim"], item["version"], item["kind"], item["note"], published_at, content)


def in_sheet(version: FactSheetVersion) -> list[Version]:
    return [of_item(item) for item in version.content["claims"]]


def snapshots_of(version: FactSheetVersion) -> set[int]:
    """The archived pages that a version of a fact sheet quotes."""
    return set[int]().union(*(each.snapshots for each in in_sheet(version)))


def dated(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: dated(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [dated(inner) for inner in value]
    if value and key in DAYS:
        return date.fromisoformat(value)
    if value and key in MOMENTS:
        return datetime.fromisoformat(value)
    return value


@dataclass(frozen=True)
class Since:
    """What a frozen version cannot know: how the claim stands today."""

    claim: int
    newest: int
    newest_kind: str
    newest_note: str
    newest_at: datetime
    status: str

    @property
    def retracted(self) -> bool:
        return self.newest_kind == Publication.Kind.RETRACTION

    @property
    def is_reexamined(self) -> bool:
        return self.status not in PUBLIC


def since(claims: Collection[int]) -> dict[int, Since]:
    """How each claim stands today. One query."""
    newest = (
        Publication.objects.filter(claim__in=claims)
        .order_by("claim_id", "-number")
        .distinct("claim_id")
        .select_related("claim")
        .defer("content")
    )
    return {publication.claim_id: standing(publication, publication.claim) for publication in newest}


def standing(newest: Publication, claim: Claim) -> Since:
    return Since(newest.claim_id, newest.number, newest.kind, newest.note, newest.published_at, claim.status)


def with_since(versions: Iterable[Version]) -> list[tuple[Version, Since]]:
    """Each version with how its claim stands today."""
    versions = list(versions)
    known = since({version.claim for version in versions})
    return [(version, known[version.claim]) for version in versions]
