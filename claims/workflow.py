"""The only writer of a claim's status. Each verb: lock → require → write → append the event, in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims import changes, obstacles, permissions, rounds, scales, wording
from claims.frozen import digest_of, freeze
from claims.models import (
    Appearance,
    Claim,
    Claimant,
    Decision,
    EvidenceChange,
    Publication,
    Review,
    SignOff,
)
from claims.said import (
    optional_address,
    raise_if_any,
    required_text,
    storable,
)
from claims.states import TRANSITIONS, Status, Verb
from claims.states import why_not as state_why_not
from factcheck.access.models import User
from factcheck.audit.log import record
from factcheck.errors import Conflict, NotFound
from sources import watch

# --- what every verb begins and ends with -------------------------------------------------


def lock(claim: Claim) -> Claim:
    """The claim as it is now, locked until the transaction ends: nobody can act on it at the same time."""
    fresh = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("claimant", "scale", "decision__rating__scale", "decision__round")
        .filter(pk=claim.pk)
        .first()
    )
    if fresh is None:
        raise NotFound("There is no such claim.")
    return fresh


def why_not(user: User, verb: Verb, claim: Claim, part: permissions.Part | None = None) -> str:
    """Why ``user`` cannot do ``verb`` now: the sentence on the button that refuses. "" if nothing stands in the way.

    Give ``part`` to ask about several verbs with one look at what the user did.
    """
    refused = permissions.why_not(user, verb, part or permissions.part_of(user, claim))
    refused = refused or state_why_not(verb, claim.status)
    if refused:
        return refused
    return next((c.sentence for c in obstacles.conditions(verb, claim) if not c.met), "")


def _begin(verb: Verb, claim: Claim, by: User) -> Claim:
    claim = lock(claim)
    permissions.require(by, verb, permissions.part_of(by, claim))
    refused = state_why_not(verb, claim.status)
    if refused:
        raise Conflict(refused)
    obstacles.require_conditions(verb, claim)
    return claim


def _move(claim: Claim, verb: Verb, to: Status, by: User | None, event: str = "", **data: Any) -> Claim:
    assert to in TRANSITIONS[verb].targets, f"{verb} does not lead to {to}"
    change = {"from": claim.status, "to": to.value}
    claim.status = to.value
    claim.save()
    record(claim.subject, event or TRANSITIONS[verb].event, by=by, data={"status": change, **data})
    return claim


# --- intake -----------------------------------------------------------------------------


@transaction.atomic
def submit(
    by: User,
    *,
    statement: str,
    claimant_name: str,
    claimed_on: date | None,
    claimant_kind: str = Claimant.Kind.PERSON,
    language: str = "en",
    context: str = "",
    appearance_url: str = "",
    appearance_words: str = "",
    external_id: str = "",
    due_on: date | None = None,
    scale: str = "",
) -> Claim:
    """Put a claim in. The same ``external_id`` from the same author gives the claim that is there."""
    permissions.require(by, "submit")
    if external_id:
        # A system that retries sends the same claim twice at once: the second waits and finds the first.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        there = Claim.objects.filter(author=by, external_id=external_id).first()
        if there:
            return there
    problems: dict[str, str] = {}
    words = wording.checked(
        problems,
        statement=statement,
        language=language,
        claimed_on=claimed_on,
        claimant_name=claimant_name,
        claimant_kind=claimant_kind,
        context=context,
        due_on=due_on,
    )
    appearance_url = optional_address("appearance_url", appearance_url, problems)
    if len(external_id) > 200:
        problems["external_id"] = "Shorten the external id to 200 characters."
    raise_if_any(problems)
    claim = Claim.objects.create(
        **words.fields(), author=by, external_id=external_id, scale=scales.newest(scale or settings.DEFAULT_SCALE)
    )
    if appearance_url:
        Appearance.objects.create(
            claim=claim,
            url=appearance_url,
            words=storable(appearance_words),
            language=claim.language,
            appeared_on=claim.claimed_on,
            is_first=True,
            added_by=by,
        )
    record(
        claim.subject,
        "claim.submitted",
        by=by,
        data={
            "statement": claim.statement,
            "language": claim.language,
            "claimant": claim.claimant.name,
            "claimed_on": claim.claimed_on.isoformat(),
            "appearance": appearance_url,
        },
    )
    return claim


@transaction.atomic
def accept(claim: Claim, *, by: User) -> Claim:
    claim = _begin(Verb.ACCEPT, claim, by)
    return _move(claim, Verb.ACCEPT, Status.ACCEPTED, by)


@transaction.atomic
def decline(claim: Claim, *, by: User, reason: str) -> Claim:
    claim = _begin(Verb.DECLINE, claim, by)
    reason = _text("reason", reason, "Say why the claim is declined, for whoever sent it in.")
    return _move(claim, Verb.DECLINE, Status.DECLINED, by, reason=reason)


@transaction.atomic
def reconsider(claim: Claim, *, by: User) -> Claim:
    claim = _begin(Verb.RECONSIDER, claim, by)
    return _move(claim, Verb.RECONSIDER, Status.SUBMITTED, by)


@transaction.atomic
def start_research(claim: Claim, *, by: User) -> Claim:
    claim = _begin(Verb.START_RESEARCH, claim, by)
    return _move(claim, Verb.START_RESEARCH, Status.RESEARCHING, by)


# --- review -----------------------------------------------------------------------------


@transaction.atomic
def send_to_review(claim: Claim, *, by: User) -> Claim:
    claim = _begin(Verb.SEND_TO_REVIEW, claim, by)
    round = rounds.open_round(claim, by)
    return _move(claim, Verb.SEND_TO_REVIEW, Status.IN_REVIEW, by, round=round.number)


@transaction.atomic
def save_draft(
    claim: Claim, *, by: User, rating: str = "", confidence: str = "", reasons: str = "", gaps: str = ""
) -> Review:
    """Keep what a reviewer has typed so far. A draft is nobody's business, so it leaves no event."""
    claim = _begin(Verb.SEAL_REVIEW, claim, by)
    review = _unsealed_review(claim, by)
    review.rating = rounds.rating_in(review.round, rating) if rating else None
    review.confidence = confidence if confidence in Review.Confidence.values else ""
    review.reasons, review.gaps = storable(reasons), storable(gaps)
    review.saved_at = timezone.now()
    review.save()
    return review


