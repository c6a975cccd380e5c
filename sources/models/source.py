from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Source(models.Model):
    """An address or document that can be cited."""

    class Kind(models.TextChoices):
        ARTICLE = "article", "Article"
        DOCUMENT = "document", "Document"
        DATASET = "dataset", "Data set"
        STATEMENT = "statement", "Statement"
        SOCIAL_POST = "social_post", "Social post"
        VIDEO = "video", "Video"
        IMAGE = "image", "Image"
        OTHER = "other", "Other"

    class Tier(models.TextChoices):
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"
        TERTIARY = "tertiary", "Tertiary"
        UNKNOWN = "unknown", "Not judged yet"

    canonical_url = models.CharField(max_length=2000, unique=True)
    url = models.CharField(max_length=2000)
    publisher = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ARTICLE)
    tier = models.CharField(max_length=20, choices=Tier.choices, default=Tier.UNKNOWN)
    derives_from = models.ManyToManyField("self", symmetrical=False, related_name="derived", blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(canonical_url__regex="^https?://"), name="source_is_on_the_web"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "article",
                        "document",
                        "dataset",
                        "statement",
                        "social_post",
                        "video",
                        "image",
                        "other",
                    ]
                ),
                name="source_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(tier__in=["primary", "secondary", "tertiary", "unknown"]),
                name="source_tier_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.canonical_url

    @property
    def subject(self) -> str:
        """Its name in the log."""
        return f"source:{self.pk}"
