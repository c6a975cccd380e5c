"""One's own review: the evidence to read, the form, and nothing of what anybody else has done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest, Length, Substr
from django.db.models.lookups import GreaterThan
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims import queries, workflow
from claims.forms import problems_into, words
from claims.models import Claim, Evidence, Rating, Review
from claims.states import Verb
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid

#: How many letters of the archived page one can read before and after a quote.
AROUND = 600


class ReviewForm(forms.Form):
    use_required_attribute = False  # A draft may be saved half done.

    rating = forms.CharField(error_messages={"required": "Choose a rating."})
    confidence = forms.ChoiceField(
        label="How confident are you?",
        choices=Review.Confidence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how confident you are: low, medium or high."},
    )
    reasons = forms.CharField(
        label="Reasons",
        widget=words(6),
        help_text="What in the evidence leads to this rating. Colleagues read it when the round is complete; "
        "readers do if the verdict becomes another than yours.",
        error_messages={"required": "Give your reasons: what in the evidence leads to this rating."},
    )
    gaps = forms.CharField(
        label="What could not be established",
        widget=words(3),
        required=False,
        help_text="Readers see it on the public page.",
    )
    sure = forms.BooleanField(
        label="I have read the evidence and this is my verdict",
        widget=forms.CheckboxInput(attrs={"data-key": "s"}),
        error_messages={"required": "Tick this when your verdict is ready: a sealed review cannot be changed."},
    )


@page
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET reads, POST saves the draft; POST with ``seal`` gives the verdict for good."""
    claim = queries.claim_or_404(pk)
    if request.method != "POST":
        mine = queries.my_review(claim, request.user)
        return _show(request, claim, mine, ReviewForm(initial=drafted(mine)))
    form = ReviewForm(request.POST)
    try:
        if "seal" not in request.POST:
            return _saved(request, claim, workflow.save_draft(claim, by=request.user, **typed(form)))
        if form.is_valid():
            workflow.seal_review(claim, by=request.user, **typed(form))
            messages.success(request, "Your review is sealed.")
            return redirect("claims:review", pk)
    except Invalid as refusal:
        problems_into(form, refusal.fields)
    return _show(request, claim, queries.my_review(claim, request.user), form)


def typed(form: ReviewForm) -> dict[str, str]:
    return {name: form.data.get(name, "") for name in ("rating", "confidence", "reasons", "gaps")}


def drafted(mine: Review | None) -> dict[str, str]:
    if mine is None:
        return {}
    rating = mine.rating.slug if mine.rating else ""
    return {"rating": rating, "confidence": mine.confidence, "reasons": mine.reasons, "gaps": mine.gaps}


def _saved(request: SignedInRequest, claim: Claim, draft: Review) -> HttpResponse:
    """To htmx only the words that say so: what is being typed must not be swapped away."""
    if request.htmx:
        return render(request, "claims/review.html#saved", {"saved_at": draft.saved_at})
    messages.success(request, "Your draft is saved. Nobody but you sees it.")
    return redirect("claims:review", claim.pk)


def _show(request: SignedInRequest, claim: Claim, mine: Review | None, form: ReviewForm) -> HttpResponse:
    round = claim.rounds.select_related("scale").order_by("-number").first()
    sealed = mine is not None and mine.sealed_at is not None
    context: dict[str, Any] = {
        "claim": claim,
        "appearances": claim.appearances.all(),
        "evidence": standing_evidence(claim),
        "round": round,
        "mine": mine,
        "sealed": sealed,
        "form": form,
        "ratings": choices(round.scale.ratings.all(), form) if round and not sealed else [],
        "saved_at": mine.saved_at if mine else None,
        "why_not": "" if sealed else workflow.why_not(request.user, Verb.SEAL_REVIEW, claim),
    }
    return render(request, "claims/review.html", context, status=422 if form.errors else 200)


def choices(ratings: QuerySet[Rating], form: forms.Form) -> list[tuple[Rating, bool]]:
    """Each rating, and whether it is the one chosen so far."""
    chosen = form["rating"].value()
    return [(rating, rating.slug == chosen) for rating in ratings]


def standing_evidence(claim: Claim) -> QuerySet[Evidence]:
    """The pinned quotes, each with what stands ``before`` and ``after`` it in the archived page."""
    begin = Greatest(F("start") - AROUND, Value(0))
    return (
        queries.evidence_of(claim)
        .filter(withdrawn_at=None)
        .annotate(
            before=Substr("snapshot__text", begin + 1, F("start") - begin),
            after=Substr("snapshot__text", F("end") + 1, AROUND),
            runs_on=GreaterThan(Length("snapshot__text"), F("end") + AROUND),
        )
    )
