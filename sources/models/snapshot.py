from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.functional import cached_property

from sources.models.capture import Capture
from sources.models.source import Source


def _sha256(field: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(**{f"{field}__regex": "^[0-9a-f]{64}$"}), name=f"snapshot_{field}_is_a_digest")


class Snapshot(models.Model):
    """The immutable result of a capture. Digests are SHA-256 in hex, lengths are bytes."""

    append_only = True

    class Wall(models.TextChoices):
        """What answered in the page's place though the server said that all was well."""

        BOT = "bot", "A check for robots"
        LOGIN = "login", "A login"
        CONSENT = "consent", "A request for consent"
        NOT_FOUND = "not_found", "“Page not found”, sent as if it were the page"
        PAYWALL = "paywall", "The beginning of an article that must be paid for"
        EMPTY = "empty", "A page that is empty without its scripts"

    capture = models.OneToOneField(Capture, on_delete=models.PROTECT, related_name="snapshot")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    url = models.CharField(max_length=2000)
    final_url = models.CharField(max_length=2000)
    fetched_at = models.DateTimeField()
    http_status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=200, blank=True)
    payload_sha256 = models.CharField(max_length=64)
    payload_length = models.BigIntegerField()
    warc_sha256 = models.CharField(max_length=64)
    warc_length = models.BigIntegerField()
    # "" or why the body ends early: "length", "time" or "disconnect" (WARC-Truncated).
    truncated = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64)
    body = models.TextField(blank=True)
    title = models.TextField(blank=True)
    byline = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    modified_on = models.DateField(null=True, blank=True)
    # The address that the page gives as its own (link rel=canonical, og:url).
    canonical_link = models.CharField(max_length=2000, blank=True)
    language = models.CharField(max_length=35, blank=True)
    # Of a paged document: where each page begins in ``text``, in code points.
    pages = models.JSONField(default=list, blank=True)
    # Not evidence until a person says that it is: see sources/walls.py.
    wall = models.CharField(max_length=20, choices=Wall.choices, blank=True)
    # Who gave us the copy, and the name of the file, where it was not fetched.
    supplied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supplied_as = models.CharField(max_length=200, blank=True)
    # False where more may stand on the page than in ``text``; ``note`` says why.
    read_whole = models.BooleanField(default=True)
    # A sentence for the reader when there is something to know, such as that an image has no text.
    note = models.TextField(blank=True)
    # Why there is no picture of the page, or no PDF; "" when there are both.
    no_picture = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _sha256("payload_sha256"),
            _sha256("warc_sha256"),
            _sha256("text_sha256"),
            CheckConstraint(
                condition=Q(truncated__in=["", "length", "time", "disconnect"]), name="snapshot_truncated_is_known"
            ),
            CheckConstraint(
                condition=Q(wall__in=["", "bot", "login", "consent", "not_found", "paywall", "empty"]),
                name="snapshot_wall_is_known",
            ),
            CheckConstraint(
                condition=Q(supplied_by__isnull=True, supplied_as="")
                | (Q(supplied_by__isnull=False) & ~Q(supplied_as="")),
                name="snapshot_supplied_by_and_as_together",
            ),
            # A page without text says so, instead of looking like a page that was not read.
            CheckConstraint(condition=~Q(text="") | ~Q(note=""), name="snapshot_without_text_says_why"),
        ]

    def __str__(self) -> str:
        return f"snapshot {self.pk} of source {self.source_id}"

    @cached_property
    def parts(self) -> set[str]:
        """Which parts its file has (Record.Part)."""
        return set(self.records.values_list("part", flat=True))