@transaction.atomic
def seal_review(claim: Claim, *, by: User, rating: str, confidence: str, reasons: str, gaps: str = "") -> Claim:
    """Give one's verdict for good. The last seal of the round decides, or sends it to adjudication."""
    claim = _begin(Verb.SEAL_REVIEW, claim, by)
    review = _unsealed_review(claim, by)
    problems: dict[str, str] = {}
    required_text("rating", rating, "Choose a rating.", problems)
    if confidence not in Review.Confidence.values:
        problems["confidence"] = "Say how confident you are: low, medium or high."
    reasons = required_text(
        "reasons", reasons, "Give your reasons: what in the evidence leads to this rating.", problems
    )
    raise_if_any(problems)
    review.rating = rounds.rating_in(review.round, rating)
    review.confidence, review.reasons, review.gaps = confidence, reasons, storable(gaps)
    review.saved_at = review.sealed_at = timezone.now()
    review.save()
    record(
        review.subject,
        TRANSITIONS[Verb.SEAL_REVIEW].event,
        by=by,
        data={
            "claim": claim.pk,
            "round": review.round.number,
            "commitment": rounds.commitment(review),
        },
    )
    return _close_round_if_complete(claim, review)


SEALED = "You have sealed your review in this round. It cannot be changed or given twice."


def _unsealed_review(claim: Claim, by: User) -> Review:
    review = rounds.review_for(rounds.current_round(claim), by)
    if review.sealed_at:
        raise Conflict(SEALED)
    return review


def _close_round_if_complete(claim: Claim, last: Review) -> Claim:
    reviews = rounds.sealed_reviews(last.round)
    status, decision = rounds.outcome(last.round, reviews)
    if status == Status.IN_REVIEW:
        return claim
    claim.decision = decision
    event = "claim.decided" if decision else "claim.reviews_differ"
    said = {"round": last.round.number, "reviews": rounds.opened(reviews)}
    if decision:
        said |= {"rating": str(decision.rating), "method": decision.method}
    return _move(claim, Verb.SEAL_REVIEW, status, None, event, **said)


