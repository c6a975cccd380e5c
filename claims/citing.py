"""What the archive may know of claims: which of its pages they quote, and which were shown to readers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from claims import changes
from claims.models import Claim, Evidence, Publication
from sources.citing import Mark
from sources.models import Observation


def is_published(snapshot: int) -> bool:
    """Asked of the frozen versions: a quote withdrawn since stands in what was published, and stays checkable."""
    quoted = {"evidence": [{"snapshot": {"id": snapshot}}]}
    return Publication.objects.filter(claim__evidence__snapshot=snapshot, content__contains=quoted).exists()


def marks(snapshot: int) -> list[Mark]:
    evidence = Evidence.objects.filter(snapshot=snapshot, withdrawn_at=None).select_related("claim")
    return [
        Mark(
            start=item.start,
            end=item.end,
            title=item.claim.statement,
            language=item.claim.language,
            url=f"{reverse('claims:claim', args=[item.claim_id])}#evidence-{item.pk}",
            stance=Evidence.Stance(item.stance).label,
        )
        for item in evidence
    ]


def is_watched(source: int) -> bool:
    return _shown(source).exists()


def quoted(source: int) -> set[int]:
    standing = Evidence.objects.filter(snapshot__source=source, withdrawn_at=None)
    return set(standing.values_list("snapshot", flat=True))


def hold(source: int) -> list[int]:
    held = _shown(source).select_for_update(of=("self",)).order_by("pk")
    return [claim.pk for claim in held]


def notice(held: list[int], observations: Sequence[Observation]) -> None:
    changes.notice(held, observations)


def _shown(source: int) -> QuerySet[Claim]:
    """Claims that cite the source and whose newest version readers were shown is not a retraction."""
    newest = Publication.objects.filter(claim=OuterRef("pk")).order_by("-number")
    shown = Claim.objects.filter(citations__source=source).annotate(newest=Subquery(newest.values("kind")[:1]))
    return shown.filter(newest__in=[Publication.Kind.FIRST, Publication.Kind.CORRECTION])
