"""The evidence changed since the verdict: what changed, and does the verdict stand?"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims import changes, permissions, queries
from claims import second_look as looking
from claims.forms import problems_into, words
from claims.models import Claim
from claims.states import TRANSITIONS, Verb
from claims.views.steps import step
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid

#: The other ways on from here.
ELSE = (Verb.CORRECT, Verb.REOPEN, Verb.RETRACT)


class StandsForm(forms.Form):
    reason = forms.CharField(
        label="Why the verdict stands",
        help_text="Colleagues see it in the history.",
        widget=words(4),
        error_messages={"required": "Say why the verdict stands although the page changed."},
    )


@page
@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    form = StandsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            looking.uphold(claim, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, "The verdict stands. Your reason is in the history.")
            return redirect("claims:claim", pk)
    return render(request, "claims/second_look.html", _shown(request, claim, form), status=422 if form.errors else 200)


def _shown(request: SignedInRequest, claim: Claim, form: StandsForm) -> dict[str, object]:
    part = permissions.part_of(request.user, claim)
    return {
        "claim": claim,
        "form": form,
        "changes": list(changes.open_changes(claim)),
        "settled": list(changes.settled(claim)),
        "why": looking.why_not(request.user, claim, part),
        "ways": [
            step(verb, claim, permissions.why_not(request.user, verb, part))
            for verb in ELSE
            if claim.status in TRANSITIONS[verb].sources
        ],
    }
