from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.constraints import not_blank


class FactSheet(models.Model):
    """An ordered set of published claims for readers. This row is the working copy."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    language = models.CharField(max_length=35, default="en")
    claims = models.ManyToManyField(Claim, through="FactSheetItem", related_name="fact_sheets")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [not_blank("fact_sheet", "title")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"fact_sheet:{self.pk}"


class FactSheetItem(models.Model):
    """The place of a claim in the working copy of a fact sheet."""

    sheet = models.ForeignKey(FactSheet, on_delete=models.CASCADE, related_name="items")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["sheet", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "claim"], name="one_item_per_claim"),
            models.UniqueConstraint(
                fields=["sheet", "position"],
                name="one_item_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. claim {self.claim_id}"


class FactSheetVersion(models.Model):
    """What readers were shown as version ``number`` of a fact sheet, frozen."""

    append_only = True

    sheet = models.ForeignKey(FactSheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["sheet", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_sheet_version_per_number"),
            models.CheckConstraint(
                condition=models.Q(number=1) | models.Q(number__gt=1, note__regex=r"[^[:space:]]"),
                name="sheet_later_versions_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}, version {self.number}"