@transaction.atomic
def adjudicate(claim: Claim, *, by: User, rating: str, reasons: str) -> Claim:
    """Decide where the reviewers differ."""
    claim = _begin(Verb.ADJUDICATE, claim, by)
    round = rounds.current_round(claim)
    problems: dict[str, str] = {}
    required_text("rating", rating, "Choose a rating.", problems)
    reasons = required_text("reasons", reasons, "Say why you decide so.", problems)
    raise_if_any(problems)
    claim.decision = Decision.objects.create(
        round=round,
        rating=rounds.rating_in(round, rating),
        method=Decision.Method.ADJUDICATION,
        reasons=reasons,
        decided_by=by,
    )
    return _move(
        claim,
        Verb.ADJUDICATE,
        Status.DECIDED,
        by,
        round=round.number,
        rating=str(claim.decision.rating),
        reasons=reasons,
    )


# --- release ----------------------------------------------------------------------------


@transaction.atomic
def publish(claim: Claim, *, by: User, summary: str, note: str = "") -> Claim:
    """Sign the decision off and release it. A claim that was published before needs a ``note``."""
    claim = _begin(Verb.PUBLISH, claim, by)
    problems: dict[str, str] = {}
    summary = required_text("summary", summary, "Write the short why that readers see.", problems)
    again = claim.publications.exists()
    if again:
        note = required_text(
            "note", note, "This claim was published before: say for readers what changed and why.", problems
        )
    raise_if_any(problems)
    decision = _decision(claim)
    sign_off = SignOff.objects.create(decision=decision, signed_by=by)
    claim.published_at, claim.published_by = sign_off.signed_at, by
    kind = Publication.Kind.CORRECTION if again else Publication.Kind.FIRST
    return _release(claim, Verb.PUBLISH, Status.PUBLISHED, kind, by, sign_off, summary, note)


@transaction.atomic
def correct(claim: Claim, *, by: User, summary: str, note: str) -> Claim:
    """Publish a new version with a public note. Another rating needs a new round: re-open the claim."""
    claim = _begin(Verb.CORRECT, claim, by)
    problems: dict[str, str] = {}
    summary = required_text("summary", summary, "Write the short why that readers see.", problems)
    note = required_text("note", note, "Say for readers what changed and why.", problems)
    raise_if_any(problems)
    sign_off = _decision(claim).sign_off
    kind = Publication.Kind.CORRECTION
    return _release(claim, Verb.CORRECT, Status.CORRECTED, kind, by, sign_off, summary, note)


@transaction.atomic
def retract(claim: Claim, *, by: User, note: str) -> Claim:
    """Take the verdict back. The page stays at its address and says so."""
    claim = _begin(Verb.RETRACT, claim, by)
    note = _text("note", note, "Say for readers why the verdict is taken back.")
    sign_off = _decision(claim).sign_off
    summary = claim.publications.latest("number").content["summary"]
    kind = Publication.Kind.RETRACTION
    changes.settle(claim, EvidenceChange.Settlement.RETRACTED, by=by)
    return _release(claim, Verb.RETRACT, Status.RETRACTED, kind, by, sign_off, summary, note)


def _decision(claim: Claim) -> Decision:
    if claim.decision is None:
        raise Conflict("The claim has no decision yet.")
    return claim.decision


def _release(
    claim: Claim,
    verb: Verb,
    to: Status,
    kind: Publication.Kind,
    by: User,
    sign_off: SignOff,
    summary: str,
    note: str,
) -> Claim:
    publication = freeze(claim, sign_off, kind, by=by, summary=summary, note=note)
    cited = list(claim.citations.values_list("source", flat=True))
    if kind == Publication.Kind.RETRACTION:
        watch.end_where_uncited(cited, by=by)
    else:
        watch.begin(cited, by=by)
    return _move(
        claim,
        verb,
        to,
        by,
        version=publication.number,
        rating=publication.content["rating"]["label"],
        note=note,
        content_sha256=digest_of(publication.content),
    )


@transaction.atomic
def reopen(claim: Claim, *, by: User, reason: str) -> Claim:
    """Back to research. The next review is a new round; what is published stays until then."""
    claim = _begin(Verb.REOPEN, claim, by)
    reason = _text("reason", reason, "Say why the question is open again.")
    rounds.abandon_open_round(claim, by)
    changes.settle(claim, EvidenceChange.Settlement.REOPENED, by=by)
    claim.decision = claim.published_at = claim.published_by = None
    return _move(claim, Verb.REOPEN, Status.RESEARCHING, by, reason=reason)


def _text(field: str, text: str, sentence: str) -> str:
    problems: dict[str, str] = {}
    text = required_text(field, text, sentence, problems)
    raise_if_any(problems)
    return text
