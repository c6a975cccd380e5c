"""What colleagues say to each other about a claim, who works on it, and where it was made."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from claims import discussion, evidence, queries
from claims.forms import AppearanceForm, AssignForm, CommentForm, problems_into
from claims.models import Assignment
from claims.views.workspace import changed, refused
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid


@page
@require_POST
def comment(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    form = CommentForm(request.POST, auto_id="comment_%s")
    if form.is_valid():
        try:
            discussion.comment(claim, form.cleaned_data["text"], by=request.user)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            return changed(request, claim, "discussion", "Your comment stands below the others.")
    return refused(request, claim, "discussion", comment_form=form)


@page
@require_POST
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    form = AssignForm(request.POST, auto_id="assign_%s")
    if form.is_valid():
        person = form.cleaned_data["person"]
        try:
            discussion.assign(claim, person, form.cleaned_data["part"], by=request.user)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            return changed(request, claim, "people", f"{person.name} works on this claim now.")
    return refused(request, claim, "people", assign_form=form)


@page
@require_POST
def unassign(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    assignment = get_object_or_404(Assignment.objects.select_related("claim", "person"), pk=assignment_id)
    discussion.unassign(assignment, by=request.user)
    return changed(request, assignment.claim, "people", f"{assignment.person.name} no longer has this part.")


@page
@require_POST
def appearance(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    form = AppearanceForm(request.POST, auto_id="appearance_%s")
    if form.is_valid():
        try:
            evidence.add_appearance(claim, by=request.user, language=claim.language, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            return changed(request, claim, "appearances", "The appearance is added.")
    return refused(request, claim, "appearances", appearance_form=form)
