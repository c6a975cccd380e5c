"""Claims in, and their state out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast, Substr
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import evidence, queries, workflow
from claims.api.whole_claim import ClaimRow, WholeClaim, listed, whole
from claims.models import Claim, Claimant
from claims.states import Status
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.paging import Paged, page, page_of
from factcheck.api.sent import Choice, Day, Moment, Number, Sent, Words, asked, sent
from factcheck.audit.models import Event

STATUSES = [(status.value, status.label) for status in Status]


class ClaimsAsked(Paged):
    q = Words(default="", max_length=500, help_text="Every word occurs in statement, context or claimant.")
    status = serializers.MultipleChoiceField(
        choices=STATUSES,
        required=False,
        help_text="Repeat it for several.",
        error_messages={"invalid_choice": f"Choose among: {', '.join(Status)}."},
    )
    rating = Words(default="", max_length=50, help_text="A slug such as `mostly-false`, on whatever scale.")
    language = Words(default="", max_length=35, help_text="A language tag such as `ko`.")
    claimant = Number(required=False, help_text="The claimant's id.")
    claimant_name = Words(default="", max_length=200, help_text="The claimant's name, whole.")
    external_id = Words(default="", max_length=200, help_text="Your own name for the claim.")
    evidence_changed = serializers.BooleanField(
        default=False, help_text="Only claims whose evidence changed since the verdict and waits to be looked at."
    )
    created_since = Moment(required=False)
    updated_since = Moment(required=False, help_text="Something happened to the claim at or after this time.")


class NewClaim(Sent):
    statement = Words(help_text="One checkable statement, in one wording.")
    claimant_name = Words(help_text="Who said it.")
    claimant_kind = Choice(Claimant.Kind.choices, default=Claimant.Kind.PERSON)
    claimed_on = Day(help_text="The day on which it was said.")
    language = Words(default="en", help_text="A BCP 47 tag such as `en`, `ko` or `zh-Hant`.")
    context = Words(default="", max_length=20_000)  # type: ignore[assignment]
    appearance_url = Words(default="", help_text="Where it was said.")
    appearance_words = Words(default="", max_length=20_000, help_text="The verbatim words there.")
    external_id = Words(default="", max_length=200, help_text="Your own name for it: sent twice, it makes one claim.")
    due_on = Day(required=False, allow_null=True, default=None)
    scale = Words(default="", help_text=f"A scale's slug; `{settings.DEFAULT_SCALE}` when left out.")


class ClaimEdit(Sent):
    """What is left out stays as it is."""

    statement = Words()
    claimant_name = Words()
    claimant_kind = Choice(Claimant.Kind.choices)
    claimed_on = Day()
    language = Words()
    context = Words(max_length=20_000)  # type: ignore[assignment]
    due_on = Day(allow_null=True)


class Claims(Endpoint):
    @operation("list_claims", "Claims, the newest first", asks=ClaimsAsked, gives=page_of(ClaimRow))
    def get(self, request: Request) -> Response:
        wanted = asked(ClaimsAsked, request)
        paging = {"limit": wanted.pop("limit"), "cursor": wanted.pop("cursor")}
        return page(request, listed(_matching(**wanted)), ClaimRow, **paging)

    @operation("submit_claim", "Put a claim in", sends=NewClaim, gives={201: WholeClaim, 200: WholeClaim})
    def post(self, request: Request) -> Response:
        """With an `external_id` that you sent before, the claim that is there is the answer, with 200."""
        me, said = caller(request), sent(NewClaim, request)
        name = said["external_id"]
        known = bool(name) and Claim.objects.filter(author=me, external_id=name).exists()
        claim = workflow.submit(me, **said)
        return Response(whole(claim.pk, me), status=200 if known else 201)


class OneClaim(Endpoint):
    @operation("show_claim", "All that you may know of a claim", gives=WholeClaim)
    def get(self, request: Request, claim: int) -> Response:
        return Response(whole(claim, caller(request)))

    @operation("edit_claim", "Change the wording while research is open", sends=ClaimEdit, gives=WholeClaim)
    def patch(self, request: Request, claim: int) -> Response:
        me, known = caller(request), queries.claim_or_404(claim)
        evidence.edit_claim(known, by=me, **(_as_it_is(known) | sent(ClaimEdit, request, partial=True)))
        return Response(whole(claim, me))


def _as_it_is(claim: Claim) -> dict[str, Any]:
    return {
        "statement": claim.statement,
        "claimant_name": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "claimed_on": claim.claimed_on,
        "language": claim.language,
        "context": claim.context,
        "due_on": claim.due_on,
    }


def _matching(
    *,
    q: str,
    rating: str,
    language: str,
    claimant_name: str,
    external_id: str,
    evidence_changed: bool = False,
    status: set[str] | None = None,
    claimant: int | None = None,
    created_since: datetime | None = None,
    updated_since: datetime | None = None,
) -> QuerySet[Claim]:
    exact = {
        "claimant__name": claimant_name,
        "external_id": external_id,
        "decision__rating__slug": rating,
        "language": language,
        "status__in": sorted(status or ()),
        "claimant": claimant,
        "created_at__gte": created_since,
    }
    claims = Claim.objects.filter(**{name: value for name, value in exact.items() if value})
    if evidence_changed:
        claims = claims.filter(queries.evidence_changed())
    if updated_since:
        claims = claims.filter(pk__in=_touched(updated_since))
    return claims.filter(queries.says(q)) if q.strip() else claims


def _touched(since: datetime) -> QuerySet[Event, Any]:
    """Of the claims' own chains alone: a seal stands in the review's chain and must not show here."""
    events = Event.objects.filter(at__gte=since, subject__startswith="claim:")
    number = Cast(Substr("subject", len("claim:") + 1), BigIntegerField())
    return events.annotate(claim=number).values("claim")
