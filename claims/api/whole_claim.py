"""The claim as its own page shows it: everything the caller may know, and what they may do next."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims import permissions, queries, workflow
from claims.api.reviews import RoundShown
from claims.api.shapes import (
    AppearanceShown,
    AssignmentShown,
    ChangeShown,
    CitationShown,
    ClaimantShown,
    EvidenceShown,
    RatingShown,
    VersionRow,
)
from claims.exports import links
from claims.models import Citation, Claim, Publication
from claims.states import Status, Verb
from factcheck.access.models import User
from factcheck.api.people import PersonShown
from factcheck.api.sent import Moment
from factcheck.audit.models import Event
from factcheck.errors import NotFound
from sources.api import with_captures
from sources.models import Source


class ClaimRow(serializers.ModelSerializer[Claim]):
    """A claim in a list. ``status`` says where the work stands, ``rating`` what came out of it."""

    claimant = ClaimantShown()
    author = PersonShown()
    status = serializers.ChoiceField([(status.value, status.label) for status in Status])
    rating = RatingShown(source="decision.rating", allow_null=True, default=None)
    created_at = Moment()
    updated_at = Moment(help_text="The time of its newest event.")
    published_at = Moment(allow_null=True)
    public_url = serializers.SerializerMethodField(help_text="Where readers find it, once it was published.")

    class Meta:
        model = Claim
        fields: tuple[str, ...] = (
            "id", "statement", "language", "claimant", "claimed_on", "status", "rating", "author", "external_id",
            "due_on", "created_at", "updated_at", "published_at", "public_url",
        )  # fmt: skip

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_public_url(self, claim: Claim) -> str | None:
        """A retracted or re-opened claim keeps its page, so this asks for versions and not for the status."""
        return links.claim(claim.pk) if claim.was_published else None  # type: ignore[attr-defined]


class StepShown(serializers.Serializer[Any]):
    """A verb. ``why_not`` is the sentence that refuses it to the caller now, empty when nothing is in the way."""

    verb = serializers.ChoiceField([(verb.value, verb.value) for verb in Verb])
    allowed = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)


class WholeClaim(ClaimRow):
    scale = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    appearances = AppearanceShown(many=True)
    sources = CitationShown(many=True)
    evidence = EvidenceShown(many=True)
    rounds = RoundShown(many=True, help_text="The newest first. The reviews of an open round are not shown.")
    assignments = AssignmentShown(many=True)
    versions = VersionRow(many=True, help_text="What readers were shown, the newest first.")
    changes = ChangeShown(many=True, help_text="What became of cited pages after the verdict, the newest first.")
    steps = StepShown(many=True, help_text="What the caller may do now, and why not.")

    class Meta(ClaimRow.Meta):
        fields = (
            *ClaimRow.Meta.fields, "context", "scale", "appearances", "sources", "evidence", "rounds", "assignments",
            "versions", "changes", "steps",
        )  # fmt: skip


def listed(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The same claims with what a row shows of them, in one query."""
    subject = Concat(Value("claim:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    newest = Event.objects.filter(subject=subject).order_by("-seq")
    return claims.select_related("claimant", "author", "scale", "decision__rating").annotate(
        updated_at=Subquery(newest.values("at")[:1]),
        was_published=Exists(Publication.objects.filter(claim=OuterRef("pk"))),
    )


def claim_row(pk: int) -> Claim:
    claim = listed(Claim.objects.filter(pk=pk)).first()
    if claim is None:
        raise NotFound(f"There is no claim {pk}.")
    return claim


def whole(pk: int, user: User) -> Any:
    """The claim as ``user`` may see it, in a number of queries that does not depend on its size."""
    claim = claim_row(pk)
    answer = dict(ClaimRow(claim).data)
    answer |= {
        "context": claim.context,
        "scale": claim.scale.slug,
        "appearances": AppearanceShown(claim.appearances.all(), many=True).data,
        "sources": CitationShown(citations_of(claim), many=True).data,
        "evidence": EvidenceShown(queries.evidence_of(claim), many=True).data,
        "rounds": RoundShown(queries.rounds_of(claim, user), many=True).data,
        "assignments": AssignmentShown(claim.assignments.select_related("person"), many=True).data,
        "versions": VersionRow(claim.publications.select_related("published_by").defer("content"), many=True).data,
        "changes": ChangeShown(claim.changes.select_related("observation", "settled_by"), many=True).data,
        "steps": steps(claim, user),
    }
    return answer


def citations_of(claim: Claim) -> QuerySet[Citation]:
    sources = with_captures(Source.objects.all())
    return claim.citations.select_related("added_by").prefetch_related(Prefetch("source", queryset=sources))


def steps(claim: Claim, user: User) -> list[dict[str, Any]]:
    part = permissions.part_of(user, claim)
    reasons = {verb: workflow.why_not(user, verb, claim, part) for verb in Verb}
    review = queries.my_review(claim, user)
    if review and review.sealed_at and not reasons[Verb.SEAL_REVIEW]:
        reasons[Verb.SEAL_REVIEW] = workflow.SEALED
    return [{"verb": verb.value, "allowed": not reason, "why_not": reason} for verb, reason in reasons.items()]
