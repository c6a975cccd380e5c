"""What a worker does with a capture: take it, fetch the page, record it, finish. Who else writes
captures is said in `sources.archive`.

A capture's row is the truth: whoever gets a message leases the row, fetches without a transaction, and finishes in
one, together with the snapshot and the event. A lease that ran out lets another worker take over; the late one's
result is dropped, for its lease is no longer in the row. So each capture is recorded once. What cannot be fetched now
goes back to the queue with the time of its next try: no worker waits for a host.
"""

from __future__ import annotations

import logging
import time
from contextlib import closing

from django.db import transaction
from django.utils import timezone

from factcheck.audit.log import record
from sources import canonical, copies, fetching, leases, manners, messages, orphans, picturing, recording, setbacks
from sources.fetcher import Watch, fetch
from sources.models import Capture, Record, Source
from sources.reasons import FetchFailed
from sources.recording import Recorded

log = logging.getLogger(__name__)

# A page that killed its worker so many times will do so again.
MOST_WORKERS_LOST = 3
# How often a page that is watched changes; each time costs a row update.
PROGRESS_SECONDS = 0.5
READING = "reading"


def run(capture_id: int) -> Capture | None:
    """Fetch, record and finish a capture. None when it is another's, done, or not due: then nothing was done."""
    capture = leases.take(capture_id)
    if capture is None:
        return None
    try:
        _capture(capture)
    except manners.TurnNotYet as wait:
        _let_wait(capture, wait)
    except FetchFailed as failure:
        _fail(capture, failure)
    except Exception as error:
        # Whatever a page provokes in us must not leave the person who cited it waiting for ever.
        log.exception("capture %s of %s", capture.pk, capture.source.canonical_url)
        _fail(capture, FetchFailed("internal", why=type(error).__name__))
    return capture


def _capture(capture: Capture) -> None:
    if capture.workers_lost >= MOST_WORKERS_LOST:
        raise FetchFailed("gave_up", attempts=MOST_WORKERS_LOST)
    try:
        address = canonical.parse(capture.source.canonical_url)
    except canonical.BadAddress as error:
        raise FetchFailed("address", why=error) from error
    watch = _watch(capture)
    got = copies.recorded if capture.supplied_sha256 else _fetched
    _finish(capture, got(capture, address, watch))


def _fetched(capture: Capture, address: canonical.Address, watch: Watch) -> Recorded:
    policy = fetching.policy_for(address)
    visit = manners.Visit(capture.waits_for, policy)
    fetched = fetch(address, policy, fetching.limits(), fetching.user_agent(), watch, visit.gate)
    with closing(fetched):
        watch(READING, fetched.content_length)
        sight = picturing.look(fetched, watch)
        got = fetching.requisites_of(fetched, watch, visit)
        return recording.record(
            fetched, fetching.blobs(), purpose=capture.purpose, robots=visit.robots, sight=sight, requisites=got
        )


def _watch(capture: Capture) -> Watch:
    """Shows on the capture's row what is being done, and holds the lease meanwhile.

    Most steps are over before anybody could read of them, and cost more to write down than to do.
    """
    shown_at = time.monotonic()

    def watch(step: str, received: int) -> None:
        nonlocal shown_at
        now = time.monotonic()
        if step != picturing.AT_WORK and now - shown_at < PROGRESS_SECONDS:
            return
        shown_at = now
        Capture.objects.filter(pk=capture.pk, lease=capture.lease).update(
            step=step[:100], received_bytes=received, lease_until=leases.until()
        )

    return watch


@transaction.atomic
def _finish(capture: Capture, recorded: Recorded) -> None:
    """The snapshot, the capture's end and the event are one: none of them is ever there without the others."""
    source = Source.objects.select_for_update().get(pk=capture.source_id)
    if not leases.end(capture, Capture.State.DONE):
        return
    snapshot = recorded.snapshot
    orphans.hold(snapshot.warc_sha256)
    snapshot.capture, snapshot.source, snapshot.url = capture, source, source.canonical_url
    if capture.supplied_sha256:
        snapshot.supplied_by, snapshot.supplied_as = capture.requested_by, capture.supplied_as
    snapshot.save(force_insert=True)
    for written in recorded.records:
        written.snapshot = snapshot
    Record.objects.bulk_create(recorded.records)
    # A wall has a title and a publisher too, and a file that a person gave us says what it likes.
    if not snapshot.wall and not capture.supplied_sha256:
        _name(source, snapshot.title, recorded.publisher)
    facts = {
        "capture": capture.pk,
        "snapshot": snapshot.pk,
        "final_url": snapshot.final_url,
        "payload_sha256": snapshot.payload_sha256,
        "text_sha256": snapshot.text_sha256,
        "warc_sha256": snapshot.warc_sha256,
        "truncated": snapshot.truncated,
    }
    record(source.subject, "capture.done", by=None, data=facts)


def _name(source: Source, title: str, publisher: str) -> None:
    """By what its first copies say: later ones change neither."""
    known = source.title, source.publisher
    source.title, source.publisher = source.title or title[:500], source.publisher or publisher[:200]
    if known != (source.title, source.publisher):
        source.save(update_fields=["title", "publisher"])


@transaction.atomic
def _let_wait(capture: Capture, wait: manners.TurnNotYet) -> None:
    """Back to the queue until its turn at the host; woken then, or by the sweeper if that is further off."""
    source = _lock(capture)
    if source is None:
        return
    too_long = setbacks.let_wait(capture, wait.host, wait.until)
    if too_long:
        _end_failed(capture, source, too_long)
        return
    seconds = max(0.0, (wait.until - timezone.now()).total_seconds())
    if seconds <= 2 * messages.MESSAGE_SECONDS:
        expires = seconds + messages.MESSAGE_SECONDS
        transaction.on_commit(lambda: messages.send([capture.pk], expires, seconds), robust=True)


@transaction.atomic
def _fail(capture: Capture, failure: FetchFailed) -> None:
    """To be tried again by itself where that may help, else for good."""
    source = _lock(capture)
    if source is None:
        return
    open_from = manners.close(failure)
    again_at = setbacks.again_at(capture, failure, open_from)
    if again_at:
        setbacks.set_back(capture, failure, again_at)
    else:
        _end_failed(capture, source, failure)


def _end_failed(capture: Capture, source: Source, failure: FetchFailed) -> None:
    detail = setbacks.last_words(capture, failure)
    leases.end(capture, Capture.State.FAILED, reason=failure.reason, detail=detail, retryable=failure.retryable)
    record(source.subject, "capture.failed", by=None, data={"capture": capture.pk, "reason": failure.reason})


def _lock(capture: Capture) -> Source | None:
    """The source, locked, as long as the capture is still ours."""
    source = Source.objects.select_for_update().get(pk=capture.source_id)
    return source if leases.still_holds(capture) else None
