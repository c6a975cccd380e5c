"""Put a claim in, or change its wording."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims import evidence, permissions, queries, workflow
from claims.forms import NewClaimForm, WordingForm, problems_into
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    form = NewClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim = workflow.submit(request.user, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, f"Claim {claim.pk} is in. An editor accepts or declines it.")
            return redirect("claims:claim", claim.pk)
    context = {"form": form, "why": permissions.why_not(request.user, "submit")}
    return render(request, "claims/new.html", context, status=422 if form.errors else 200)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    known = {
        "statement": claim.statement,
        "language": claim.language,
        "claimant_name": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "claimed_on": claim.claimed_on,
        "due_on": claim.due_on,
        "context": claim.context,
    }
    form = WordingForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            evidence.edit_claim(claim, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, "The claim is changed. Its history keeps the earlier wording.")
            return redirect("claims:claim", claim.pk)
    refused = permissions.why_not(request.user, "edit", permissions.part_of(request.user, claim))
    context = {"form": form, "claim": claim, "why": refused or evidence.why_closed(claim)}
    return render(request, "claims/edit.html", context, status=422 if form.errors else 200)
