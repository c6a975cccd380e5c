"""What is known about a claim: its wording, where it was made, what was read, what was quoted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from claims import permissions, wording
from claims.models import Appearance, Assignment, Citation, Claim, Evidence
from claims.said import (
    language_tag,
    optional_address,
    past_day,
    raise_if_any,
    required_text,
    storable,
)
from claims.states import OPEN_TO_RESEARCH, Status
from claims.workflow import lock
from factcheck.access.models import User
from factcheck.audit.log import record
from factcheck.errors import Conflict, Invalid
from sources import archive, quotes, reading
from sources.anchoring import Anchor, anchor
from sources.models import Snapshot
from sources.quotes import Found


class Walled(Invalid):
    """The copy seems to show a wall in the page's place, and nobody has said that it is the page all the same."""

    code = "walled"

    def __init__(self, snapshot: Snapshot) -> None:
        sentence = (
            f"This copy seems to show something else than the page. {snapshot.note} "
            "Capture it again or cite another copy; or confirm that this is what the page shows all the same."
        )
        super().__init__({"despite_wall": sentence})


class QuoteNotFound(Invalid):
    """The quote is not in the page. ``nearest`` is the closest passage that is."""

    code = "quote_not_found"

    def __init__(self, nearest: str) -> None:
        self.nearest = nearest
        sentence = "This quote is not in the archived text."
        if nearest:
            sentence += f" The nearest passage that is there: “{nearest}”"
        else:
            sentence += " Copy the words from the archived text."
        super().__init__({"quote": sentence})


def why_not_research(user: User, claim: Claim) -> str:
    """Why ``user`` cannot change sources, quotes or wording now; "" if nothing stands in the way."""
    refused = permissions.why_not(user, "research", permissions.part_of(user, claim))
    return refused or why_closed(claim)


def why_closed(claim: Claim) -> str:
    """Why sources, quotes and wording cannot change now, whoever asks; "" if they can."""
    if claim.status in OPEN_TO_RESEARCH:
        return ""
    return f"Research on this claim is closed: it is {Status(claim.status).label.lower()}. An editor can re-open it."


def _begin(action: str, claim: Claim, by: User) -> Claim:
    claim = lock(claim)
    permissions.require(by, action, permissions.part_of(by, claim))
    return claim


def _begin_research(claim: Claim, by: User) -> Claim:
    claim = _begin("research", claim, by)
    if why_closed(claim):
        raise Conflict(why_closed(claim))
    return claim


def _becomes_researcher(claim: Claim, by: User) -> None:
    """Whoever chooses what the reviewers read does not sign what comes of it."""
    Assignment.objects.get_or_create(
        claim=claim, person=by, part=Assignment.Part.RESEARCHER, defaults={"assigned_by": by}
    )


@transaction.atomic
def edit_claim(
    claim: Claim,
    *,
    by: User,
    statement: str,
    language: str,
    claimant_name: str,
    claimant_kind: str,
    claimed_on: date | None,
    context: str = "",
    due_on: date | None = None,
) -> Claim:
    """Change the wording while research is open. The log keeps what it was."""
    claim = _begin("edit", claim, by)
    if why_closed(claim):
        raise Conflict(why_closed(claim))
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
    raise_if_any(problems)
    said = words.fields()
    changes = {
        field: {"from": _plain(getattr(claim, field)), "to": _plain(value)}
        for field, value in said.items()
        if getattr(claim, field) != value
    }
    if not changes:
        return claim
    for field, value in said.items():
        setattr(claim, field, value)
    claim.save()
    record(claim.subject, "claim.edited", by=by, data=changes)
    return claim


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


