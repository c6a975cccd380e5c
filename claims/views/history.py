"""The history of a claim: who did what, when, and can I check it?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import history as log
from claims import queries
from factcheck.access.marks import SignedInRequest, page

PAGE_SIZE = 50


@page
@require_safe
def history(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    events = Paginator(log.events_of(claim, request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "claims/history.html", {"claim": claim, "page": events, "entries": log.entries(events)})
