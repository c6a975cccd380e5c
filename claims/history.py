"""The log of a claim as sentences, and which entries somebody may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.text import Truncator

from claims.models import Claim, Evidence, Review
from claims.permissions import visible_reviews
from claims.states import Status
from factcheck.access.models import User
from factcheck.audit.feed import settled
from factcheck.audit.models import Event

#: What an event says, after the name of who did it. ``{}`` fields are read from its data.
SENTENCES: dict[str, str] = {
    "claim.submitted": "submitted the claim",
    "claim.accepted": "accepted it for checking",
    "claim.declined": "declined it",
    "claim.reconsidered": "took it up again",
    "claim.research_started": "started the research",
    "claim.sent_to_review": "sent it to review, round {round}",
    "claim.decided": "closed round {round}: the reviewers agree on “{rating}”",
    "claim.reviews_differ": "closed round {round}: the reviews differ",
    "claim.adjudicated": "decided “{rating}” in round {round}",
    "claim.published": "signed it off and published version {version} with “{rating}”",
    "claim.corrected": "published a correction as version {version}",
    "claim.retracted": "retracted the verdict in version {version}",
    "claim.reopened": "re-opened it",
    "claim.evidence_changed": "noticed that the evidence changed since the verdict ({what}): {url}",
    "claim.upheld": "let the verdict stand although its evidence changed",
    "claim.edited": "changed the claim",
    "claim.appearance_added": "added where it was made: {place}",
    "claim.source_added": "added the source {url}",
    "claim.commented": "wrote a comment",
    "claim.assigned": "gave {person} the part of {part}",
    "claim.unassigned": "took the part of {part} from {person}",
    "evidence.pinned": "pinned “{quote}” as evidence ({stance})",
    "evidence.carried_over": "carried “{quote}” over from another copy of its page ({score} of 100 alike)",
    "evidence.withdrawn": "withdrew the quote “{quote}”",
    "evidence.restored": "restored the quote “{quote}”",
    "review.sealed": "sealed a review in round {round}",
}

#: Who acted when nobody did.
ITSELF = "factcheck"


@dataclass(frozen=True)
class Entry:
    """An event as somebody reads it. ``changes`` are (what, from, to), ``said`` a reason or note."""

    event: Event
    who: str
    sentence: str
    said: str
    changes: list[tuple[str, str, str]]


def events_of(claim: Claim, user: User) -> QuerySet[Event]:
    """The events of the claim and of its reviews that ``user`` may see, the newest first."""
    reviews = Review.objects.filter(visible_reviews(user), round__claim=claim)
    return (
        Event.objects.filter(Q(subject=claim.subject) | Q(subject__in=_subjects(reviews)))
        .select_related("actor")
        .order_by("-id")
    )


def visible_events(user: User) -> QuerySet[Event]:
    """Every settled event but the seals that ``user`` may not know of yet. The API and webhooks read this."""
    hidden = Review.objects.exclude(visible_reviews(user))
    return settled().exclude(subject__in=_subjects(hidden))


def _subjects(reviews: QuerySet[Review]) -> QuerySet[Review, Any]:
    name = Concat(Value("review:"), Cast("pk", CharField()), output_field=CharField())
    return reviews.annotate(name=name).values("name")


def entries(events: Iterable[Event]) -> list[Entry]:
    """The events as sentences, with two queries for what they name, however many they are."""
    events = list(events)
    people = _people(events)
    quotes = _quotes(events)
    return [_entry(event, people, quotes) for event in events]


def _entry(event: Event, people: dict[int, str], quotes: dict[int, str]) -> Entry:
    data = event.data
    words = {key: value for key, value in data.items() if isinstance(value, str | int)}
    words["person"] = isolated(people.get(data.get("person", 0), "somebody"))
    words["quote"] = isolated(shortened(quotes.get(data.get("evidence", 0), "")))
    words["place"] = isolated(data.get("url") or data.get("citation") or "")
    template = SENTENCES.get(event.type, event.type.replace(".", " ").replace("_", " "))
    return Entry(
        event=event,
        who=event.actor.name if event.actor else ITSELF,
        sentence=template.format_map(words),
        said=data.get("reason") or data.get("reasons") or data.get("note") or "",
        changes=[
            (name.replace("_", " "), _shown(name, change["from"]), _shown(name, change["to"]))
            for name, change in data.items()
            if isinstance(change, dict) and change.keys() == {"from", "to"}
        ],
    )


def _shown(name: str, value: Any) -> str:
    return Status(value).label if name == "status" else str(value or "")


def isolated(text: str) -> str:
    """With the marks that keep words of another direction, and the full stop at their end, in their own order."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def shortened(text: str) -> str:
    """At most 90 characters, never cut inside a combined one."""
    return Truncator(text).chars(90)


def _people(events: list[Event]) -> dict[int, str]:
    named = {event.data["person"] for event in events if "person" in event.data}
    return dict(User.objects.filter(pk__in=named).values_list("pk", "name"))


def _quotes(events: list[Event]) -> dict[int, str]:
    named = {event.data["evidence"] for event in events if "evidence" in event.data}
    return dict(Evidence.objects.filter(pk__in=named).values_list("pk", "exact"))
