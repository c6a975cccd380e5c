"""What moves no status, state × action × person: research, wording, appearances, comments, parts, drafts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from claims import discussion, evidence, workflow
from claims.models import Claim
from claims.states import Status
from factcheck.access.models import User
from factcheck.audit.models import Event
from factcheck.errors import Conflict, NotAllowed
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db

ALL = set(Status)
OPEN = {Status.SUBMITTED, Status.ACCEPTED, Status.RESEARCHING}
#: Everybody but the integration, which is not assigned, and whoever has no role. The author is a contributor.
NEWSROOM = {"author", "researcher", "alice", "bob", "third", "editor", "admin"}
DESK = {"third", "editor", "admin"}
#: Who did research may change the wording too, once there is some.
RESEARCHED = ALL - {Status.SUBMITTED, Status.ACCEPTED, Status.DECLINED}


def edit(claim: Claim, by: User) -> None:
    evidence.edit_claim(
        claim,
        by=by,
        statement="Another wording.",
        language="en",
        claimant_name="An official",
        claimant_kind="person",
        claimed_on=claim.claimed_on,
    )


def pin(claim: Claim, by: User) -> None:
    citation = evidence.cite_source(claim, make.archived_page(by).url, by=by)
    evidence.pin_quote(claim, citation.source.snapshots.get(), "Exports fell in May.", by=by, stance="context")


def assign(claim: Claim, by: User) -> None:
    discussion.assign(claim, User.objects.get(name="Bob"), "reviewer", by=by)


#: Action → what does it, in which states it is possible, who may.
ACTIONS: dict[str, tuple[Callable[..., Any], set[Status], set[str]]] = {
    "cite and pin": (pin, OPEN, NEWSROOM),
    "edit": (edit, OPEN, {"author", *DESK}),
    "add an appearance": (lambda c, by: evidence.add_appearance(c, by=by, citation="A speech"), ALL, NEWSROOM),
    "comment": (lambda c, by: discussion.comment(c, "Ask them.", by=by), ALL, NEWSROOM),
    "assign": (assign, ALL, DESK),
    "draft a review": (
        lambda c, by: workflow.save_draft(c, by=by, reasons="Half a thought"),
        {Status.IN_REVIEW},
        {"researcher", "alice", "bob", "third", "editor"},
    ),
}


def outcome(act: Callable[..., Any], claim: Claim, by: User) -> str:
    """ "done", or which kind of refusal; nothing of it stays."""
    try:
        with transaction.atomic():
            act(claim, by=by)
            transaction.set_rollback(True)
    except NotAllowed:
        return "not allowed"
    except Conflict:
        return "conflict"
    return "done"


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("action", list(ACTIONS))
def test_what_each_person_can_do_in_a_state(room: Newsroom, action: str, status: Status) -> None:
    act, states, people = ACTIONS[action]
    claim = make.REACH[status](room)
    may = people | ({"researcher"} if action == "edit" and status in RESEARCHED else set())
    events = Event.objects.count()
    found = {name: outcome(act, claim, getattr(room, name)) for name in Newsroom.__dataclass_fields__}
    possible = "done" if status in states else "conflict"
    assert found == {name: possible if name in may else "not allowed" for name in Newsroom.__dataclass_fields__}
    assert Event.objects.count() == events
