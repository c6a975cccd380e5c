"""Blind review over the API: one's own draft and seal, and the rounds that are over."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import queries, workflow
from claims.api.shapes import RatingShown
from claims.models import Claim, Decision, Review, Round
from factcheck.access.models import User
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.people import PersonShown
from factcheck.api.sent import Choice, Moment, Sent, Words, sent
from factcheck.errors import NotFound


class ReviewShown(serializers.ModelSerializer[Review]):
    reviewer = PersonShown()
    rating = RatingShown(allow_null=True)
    saved_at = Moment()
    sealed_at = Moment(allow_null=True)

    class Meta:
        model = Review
        fields = ("id", "reviewer", "rating", "confidence", "reasons", "gaps", "saved_at", "sealed_at")


class DecisionShown(serializers.ModelSerializer[Decision]):
    """How the round ended. Agreement has nobody in ``decided_by``."""

    rating = RatingShown()
    decided_at = Moment()
    decided_by = PersonShown(allow_null=True)

    class Meta:
        model = Decision
        fields = ("rating", "method", "reasons", "decided_at", "decided_by")


class RoundShown(serializers.ModelSerializer[Round]):
    """A pass of review. Until it is complete, ``reviews`` has nothing but one's own sealed review."""

    opened_at = Moment()
    opened_by = PersonShown()
    completed_at = Moment(allow_null=True)
    abandoned_at = Moment(allow_null=True)
    reviews = ReviewShown(source="visible", many=True)
    decision = DecisionShown(allow_null=True)

    class Meta:
        model = Round
        fields = (
            "number", "required_reviews", "opened_at", "opened_by", "completed_at", "abandoned_at", "reviews",
            "decision",
        )  # fmt: skip


class RoundsShown(serializers.Serializer[Any]):
    rounds = RoundShown(many=True, help_text="The newest first.")


class Draft(Sent):
    """A review as far as it has come. ``rating`` is a slug of the claim's scale."""

    rating = Words(required=False)
    confidence = Choice(Review.Confidence.choices, required=False)
    reasons = Words(required=False, max_length=20_000)
    gaps = Words(required=False, max_length=20_000, help_text="What could not be established.")


class Seal(Draft):
    """What is left out is taken from the draft."""


class Reviews(Endpoint):
    @operation("list_reviews", "The rounds of review that you may see", gives=RoundsShown)
    def get(self, request: Request, claim: int) -> Response:
        """Reviews of others are shown once their round is complete, and of abandoned rounds never."""
        found = queries.rounds_of(queries.claim_or_404(claim), caller(request))
        return Response(RoundsShown({"rounds": found}).data)


class MyReview(Endpoint):
    @operation("show_my_review", "Your review in the newest round, draft or sealed", gives=ReviewShown)
    def get(self, request: Request, claim: int) -> Response:
        return Response(ReviewShown(_mine(queries.claim_or_404(claim), caller(request))).data)

    @operation("save_draft", "Keep your review as far as it has come", sends=Draft, gives=ReviewShown)
    def put(self, request: Request, claim: int) -> Response:
        """Nobody else sees a draft, and it leaves no event."""
        known = queries.claim_or_404(claim)
        return Response(ReviewShown(workflow.save_draft(known, by=caller(request), **sent(Draft, request))).data)


class SealReview(Endpoint):
    @operation("seal_review", "Give your verdict for good", sends=Seal, gives=ReviewShown)
    def post(self, request: Request, claim: int) -> Response:
        """It cannot be changed afterwards. The last seal of the round decides, or calls for adjudication."""
        me, known = caller(request), queries.claim_or_404(claim)
        said = _drafted(queries.my_review(known, me)) | sent(Seal, request)
        workflow.seal_review(known, by=me, **said)
        return Response(ReviewShown(_mine(known, me)).data)


def _mine(claim: Claim, me: User) -> Review:
    review = queries.my_review(claim, me)
    if review is None:
        raise NotFound("You have no review in the newest round of this claim.")
    return review


def _drafted(review: Review | None) -> dict[str, str]:
    if review is None:
        return {"rating": "", "confidence": "", "reasons": ""}
    return {
        "rating": review.rating.slug if review.rating else "",
        "confidence": review.confidence,
        "reasons": review.reasons,
        "gaps": review.gaps,
    }
