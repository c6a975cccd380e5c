"""One entry of the log. Rows are written by ``factcheck.audit.log`` and by nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Event(models.Model):
    """A change of state, chained to the one before it of the same subject.

    ``leaf`` is the exact text that was hashed, so that whoever verifies never has to
    rebuild it; the other columns are readings of the leaf, for queries.
    """

    append_only = True

    subject = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    prev = models.CharField(max_length=64, blank=True)
    type = models.CharField(max_length=64)
    at = models.DateTimeField()
    # The log outlives everybody, so an account that has entries cannot be removed.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="events")
    data = models.JSONField()
    leaf = models.TextField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at", "id"], name="event_at")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Two writers that both read the same last entry would fork the chain.
            models.UniqueConstraint(fields=["subject", "seq"], name="one_event_per_place_in_chain"),
            models.CheckConstraint(condition=models.Q(hash__regex=r"^[0-9a-f]{64}$"), name="event_hash_is_sha256"),
            models.CheckConstraint(
                condition=models.Q(seq=1, prev="") | models.Q(seq__gt=1, prev__regex=r"^[0-9a-f]{64}$"),
                name="event_names_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} #{self.seq} {self.type}"
