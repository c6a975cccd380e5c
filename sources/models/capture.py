from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sources.models.source import Source


class Capture(models.Model):
    """One attempt to fetch a source. This row is the truth; a Celery message is only a hint that it waits."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Fetching"
        DONE = "done", "Archived"
        FAILED = "failed", "Failed"

    class Purpose(models.TextChoices):
        CITED = "cited", "Cited for a claim"
        AGAIN = "again", "Asked for again"
        WATCH = "watch", "Watched, because something published cites it"
        SUPPLIED = "supplied", "A copy supplied by a person"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="captures")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.CITED)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    retryable = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    # How many workers were lost in the middle of it since a server last answered.
    workers_lost = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    not_before = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # When what it showed was held against what is cited (sources/watch.py); until then that is still to be done.
    compared_at = models.DateTimeField(null=True, blank=True)
    # Who holds the lease may finish the capture; nobody else, however late they come back.
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Why the last try failed, while the capture waits for the next one.
    setback = models.CharField(max_length=40, blank=True)
    setback_detail = models.TextField(blank=True)
    # The host (sources.models.Host) at which it waits for its turn, or did last.
    waits_for = models.CharField(max_length=260, blank=True)
    # Of a copy that a person supplied: the digest of the file, which waits in the archive until it was read, and its
    # name.
    supplied_sha256 = models.CharField(max_length=64, blank=True)
    supplied_as = models.CharField(max_length=200, blank=True)
    # What the page shows while the worker is at it.
    step = models.CharField(max_length=100, blank=True)
    received_bytes = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["not_before", "id"], condition=Q(state__in=["queued", "running"]), name="capture_waiting"
            ),
            # What failed lately, on the page of the administrators.
            models.Index(fields=["finished_at"], condition=Q(finished_at__isnull=False), name="capture_ended"),
            models.Index(
                fields=["id"],
                condition=Q(compared_at__isnull=True, state__in=["done", "failed"]),
                name="capture_to_compare",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(purpose__in=["cited", "again", "watch", "supplied"]), name="capture_purpose_is_known"
            ),
            # Two captures of one source at a time would fetch it twice for nothing. A copy is not fetched, and stands
            # beside one.
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=["queued", "running"]) & ~Q(purpose="supplied"),
                name="one_open_capture_per_source",
            ),
            # A copy is somebody's file, and nothing else is.
            models.CheckConstraint(
                condition=(Q(purpose="supplied", requested_by__isnull=False) & ~Q(supplied_as=""))
                & Q(supplied_sha256__regex="^[0-9a-f]{64}$")
                | (~Q(purpose="supplied") & Q(supplied_sha256="", supplied_as="")),
                name="capture_supplied_is_a_persons_file",
            ),
            # A second click gives no second copy; what failed may be given once more.
            models.UniqueConstraint(
                fields=["source", "requested_by", "supplied_sha256"],
                condition=~Q(supplied_sha256="") & ~Q(state="failed"),
                name="one_capture_per_supplied_file",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="queued", lease__isnull=True, lease_until__isnull=True, finished_at__isnull=True, reason=""
                )
                | Q(
                    state="running",
                    lease__isnull=False,
                    lease_until__isnull=False,
                    started_at__isnull=False,
                    finished_at__isnull=True,
                    reason="",
                )
                | Q(state="done", lease__isnull=True, lease_until__isnull=True, finished_at__isnull=False, reason="")
                | (
                    Q(state="failed", lease__isnull=True, lease_until__isnull=True, finished_at__isnull=False)
                    & ~Q(reason="")
                ),
                name="capture_state_fits_its_times",
            ),
            # What has ended waits for nothing, and what waits for another try says why.
            models.CheckConstraint(
                condition=Q(setback="", setback_detail="")
                | (Q(state__in=["queued", "running"]) & ~Q(setback="") & ~Q(setback_detail="")),
                name="capture_setback_is_of_an_open_one",
            ),
            models.CheckConstraint(
                condition=Q(waits_for="") | Q(state__in=["queued", "running"]), name="capture_waits_only_while_open"
            ),
        ]

    def __str__(self) -> str:
        return f"capture {self.pk} of source {self.source_id}: {self.state}"

    @property
    def waits_to_try_again(self) -> bool:
        """Failed for a reason that may pass, and not at it now."""
        return self.state == self.State.QUEUED and bool(self.setback) and self.not_before > timezone.now()

    @property
    def is_on_its_way(self) -> bool:
        """Being fetched, or as soon as a worker is free or the host lets it: worth looking again in a moment."""
        return self.state in (self.State.QUEUED, self.State.RUNNING) and not self.waits_to_try_again

    @property
    def waits_for_turn(self) -> bool:
        """Put back because its host must not be asked yet."""
        return self.state == self.State.QUEUED and bool(self.waits_for) and self.not_before > timezone.now()
