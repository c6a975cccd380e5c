"""The verbs of the workflow as buttons, and the short form of those that want a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims import queries, workflow
from claims.forms import problems_into, words
from claims.models import Claim
from claims.states import TRANSITIONS, Verb
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid, NotFound


def _told(label: str, hint: str, required: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, widget=words(4), error_messages={"required": required})


class NoForm(forms.Form):
    """A verb that needs no word."""


class DeclineForm(forms.Form):
    reason = _told("Why it is declined", "For whoever sent it in.", "Say why the claim is declined.")


class ReopenForm(forms.Form):
    reason = _told("Why the question is open again", "Colleagues see it in the history.", "Say why.")


class RetractForm(forms.Form):
    note = _told("Why the verdict is taken back", "Readers see it on the page.", "Say for readers why.")


@dataclass(frozen=True)
class Act:
    """``does`` says before the click what will happen; ``done`` says it afterwards."""

    verb: Verb
    run: Callable[..., Claim]
    does: str
    done: str
    form: type[forms.Form] = NoForm
    grave: bool = False


ACTS = {
    act.verb: act
    for act in [
        Act(Verb.ACCEPT, workflow.accept, "The claim will be researched.", "Accepted. Now it waits for a researcher."),
        Act(
            Verb.DECLINE,
            workflow.decline,
            "It leaves the queue with your reason. It can be taken up again.",
            "Declined. It can be taken up again.",
            DeclineForm,
        ),
        Act(Verb.RECONSIDER, workflow.reconsider, "It goes back to where it was submitted.", "Taken up again."),
        Act(Verb.START_RESEARCH, workflow.start_research, "Add sources, then pin quotes.", "Research is open."),
        Act(
            Verb.SEND_TO_REVIEW,
            workflow.send_to_review,
            "Sources and quotes are closed while reviewers judge independently.",
            "Sent to review. Sources and quotes are closed until the round is over.",
        ),
        Act(
            Verb.RETRACT,
            workflow.retract,
            "The public page stays and says that the verdict is taken back. Undo it by re-opening the claim.",
            "The verdict is retracted.",
            RetractForm,
            grave=True,
        ),
        Act(
            Verb.REOPEN,
            workflow.reopen,
            "Research begins again, and the next review is a new round. Reviews of an unfinished round stay sealed. "
            "What is published stays until a new version goes out.",
            "Re-opened. Research can go on.",
            ReopenForm,
            grave=True,
        ),
    ]
}


@page
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """GET shows what the verb does and asks for its words; POST does it."""
    chosen = ACTS.get(Verb(name)) if (name := verb.replace("-", "_")) in set(Verb) else None
    if chosen is None:
        raise NotFound("There is no such step.")
    claim = queries.claim_or_404(pk)
    form = chosen.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(claim, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, chosen.done)
            return redirect("claims:claim", pk)
    context = {
        "claim": claim,
        "act": chosen,
        "label": TRANSITIONS[chosen.verb].label,
        "form": form,
        "why": workflow.why_not(request.user, chosen.verb, claim),
    }
    return render(request, "claims/act.html", context, status=422 if form.errors else 200)
