from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.constraints import one_of, together
from sources.models import Observation


class EvidenceChange(models.Model):
    """The evidence of a published claim changed since the verdict: a cited page, or a quote in it, is gone.

    Open until somebody settles it. ``reason`` is what the editor says who lets the verdict stand.
    """

    class Settlement(models.TextChoices):
        OPEN = "", "To be looked at"
        STANDS = "stands", "The verdict stands"
        REOPENED = "reopened", "The claim was re-opened"
        RETRACTED = "retracted", "The verdict was retracted"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="changes")
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField(default=timezone.now)
    settlement = models.CharField(max_length=10, choices=Settlement.choices, default=Settlement.OPEN, blank=True)
    reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["claim"], condition=Q(settled_at__isnull=True), name="change_open"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Two workers that hold the same observation leave one flag.
            models.UniqueConstraint(fields=["claim", "observation"], name="one_change_per_claim_and_observation"),
            one_of("change", "settlement", ["", "stands", "reopened", "retracted"]),
            together("evidence_change", "settled_at", "settled_by"),
            models.CheckConstraint(
                condition=Q(settlement="", settled_at__isnull=True) | (~Q(settlement="") & Q(settled_at__isnull=False)),
                name="change_settled_says_how",
            ),
            # "The verdict stands" without a reason is a click, not a judgement.
            models.CheckConstraint(
                condition=~Q(settlement="stands") | Q(reason__regex=r"[^[:space:]]"),
                name="change_that_stands_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"change of the evidence of claim {self.claim_id}"
