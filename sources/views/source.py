"""A source: is our copy good?"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import NotFound
from sources import archive
from sources.models import Capture, Observation, Source
from sources.reasons import size

# A page that is watched for years is captured often; the newest are what one looks for.
SHOWN = 50


@page
@require_safe
def source(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole page; for htmx the time line alone, which asks again while a capture is on its way."""
    found = source_or_404(pk)
    template = "sources/source.html#captures" if request.htmx else "sources/source.html"
    return render(request, template, shown(found))


@page
@require_POST
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Fetch the page again, whether the last capture failed or not; at once, if it waits to be tried again."""
    found = source_or_404(pk)
    archive.request_capture(found, by=request.user)
    if request.htmx:
        return render(request, "sources/source.html#captures", shown(found))
    return redirect(f"{reverse('sources:source', args=[pk])}#captures")


def source_or_404(pk: int) -> Source:
    found = Source.objects.select_related("added_by", "watch").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no source with this number.")
    return found


def shown(source: Source) -> dict[str, object]:
    seen = Observation.objects.select_related("before").defer("before__text", "before__body").order_by("before")
    captures = list(
        source.captures.select_related("requested_by", "snapshot__supplied_by")
        .defer("snapshot__text", "snapshot__body")
        .prefetch_related(Prefetch("observations", queryset=seen))[:SHOWN]
    )
    newest = next((capture for capture in captures if not capture.supplied_sha256), None)
    return {
        "source": source,
        "captures": captures,
        # Whether the page itself is being fetched; a copy that somebody supplied keeps nobody from that.
        "newest": newest,
        "fetching": newest is not None and newest.is_on_its_way,
        "waits": any(capture.is_on_its_way for capture in captures),
        "tries_again": newest is not None and newest.waits_to_try_again,
        "copies": sum(capture.state == Capture.State.DONE for capture in captures),
        "watch": getattr(source, "watch", None),
        "largest": size(settings.UPLOAD_MAX_BYTES),
        "largest_html": size(min(settings.UPLOAD_MAX_BYTES, settings.FETCH_MAX_HTML_BYTES)),
    }
