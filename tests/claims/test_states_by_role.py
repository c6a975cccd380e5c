"""Every state × verb × person: 10 states, 11 verbs, 9 people. What is allowed is written out here by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from claims import workflow
from claims.models import Claim
from claims.states import TRANSITIONS, Status, Verb
from factcheck.access.models import User
from factcheck.audit.models import Event
from factcheck.errors import Conflict, NotAllowed
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db

PEOPLE = list(Newsroom.__dataclass_fields__)
DESK = {"third", "editor", "admin"}
NEWSROOM = {"author", "researcher", "alice", "bob", *DESK}

#: In which states a verb is possible, and for whom.
ALLOWED: dict[Verb, dict[Status, set[str]]] = {
    Verb.ACCEPT: {Status.SUBMITTED: DESK},
    Verb.DECLINE: {Status.SUBMITTED: DESK},
    Verb.RECONSIDER: {Status.DECLINED: DESK},
    Verb.START_RESEARCH: {Status.ACCEPTED: NEWSROOM},
    Verb.SEND_TO_REVIEW: {Status.RESEARCHING: NEWSROOM},
    Verb.SEAL_REVIEW: {Status.IN_REVIEW: {"researcher", "alice", "bob", "third", "editor"}},
    Verb.ADJUDICATE: {Status.ADJUDICATING: {"researcher", "third", "editor"}},
    Verb.PUBLISH: {Status.DECIDED: {"third", "editor"}},
    Verb.CORRECT: {key: {"third", "editor"} for key in (Status.PUBLISHED, Status.CORRECTED)},
    Verb.RETRACT: {key: {"third", "editor"} for key in (Status.PUBLISHED, Status.CORRECTED)},
    Verb.REOPEN: dict.fromkeys(TRANSITIONS[Verb.REOPEN].sources, DESK),
}

#: Who could do the verb if the state were right: they get a conflict, everybody else a "you may not".
MAY: dict[Verb, set[str]] = {verb: set().union(*states.values()) for verb, states in ALLOWED.items()}

DO: dict[Verb, Callable[..., Any]] = {
    Verb.ACCEPT: workflow.accept,
    Verb.DECLINE: lambda c, by: workflow.decline(c, by=by, reason="No fact in it."),
    Verb.RECONSIDER: workflow.reconsider,
    Verb.START_RESEARCH: workflow.start_research,
    Verb.SEND_TO_REVIEW: workflow.send_to_review,
    Verb.SEAL_REVIEW: lambda c, by: make.seal(c, by, "mixed"),
    Verb.ADJUDICATE: lambda c, by: workflow.adjudicate(c, by=by, rating="true", reasons="See the rule."),
    Verb.PUBLISH: lambda c, by: workflow.publish(c, by=by, summary="It holds."),
    Verb.CORRECT: lambda c, by: workflow.correct(c, by=by, summary="It holds.", note="A name was wrong."),
    Verb.RETRACT: lambda c, by: workflow.retract(c, by=by, note="The page was forged."),
    Verb.REOPEN: lambda c, by: workflow.reopen(c, by=by, reason="A new page came up."),
}


def outcome(claim: Claim, verb: Verb, by: User) -> str:
    """ "done", or which kind of refusal; nothing of it stays."""
    try:
        with transaction.atomic():
            DO[verb](claim, by=by)
            transaction.set_rollback(True)
    except NotAllowed:
        return "not allowed"
    except Conflict:
        return "conflict"
    return "done"


@pytest.mark.parametrize("status", list(Status))
def test_what_each_person_can_do_in_a_state(status: Status) -> None:
    room = make.newsroom()
    claim = make.REACH[status](room)
    events = Event.objects.count()
    judged = status in {Status.ADJUDICATING, Status.DECIDED, Status.PUBLISHED, Status.CORRECTED, Status.RETRACTED}
    for verb in Verb:
        for name in PEOPLE:
            by = getattr(room, name)
            expected = expectation(verb, status, name, judged)
            assert outcome(claim, verb, by) == expected, f"{verb} by {name} in {status}"
            sentence = workflow.why_not(by, verb, claim)
            assert (sentence == "") == (expected == "done"), f"{verb} by {name} in {status}: {sentence!r}"
    assert Event.objects.count() == events


def expectation(verb: Verb, status: Status, name: str, judged: bool) -> str:
    if verb == Verb.ADJUDICATE and not judged and name in {"alice", "bob"}:
        return "conflict"  # They have not reviewed in this round, so only the state refuses them.
    if name not in MAY[verb]:
        return "not allowed"
    if name in ALLOWED[verb].get(status, set()):
        return "done"
    return "conflict"


def test_every_verb_and_state_is_in_the_matrix() -> None:
    assert set(ALLOWED) == set(Verb) == set(DO)
    for verb, states in ALLOWED.items():
        assert set(states) == TRANSITIONS[verb].sources
