"""An editor looks at evidence that changed since the verdict, and lets the verdict stand. The other ways on from there
are the workflow's own: re-open, correct, retract."""

from __future__ import annotations

from django.db import transaction

from claims import changes, permissions
from claims.models import Claim, EvidenceChange
from claims.said import raise_if_any, required_text
from claims.workflow import lock
from factcheck.access.models import User
from factcheck.audit.log import record
from factcheck.errors import Conflict

NOTHING_OPEN = "No change of the evidence waits to be looked at."


def why_not(user: User, claim: Claim, part: permissions.Part) -> str:
    """Why ``user`` cannot say that the verdict stands; "" if nothing is in the way."""
    refused = permissions.why_not(user, "uphold", part)
    return refused or ("" if changes.open_changes(claim).exists() else NOTHING_OPEN)


@transaction.atomic
def uphold(claim: Claim, *, by: User, reason: str) -> Claim:
    """The verdict stands though its evidence changed: the archived copies bear it. Settles all that is open."""
    claim = lock(claim)
    permissions.require(by, "uphold", permissions.part_of(by, claim))
    if not changes.open_changes(claim).exists():
        raise Conflict(NOTHING_OPEN)
    problems: dict[str, str] = {}
    reason = required_text("reason", reason, "Say why the verdict stands although the page changed.", problems)
    raise_if_any(problems)
    settled = changes.settle(claim, EvidenceChange.Settlement.STANDS, by=by, reason=reason)
    record(claim.subject, "claim.upheld", by=by, data={"changes": settled, "reason": reason})
    return claim
