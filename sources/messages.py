"""Messages that wake the workers. Each is only a hint that a capture waits: it may be lost, come twice or late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from celery import current_app
from django.db.models import Q, QuerySet
from django.utils import timezone

from sources.models import Capture

State = Capture.State

# How long a message may be under way before the sweeper takes it for lost.
MESSAGE_SECONDS = 5
SWEEP_AT_MOST = 100


def send(captures: Iterable[int], expires: float | None = None, countdown: float = 0) -> None:
    """Wake the workers after `countdown` seconds; a message that nobody took in `expires` seconds is dropped."""
    for pk in captures:
        current_app.send_task(
            "sources.tasks.capture", args=[pk], expires=expires, countdown=countdown or None, retry=False
        )


def sweep() -> int:
    """Send messages for captures that are due before the next sweep, and again for those whose message or worker was
    lost. Returns how many."""
    now = timezone.now()
    soon = timedelta(seconds=MESSAGE_SECONDS)
    heard = Q(state=State.QUEUED, requested_at__lt=now - soon) | ~Q(state=State.QUEUED)
    lost = list(due(now + soon).filter(heard).values_list("pk", "state", "not_before")[:SWEEP_AT_MOST])
    for pk, state, not_before in lost:
        # Each at its own time: what was spread over the turns of a host must not arrive in one heap.
        wait = max(0.0, (not_before - now).total_seconds()) if state == State.QUEUED else 0.0
        send([pk], expires=wait + MESSAGE_SECONDS, countdown=wait)
    return len(lost)


def due(by: datetime | None = None) -> QuerySet[Capture]:
    now = timezone.now()
    waits = Q(state=State.QUEUED, not_before__lte=by or now) | Q(state=State.RUNNING, lease_until__lt=now)
    return Capture.objects.filter(waits).order_by("not_before", "id")
