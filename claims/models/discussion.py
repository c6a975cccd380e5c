from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.constraints import not_blank, one_of


class Comment(models.Model):
    """What somebody said about the work on a claim, to colleagues."""

    append_only = True

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [not_blank("comment", "text")]

    def __str__(self) -> str:
        return self.text


class Assignment(models.Model):
    """Who works on a claim as what. Who adds, withdraws or restores a source or quote is its researcher."""

    class Part(models.TextChoices):
        RESEARCHER = "researcher", "Researcher"
        REVIEWER = "reviewer", "Reviewer"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=20, choices=Part.choices)
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("assignment", "part", ["researcher", "reviewer"]),
            models.UniqueConstraint(fields=["claim", "person", "part"], name="one_assignment_per_part"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.part} of claim {self.claim_id}"
