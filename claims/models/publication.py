from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.review import Decision


class SignOff(models.Model):
    """An editor's release of a decision. A trigger refuses a signer who took part in the work."""

    append_only = True

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sign_off")
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"sign-off of decision {self.decision_id}"


class Publication(models.Model):
    """What readers were shown as version ``number``, frozen: the page is made from ``content`` alone."""

    append_only = True

    class Kind(models.TextChoices):
        FIRST = "first", "First published"
        CORRECTION = "correction", "Correction"
        RETRACTION = "retraction", "Retraction"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="publications")
    content = models.JSONField()
    note = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["claim", "number"], name="one_publication_per_number"),
            # A correction that does not say what changed is a silent edit.
            models.CheckConstraint(
                condition=Q(number=1, kind="first")
                | Q(
                    number__gt=1,
                    kind__in=["correction", "retraction"],
                    note__regex=r"[^[:space:]]",
                ),
                name="publication_later_versions_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.claim_id}, version {self.number}"
