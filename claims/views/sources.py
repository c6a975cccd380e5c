"""Cite a source on a claim, watch it being fetched, try again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from claims import evidence, queries
from claims.forms import SourceForm, problems_into
from claims.models import Citation
from claims.views.workspace import answered, changed, refused
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Conflict, Invalid, NotAllowed
from sources import archive


@page
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET is what the page asks every two seconds while something is being fetched; POST cites a source."""
    claim = queries.claim_or_404(pk)
    if request.method != "POST":
        if request.htmx:
            return answered(request, claim, "fetching", polled=True)
        return redirect(f"{reverse('claims:claim', args=[pk])}#sources")
    form = SourceForm(request.POST, auto_id="source_%s")
    if form.is_valid():
        try:
            evidence.cite_source(claim, form.cleaned_data["url"], by=request.user)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            return changed(request, claim, "sources", "The source is added. It is fetched and archived now.")
    return refused(request, claim, "sources", source_form=form)


@page
@require_POST
def retry(request: SignedInRequest, pk: int, citation_id: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    citation = get_object_or_404(Citation.objects.select_related("source"), pk=citation_id, claim=claim)
    refusal = evidence.why_not_research(request.user, claim)
    if refusal:
        raise NotAllowed(refusal)
    newest = citation.source.captures.first()
    if newest is None:
        raise Conflict("This source has not been fetched yet.")
    archive.retry(newest, by=request.user)
    return changed(request, claim, "sources", "The source is fetched again.")
