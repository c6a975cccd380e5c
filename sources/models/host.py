from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Host(models.Model):
    """What all workers together know of a host: when the next request may go out, and what its robots.txt says."""

    name = models.CharField(max_length=260, unique=True)
    # The bucket as one time: the moment from which it is full again (generic cell rate algorithm).
    full_at = models.DateTimeField(null=True, blank=True)
    # What Retry-After asked for.
    closed_until = models.DateTimeField(null=True, blank=True)
    # The last turn that was given to a capture that waits; the next one waits behind it.
    line_until = models.DateTimeField(null=True, blank=True)
    robots_fetched_at = models.DateTimeField(null=True, blank=True)
    robots_status = models.PositiveSmallIntegerField(null=True, blank=True)
    robots_text = models.TextField(blank=True)
    # Whoever comes after it reads robots.txt again, and moves it on so that nobody else does so meanwhile.
    robots_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="host_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
