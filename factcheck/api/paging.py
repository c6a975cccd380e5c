"""Pages of a list by key: a page costs the same however far down it is, and nothing is shown twice or missed
when rows are added meanwhile. There is no total: counting would read the whole table for every page."""

from __future__ import annotations

import base64
import binascii
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from factcheck.api.sent import MOST, Sent, Words
from factcheck.errors import Invalid

DEFAULT, MOST_ROWS = 50, 200

Row = TypeVar("Row", bound=Model)
Shown = type[serializers.BaseSerializer[Any]]


class Paged(Sent):
    """What every list can be asked."""

    limit = serializers.IntegerField(
        default=DEFAULT,
        min_value=1,
        max_value=MOST_ROWS,
        help_text="How many rows a page has at most.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_string_length"), f"Give a number from 1 to {MOST_ROWS}."
        ),
    )
    cursor = Words(default="", help_text="Where the page begins: follow `next` of the page before.")


def page(request: Request, rows: QuerySet[Row], shown: Shown, *, limit: int, cursor: str) -> Response:
    """The page of ``rows`` after ``cursor``, the newest first: ``{"items": […], "next": address or null}``."""
    if cursor:
        rows = rows.filter(pk__lt=_key(cursor))
    found = list(rows.order_by("-pk")[: limit + 1])
    more = len(found) > limit
    del found[limit:]
    following = address_after(request, str(found[-1].pk)) if more else None
    return Response({"items": shown(found, many=True).data, "next": following})


def address_after(request: Request, place: str) -> str:
    """The address of the page that begins after ``place``."""
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor_at(place))


def cursor_at(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def place_at(cursor: str) -> str:
    """The place that ``cursor_at`` wrote down. Invalid for what it never wrote."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        place = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, UnicodeError) as error:
        raise bad_cursor() from error
    if not place or cursor_at(place) != cursor:
        raise bad_cursor()
    return place


def bad_cursor() -> Invalid:
    return Invalid({"cursor": "This cursor is not one of ours. Follow the “next” of a page, or begin without one."})


def _key(cursor: str) -> int:
    place = place_at(cursor)
    if not place.isdigit() or len(place) > len(str(MOST)):
        raise bad_cursor()
    return int(place)


@cache
def page_of(shown: Shown) -> Shown:
    """The shape of a page of ``shown``, for the schema."""
    fields = {
        "items": shown(many=True),
        "next": serializers.URLField(allow_null=True, help_text="The next page, null on the last one."),
        "__module__": __name__,
    }
    return type(f"{shown.__name__.removesuffix('Shown')}Page", (serializers.Serializer,), fields)
