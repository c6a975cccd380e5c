"""Who works on a capture: a worker takes a lease, and ends it with the capture. Each is one statement, after which the
row is the truth; a lease that ran out can be taken by another worker, and is then no longer the first one's to end.

The statements are written out: Django has no words for them, and took two milliseconds a capture to do it with its own.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sources.models import Capture

log = logging.getLogger(__name__)

# Named, for a statement that was prepared with "*" would be refused once a column is added.
_COLUMNS = ", ".join(field.attname for field in Capture._meta.concrete_fields)
# What is due is as messages.due has it. SKIP LOCKED: a second worker with the same message goes on instead of waiting.
_TAKE = f"""
    UPDATE sources_capture
    SET state = 'running', lease = %(lease)s, lease_until = %(until)s, started_at = %(now)s, attempts = attempts + 1,
        workers_lost = workers_lost + (state = 'running')::int, step = 'starting', received_bytes = 0
    WHERE id = (
        SELECT id FROM sources_capture
        WHERE id = %(id)s
            AND (state = 'queued' AND not_before <= %(now)s OR state = 'running' AND lease_until < %(now)s)
        FOR UPDATE SKIP LOCKED
    )
    RETURNING {_COLUMNS}
"""  # noqa: S608 -- names of our own columns
# The first copy of a page has nothing to be held against, and counts as compared (sources.watch).
_END = """
    UPDATE sources_capture AS capture
    SET state = %(state)s, reason = %(reason)s, detail = %(detail)s, retryable = %(retryable)s,
        setback = '', setback_detail = '', waits_for = '', step = '', lease = NULL, lease_until = NULL,
        finished_at = %(now)s,
        compared_at = CASE
            WHEN EXISTS (
                SELECT FROM sources_snapshot earlier
                WHERE earlier.source_id = capture.source_id AND earlier.capture_id < capture.id
            ) THEN compared_at ELSE %(now)s
        END
    WHERE id = %(id)s AND lease = %(lease)s AND state = 'running'
    RETURNING compared_at
"""


def take(capture_id: int) -> Capture | None:
    """The capture, now ours; None when it is not due, or somebody else is about to change it."""
    told = {"id": capture_id, "lease": uuid4(), "until": until(), "now": timezone.now()}
    return next(iter(Capture.objects.raw(_TAKE, told)), None)


def until() -> datetime:
    """When a lease that is taken or held on to now runs out."""
    return timezone.now() + timedelta(seconds=settings.CAPTURE_LEASE_SECONDS)


def still_holds(capture: Capture) -> bool:
    """Whether the capture is still ours; it stays so to the end of the transaction."""
    ours = Capture.objects.select_for_update().filter(pk=capture.pk, lease=capture.lease, state=Capture.State.RUNNING)
    return _told(capture, is_ours=ours.exists())


def end(capture: Capture, state: Capture.State, *, reason: str = "", detail: str = "", retryable: bool = False) -> bool:
    """Whether it was still ours to end: a worker that comes back late must not finish what another has taken over.

    Of `capture` itself only `compared_at` is as in the row then: a transaction that fails leaves the lease with us.
    """
    told: dict[str, Any] = {"state": state, "reason": reason, "detail": detail, "retryable": retryable}
    told |= {"id": capture.pk, "lease": capture.lease, "now": timezone.now()}
    with connection.cursor() as cursor:
        ended = cursor.execute(_END, told).fetchone()
    if ended:
        (capture.compared_at,) = ended
    return _told(capture, is_ours=ended is not None)


def _told(capture: Capture, *, is_ours: bool) -> bool:
    if not is_ours:
        log.warning("capture %s was taken over by another worker; this result is dropped", capture.pk)
    return is_ours
