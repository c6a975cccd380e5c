from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.constraints import one_of, together
from claims.models.scale import Rating, Scale


class Round(models.Model):
    """One pass of independent review of a claim. ``completed_at`` is when the last seal fell."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="+")
    required_reviews = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandoned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["claim", "number"], name="one_round_per_number"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(completed_at__isnull=True, abandoned_at__isnull=True),
                name="one_open_round_per_claim",
            ),
            together("round", "abandoned_at", "abandoned_by"),
            # Abandoned before it was complete: such reviews stay sealed, whatever comes later.
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(abandoned_at__isnull=True),
                name="round_completed_or_abandoned",
            ),
            # One reader is no independent check of the other.
            models.CheckConstraint(condition=Q(required_reviews__gte=2), name="round_needs_two_reviews"),
        ]

    def __str__(self) -> str:
        return f"round {self.number} of claim {self.claim_id}"


def unguessable() -> int:
    """A number that JavaScript can hold. One that counts up would tell a reviewer that somebody else has begun."""
    return secrets.randbelow(2**53 - 1) + 1


class Review(models.Model):
    """One reviewer's rating in a round: a draft until ``sealed_at``, unchangeable after it (trigger)."""

    class Confidence(models.TextChoices):
        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    id = models.BigIntegerField(primary_key=True, default=unguessable, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    reasons = models.TextField(blank=True)
    gaps = models.TextField(blank=True)
    # Makes the digest in the log say nothing to somebody who guesses at the sealed text.
    salt = models.CharField(max_length=64)
    saved_at = models.DateTimeField(default=timezone.now)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["sealed_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Two windows of one reviewer must not become two verdicts.
            models.UniqueConstraint(fields=["round", "reviewer"], name="one_review_per_reviewer_and_round"),
            # A short salt can be tried out, and then the digest in the log tells what is sealed.
            models.CheckConstraint(condition=Q(salt__regex=r"^[0-9a-f]{64}$"), name="review_salt_has_its_length"),
            one_of("review", "confidence", ["", "low", "medium", "high"]),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True)
                | (Q(rating__isnull=False, reasons__regex=r"[^[:space:]]") & ~Q(confidence="")),
                name="review_sealed_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk} in round {self.round_id}"

    @property
    def subject(self) -> str:
        """Its own chain in the log: a seal in the claim's chain would show as a gap."""
        return f"review:{self.pk}"


class Decision(models.Model):
    """The outcome of a round, and how it was reached."""

    append_only = True

    class Method(models.TextChoices):
        AGREEMENT = "agreement", "Agreement of the reviewers"
        ADJUDICATION = "adjudication", "Adjudication"

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="decision")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=20, choices=Method.choices)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Agreement has no single author; adjudication has one, who says why.
            models.CheckConstraint(
                condition=Q(method="agreement", decided_by__isnull=True)
                | Q(
                    method="adjudication",
                    decided_by__isnull=False,
                    reasons__regex=r"[^[:space:]]",
                ),
                name="decision_adjudicated_by_somebody_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} by {self.get_method_display().lower()}"
