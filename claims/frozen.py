"""What a published version says for ever: everything that its page needs, copied at the moment of release."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Max, Min

from claims.models import Appearance, Claim, Decision, Evidence, Publication, Rating, Review, SignOff
from factcheck.access.models import User
from factcheck.errors import Conflict
from sources.models import Snapshot

Json = dict[str, Any]


def freeze(
    claim: Claim, sign_off: SignOff, kind: Publication.Kind, *, by: User, summary: str, note: str
) -> Publication:
    """The next version of the claim's page. The caller holds the claim's lock, so its number is free."""
    newest = claim.publications.order_by("-number").first()
    content = content_of(claim, sign_off.decision, sign_off.signed_by, summary)
    if newest:
        refuse_the_same_again(newest.number, (newest.kind, newest.note, newest.content), (kind, note, content))
    return Publication.objects.create(
        claim=claim,
        number=newest.number + 1 if newest else 1,
        kind=kind,
        sign_off=sign_off,
        content=content,
        note=note,
        published_by=by,
    )


def refuse_the_same_again(number: int, newest: tuple[Any, ...], now: tuple[Any, ...]) -> None:
    """A double click would give readers two versions of which nobody can say what changed between them."""
    if newest == now:
        raise Conflict(f"Version {number} says exactly this already. Change something first.")


def content_of(claim: Claim, decision: Decision, signer: User, summary: str) -> Json:
    """The content of a version: JSON with ISO 8601 dates. Pages and exports read this alone."""
    reviews = list(
        Review.objects.filter(round=decision.round, sealed_at__isnull=False).select_related("reviewer", "rating")
    )
    pinned = claim.evidence.filter(withdrawn_at=None).select_related("snapshot__source")
    return {
        "claim": claim.pk,
        "statement": claim.statement,
        "language": claim.language,
        "context": claim.context,
        "claimed_on": claim.claimed_on.isoformat(),
        "claimant": {"name": claim.claimant.name, "kind": claim.claimant.kind},
        "rating": rating_of(decision.rating),
        "summary": summary,
        "method": decision.method,
        "reasons": decision.reasons,
        "round": decision.round.number,
        "reviewers": [review.reviewer.name for review in reviews],
        "adjudicator": decision.decided_by.name if decision.decided_by else None,
        "dissent": [
            {"reviewer": r.reviewer.name, "rating": str(r.rating), "reasons": r.reasons}
            for r in reviews
            if r.rating_id != decision.rating_id
        ],
        "gaps": [review.gaps for review in reviews if review.gaps],
        "signed_by": signer.name,
        "appearances": [appearance_of(a) for a in claim.appearances.all()],
        "evidence": [evidence_of(e) for e in pinned],
    }


def rating_of(rating: Rating) -> Json:
    """``worst`` and ``best`` bound the numbers of the scale; nominal ratings have none of the three."""
    bounds = rating.scale.ratings.aggregate(worst=Min("value"), best=Max("value"))
    ordinal = rating.value is not None
    return {
        "slug": rating.slug,
        "label": rating.label,
        "meaning": rating.meaning,
        "tone": rating.tone,
        "value": rating.value,
        "worst": bounds["worst"] if ordinal else None,
        "best": bounds["best"] if ordinal else None,
        "scale": {
            "slug": rating.scale.slug,
            "version": rating.scale.version,
            "name": rating.scale.name,
        },
    }


def appearance_of(appearance: Appearance) -> Json:
    return {
        "url": appearance.url,
        "citation": appearance.citation,
        "words": appearance.words,
        "language": appearance.language,
        "appeared_on": iso(appearance.appeared_on),
        "is_first": appearance.is_first,
    }


def evidence_of(evidence: Evidence) -> Json:
    return {
        "id": evidence.pk,
        "exact": evidence.exact,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
        "start": evidence.start,
        "end": evidence.end,
        "stands_in": evidence.stands_in,
        "page": evidence.page,
        "stance": evidence.stance,
        "note": evidence.note,
        "snapshot": snapshot_of(evidence.snapshot),
    }


def snapshot_of(snapshot: Snapshot) -> Json:
    return {
        "id": snapshot.pk,
        "url": snapshot.url,
        "final_url": snapshot.final_url,
        "title": snapshot.title,
        "byline": snapshot.byline,
        "publisher": snapshot.source.publisher,
        "published_on": iso(snapshot.published_on),
        "modified_on": iso(snapshot.modified_on),
        "language": snapshot.language,
        "fetched_at": snapshot.fetched_at.isoformat(),
        # By whom and as which file is the newsroom's own affair.
        "supplied": bool(snapshot.supplied_as),
        # What our copy seems to show in the page's place; a person confirmed the quote all the same.
        "wall": snapshot.wall,
        "truncated": snapshot.truncated,
        "payload_sha256": snapshot.payload_sha256,
        "warc_sha256": snapshot.warc_sha256,
        "text_sha256": snapshot.text_sha256,
    }


def digest_of(content: Json) -> str:
    """SHA-256 (hex) of the content as JSON with sorted keys and no spaces."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def iso(day: Any) -> str | None:
    return day.isoformat() if day else None
