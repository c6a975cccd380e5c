"""The queue: what should I do next?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims import queries
from claims.forms import languages
from claims.models import Claim
from claims.states import Status, Verb
from factcheck.access.marks import SignedInRequest, page

PAGE_SIZE = 50

#: What I owe a claim, by the verb that is mine to do.
OWED = {
    Verb.ACCEPT: "Accept or decline",
    Verb.START_RESEARCH: "Start the research",
    Verb.SEND_TO_REVIEW: "Find and pin evidence",
    Verb.SEAL_REVIEW: "Review it",
    Verb.ADJUDICATE: "Adjudicate",
    Verb.PUBLISH: "Sign off",
    queries.LOOK: "Look at what changed",
}
#: What a claim waits for when it does not wait for me.
WAITS = {
    Status.SUBMITTED: "waits for an editor to accept it",
    Status.ACCEPTED: "waits for a researcher",
    Status.RESEARCHING: "is being researched",
    Status.IN_REVIEW: "is being reviewed",
    Status.ADJUDICATING: "waits for a third person",
    Status.DECIDED: "waits for an editor to sign it",
}
TITLES = {"mine": "Yours", "others": "Waiting for others", "rest": "Everything else"}


@dataclass(frozen=True)
class Row:
    """A claim as the queue shows it. ``urgency`` is "late", "soon" or ""."""

    claim: Claim
    owed: str
    waits: str
    due: str
    urgency: str


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    number: int
    rows: list[Row]


@page
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    if number := jump_to(request.GET):
        return redirect("claims:claim", number)
    filters = asked(request.GET)
    counts = queries.counts(request.user, replace(filters, group=""))
    total = counts[filters.group] if filters.group else sum(counts.values())
    paginator = Paginator(queries.queue(request.user, filters), PAGE_SIZE)
    # The groups are counted already: asking again would cost a second walk over every claim.
    paginator.count = total
    rows = paginator.get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "groups": groups(list(rows), counts),
        "page": rows,
        "kept": kept(request.GET),
        "counts": counts,
        "statuses": [(status.value, status.label) for status in Status],
        "languages": languages(filters.language),
    }
    template = "claims/queue.html#found" if request.htmx else "claims/queue.html"
    return render(request, template, context)


def asked(query: QueryDict) -> queries.Filters:
    group = query.get("group", "")
    status = query.get("status", "")
    return queries.Filters(
        text=query.get("q", ""),
        status=status if status in set(Status) else "",
        language=query.get("language", ""),
        group=group if group in queries.Filters.GROUPS else "",
        changed=query.get("evidence", "") == "changed",
    )


def kept(query: QueryDict) -> str:
    """The filters of this address, for the links to its other pages."""
    query = query.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""


def jump_to(query: QueryDict) -> int | None:
    """The number that somebody typed into the jump dialog, if there is such a claim."""
    number = query.get("q", "").strip().removeprefix("#")
    if "jump" not in query or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return int(number) if Claim.objects.filter(pk=number).exists() else None


def groups(claims: list[Claim], counts: dict[str, int]) -> list[Group]:
    rows = {name: [row_of(c) for c in claims if c.group == place] for place, name in enumerate(TITLES)}  # type: ignore[attr-defined]
    return [Group(name, title, counts[name], rows[name]) for name, title in TITLES.items() if rows[name]]


def row_of(claim: Claim) -> Row:
    owed, sealed = claim.owed, claim.sealed_this_round  # type: ignore[attr-defined]
    waits = "your review is sealed" if sealed else WAITS.get(Status(claim.status), "")
    waits = "waits for an editor to look at it" if claim.changed else waits  # type: ignore[attr-defined]
    due, urgency = due_words(claim.due_on, timezone.localdate()) if claim.status not in queries.DONE else ("", "")
    return Row(claim, OWED.get(owed, "") if claim.group == queries.MINE else "", waits, due, urgency)  # type: ignore[attr-defined]


def due_words(due: date | None, today: date) -> tuple[str, str]:
    if due is None:
        return "", ""
    days = (due - today).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late", "late"
    if days < 2:
        return ("today", "tomorrow")[days], "soon"
    year = "" if due.year == today.year else f" {due.year}"
    return f"by {due.day} {due:%b}{year}", ""
