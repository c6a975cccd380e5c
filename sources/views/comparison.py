"""Two copies of one source side by side: what was taken out, and what was put in?"""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import NotFound
from sources import differences
from sources.models import Snapshot, Source
from sources.views.source import source_or_404


@page
@require_safe
def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """`?from=…&to=…` name two snapshots of the source; without them its first and its newest."""
    source = source_or_404(pk)
    copies = list(source.snapshots.defer("text", "body").order_by("id"))
    if not copies:
        raise NotFound("No copy of this source is archived yet, so there is nothing to compare.")
    before = _asked(request.GET, "from", source, copies[0])
    after = _asked(request.GET, "to", source, copies[-1])
    rows = differences.rows(before.text, after.text)
    context = {
        "source": source,
        "copies": copies,
        "before": before,
        "after": after,
        "rows": rows,
        "changed": any(row.changed for row in rows),
    }
    return render(request, "sources/compare.html", context)


def _asked(query: QueryDict, name: str, source: Source, otherwise: Snapshot) -> Snapshot:
    number = query.get(name, "")
    if not number:
        return Snapshot.objects.get(pk=otherwise.pk)
    known = number.isascii() and number.isdigit() and len(number) < 19
    found = Snapshot.objects.filter(source=source, pk=int(number)).first() if known else None
    if found is None:
        raise NotFound("This source has no copy with that number. Choose two of those on its page.")
    return found
