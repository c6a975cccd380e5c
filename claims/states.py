"""The workflow of a claim as a table. Pure Python: nothing here knows a database or a page.

The diagram in docs/workflow.md is made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where the work on a claim stands. What came out of it is its rating, never its status."""

    SUBMITTED = "submitted"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    RESEARCHING = "researching"
    IN_REVIEW = "in_review"
    ADJUDICATING = "adjudicating"
    DECIDED = "decided"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


S = Status

#: A reader can see the claim in these: its page stays for ever.
PUBLIC = frozenset({S.PUBLISHED, S.CORRECTED, S.RETRACTED})
#: Research goes on in these: sources, quotes and the wording can still change.
OPEN_TO_RESEARCH = frozenset({S.SUBMITTED, S.ACCEPTED, S.RESEARCHING})


class Verb(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    RECONSIDER = "reconsider"
    START_RESEARCH = "start_research"
    SEND_TO_REVIEW = "send_to_review"
    SEAL_REVIEW = "seal_review"
    ADJUDICATE = "adjudicate"
    PUBLISH = "publish"
    CORRECT = "correct"
    RETRACT = "retract"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Transition:
    """A verb leads from any of ``sources`` to one of ``targets`` and leaves the event ``event``."""

    sources: frozenset[Status]
    targets: frozenset[Status]
    event: str
    label: str


def _transition(sources: set[Status], targets: set[Status], event: str, label: str) -> Transition:
    return Transition(frozenset(sources), frozenset(targets), event, label)


TRANSITIONS: dict[Verb, Transition] = {
    Verb.ACCEPT: _transition({S.SUBMITTED}, {S.ACCEPTED}, "claim.accepted", "Accept"),
    Verb.DECLINE: _transition({S.SUBMITTED}, {S.DECLINED}, "claim.declined", "Decline"),
    Verb.RECONSIDER: _transition({S.DECLINED}, {S.SUBMITTED}, "claim.reconsidered", "Reconsider"),
    Verb.START_RESEARCH: _transition({S.ACCEPTED}, {S.RESEARCHING}, "claim.research_started", "Start research"),
    Verb.SEND_TO_REVIEW: _transition({S.RESEARCHING}, {S.IN_REVIEW}, "claim.sent_to_review", "Send to review"),
    # A seal moves the claim only when it is the last one of its round.
    Verb.SEAL_REVIEW: _transition(
        {S.IN_REVIEW}, {S.IN_REVIEW, S.DECIDED, S.ADJUDICATING}, "review.sealed", "Seal review"
    ),
    Verb.ADJUDICATE: _transition({S.ADJUDICATING}, {S.DECIDED}, "claim.adjudicated", "Adjudicate"),
    Verb.PUBLISH: _transition({S.DECIDED}, {S.PUBLISHED}, "claim.published", "Sign off and publish"),
    Verb.CORRECT: _transition({S.PUBLISHED, S.CORRECTED}, {S.CORRECTED}, "claim.corrected", "Publish a correction"),
    Verb.RETRACT: _transition({S.PUBLISHED, S.CORRECTED}, {S.RETRACTED}, "claim.retracted", "Retract"),
    Verb.REOPEN: _transition(
        {S.IN_REVIEW, S.ADJUDICATING, S.DECIDED, S.PUBLISHED, S.CORRECTED, S.RETRACTED},
        {S.RESEARCHING},
        "claim.reopened",
        "Re-open",
    ),
}


def why_not(verb: Verb, status: str) -> str:
    """The sentence that says why ``verb`` does not fit ``status``; "" if it does."""
    transition = TRANSITIONS[verb]
    if status in transition.sources:
        return ""
    allowed = ", ".join(s.label.lower() for s in Status if s in transition.sources)
    return f"“{transition.label}” is for claims that are {allowed}. This one is {Status(status).label.lower()}."
