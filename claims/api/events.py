"""The log as a feed for newsroom systems."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import history
from factcheck.access.models import Role, User
from factcheck.api import paging
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.people import PersonShown
from factcheck.api.sent import Moment, Words, asked
from factcheck.audit.models import Event

BEGINNING = "#0"


class EventShown(serializers.ModelSerializer[Event]):
    """``hash`` is SHA-256 over ``leaf``; ``prev`` is the hash of the event before it of the same subject."""

    actor = PersonShown(allow_null=True, help_text="Null when factcheck itself acted.")
    at = Moment()
    data = serializers.DictField()  # type: ignore[assignment]

    class Meta:
        model = Event
        fields = ("subject", "seq", "type", "at", "actor", "data", "prev", "hash", "leaf")


class Feed(serializers.Serializer[Any]):
    items = EventShown(many=True, help_text="The oldest first.")
    more = serializers.BooleanField(help_text="Whether there is more to read at once.")
    next = serializers.URLField(help_text="Where to read on, now or later. Never null: an empty page gives it again.")


class EventsAsked(paging.Paged):
    subject = Words(default="", max_length=64, help_text="Only the chain of this subject, such as `claim:12`.")
    type = Words(default="", max_length=64, help_text="Only this type, such as `claim.published`.")


class Events(Endpoint):
    @operation("list_events", "What happened, the oldest first", asks=EventsAsked, gives=Feed)
    def get(self, request: Request) -> Response:
        """Read it page by page, keep the last `next` and ask it again later: nothing is given twice.

        The seal of another's review never shows in a page before its round is complete. What was sealed is then
        in the data of `claim.decided` or `claim.reviews_differ`, and in the review's own chain (`subject`).
        """
        wanted = asked(EventsAsked, request)
        limit, cursor = wanted.pop("limit"), wanted.pop("cursor")
        visible = _visible(caller(request))
        events = _after(cursor, visible).filter(**{name: value for name, value in wanted.items() if value})
        found = list(events.select_related("actor").order_by("id")[: limit + 1])
        more = len(found) > limit
        del found[limit:]
        answer = {"items": found, "more": more, "next": paging.address_after(request, _place(found, cursor))}
        return Response(Feed(answer).data)


def _visible(me: User) -> QuerySet[Event]:
    """What happens to accounts concerns administrators alone."""
    events = history.visible_events(me)
    return events if me.has_role(Role.ADMINISTRATOR) else events.exclude(subject__startswith="user:")


def _place(found: list[Event], cursor: str) -> str:
    """Named by subject and place in its chain: gaps in the numbers of rows would tell of seals."""
    if found:
        return f"{found[-1].subject}#{found[-1].seq}"
    return paging.place_at(cursor) if cursor else BEGINNING


def _after(cursor: str, visible: QuerySet[Event]) -> QuerySet[Event]:
    """A place that the caller may not see is none: otherwise a made-up cursor would tell of a seal."""
    place = paging.place_at(cursor) if cursor else BEGINNING
    if place == BEGINNING:
        return visible
    subject, _, seq = place.partition("#")
    if not seq.isdigit() or len(seq) > 9:
        raise paging.bad_cursor()
    key = visible.filter(subject=subject, seq=int(seq)).values_list("id", flat=True).first()
    if key is None:
        raise paging.bad_cursor()
    return visible.filter(id__gt=key)
