"""What must be there before a claim may go on: the list on the sign-off page, and the check in the verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Length, Substr

from claims.models import Claim, Evidence
from claims.states import Verb
from factcheck.errors import Conflict
from sources.models import Capture


@dataclass(frozen=True)
class Condition:
    """One line of the list. ``place`` is the part of the claim's page that mends it."""

    label: str
    met: bool
    sentence: str
    place: str


def has_appearance(claim: Claim) -> Condition:
    return Condition(
        "It is known where the claim was made",
        claim.appearances.exists(),
        "Add the place where the claim was made: an address or a citation.",
        "appearances",
    )


def has_evidence(claim: Claim) -> Condition:
    return Condition(
        "At least one quote is pinned as evidence",
        claim.evidence.filter(withdrawn_at=None).exists(),
        "Pin at least one quote from an archived page as evidence.",
        "evidence",
    )


def nothing_is_being_fetched(claim: Claim) -> Condition:
    # What has failed once and is tried again by itself for a day has failed, as far as the claim goes.
    waiting = Capture.objects.filter(
        source__citations__claim=claim, state__in=[Capture.State.QUEUED, Capture.State.RUNNING], setback=""
    )
    return Condition(
        "Every cited page has been fetched or has failed",
        not waiting.exists(),
        "A cited page is still being fetched. Wait until it is archived or has failed.",
        "sources",
    )


def every_quote_stands(claim: Claim) -> Condition:
    """Promise 1, asked of the stored text itself just before it goes out."""
    pinned = Evidence.objects.filter(claim=claim, withdrawn_at=None)
    lost = pinned.exclude(exact=Substr("snapshot__text", F("start") + 1, Length("exact")))
    return Condition(
        "Every quote stands in its archived page",
        not lost.exists(),
        "A quote is not found in its archived page. Withdraw it and pin what stands there.",
        "evidence",
    )


def walls_are_confirmed(claim: Claim) -> Condition:
    """A copy that shows a wall is no evidence by itself; who pinned from it answers for it, and the signer sees so."""
    walled = list(
        Evidence.objects.filter(claim=claim, withdrawn_at=None)
        .exclude(snapshot__wall="")
        .values_list("added_by__name", "despite_wall")
    )
    label = "Every quote comes from a copy that shows the page itself"
    if walled:
        people = ", ".join(sorted({name for name, _ in walled}))
        number = (
            "1 quote comes from a copy that seems"
            if len(walled) == 1
            else f"{len(walled)} quotes come from copies that seem"
        )
        label = f"{number} to show a wall; confirmed as what the page shows all the same by {people}"
    return Condition(
        label,
        all(confirmed for _, confirmed in walled),
        "A quote comes from a copy that seems to show a wall, and nobody has confirmed it. Withdraw it, pin it again.",
        "evidence",
    )


def files_are_told(claim: Claim) -> Condition:
    """A copy that a person supplied is evidence as much as that person is believed. Whoever signs sees whose it is."""
    supplied = (
        Evidence.objects.filter(claim=claim, withdrawn_at=None)
        .exclude(snapshot__supplied_as="")
        .values_list("snapshot__supplied_by__name", "snapshot__supplied_as")
    )
    files = sorted({f"“{file}” by {name}" for name, file in supplied})
    label = f"Quoted copies that were supplied, not fetched by us: {', '.join(files)}"
    return Condition(label if files else "Every quote comes from a copy that we fetched", True, "", "evidence")


def has_decision(claim: Claim) -> Condition:
    return Condition(
        "The reviewers agreed, or a third person decided",
        claim.decision_id is not None,
        "The claim has no decision yet.",
        "reviews",
    )


#: What each verb needs, beside the permission and the state.
CONDITIONS: dict[Verb, tuple[Callable[[Claim], Condition], ...]] = {
    Verb.SEND_TO_REVIEW: (has_evidence, nothing_is_being_fetched),
    Verb.PUBLISH: (has_decision, has_appearance, has_evidence, every_quote_stands, walls_are_confirmed, files_are_told),
    Verb.CORRECT: (has_appearance, every_quote_stands, walls_are_confirmed, files_are_told),
}


def conditions(verb: Verb, claim: Claim) -> list[Condition]:
    return [condition(claim) for condition in CONDITIONS.get(verb, ())]


def require_conditions(verb: Verb, claim: Claim) -> None:
    missing = [c.sentence for c in conditions(verb, claim) if not c.met]
    if missing:
        raise Conflict(" ".join(missing), code="not_ready")
