"""Who works on a claim, and what they say to each other about it."""

from __future__ import annotations

from django.db import transaction

from claims import permissions
from claims.models import Assignment, Claim, Comment
from claims.said import raise_if_any, required_text
from claims.workflow import lock
from factcheck.access.models import Role, User
from factcheck.audit.log import record
from factcheck.audit.models import Event
from factcheck.errors import Conflict, Invalid

#: The events of whoever chose what the reviewers read.
RESEARCH = ("claim.source_added", "evidence.pinned", "evidence.withdrawn", "evidence.restored")


@transaction.atomic
def comment(claim: Claim, text: str, *, by: User) -> Comment:
    claim = lock(claim)
    permissions.require(by, "comment", permissions.part_of(by, claim))
    problems: dict[str, str] = {}
    text = required_text("text", text, "Write something first.", problems)
    raise_if_any(problems)
    said = Comment.objects.create(claim=claim, author=by, text=text)
    record(claim.subject, "claim.commented", by=by, data={"comment": said.pk})
    return said


@transaction.atomic
def assign(claim: Claim, person: User, part: str, *, by: User) -> Assignment:
    """Give somebody a part in the work. Doing it twice changes nothing."""
    claim = lock(claim)
    permissions.require(by, "assign", permissions.part_of(by, claim))
    _require_suitable(claim, person, part)
    assignment, is_new = Assignment.objects.get_or_create(
        claim=claim, person=person, part=part, defaults={"assigned_by": by}
    )
    if is_new:
        record(claim.subject, "claim.assigned", by=by, data={"person": person.pk, "part": part})
    return assignment


def _require_suitable(claim: Claim, person: User, part: str) -> None:
    if part not in Assignment.Part.values:
        raise Invalid({"part": "Choose a part: researcher or reviewer."})
    if not person.is_active:
        raise Invalid({"person": f"The account of {person.name} is closed."})
    if part != Assignment.Part.REVIEWER:
        _require_no_signature(claim, person)
        return
    if person.pk == claim.author_id:
        raise Invalid({"person": f"{person.name} submitted this claim and cannot review it."})
    if not person.has_role(Role.REVIEWER, Role.EDITOR):
        raise Invalid({"person": f"{person.name} is neither a reviewer nor an editor."})


def _require_no_signature(claim: Claim, person: User) -> None:
    """Readers were told that who signed took no part; while that page stands, it stays so."""
    if person.pk == claim.published_by_id:
        raise Invalid({"person": f"{person.name} signed this claim. Re-open it before they do research on it."})


@transaction.atomic
def unassign(assignment: Assignment, *, by: User) -> None:
    """Take the part away again. Somebody who has done research stays a researcher: it is a fact."""
    claim = lock(assignment.claim)
    permissions.require(by, "assign", permissions.part_of(by, claim))
    person = assignment.person
    if assignment.part == Assignment.Part.RESEARCHER and _did_research(claim, person):
        raise Conflict(f"{person.name} has added or withdrawn sources or quotes, and so stays a researcher.")
    deleted, _ = Assignment.objects.filter(pk=assignment.pk).delete()
    if deleted:
        data = {"person": person.pk, "part": assignment.part}
        record(claim.subject, "claim.unassigned", by=by, data=data)


def _did_research(claim: Claim, person: User) -> bool:
    """Asked of the log: who withdrew a quote that was restored since stands nowhere else."""
    return Event.objects.filter(subject=claim.subject, actor=person, type__in=RESEARCH).exists()
