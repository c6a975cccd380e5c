"""A round of blind review, from opening to its outcome. Called by ``claims.workflow`` under its lock."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from django.conf import settings
from django.utils import timezone

from claims.models import Claim, Decision, Rating, Review, Round
from claims.states import Status
from factcheck.access.models import User
from factcheck.errors import Invalid


def open_round(claim: Claim, by: User) -> Round:
    return Round.objects.create(
        claim=claim,
        number=claim.rounds.count() + 1,
        scale=claim.scale,
        required_reviews=settings.REVIEWS_PER_ROUND,
        opened_by=by,
    )


def current_round(claim: Claim) -> Round:
    """The newest round. A claim that is in review, or was, always has one."""
    return claim.rounds.latest("number")


def abandon_open_round(claim: Claim, by: User) -> None:
    """Reviews of an abandoned round stay sealed: who reads them would not be blind in the next."""
    claim.rounds.filter(completed_at=None, abandoned_at=None).update(abandoned_at=timezone.now(), abandoned_by=by)


def rating_in(round: Round, slug: str) -> Rating:
    rating = round.scale.ratings.filter(slug=slug).first()
    if rating is None:
        known = ", ".join(round.scale.ratings.values_list("slug", flat=True))
        raise Invalid({"rating": f"Choose a rating of the scale: {known}."})
    return rating


def review_for(round: Round, reviewer: User) -> Review:
    review, _ = Review.objects.get_or_create(round=round, reviewer=reviewer, defaults={"salt": secrets.token_hex(32)})
    return review


def commitment(review: Review) -> str:
    """SHA-256 (hex) over the salt and the review: goes into the log before anyone may read the review."""
    said = {
        "confidence": review.confidence,
        "gaps": review.gaps,
        "rating": review.rating.slug if review.rating else None,
        "reasons": review.reasons,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{review.salt}\n{text}".encode()).hexdigest()


def sealed_reviews(round: Round) -> list[Review]:
    return list(round.reviews.filter(sealed_at__isnull=False).select_related("rating", "reviewer"))


def outcome(round: Round, reviews: list[Review]) -> tuple[Status, Decision | None]:
    """Where the claim goes now that ``reviews`` are in; a decision when they agree."""
    if len(reviews) < round.required_reviews:
        return Status.IN_REVIEW, None
    round.completed_at = timezone.now()
    round.save(update_fields=["completed_at"])
    ratings = {review.rating for review in reviews if review.rating}
    if len(ratings) > 1:
        return Status.ADJUDICATING, None
    decision = Decision.objects.create(round=round, rating=ratings.pop(), method=Decision.Method.AGREEMENT)
    return Status.DECIDED, decision


def opened(reviews: list[Review]) -> list[dict[str, Any]]:
    """What the log says of reviews once they may be seen."""
    return [
        {
            "review": review.pk,
            "reviewer": review.reviewer_id,
            "rating": str(review.rating),
            "commitment": commitment(review),
        }
        for review in reviews
    ]
