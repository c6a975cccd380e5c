"""Carry a quote over to another copy of its page: both passages side by side, and a person's word that they agree."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from claims import evidence, permissions, queries
from claims.models import Claim, Evidence
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Conflict, NotFound
from sources.models import Snapshot


@page
@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: SignedInRequest, evidence_id: int) -> HttpResponse:
    """GET ``?snapshot=`` shows what is proposed; POST confirms exactly that."""
    item = get_object_or_404(
        Evidence.objects.select_related("claim", "snapshot__source").defer("snapshot__text"), pk=evidence_id
    )
    sent = request.POST if request.method == "POST" else request.GET
    copy = _copy(item, _number(sent.get("snapshot", "")))
    if request.method == "POST":
        start, end = _number(sent.get("start", "")), _number(sent.get("end", ""))
        new = evidence.carry_over(item, copy, by=request.user, start=start, end=end)
        messages.success(request, "The quote stands in the newer copy now; the old one is withdrawn.")
        return redirect(f"{reverse('claims:claim', args=[item.claim_id])}?snapshot={copy.pk}#evidence-{new.pk}")
    context = {
        "claim": queries.claim_or_404(item.claim_id),
        "item": item,
        "copy": copy,
        "anchor": evidence.proposed(item, copy),
        "why_not": _why_not(request, item.claim, item),
    }
    return render(request, "claims/carry_over.html", context)


def _why_not(request: SignedInRequest, claim: Claim, item: Evidence) -> str:
    withdrawn = "This quote is withdrawn. Restore it, or pin the words of the newer copy." if item.withdrawn_at else ""
    refused = permissions.why_not(request.user, "carry_over", permissions.part_of(request.user, claim))
    return refused or evidence.why_closed(claim) or withdrawn


def _copy(item: Evidence, pk: int) -> Snapshot:
    copy = Snapshot.objects.select_related("source").filter(pk=pk, source=item.snapshot.source_id).first()
    if copy is None:
        raise NotFound("There is no other copy of this page with that number.")
    if copy.pk == item.snapshot_id:
        raise Conflict("This is the copy that is quoted. Choose another one of the same page.")
    return copy


def _number(text: str) -> int:
    """-1, which nothing has, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
