"""What a reader may check: when we fetched a page that a published check quotes, its digests, and the file itself."""

from __future__ import annotations

import base64

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.access.marks import public_page
from factcheck.access.models import User
from factcheck.errors import NotFound
from sources import citing, fetching
from sources.models import Snapshot
from sources.views.package import INERT, wacz_of
from sources.views.snapshot import snapshot_or_404


@public_page
@require_safe
def archived_copy(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    return render(request, "sources/archived_copy.html", {"snapshot": found, "newsroom": settings.NEWSROOM_NAME})


@public_page
@require_safe
def warc(request: HttpRequest, pk: int) -> FileResponse:
    """The WARC file, always as a download."""
    found = visible(request, pk)
    digest = bytes.fromhex(found.warc_sha256)
    try:
        content = fetching.blobs().open(digest)
    except FileNotFoundError as error:
        raise NotFound(
            "The file of this archived page is missing. Tell the newsroom, which has to restore it."
        ) from error
    answer = FileResponse(
        content, as_attachment=True, filename=f"archived-{found.pk}.warc.gz", content_type="application/octet-stream"
    )
    answer["ETag"] = f'"{found.warc_sha256}"'
    answer["Repr-Digest"] = f"sha-256=:{base64.b64encode(digest).decode()}:"
    for name, value in INERT.items():
        answer[name] = value
    return answer


@public_page
@require_safe
def wacz(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same with an index, so that it can be looked at (WACZ), and with every payload that it refers to."""
    found = visible(request, pk)
    return wacz_of([found.pk], name=f"archived-{found.pk}")


def works_here(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and bool(request.user.roles)


def visible(request: HttpRequest, pk: int) -> Snapshot:
    """Readers see what a published check quotes; whoever works here sees all. To others nothing else exists."""
    if not works_here(request) and not citing.is_published(pk):
        raise NotFound("There is no archived page here that readers may see.")
    return snapshot_or_404(pk)
