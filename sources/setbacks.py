"""A capture that could not be finished now: what it waits for and until when, or that it has failed for good.

Everything here writes the row of a capture that the caller has locked, within the caller's transaction.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from factcheck.audit.log import record
from sources import pauses
from sources.models import Capture
from sources.reasons import FetchFailed

State = Capture.State
_PUT_BACK = ["state", "lease", "lease_until", "step", "not_before", "attempts", "workers_lost"]


def again_at(capture: Capture, failure: FetchFailed, open_from: datetime | None) -> datetime | None:
    """When to try again by itself, not before the host is open again; None when this failure is the last."""
    if not failure.retryable:
        return None
    first = timedelta(seconds=settings.CAPTURE_RETRY_SECONDS)
    now = timezone.now()
    pause = pauses.before_try(capture.attempts, first, random.random())  # noqa: S311 -- spreads load, hides nothing
    at = max(now + pause, open_from or now)
    return at if at <= _last_try(capture) else None


def set_back(capture: Capture, failure: FetchFailed, at: datetime) -> None:
    """It failed for a reason that may pass, and waits for the next try."""
    capture.setback, capture.setback_detail, capture.waits_for = failure.reason, failure.sentence, ""
    capture.workers_lost = 0
    _put_back(capture, at, "setback", "setback_detail", "waits_for")
    data = {"capture": capture.pk, "reason": failure.reason, "again_at": at.isoformat()}
    record(capture.source.subject, "capture.set_back", by=None, data=data)


def let_wait(capture: Capture, host: str, until: datetime) -> FetchFailed | None:
    """It waits for its turn at the host, and this try never was one. The failure when it would wait for too long."""
    if settings.CAPTURE_RETRY_HOURS and until > _last_try(capture):
        return FetchFailed("no_turn", host=host, hours=settings.CAPTURE_RETRY_HOURS)
    capture.waits_for = host
    capture.attempts -= 1
    _put_back(capture, until, "waits_for")
    return None


def last_words(capture: Capture, failure: FetchFailed) -> str:
    """The failure's sentence, and what was done about it where it was tried more than once."""
    if not failure.retryable or capture.attempts < 2:
        return failure.sentence
    hours = settings.CAPTURE_RETRY_HOURS
    return f"{failure.sentence} factcheck tried {capture.attempts} times within {hours} hours and has given up."


def _put_back(capture: Capture, at: datetime, *changed: str) -> None:
    capture.state, capture.not_before = State.QUEUED, at
    capture.lease = capture.lease_until = None
    capture.step = ""
    capture.save(update_fields=[*_PUT_BACK, *changed])


def _last_try(capture: Capture) -> datetime:
    return capture.requested_at + timedelta(hours=settings.CAPTURE_RETRY_HOURS)
