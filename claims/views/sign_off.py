"""May this go out? What is fulfilled and what is not, the page as readers would see it, and the signature.

The same page corrects what is published: an editor who took no part answers for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from claims import obstacles, permissions, queries, workflow
from claims.exports.versions import Version
from claims.forms import problems_into, words
from claims.frozen import content_of
from claims.models import Claim, Publication
from claims.obstacles import Condition
from claims.states import PUBLIC, TRANSITIONS, Status, Verb
from claims.states import why_not as state_why_not
from claims.views.steps import address_of
from factcheck.access.marks import SignedInRequest, page
from factcheck.access.models import User
from factcheck.errors import Invalid

#: What one comes to this page for, by the state of the claim.
AFTERWARDS = (Verb.RETRACT, Verb.REOPEN)


@dataclass(frozen=True)
class Line:
    """One line of the list, with the address that mends it ("" when there is none)."""

    label: str
    met: bool
    sentence: str
    address: str = ""


@dataclass(frozen=True)
class Way:
    """Another way on from here: to retract, to re-open."""

    label: str
    address: str
    why_not: str


class SignOffForm(forms.Form):
    summary = forms.CharField(
        label="The short why",
        widget=words(4),
        help_text="Two or three sentences for readers: why the rating is what it is.",
        error_messages={"required": "Write the short why that readers see."},
    )
    note = forms.CharField(
        label="What changed, and why",
        widget=words(3),
        help_text="Readers see it with the new version.",
        required=False,
    )

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        """``again`` when readers have seen a version before."""
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["note"]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """POST with ``preview`` shows the page with the words as they are typed; without it, it goes out."""
    claim = queries.claim_or_404(pk)
    history = list(claim.publications.order_by("-number"))
    verb = Verb.CORRECT if claim.status in PUBLIC else Verb.PUBLISH
    known = {"summary": history[0].content["summary"]} if history else {}
    if request.method != "POST":
        return _show(request, claim, verb, history, SignOffForm(initial=known, again=bool(history)))
    if "preview" in request.POST:
        return _show(request, claim, verb, history, SignOffForm(initial=request.POST.dict(), again=bool(history)))
    form = SignOffForm(request.POST, again=bool(history))
    if form.is_valid():
        try:
            release(claim, verb, request.user, form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, f"Version {len(history) + 1} is published.")
            return redirect("claims:sign-off", pk)
    return _show(request, claim, verb, history, form)


def release(claim: Claim, verb: Verb, by: User, said: dict[str, str]) -> Claim:
    summary, note = said["summary"], said.get("note", "")
    run = workflow.correct if verb == Verb.CORRECT else workflow.publish
    return run(claim, by=by, summary=summary, note=note)


def _show(
    request: SignedInRequest, claim: Claim, verb: Verb, history: list[Publication], form: SignOffForm
) -> HttpResponse:
    part = permissions.part_of(request.user, claim)
    refused = permissions.why_not(request.user, verb, part)
    conditions = obstacles.conditions(verb, claim)
    lines = [decided(claim, verb), *(line(each, claim) for each in conditions), unbiased(refused)]
    context = {
        "claim": claim,
        "verb": verb,
        "label": TRANSITIONS[verb].label,
        "lines": lines,
        "open": sum(not each.met for each in lines),
        "form": form,
        "history": history,
        "next_number": len(history) + 1,
        "version": preview(signer(claim, history, None if refused else request.user), claim, history, form),
        "ways": ways(claim, request.user, part),
    }
    return render(request, "claims/sign_off.html", context, status=422 if form.errors else 200)


def decided(claim: Claim, verb: Verb) -> Line:
    """The state of the claim as a line of the list: what must have happened first."""
    label = "The verdict is out" if verb == Verb.CORRECT else "The claim is decided"
    mend = {Status.ADJUDICATING: Verb.ADJUDICATE, Status.IN_REVIEW: Verb.SEAL_REVIEW}.get(Status(claim.status))
    address = address_of(mend, claim) if mend else reverse("claims:claim", args=[claim.pk])
    sentence = state_why_not(verb, claim.status)
    return Line(label, not sentence, sentence, address)


def line(condition: Condition, claim: Claim) -> Line:
    address = f"{reverse('claims:claim', args=[claim.pk])}#{condition.place}"
    return Line(condition.label, condition.met, condition.sentence, address)


def unbiased(refused: str) -> Line:
    return Line("You are an editor and took no part in this claim", not refused, refused)


def signer(claim: Claim, history: list[Publication], editor: User | None) -> User:
    """Whose name the page would bear: a correction keeps that of the signature."""
    if claim.status in PUBLIC:
        return history[0].sign_off.signed_by
    return editor or User(name="An editor")


def preview(signer: User, claim: Claim, history: list[Publication], form: SignOffForm) -> Version | None:
    """The page as it would be if ``signer`` released it now with what is typed."""
    if claim.decision is None:
        return None
    number = len(history) + 1
    kind = Publication.Kind.CORRECTION if history else Publication.Kind.FIRST
    content = content_of(claim, claim.decision, signer, form["summary"].value() or "")
    return Version(claim.pk, number, kind, form.data.get("note", ""), timezone.now(), content)


def ways(claim: Claim, user: User, part: permissions.Part) -> list[Way]:
    return [
        Way(TRANSITIONS[verb].label, address_of(verb, claim), permissions.why_not(user, verb, part))
        for verb in AFTERWARDS
        if claim.status in TRANSITIONS[verb].sources
    ]
