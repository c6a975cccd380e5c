from __future__ import annotations

from typing import ClassVar

from django.db import models


class Scale(models.Model):
    """One version of a set of ratings. A changed scale is a new version, never an edited one."""

    append_only = True

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_scale_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"


class Rating(models.Model):
    """A value of a scale. ``value`` is a number for ordinal ratings and None for nominal ones."""

    append_only = True

    class Tone(models.TextChoices):
        """What colour and mark the rating is shown with, beside its word."""

        TRUE = "true"
        MOSTLY_TRUE = "mostly_true"
        MIXED = "mixed"
        MOSTLY_FALSE = "mostly_false"
        FALSE = "false"
        WORST = "worst"
        OPEN = "open"

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="ratings")
    slug = models.SlugField(max_length=40)
    label = models.CharField(max_length=60)
    meaning = models.CharField(max_length=200)
    value = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField()
    tone = models.CharField(max_length=20, choices=Tone.choices)

    class Meta:
        ordering: ClassVar[list[str]] = ["scale", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scale", "slug"], name="one_rating_per_slug"),
            models.UniqueConstraint(fields=["scale", "position"], name="one_rating_per_position"),
            models.UniqueConstraint(fields=["scale", "value"], name="one_rating_per_value"),
        ]

    def __str__(self) -> str:
        return self.label
