"""A snapshot: the text as it was archived, with each pinned quote marked, and the facts to check it by."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import NotFound
from sources import citing, reading, replay
from sources.models import Record, Snapshot


@page
@require_safe
def snapshot(request: SignedInRequest, pk: int) -> HttpResponseBase:
    found = snapshot_or_404(pk)
    marks = citing.marks(found.pk)
    lines = reading.lines(found.text, found.body, [(mark.start, mark.end, mark) for mark in marks], found.pages)
    host = replay.host_of(request)
    picture = Record.Part.PICTURE in found.parts
    address = (
        host + replay.path(replay.Pass(found.pk, works_here=bool(request.user.roles)).signed(), "picture")
        if picture
        else ""
    )
    context = {"snapshot": found, "lines": lines, "marks": marks, "picture": address}
    return _with_picture(request, context, host) if picture else render(request, "sources/snapshot.html", context)


def _with_picture(request: SignedInRequest, context: dict[str, object], host: str) -> HttpResponseBase:
    @csp_update({"img-src": ["'self'", f"{host}/{replay.PREFIX}/"]})
    def shown(request: HttpRequest) -> HttpResponse:
        return render(request, "sources/snapshot.html", context)

    return shown(request)


def snapshot_or_404(pk: int) -> Snapshot:
    found = Snapshot.objects.select_related("source").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no archived page with this number.")
    return found
