"""What people and newsroom systems ask of the archive: a source, a capture, a copy of their own, another try.

With `sources.capturing`, `sources.leases` and `sources.setbacks` the only writer of sources, captures and snapshots;
`sources.watch` says which were compared.
"""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from factcheck.access.models import User
from factcheck.audit.log import record
from factcheck.errors import Conflict, Invalid, NotAllowed
from sources import canonical, copies, messages, orphans
from sources.models import Capture, Source

State = Capture.State


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
    transaction.on_commit(lambda: messages.send([capture.pk]), robust=True)
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
    transaction.on_commit(lambda: messages.send([capture.pk]), robust=True)
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
    transaction.on_commit(lambda: messages.send([capture.pk]), robust=True)
    return capture
