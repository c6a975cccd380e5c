"""Upload a copy: the way out where a page cannot be fetched, or shows a wall."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid
from sources import archive, copies
from sources.models import Source
from sources.views.source import shown, source_or_404


@csrf_exempt  # Looking for the form's token would read the whole body first; `_supplied` looks for it.
@page
@require_POST
def supply(request: SignedInRequest, pk: int) -> HttpResponse:
    found = source_or_404(pk)
    try:
        copies.refuse_by_length(request.META.get("CONTENT_LENGTH"))
    except copies.TooLarge as refusal:
        return _refused(request, found, refusal)
    return _supplied(request, found)


@csrf_protect
def _supplied(request: SignedInRequest, source: Source) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Invalid({"file": "Choose the file that you saved."})
        archive.supply(source, cast(BinaryIO, file), file.name or "", by=request.user)
    except Invalid as refusal:
        return _refused(request, source, refusal)
    return redirect(f"{reverse('sources:source', args=[source.pk])}#captures")


def _refused(request: SignedInRequest, source: Source, refusal: Invalid) -> HttpResponse:
    context = shown(source) | {"copy_error": refusal.fields["file"]}
    return render(request, "sources/source.html", context, status=refusal.status)
