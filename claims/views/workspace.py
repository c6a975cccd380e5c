"""The claim's workspace: what do we know, and what is missing?

``workspace`` shows all of it. The views that change a part of it (sources, evidence, discussion)
answer with ``changed``: the part as it is now for htmx, the page at that part for everybody else.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims import changes, evidence, history, permissions, queries
from claims.forms import AppearanceForm, AssignForm, CommentForm, QuoteForm, SourceForm
from claims.models import Claim
from claims.views import reading
from claims.views.steps import next_step, other_steps
from factcheck.access.marks import SignedInRequest, page

NEWEST_EVENTS = 5


@page
@require_safe
def workspace(request: SignedInRequest, pk: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    return render(request, "claims/workspace.html", shown(request, claim))


def shown(request: SignedInRequest, claim: Claim, snapshot: str = "", **forms: Any) -> dict[str, Any]:
    """Everything the page shows; ``snapshot`` is the archived page to read, ``forms`` those with something wrong."""
    user = request.user
    part = permissions.part_of(user, claim)
    pinned = list(queries.evidence_of(claim))
    copies = reading.copies(claim, pinned)
    open_copy = reading.chosen(copies, snapshot or request.GET.get("snapshot", ""))
    context: dict[str, Any] = {
        "claim": claim,
        "part": part,
        "step": next_step(claim, user, part),
        "other_steps": other_steps(claim, user, part),
        "changes": list(changes.open_changes(claim)),
        "copies": copies,
        "pending": any(copy.pending for copy in copies),
        "open_copy": open_copy,
        "lines": reading.lines(open_copy, pinned),
        "evidence": pinned,
        "standing": sum(item.withdrawn_at is None for item in pinned),
        "appearances": list(claim.appearances.all()),
        "comments": list(claim.comments.select_related("author")),
        "assignments": list(claim.assignments.select_related("person")),
        "rounds": list(queries.rounds_of(claim, user)),
        "events": history.entries(history.events_of(claim, user)[:NEWEST_EVENTS]),
        "why_not_research": permissions.why_not(user, "research", part) or evidence.why_closed(claim),
        "why_not_edit": permissions.why_not(user, "edit", part) or evidence.why_closed(claim),
        "why_not_appearance": permissions.why_not(user, "research", part),
        "why_not_comment": permissions.why_not(user, "comment", part),
        "why_not_assign": permissions.why_not(user, "assign", part),
        "source_form": SourceForm(auto_id="source_%s"),
        "quote_form": QuoteForm(auto_id="quote_%s", initial={"stance": ""}),
        "appearance_form": AppearanceForm(auto_id="appearance_%s"),
        "comment_form": CommentForm(auto_id="comment_%s"),
        "assign_form": AssignForm(auto_id="assign_%s"),
    }
    return context | forms


def changed(
    request: SignedInRequest, claim: Claim, part: str, message: str, *, anchor: str = "", snapshot: str = ""
) -> HttpResponse:
    messages.success(request, message)
    if request.htmx:
        return answered(request, queries.claim_or_404(claim.pk), part, snapshot=snapshot)
    query = f"?snapshot={snapshot}" if snapshot else ""
    return redirect(f"{reverse('claims:claim', args=[claim.pk])}{query}#{anchor or part}")


def refused(request: SignedInRequest, claim: Claim, part: str, **forms: Any) -> HttpResponse:
    """The page again, with what was typed and what is wrong with it."""
    if request.htmx:
        return answered(request, claim, part, status=422, **forms)
    return render(request, "claims/workspace.html", shown(request, claim, **forms), status=422)


def answered(request: SignedInRequest, claim: Claim, part: str, status: int = 200, **forms: Any) -> HttpResponse:
    """One part, and out of band the head with the next step and the messages."""
    context = shown(request, claim, **forms) | {"answered": f"claims/workspace.html#{part}", "oob": True}
    return render(request, "claims/answer.html", context, status=status)
