"""The steps a claim can take from here, as buttons: each with the sentence that stands in its way."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from claims import obstacles, permissions, queries
from claims.models import Claim
from claims.permissions import Part
from claims.states import TRANSITIONS, Status, Verb
from factcheck.access.models import User

#: What brings a claim on from each state.
NEXT = {
    Status.SUBMITTED: Verb.ACCEPT,
    Status.DECLINED: Verb.RECONSIDER,
    Status.ACCEPTED: Verb.START_RESEARCH,
    Status.RESEARCHING: Verb.SEND_TO_REVIEW,
    Status.IN_REVIEW: Verb.SEAL_REVIEW,
    Status.ADJUDICATING: Verb.ADJUDICATE,
    Status.DECIDED: Verb.PUBLISH,
}
#: Verbs with a page of their own.
PAGES = {
    Verb.SEAL_REVIEW: "claims:review",
    Verb.ADJUDICATE: "claims:adjudicate",
    Verb.PUBLISH: "claims:sign-off",
    Verb.CORRECT: "claims:sign-off",
}
LABELS = {Verb.SEAL_REVIEW: "Review", Verb.PUBLISH: "Sign off"}
KEYS = {Verb.SEAL_REVIEW: "r", Verb.ADJUDICATE: "r", Verb.PUBLISH: "s", Verb.SEND_TO_REVIEW: "s"}
#: Done by the click itself; the others open a page first.
AT_ONCE = {Verb.ACCEPT, Verb.RECONSIDER, Verb.START_RESEARCH, Verb.SEND_TO_REVIEW}
GRAVE = {Verb.RETRACT, Verb.REOPEN}


@dataclass(frozen=True)
class Step:
    """``why`` is the sentence that refuses it, "" when it can be taken now."""

    label: str
    address: str
    at_once: bool
    why: str
    key: str = ""
    grave: bool = False


def next_step(claim: Claim, user: User, part: Part) -> Step | None:
    verb = NEXT.get(Status(claim.status))
    if verb is None:
        return None
    if verb == Verb.SEAL_REVIEW and sealed_already(claim, user):
        return Step("Review", "", False, "Your review is sealed. The claim moves on when the round is complete.")
    return step(verb, claim, why_not(verb, claim, user, part))


def other_steps(claim: Claim, user: User, part: Part) -> list[Step]:
    """What else this person could do now; what is refused to them is left out."""
    main = NEXT.get(Status(claim.status))
    return [
        step(verb, claim, "")
        for verb, transition in TRANSITIONS.items()
        if verb != main and claim.status in transition.sources and not permissions.why_not(user, verb, part)
    ]


def step(verb: Verb, claim: Claim, why: str) -> Step:
    return Step(
        LABELS.get(verb, TRANSITIONS[verb].label),
        address_of(verb, claim),
        verb in AT_ONCE,
        why,
        KEYS.get(verb, ""),
        verb in GRAVE,
    )


def why_not(verb: Verb, claim: Claim, user: User, part: Part) -> str:
    refused = permissions.why_not(user, verb, part)
    return refused or next((c.sentence for c in obstacles.conditions(verb, claim) if not c.met), "")


def sealed_already(claim: Claim, user: User) -> bool:
    review = queries.my_review(claim, user)
    return review is not None and review.sealed_at is not None


def address_of(verb: Verb, claim: Claim) -> str:
    if verb in PAGES:
        return reverse(PAGES[verb], args=[claim.pk])
    return reverse("claims:act", args=[claim.pk, verb.value.replace("_", "-")])
