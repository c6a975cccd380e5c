"""The archive's pipeline. With `sources.setbacks` the only writer of sources, captures and snapshots.

A capture's row is the truth and a message only a hint that it waits: whoever gets a message leases the row, fetches
without a transaction, and finishes in one, together with the snapshot and the event. A lease that ran out lets another
worker take over; the late one's result is dropped, for its lease is no longer in the row. So a message may be lost,
come twice or come late, and each capture is still recorded once. What cannot be fetched now goes back to the queue with
the time of its next try: no worker waits for a host.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from factcheck.access.models import User
from factcheck.audit.log import record
from factcheck.errors import Conflict, Invalid, NotAllowed
from sources import canonical, copies, fetching, manners, orphans, picturing, recording, setbacks
from sources.fetcher import Watch, fetch
from sources.models import Capture, Record, Snapshot, Source
from sources.reasons import FetchFailed
from sources.recording import Recorded

State = Capture.State
log = logging.getLogger(__name__)

# A page that killed its worker so many times will do so again.
MOST_WORKERS_LOST = 3
# How long a message may be under way before the sweeper takes it for lost.
MESSAGE_SECONDS = 5
SWEEP_AT_MOST = 100
_LEASED = ["state", "lease", "lease_until", "started_at", "attempts", "workers_lost", "step", "received_bytes"]
_ENDED = [
    "state", "reason", "detail", "retryable", "lease", "lease_until", "setback", "setback_detail", "waits_for", "step",
    "finished_at", "compared_at",
]  # fmt: skip
# How often a page that is watched changes; each time costs a row update.
PROGRESS_SECONDS = 0.5
READING = "reading"


@transaction.atomic
def add_source(url: str, *, by: User, kind: str = Source.Kind.ARTICLE) -> Source:
    """The source at `url`, made when it is not known yet. Invalid when nobody could fetch the address."""
    try:
        address = canonical.parse(url)
    except canonical.BadAddress as error:
        raise Invalid({"url": str(error)}) from error
    source, is_new = Source.objects.get_or_create(
        canonical_url=address.url, defaults={"url": url.strip()[:2000], "added_by": by, "kind": kind}
    )
    if is_new:
        record(source.subject, "source.added", by=by, data={"url": source.canonical_url})
    return source


@transaction.atomic
def request_capture(
    source: Source, *, by: User | None, purpose: Capture.Purpose | None = None, unless_held: bool = False
) -> Capture:
    """Queue a capture; the one that is under way when there is one. `by` is None when factcheck itself asks.

    Without a `purpose` the first capture of a source is for whoever cites it, a later one is a look again. With
    `unless_held` none is queued where a copy has come meanwhile, and that one's capture is returned.
    """
    if by is not None and not by.roles:
        raise NotAllowed("Your account has no role yet. Ask an administrator for one.")
    Source.objects.select_for_update().get(pk=source.pk)
    # A copy that somebody supplied is not fetched, and keeps nobody from fetching.
    waiting = source.captures.filter(state__in=[State.QUEUED, State.RUNNING], supplied_sha256="").first()
    if waiting:
        return _hasten(waiting, by) if by and waiting.waits_to_try_again else waiting
    held = source.captures.filter(state=State.DONE).first() if unless_held else None
    if held:
        return held
    if purpose is None:
        purpose = Capture.Purpose.AGAIN if source.captures.exists() else Capture.Purpose.CITED
    capture = Capture.objects.create(source=source, requested_by=by, purpose=purpose)
    record(source.subject, "capture.requested", by=by, data={"capture": capture.pk})
    # The row must be there before the message is. A broker that is down must not undo the request: the sweeper sends.
    # A function, not a partial: Django names what failed by its __qualname__, and a partial has none.
    transaction.on_commit(lambda: dispatch([capture.pk]), robust=True)
    return capture


def supply(source: Source, file: BinaryIO, name: str, *, by: User) -> Capture:
    """Take a copy of the page that a person saved: it is kept, and a worker reads it as it would fetch the page.

    A capture that is under way stays so: the copy stands beside it. The same file for the same source by the same
    person is one capture, unless that has failed. Invalid when nothing of the kind is taken.
    """
    if not by.roles:
        raise NotAllowed("Your account has no role yet. Ask an administrator for one.")
    copies.check(file)
    try:
        return _queue_copy(source, copies.keep(file), copies.cleaned(name), by)
    except FileNotFoundError:
        # A file that was read is swept some time later: here, between keeping it anew and the row that names it.
        return _queue_copy(source, copies.keep(file), copies.cleaned(name), by)


@transaction.atomic
def _queue_copy(source: Source, sha256: str, name: str, by: User) -> Capture:
    Source.objects.select_for_update().get(pk=source.pk)
    same = source.captures.filter(supplied_sha256=sha256, requested_by=by).exclude(state=State.FAILED).first()
    if same:
        return same
    orphans.hold(sha256)
    capture = Capture.objects.create(
        source=source, requested_by=by, purpose=Capture.Purpose.SUPPLIED, supplied_sha256=sha256, supplied_as=name
    )
    facts = {"capture": capture.pk, "file": name, "sha256": sha256}
    record(source.subject, "capture.supplied", by=by, data=facts)
    transaction.on_commit(lambda: dispatch([capture.pk]), robust=True)
    return capture


def retry(capture: Capture, *, by: User | None) -> Capture:
    """Try a failed capture again, as a new one: what failed stays on record. One that waits for its next try has it
    now."""
    if capture.state != State.FAILED and not capture.waits_to_try_again:
        raise Conflict("This capture has not failed. To fetch the page anew, ask for another capture.")
    return request_capture(capture.source, by=by)


def _hasten(capture: Capture, by: User) -> Capture:
    """Somebody does not want to wait for the next try. The host's own wish to wait still counts."""
    capture = Capture.objects.select_for_update().get(pk=capture.pk)
    capture.not_before = timezone.now()
    capture.save(update_fields=["not_before"])
    record(capture.source.subject, "capture.hastened", by=by, data={"capture": capture.pk})
    transaction.on_commit(lambda: dispatch([capture.pk]), robust=True)
    return capture


