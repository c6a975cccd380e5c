from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim


class Appearance(models.Model):
    """A place where the claim was made: an address or a citation, the verbatim words, the date."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appearances")
    url = models.URLField(max_length=2000, blank=True)
    citation = models.CharField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    appeared_on = models.DateField(null=True, blank=True)
    is_first = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_first", "appeared_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(url="", citation=""), name="appearance_has_url_or_citation"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(is_first=True), name="one_first_appearance_per_claim"
            ),
        ]

    def __str__(self) -> str:
        return self.url or self.citation