@transaction.atomic
def add_appearance(
    claim: Claim,
    *,
    by: User,
    url: str = "",
    citation: str = "",
    words: str = "",
    language: str = "",
    appeared_on: date | None = None,
    is_first: bool = False,
) -> Appearance:
    """Note a place where the claim was made. Possible at any time: it changes no verdict."""
    claim = _begin("research", claim, by)
    problems: dict[str, str] = {}
    url = optional_address("url", url, problems)
    citation = storable(citation)
    if not url and not citation and "url" not in problems:
        problems["url"] = "Give the address, or the citation when it was not on the web."
    if len(citation) > 500:
        problems["citation"] = "Shorten the citation to 500 characters."
    if language:
        language = language_tag("language", language, problems)
    if appeared_on:
        past_day("appeared_on", appeared_on, "", problems)
    raise_if_any(problems)
    first = is_first or not claim.appearances.exists()
    if first:
        claim.appearances.filter(is_first=True).update(is_first=False)
    appearance = Appearance.objects.create(
        claim=claim,
        url=url,
        citation=citation,
        words=storable(words),
        language=language,
        appeared_on=appeared_on,
        is_first=first,
        added_by=by,
    )
    record(
        claim.subject,
        "claim.appearance_added",
        by=by,
        data={"appearance": appearance.pk, "url": url, "citation": citation, "is_first": first},
    )
    return appearance


@transaction.atomic
def cite_source(claim: Claim, url: str, *, by: User) -> Citation:
    """Add a source to what is read for the claim, and have it fetched unless a copy is held."""
    claim = _begin_research(claim, by)
    source = archive.add_source(url, by=by)
    citation, is_new = Citation.objects.get_or_create(claim=claim, source=source, defaults={"added_by": by})
    if is_new:
        _becomes_researcher(claim, by)
        record(
            claim.subject,
            "claim.source_added",
            by=by,
            data={"source": source.pk, "url": source.canonical_url},
        )
    if not source.snapshots.exists():
        archive.request_capture(source, by=by, unless_held=True)
    return citation


@transaction.atomic
def pin_quote(
    claim: Claim,
    snapshot: Snapshot,
    quote: str,
    *,
    by: User,
    stance: str,
    note: str = "",
    prefix: str = "",
    suffix: str = "",
    near: int | None = None,
    despite_wall: bool = False,
) -> Evidence:
    """Pin the quote where it stands in the archived text; QuoteNotFound gives the nearest passage.

    Where it stands more than once, ``prefix``, ``suffix`` and ``near`` (code points) choose the place. Walled when the
    copy seems to be a wall, unless ``despite_wall`` says that the page shows this all the same.
    """
    claim = _begin_research(claim, by)
    problems: dict[str, str] = {}
    if not claim.citations.filter(source=snapshot.source_id).exists():
        problems["snapshot"] = "Add this page as a source of the claim first."
    if not snapshot.text:
        problems["quote"] = snapshot.note
    if stance not in Evidence.Stance.values:
        problems["stance"] = "Say what the quote does: supports, refutes or context."
    quote = required_text("quote", quote, "Paste the words of the page that matter.", problems)
    raise_if_any(problems)
    found = quotes.find(snapshot.text, quote, prefix=prefix, suffix=suffix, near=near)
    if found is None:
        raise QuoteNotFound(quotes.nearest(snapshot.text, quote))
    if snapshot.wall and not despite_wall:
        raise Walled(snapshot)
    evidence = _pinned(claim, snapshot, found, by=by, stance=stance, note=storable(note))
    _becomes_researcher(claim, by)
    record(claim.subject, "evidence.pinned", by=by, data=_place(evidence) | _wall(snapshot) | {"stance": stance})
    return evidence


def _wall(snapshot: Snapshot) -> dict[str, Any]:
    """Told in the log where somebody has said that the copy is the page all the same."""
    return {"despite_wall": snapshot.wall} if snapshot.wall else {}


