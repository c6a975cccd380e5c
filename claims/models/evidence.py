from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.constraints import not_blank, one_of, together
from sources.models import Snapshot, Source
from sources.reading import page_at
from sources.selectors import Selector, written


class Citation(models.Model):
    """A source that is read for a claim. A quote can be pinned from no other (trigger)."""

    append_only = True

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["claim", "source"], name="one_citation_per_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} for claim {self.claim_id}"


class Evidence(models.Model):
    """An exact quote in an archived page, and what it says about the claim.

    ``start`` and ``end`` count code points of ``snapshot.text``; a trigger refuses a row
    whose ``exact`` does not stand there, so no bug in a view can make up a quote.
    """

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "Supports"
        REFUTES = "refutes", "Refutes"
        CONTEXT = "context", "Context"

    class StandsIn(models.TextChoices):
        ARTICLE = "article", "In the article"
        BESIDE = "beside", "Beside the article"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="evidence")
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    # Whether the words are of the article or of what stands beside it; "" where that could not be told.
    stands_in = models.CharField(max_length=10, choices=StandsIn.choices, blank=True)
    stance = models.CharField(max_length=20, choices=Stance.choices)
    note = models.TextField(blank=True)
    # Whoever pinned it looked at a copy that seems to be a wall and said that the page shows this all the same.
    # A trigger refuses a quote from such a copy without it.
    despite_wall = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name_plural = "evidence"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            not_blank("evidence", "exact"),
            one_of("evidence", "stance", ["supports", "refutes", "context"]),
            one_of("evidence", "stands_in", ["", "article", "beside"]),
            together("evidence", "withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="evidence_has_a_range"),
            # A double click would count one quote twice.
            models.UniqueConstraint(
                fields=["claim", "snapshot", "start", "end"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_evidence_per_passage",
            ),
        ]

    def __str__(self) -> str:
        return self.exact

    @property
    def page(self) -> int | None:
        """The page of a paged document, from 1."""
        return page_at(self.snapshot.pages, self.start)

    @property
    def selectors(self) -> list[Selector]:
        """The place as the W3C Web Annotation model writes it."""
        return written(self.exact, self.prefix, self.suffix, self.start, self.end)
