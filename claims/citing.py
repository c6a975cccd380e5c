"""What the archive may know of claims: which of its pages they quote, and which were shown to readers."""

from __future__ import annotations

from django.urls import reverse

from claims.models import Evidence, Publication
from sources.citing import Mark


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
