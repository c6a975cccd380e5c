"""The archive over the API: what can be cited, each attempt to fetch it, and what was got."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet
from django.http import HttpResponseBase
from django.urls import path
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.access.models import User
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.paging import Paged, page, page_of
from factcheck.api.people import PersonShown
from factcheck.api.sent import Moment, Nothing, Number, Sent, Words, asked, sent
from factcheck.errors import Conflict, Invalid, NotAllowed, NotFound
from sources import archive, canonical, copies
from sources.api_at_work import AtWork
from sources.models import Capture, Observation, Snapshot, Source, Watch
from sources.views.package import WACZ, wacz_of

_FACTS = (
    "id", "url", "final_url", "fetched_at", "http_status", "content_type", "payload_sha256", "payload_length",
    "warc_sha256", "warc_length", "text_sha256", "truncated", "wall", "title", "byline", "published_on", "modified_on",
    "canonical_link", "language", "note", "supplied_by", "supplied_as", "no_picture",
)  # fmt: skip


class SnapshotShown(serializers.ModelSerializer[Snapshot]):
    """What was got, without its text. Digests are SHA-256 in hex, lengths are bytes. Where a person supplied it as the
    file ``supplied_as``, nobody fetched it: dates are what the file said, ``http_status`` is 0 if it held no answer.
    """

    fetched_at = Moment()
    supplied_by = PersonShown(allow_null=True)

    class Meta:
        model = Snapshot
        fields: tuple[str, ...] = _FACTS


class CaptureShown(serializers.ModelSerializer[Capture]):
    """One capture. ``detail`` says in a sentence why it failed. While it waits to be tried again by itself,
    ``setback`` and ``setback_detail`` say why, and ``not_before`` when; ``waits_for`` is the host that it waits for."""

    requested_at = Moment()
    not_before = Moment()
    finished_at = Moment(allow_null=True)
    snapshot = SnapshotShown(allow_null=True)

    class Meta:
        model = Capture
        fields = (
            "id", "purpose", "state", "reason", "detail", "retryable", "attempts", "requested_at", "not_before",
            "setback", "setback_detail", "waits_for", "finished_at", "step", "received_bytes", "supplied_as",
            "snapshot",
        )  # fmt: skip


class SourceShown(serializers.ModelSerializer[Source]):
    """A source with its newest capture: is there a copy, and if not, why?"""

    added_at = Moment()
    added_by = PersonShown()
    capture = serializers.SerializerMethodField()

    class Meta:
        model = Source
        fields: tuple[str, ...] = (
            "id", "canonical_url", "url", "publisher", "title", "kind", "tier", "added_at", "added_by", "capture",
        )  # fmt: skip

    def get_capture(self, source: Source) -> Any:
        newest = captures_of(source)[:1]
        return CaptureShown(newest[0]).data if newest else None

    get_capture._spectacular_annotation = {"field": CaptureShown(allow_null=True)}  # type: ignore[attr-defined]


class ObservationShown(serializers.ModelSerializer[Observation]):
    """What a later capture showed, held against the snapshot ``before`` that is cited. ``after`` is null when there
    was no page; ``lost`` are the quotes that are not in it any more."""

    at = Moment()
    lost = serializers.ListField(child=serializers.DictField())

    class Meta:
        model = Observation
        fields = ("id", "source", "capture", "before", "after", "outcome", "lost", "at")


class WatchShown(serializers.ModelSerializer[Watch]):
    """The source is captured again and again, because something published cites it."""

    started_at = Moment()
    next_at = Moment()

    class Meta:
        model = Watch
        fields = ("started_at", "next_at")


class WholeSource(SourceShown):
    """A source with its captures and what became of it, the newest first. ``watch`` is null when nothing cites it."""

    watch = serializers.SerializerMethodField()
    observations = ObservationShown(many=True)
    captures = serializers.SerializerMethodField()
    derives_from = serializers.PrimaryKeyRelatedField[Source](many=True, read_only=True)

    class Meta(SourceShown.Meta):
        fields = (*SourceShown.Meta.fields, "derives_from", "watch", "observations", "captures")

    def get_watch(self, source: Source) -> Any:
        watch = getattr(source, "watch", None)
        return WatchShown(watch).data if watch else None

    get_watch._spectacular_annotation = {"field": WatchShown(allow_null=True)}  # type: ignore[attr-defined]

    def get_captures(self, source: Source) -> Any:
        return CaptureShown(captures_of(source), many=True).data

    get_captures._spectacular_annotation = {"field": CaptureShown(many=True)}  # type: ignore[attr-defined]


class WholeSnapshot(SnapshotShown):
    """What was got, with the text in which quotes are looked up. Positions count code points of ``text``.

    ``body`` is the article as far as it was told apart; ``pages``, of a paged document, where in ``text`` each begins.
    """

    class Meta(SnapshotShown.Meta):
        fields = ("source", *_FACTS, "text", "body", "pages")


_NEWER = Capture.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"))


def captures_of(source: Source) -> list[Capture]:
    """What ``with_captures`` brought along, the newest first."""
    return source.newest_captures  # type: ignore[attr-defined,no-any-return]


def with_captures(sources: QuerySet[Source], *, all_of_them: bool = False) -> QuerySet[Source]:
    """The same sources with their newest capture, or all, in one query more and without the texts."""
    captures = (
        Capture.objects.select_related("snapshot__supplied_by")
        .defer("snapshot__text", "snapshot__body")
        .order_by("-id")
    )
    shown = captures if all_of_them else captures.filter(~Exists(_NEWER))
    return sources.select_related("added_by").prefetch_related(
        Prefetch("captures", queryset=shown, to_attr="newest_captures")
    )


def source_or_404(pk: int) -> Source:
    known = with_captures(Source.objects.filter(pk=pk).select_related("watch"), all_of_them=True)
    source = known.prefetch_related("derives_from", "observations").first()
    if source is None:
        raise NotFound(f"There is no source {pk}.")
    return source


class SourcesAsked(Paged):
    url = Words(default="", help_text="Only the source at this address, however it is spelt.")
    state = serializers.ChoiceField(
        Capture.State.choices, required=False, help_text="Only sources whose newest capture is in this state."
    )


class Sources(Endpoint):
    @operation("list_sources", "Sources, the newest first", asks=SourcesAsked, gives=page_of(SourceShown))
    def get(self, request: Request) -> Response:
        wanted = asked(SourcesAsked, request)
        sources = with_captures(Source.objects.all())
        if url := wanted.pop("url"):
            sources = sources.filter(canonical_url=_canonical(url))
        if state := wanted.pop("state", ""):
            sources = sources.filter(pk__in=_newest_are(state))
        return page(request, sources, SourceShown, **wanted)


def _newest_are(state: str) -> QuerySet[Capture, Any]:
    """Sources whose newest capture is in that state. One pass over all captures, whatever PostgreSQL believes about
    their number: with stale statistics it looked up the newer ones of each and took minutes."""
    newest = Capture.objects.order_by().values("source").annotate(newest=Max("pk"))
    return Capture.objects.filter(pk__in=newest.values("newest"), state=state).values("source")


def _canonical(url: str) -> str:
    """The spelling under which it is kept; an address that nobody could have added finds nothing."""
    try:
        return canonical.parse(url).url
    except canonical.BadAddress:
        return ""


class OneSource(Endpoint):
    @operation("show_source", "A source with all its captures", gives=WholeSource)
    def get(self, request: Request, source: int) -> Response:
        return Response(WholeSource(source_or_404(source)).data)


class CaptureSource(Endpoint):
    @operation("capture_source", "Fetch the page again", sends=Nothing, gives={201: CaptureShown, 200: CaptureShown})
    def post(self, request: Request, source: int) -> Response:
        """Queues a capture and answers 201. While one is queued or running, that one is the answer (200); one that
        waits to be tried again is tried now."""
        sent(Nothing, request)
        known = _to_fetch(source, caller(request))
        before = {capture.pk for capture in captures_of(known)}
        capture = archive.request_capture(known, by=caller(request))
        return Response(CaptureShown(capture).data, status=200 if capture.pk in before else 201)


class RetrySource(Endpoint):
    @operation(
        "retry_source", "Try a failed capture again", sends=Nothing, gives={201: CaptureShown, 200: CaptureShown}
    )
    def post(self, request: Request, source: int) -> Response:
        """Queues another capture and answers 201. One that waits to be tried again by itself is tried now (200)."""
        sent(Nothing, request)
        captures = captures_of(_to_fetch(source, caller(request)))
        if not captures:
            raise Conflict("This source was never fetched. Ask for a capture instead.")
        # A copy that a person gave us meanwhile is no try.
        last = next((capture for capture in captures if not capture.supplied_sha256), captures[0])
        capture = archive.retry(last, by=caller(request))
        return Response(CaptureShown(capture).data, status=200 if capture == last else 201)


_NO_FILE = "Send the file as the field “file” of a form (multipart/form-data)."


class CopySent(Sent):
    file = serializers.FileField(
        required=False,
        allow_empty_file=True,
        error_messages=dict.fromkeys(("invalid", "no_name"), _NO_FILE),
        help_text="HTML, PDF, MHTML, WARC, WACZ or an image; what it is is told by its bytes.",
    )


class Copies(Endpoint):
    parser_classes = (MultiPartParser,)

    @operation("supply_copy", "Supply a copy of the page", sends=CopySent, gives={201: CaptureShown, 200: CaptureShown})
    def post(self, request: Request, source: int) -> Response:
        """Keeps the file and queues its reading (201). The same file by the same caller is the same capture (200). It
        is marked as supplied by the caller, not fetched. A file that cannot be read makes a capture that fails.
        The largest is `UPLOAD_MAX_BYTES`; what is larger is refused by its Content-Length."""
        known = _to_fetch(source, caller(request))
        copies.refuse_by_length(request.META.get("CONTENT_LENGTH"))
        file = _file(request)
        before = {capture.pk for capture in captures_of(known)}
        capture = archive.supply(known, file, file.name, by=caller(request))
        return Response(CaptureShown(capture).data, status=200 if capture.pk in before else 201)


def _file(request: Request) -> Any:
    try:
        file = sent(CopySent, request).get("file")
    except UnsupportedMediaType:
        file = None
    if file is None:
        raise Invalid({"file": _NO_FILE})
    return file


def _to_fetch(pk: int, me: User) -> Source:
    """Whoever works here may have a page fetched; an account that waits for its role may not."""
    if not me.roles:
        raise NotAllowed("Your account has no role yet. Ask an administrator for one.")
    return source_or_404(pk)


class OneSnapshot(Endpoint):
    @operation("show_snapshot", "What was got, with its text", gives=WholeSnapshot)
    def get(self, request: Request, snapshot: int) -> Response:
        return Response(WholeSnapshot(snapshot_or_404(snapshot)).data)


class SnapshotWacz(Endpoint):
    @operation("download_snapshot", "What was got, as WACZ", gives=WACZ)
    def get(self, request: Request, snapshot: int) -> HttpResponseBase:
        return wacz_of([snapshot_or_404(snapshot).pk], name=f"archived-{snapshot}")


class SnapshotsAsked(Sent):
    id = serializers.ListField(
        child=Number(),
        max_length=500,
        help_text="Snapshots, as often as there are some: id=1&id=2.",
        error_messages={"required": "Name snapshots: ?id=1&id=2.", "max_length": "Ask for 500 snapshots at most."},
    )


class SnapshotsWacz(Endpoint):
    @operation("download_snapshots", "Several snapshots as one WACZ", asks=SnapshotsAsked, gives=WACZ)
    def get(self, request: Request) -> HttpResponseBase:
        wanted = set(asked(SnapshotsAsked, request)["id"])
        missing = wanted - set(Snapshot.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        if missing:
            raise NotFound(f"There is no snapshot {min(missing)}.")
        return wacz_of(wanted, name="archived", title=f"Archived by {settings.NEWSROOM_NAME}")


def snapshot_or_404(pk: int) -> Snapshot:
    snapshot = Snapshot.objects.filter(pk=pk).first()
    if snapshot is None:
        raise NotFound(f"There is no snapshot {pk}.")
    return snapshot


urlpatterns = [
    path("sources/", Sources.as_view(), name="sources"),
    path("sources/<int:source>/", OneSource.as_view(), name="source"),
    path("sources/<int:source>/capture/", CaptureSource.as_view(), name="capture-source"),
    path("sources/<int:source>/copies/", Copies.as_view(), name="copies"),
    path("sources/<int:source>/retry/", RetrySource.as_view(), name="retry-source"),
    path("snapshots/<int:snapshot>/", OneSnapshot.as_view(), name="snapshot"),
    path("archive/state/", AtWork.as_view(), name="archive-state"),
    path("snapshots/<int:snapshot>/wacz/", SnapshotWacz.as_view(), name="snapshot-wacz"),
    path("snapshots/wacz/", SnapshotsWacz.as_view(), name="snapshots-wacz"),
]
