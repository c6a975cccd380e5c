from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sources.models.capture import Capture
from sources.models.snapshot import Snapshot
from sources.models.source import Source


class Watch(models.Model):
    """A source that is captured again and again, because something published cites it."""

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="watch")
    started_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField()
    # How many of the intervals of the setting are behind it; after the last, that one repeats.
    step = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["next_at", "id"]
        verbose_name_plural = "watches"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["next_at", "id"], name="watch_due")]

    def __str__(self) -> str:
        return f"watch of source {self.source_id}"


class Observation(models.Model):
    """What a repeated capture of a source showed, against the snapshot that is cited. ``lost`` lists the quotes that
    are not in the new text any more, as they stood in the old one."""

    append_only = True

    class Outcome(models.TextChoices):
        UNCHANGED = "unchanged", "Unchanged"
        QUOTES_KEPT = "quotes_kept", "Changed, every quote still there"
        QUOTE_GONE = "quote_gone", "A quote is gone"
        SOFT_404 = "soft_404", "Answers, but the page is not there"
        GONE = "gone", "Gone"
        UNREACHABLE = "unreachable", "Not reachable"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="observations")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="observations")
    before = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    lost = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A worker that runs the same comparison twice leaves one outcome.
            models.UniqueConstraint(fields=["capture", "before"], name="one_observation_per_capture_and_snapshot"),
            models.CheckConstraint(
                condition=Q(outcome__in=["unchanged", "quotes_kept", "quote_gone", "soft_404", "gone", "unreachable"]),
                name="observation_outcome_is_known",
            ),
            # What was compared is there to look at.
            models.CheckConstraint(
                condition=Q(outcome__in=["gone", "unreachable"]) | Q(after__isnull=False),
                name="observation_has_what_it_compared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at capture {self.capture_id}"
