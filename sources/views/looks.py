"""How an archived page looked: the lasting addresses of its picture and its PDF, which lead to the archived bytes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from factcheck.access.marks import public_page
from factcheck.errors import NotFound
from sources import replay
from sources.models import Record
from sources.views.archived_copy import visible, works_here

Part = Record.Part


@public_page
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    return _lead(request, pk, Part.PICTURE, "There is no picture of this page.")


@public_page
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    return _lead(request, pk, Part.PRINT, "There is no PDF of this page.")


def _lead(request: HttpRequest, pk: int, part: Record.Part, missing: str) -> HttpResponse:
    """To the signed address, on the host that archived bytes come from."""
    found = visible(request, pk)
    if part not in found.parts:
        raise NotFound(" ".join(filter(None, [missing, found.no_picture])))
    token = replay.Pass(found.pk, works_here(request)).signed()
    answer = HttpResponseRedirect(replay.host_of(request) + replay.path(token, part))
    answer["Cache-Control"] = "no-store"
    return answer