def dispatch(captures: Iterable[int], expires: float | None = None, countdown: float = 0) -> None:
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
    lost = list(_due(now + soon).filter(heard).values_list("pk", "state", "not_before")[:SWEEP_AT_MOST])
    for pk, state, not_before in lost:
        # Each at its own time: what was spread over the turns of a host must not arrive in one heap.
        wait = max(0.0, (not_before - now).total_seconds()) if state == State.QUEUED else 0.0
        dispatch([pk], expires=wait + MESSAGE_SECONDS, countdown=wait)
    return len(lost)


def run(capture_id: int) -> bool:
    """Fetch, record and finish a capture. False when it is another's, done, or not due: then nothing was done."""
    capture = _lease(capture_id)
    if capture is None:
        return False
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
    return True


def _due(by: datetime | None = None) -> QuerySet[Capture]:
    now = timezone.now()
    waits = Q(state=State.QUEUED, not_before__lte=by or now) | Q(state=State.RUNNING, lease_until__lt=now)
    return Capture.objects.filter(waits).order_by("not_before", "id")


@transaction.atomic
def _lease(capture_id: int) -> Capture | None:
    # SKIP LOCKED: a second worker with the same message goes on instead of waiting for the first.
    found = _due().select_for_update(skip_locked=True, of=("self",)).select_related("source").filter(pk=capture_id)
    capture = found.first()
    if capture is None:
        return None
    capture.workers_lost += capture.state == State.RUNNING
    capture.lease = uuid4()
    capture.lease_until = _lease_end()
    capture.state = State.RUNNING
    capture.started_at = timezone.now()
    capture.attempts += 1
    capture.step, capture.received_bytes = "starting", 0
    capture.save(update_fields=_LEASED)
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
            step=step[:100], received_bytes=received, lease_until=_lease_end()
        )

    return watch


def _lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.CAPTURE_LEASE_SECONDS)


@transaction.atomic
def _finish(capture: Capture, recorded: Recorded) -> None:
    """The snapshot, the capture's end and the event are one: none of them is ever there without the others."""
    source = _lock(capture)
    if source is None:
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
    _end(capture, State.DONE)
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
    if seconds <= 2 * MESSAGE_SECONDS:
        expires = seconds + MESSAGE_SECONDS
        transaction.on_commit(lambda: dispatch([capture.pk], expires, seconds), robust=True)


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
    _end(capture, State.FAILED, reason=failure.reason, detail=detail, retryable=failure.retryable)
    record(source.subject, "capture.failed", by=None, data={"capture": capture.pk, "reason": failure.reason})


def _lock(capture: Capture) -> Source | None:
    """The source, locked, as long as the capture is still ours: a worker that comes back late must not finish it."""
    source = Source.objects.select_for_update().get(pk=capture.source_id)
    ours = Capture.objects.select_for_update().filter(pk=capture.pk, lease=capture.lease, state=State.RUNNING)
    if not ours.exists():
        log.warning("capture %s was taken over by another worker; this result is dropped", capture.pk)
        return None
    return source


def _end(capture: Capture, state: State, *, reason: str = "", detail: str = "", retryable: bool = False) -> None:
    capture.state, capture.reason, capture.detail, capture.retryable = state, reason, detail, retryable
    capture.lease = capture.lease_until = None
    capture.setback = capture.setback_detail = capture.waits_for = capture.step = ""
    capture.finished_at = timezone.now()
    if not Snapshot.objects.filter(source=capture.source_id, capture__lt=capture.pk).exists():
        # The first copy of a page has nothing to be held against (sources.watch).
        capture.compared_at = capture.finished_at
    capture.save(update_fields=_ENDED)
