"""Where the reviewers differ: their reviews side by side, then the decision of a third person."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims import queries, workflow
from claims.forms import problems_into, words
from claims.models import Claim, Review, Round
from claims.states import Verb
from claims.views.review import choices, standing_evidence
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid


class AdjudicationForm(forms.Form):
    use_required_attribute = False

    rating = forms.CharField(error_messages={"required": "Choose a rating."})
    reasons = forms.CharField(
        label="Reasons",
        widget=words(6),
        help_text="Why this rating and not the other. Readers see it on the public page.",
        error_messages={"required": "Say why you decide so."},
    )


@page
@require_http_methods(["GET", "HEAD", "POST"])
def adjudicate(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    form = AdjudicationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.adjudicate(claim, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, "Decided. An editor who took no part can now sign it off.")
            return redirect("claims:claim", pk)
    return _show(request, claim, form)


def _show(request: SignedInRequest, claim: Claim, form: AdjudicationForm) -> HttpResponse:
    round = queries.rounds_of(claim, request.user).select_related("scale").first()
    reviews = opened(round)
    context = {
        "claim": claim,
        "round": round,
        "reviews": reviews,
        "differs": differences(reviews),
        "evidence": standing_evidence(claim),
        "form": form,
        "ratings": choices(round.scale.ratings.all(), form) if round else [],
        "why_not": workflow.why_not(request.user, Verb.ADJUDICATE, claim),
    }
    return render(request, "claims/adjudicate.html", context, status=422 if form.errors else 200)


def opened(round: Round | None) -> list[Review]:
    """The reviews side by side, once the round is complete: one's own alone is no comparison."""
    if round is None or round.completed_at is None:
        return []
    return list(round.visible)  # type: ignore[attr-defined]


def differences(reviews: list[Review]) -> set[str]:
    """In which of these the reviews are not all alike."""
    fields = {"rating": "rating_id", "confidence": "confidence"}
    return {name for name, field in fields.items() if len({getattr(review, field) for review in reviews}) > 1}
