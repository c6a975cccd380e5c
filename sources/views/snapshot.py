"""A snapshot: the text as it was archived, with each pinned quote marked, and the facts to check it by."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import NotFound
from sources import citing, reading
from sources.models import Snapshot


@page
@require_safe
def snapshot(request: SignedInRequest, pk: int) -> HttpResponse:
    found = snapshot_or_404(pk)
    marks = citing.marks(found.pk)
    lines = reading.lines(found.text, found.body, [(mark.start, mark.end, mark) for mark in marks], found.pages)
    context = {"snapshot": found, "lines": lines, "marks": marks}
    return render(request, "sources/snapshot.html", context)


def snapshot_or_404(pk: int) -> Snapshot:
    found = Snapshot.objects.select_related("source").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no archived page with this number.")
    return found
