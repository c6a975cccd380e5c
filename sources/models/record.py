from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sources.models.snapshot import Snapshot


class Record(models.Model):
    """One record of a snapshot's WARC file and where it lies in it: for replay, packaging and revisits.

    ``offset`` and ``length`` are bytes of one gzip member. ``payload_sha256`` is that of the body as it came; a revisit
    has no body of its own and names the record that has it.
    """

    append_only = True

    class Kind(models.TextChoices):
        RESPONSE = "response", "Response"
        REVISIT = "revisit", "Response with a payload that was held already"
        RESOURCE = "resource", "Sent by no server: made by us, or supplied"
        METADATA = "metadata", "How it was got"

    class Part(models.TextChoices):
        """What the record is in its capture."""

        REDIRECT = "redirect", "Redirect"
        PAGE = "page", "Page"
        REQUISITE = "requisite", "Picture, style or font of the page"
        TEXT = "text", "Text"
        PICTURE = "picture", "Picture of the page"
        PRINT = "print", "PDF of the page"
        DOM = "dom", "Page as the browser had it"
        FACTS = "facts", "How it was got"

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    part = models.CharField(max_length=10, choices=Part.choices)
    url = models.CharField(max_length=4000)
    record_id = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    offset = models.BigIntegerField()
    length = models.BigIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=200, blank=True)
    payload_sha256 = models.CharField(max_length=64)
    payload_length = models.BigIntegerField()
    held_in = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="revisits")

    class Meta:
        ordering: ClassVar[list[str]] = ["snapshot", "offset"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["payload_sha256"], condition=Q(kind="response"), name="record_with_payload"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(payload_sha256__regex="^[0-9a-f]{64}$"), name="record_payload_sha256_is_a_digest"
            ),
            models.CheckConstraint(condition=Q(offset__gte=0, length__gt=0), name="record_lies_in_its_file"),
            models.UniqueConstraint(fields=["snapshot", "offset"], name="one_record_per_place"),
            # A revisit without the record that has the bytes could never be replayed.
            models.CheckConstraint(
                condition=Q(kind="revisit", held_in__isnull=False) | (~Q(kind="revisit") & Q(held_in__isnull=True)),
                name="record_revisit_names_its_payload",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["response", "revisit", "resource", "metadata"]), name="record_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(part__in=["redirect", "page", "requisite", "text", "picture", "print", "dom", "facts"]),
                name="record_part_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.url}"