def _pinned(claim: Claim, snapshot: Snapshot, found: Found, *, by: User, stance: str, note: str) -> Evidence:
    try:
        with transaction.atomic():
            return Evidence.objects.create(
                claim=claim,
                snapshot=snapshot,
                exact=found.exact,
                prefix=found.prefix,
                suffix=found.suffix,
                start=found.start,
                end=found.end,
                stands_in=reading.stands_in(snapshot.text, snapshot.body, found.start, found.end),
                stance=stance,
                note=note,
                despite_wall=bool(snapshot.wall),
                added_by=by,
            )
    except IntegrityError as error:
        if "one_evidence_per_passage" not in str(error):
            raise
        raise Conflict("This passage is pinned to the claim already.") from error


def _place(evidence: Evidence) -> dict[str, Any]:
    """What the log keeps of it: enough to find the words again in the archived file."""
    return {
        "evidence": evidence.pk,
        "snapshot": evidence.snapshot_id,
        "text_sha256": evidence.snapshot.text_sha256,
        "start": evidence.start,
        "end": evidence.end,
        "exact": evidence.exact,
    }


def proposed(evidence: Evidence, snapshot: Snapshot) -> Anchor | None:
    """Where the quote stands, or may stand, in another copy of its page. Conflict when it is none."""
    if snapshot.source_id != evidence.snapshot.source_id or snapshot.pk == evidence.snapshot_id:
        raise Conflict("This is not another copy of the page that is quoted. Pin a quote from it instead.")
    return anchor(snapshot.text, evidence.exact, evidence.prefix, evidence.suffix)


@transaction.atomic
def carry_over(evidence: Evidence, snapshot: Snapshot, *, by: User, start: int, end: int) -> Evidence:
    """Pin the proposed passage of another copy in place of the quote, as the person who compared them confirms.

    ``start`` and ``end`` are what was proposed: nobody confirms what they did not see.
    """
    claim = _begin("carry_over", evidence.claim, by)
    if why_closed(claim):
        raise Conflict(why_closed(claim))
    old = Evidence.objects.select_related("snapshot").get(pk=evidence.pk)
    if old.withdrawn_at:
        raise Conflict("This quote is withdrawn. Restore it, or pin the words of the newer copy.")
    best = proposed(old, snapshot)
    if best is None or (best.found.start, best.found.end) != (start, end):
        raise Conflict("This is not the passage that was proposed. Look at it again.")
    if snapshot.wall:
        raise Walled(snapshot)
    _withdraw(old, by)
    new = _pinned(claim, snapshot, best.found, by=by, stance=old.stance, note=old.note)
    _becomes_researcher(claim, by)
    data = {name: {"from": was, "to": _place(new)[name]} for name, was in _place(old).items()}
    # The quote of the event is the new one; its members say from where to where.
    record(
        claim.subject,
        "evidence.carried_over",
        by=by,
        data=data | {"evidence": new.pk, "was": old.pk, "score": best.score},
    )
    return new


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User) -> Evidence:
    """Take a quote off the claim. It stays on record and can be restored."""
    claim = _begin_research(evidence.claim, by)
    evidence = Evidence.objects.get(pk=evidence.pk)
    if evidence.withdrawn_at:
        raise Conflict("This quote is withdrawn already.")
    _withdraw(evidence, by)
    _becomes_researcher(claim, by)
    record(claim.subject, "evidence.withdrawn", by=by, data={"evidence": evidence.pk})
    return evidence


def _withdraw(evidence: Evidence, by: User) -> None:
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), by
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def restore(evidence: Evidence, *, by: User) -> Evidence:
    claim = _begin_research(evidence.claim, by)
    evidence = Evidence.objects.get(pk=evidence.pk)
    if not evidence.withdrawn_at:
        raise Conflict("This quote is pinned already.")
    same = claim.evidence.filter(
        snapshot=evidence.snapshot_id, start=evidence.start, end=evidence.end, withdrawn_at=None
    )
    if same.exists():
        raise Conflict("This passage was pinned again since. There is nothing to restore.")
    evidence.withdrawn_at = evidence.withdrawn_by = None
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _becomes_researcher(claim, by)
    record(claim.subject, "evidence.restored", by=by, data={"evidence": evidence.pk})
    return evidence
