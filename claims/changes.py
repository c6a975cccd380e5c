"""The evidence changed since the verdict: which published claims that concerns, and how it was settled.

Nothing here locks a claim: whoever calls has locked it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from claims.models import Claim, Evidence, EvidenceChange
from claims.states import Status
from factcheck.access.models import User
from factcheck.audit.log import record
from sources.models import Observation

Outcome = Observation.Outcome

#: With these the page is not what was cited, and whoever published has to look.
GRAVE = frozenset({Outcome.QUOTE_GONE, Outcome.SOFT_404, Outcome.GONE})
#: After these a later loss is news again.
STANDS = frozenset({Outcome.UNCHANGED, Outcome.QUOTES_KEPT})
#: The verdict is out, and nobody has taken it back or up again.
STANDING = frozenset({Status.PUBLISHED, Status.CORRECTED})


def open_changes(claim: Claim) -> QuerySet[EvidenceChange]:
    return _seen(claim.changes.filter(settled_at=None)).order_by("id")


def settled(claim: Claim) -> QuerySet[EvidenceChange]:
    return _seen(claim.changes.filter(settled_at__isnull=False)).select_related("settled_by")


def _seen(changes: QuerySet[EvidenceChange]) -> QuerySet[EvidenceChange]:
    seen = changes.select_related("observation__source", "observation__capture", "observation__before")
    return seen.defer("observation__before__text", "observation__before__body")


def notice(held: Sequence[int], observations: Sequence[Observation]) -> None:
    """Flag each of these claims that the observations concern, once for each snapshot it quotes."""
    grave = [observation for observation in observations if observation.outcome in GRAVE]
    if not grave:
        return
    for claim in Claim.objects.filter(pk__in=held, status__in=STANDING).order_by("pk"):
        for observation in _concerning(claim, grave):
            if not _known(claim, observation):
                _flag(claim, observation)


def settle(claim: Claim, how: EvidenceChange.Settlement, *, by: User, reason: str = "") -> list[int]:
    """Close what is open on the claim. Gives their numbers, for the event of the verb that closed them."""
    changes = list(open_changes(claim))
    for change in changes:
        change.settlement, change.reason = how, reason
        change.settled_at, change.settled_by = timezone.now(), by
        change.save(update_fields=["settlement", "reason", "settled_at", "settled_by"])
    return [change.pk for change in changes]


def _concerning(claim: Claim, grave: list[Observation]) -> list[Observation]:
    """Those against a copy that the claim quotes, if it lost a passage of its own; of a source that it cites and does
    not quote, the loss of the page itself."""
    pinned = Evidence.objects.filter(claim=claim, withdrawn_at=None, snapshot__source=grave[0].source_id)
    passages = set(pinned.values_list("snapshot", "start", "end"))
    if not passages:
        return [o for o in grave if o.outcome != Outcome.QUOTE_GONE][:1]
    return [o for o in grave if any((o.before_id, lost["start"], lost["end"]) in passages for lost in o.lost)]


def _known(claim: Claim, observation: Observation) -> bool:
    """Whether the claim was flagged for the same loss, and the page has not been well again in between."""
    same = EvidenceChange.objects.filter(claim=claim, observation__before=observation.before_id)
    last = same.select_related("observation").first()
    if last is None:
        return False
    if (last.observation.outcome, last.observation.lost) != (observation.outcome, observation.lost):
        return False
    since = Observation.objects.filter(before=observation.before_id, pk__gt=last.observation_id, pk__lt=observation.pk)
    return not since.filter(outcome__in=STANDS).exists()


def _flag(claim: Claim, observation: Observation) -> None:
    change = EvidenceChange.objects.create(claim=claim, observation=observation)
    said: dict[str, Any] = {
        "change": change.pk,
        "source": observation.source_id,
        "observation": observation.pk,
        "outcome": observation.outcome,
        "what": Outcome(observation.outcome).label.lower(),
        "url": observation.source.canonical_url,
    }
    record(claim.subject, "claim.evidence_changed", by=None, data=said)
