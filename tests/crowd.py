"""A newsroom of many years: thousands of claims in every state, loaded in bulk, for tests of scale.

The rows are those that the verbs would leave; the database's own rules check them as they come in.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from claims.models import (
    Appearance,
    Assignment,
    Citation,
    Claim,
    Claimant,
    Comment,
    Decision,
    Evidence,
    Publication,
    Rating,
    Review,
    Round,
    Scale,
    SignOff,
)
from claims.states import Status
from factcheck.access.models import User
from factcheck.audit.log import hash_of
from factcheck.audit.models import Event
from sources.models import Capture, Snapshot, Source
from tests.factories import Newsroom

S = Status
#: Most of what a newsroom ever had is published; the rest is on its way.
MIX = [*[S.PUBLISHED] * 5, S.SUBMITTED, S.DECLINED, S.ACCEPTED, S.RESEARCHING, S.IN_REVIEW, S.ADJUDICATING, S.DECIDED]
JUDGED = {S.ADJUDICATING, S.DECIDED, S.PUBLISHED}
ROUNDS = {S.IN_REVIEW, *JUDGED}
TEXT = "Page {number}.\nThe ministry kept its licence rule for seven rare earths after the talks of May."
QUOTE = "kept its licence rule for seven rare earths"
SOURCES_EACH = 4

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Judges:
    """Who did what in every one of these claims."""

    room: Newsroom
    scale: Scale
    agreed: Rating
    other: Rating


def grow(room: Newsroom, number: int, *, sources_each: int = SOURCES_EACH, statuses: list[Status] = MIX) -> list[Claim]:
    """`number` more claims with everything that hangs on them, `sources_each` sources each."""
    scale = Scale.objects.get(slug="five-step", version=1)
    judges = Judges(room, scale, scale.ratings.get(slug="true"), scale.ratings.get(slug="mixed"))
    claims = _claims(judges, number)
    wanted = dict(zip(claims, itertools.cycle(statuses), strict=False))
    _cited(claims, room.researcher, sources_each)
    _rounds({claim: status for claim, status in wanted.items() if status in ROUNDS}, judges)
    _moved({claim: status for claim, status in wanted.items() if status != S.PUBLISHED})
    _published([claim for claim, status in wanted.items() if status == S.PUBLISHED], room.editor)
    _events(claims, room.admin, each=8)
    return claims


def thicken(claim: Claim, room: Newsroom, *, sources: int, comments: int, events: int) -> None:
    """More of everything on one claim."""
    _cited([claim], room.researcher, sources)
    Comment.objects.bulk_create(
        Comment(claim=claim, author=room.alice, text=f"Comment {number}") for number in range(comments)
    )
    _events([claim], room.admin, each=events)


def _claims(judges: Judges, number: int) -> list[Claim]:
    claimants = [Claimant.objects.get_or_create(name=f"Speaker {number}", kind="person")[0] for number in range(20)]
    today = timezone.localdate()
    claims = Claim.objects.bulk_create(
        Claim(
            statement=f"Statement {n}: exports of rare earths fell by {n % 90} percent in May",
            language=("en", "ko", "zh-Hans", "ar")[n % 4],
            claimant=claimants[n % 20],
            claimed_on=date(2025, 5, 1) + timedelta(days=n % 60),
            context=f"Said during the talks, on occasion {n}.",
            scale=judges.scale,
            author=judges.room.author,
            due_on=today + timedelta(days=n % 30) if n % 3 else None,
        )
        for n in itertools.islice(_numbers, number)
    )
    Appearance.objects.bulk_create(
        Appearance(
            claim=claim,
            url=f"https://example.org/said/{claim.pk}",
            words=claim.statement,
            is_first=True,
            added_by=claim.author,
        )
        for claim in claims
    )
    Assignment.objects.bulk_create(
        Assignment(claim=claim, person=judges.room.researcher, part="researcher", assigned_by=judges.room.admin)
        for claim in claims
    )
    return claims


def _cited(claims: list[Claim], by: User, each: int) -> None:
    """Each claim cites sources of its own, archived, with a quote pinned in every second one."""
    owners = [claim for claim in claims for _ in range(each)]
    addresses = [f"https://example.org/archived/{next(_numbers)}" for _ in owners]
    now = timezone.now()
    sources = Source.objects.bulk_create(
        Source(canonical_url=address, url=address, publisher="The Example", title=f"Page {n}", added_by=by)
        for n, address in enumerate(addresses)
    )
    Citation.objects.bulk_create(
        Citation(claim=claim, source=source, added_by=by) for claim, source in zip(owners, sources, strict=True)
    )
    captures = Capture.objects.bulk_create(
        Capture(source=source, state="done", attempts=1, started_at=now, finished_at=now) for source in sources
    )
    snapshots = Snapshot.objects.bulk_create(_snapshot(capture) for capture in captures)
    Evidence.objects.bulk_create(
        Evidence(
            claim=claim,
            snapshot=snapshot,
            exact=QUOTE,
            start=snapshot.text.index(QUOTE),
            end=snapshot.text.index(QUOTE) + len(QUOTE),
            stance="supports",
            added_by=by,
        )
        for claim, snapshot in list(zip(owners, snapshots, strict=True))[::2]
    )


def _snapshot(capture: Capture) -> Snapshot:
    text = TEXT.format(number=capture.pk)
    digest = hashlib.sha256(text.encode()).hexdigest()
    url = capture.source.canonical_url
    return Snapshot(
        capture=capture,
        source=capture.source,
        url=url,
        final_url=url,
        fetched_at=capture.finished_at or timezone.now(),
        http_status=200,
        content_type="text/html",
        payload_sha256=digest,
        payload_length=len(text),
        warc_sha256=digest,
        warc_length=len(text),
        text=text,
        text_sha256=digest,
        title=capture.source.title,
    )


def _rounds(wanted: dict[Claim, Status], judges: Judges) -> None:
    room, now = judges.room, timezone.now()
    rounds = Round.objects.bulk_create(
        Round(
            claim=claim,
            number=1,
            scale=judges.scale,
            required_reviews=2,
            opened_by=room.researcher,
        )
        for claim in wanted
    )
    told = list(zip(rounds, wanted.items(), strict=True))
    Review.objects.bulk_create(
        Review(
            round=opened,
            reviewer=reviewer,
            rating=judges.other if status == S.ADJUDICATING and reviewer == room.bob else judges.agreed,
            confidence="high",
            reasons="The rule is quoted in full.",
            salt="0" * 64,
            sealed_at=now,
        )
        for opened, (_, status) in told
        for reviewer in ([room.alice, room.bob] if status in JUDGED else [room.alice])
    )
    judged = [opened.pk for opened, (_, status) in told if status in JUDGED]
    Round.objects.filter(pk__in=judged).update(completed_at=now)
    decided = [(opened, claim) for opened, (claim, status) in told if status in {S.DECIDED, S.PUBLISHED}]
    decisions = Decision.objects.bulk_create(
        Decision(round=opened, rating=judges.agreed, method="agreement") for opened, _ in decided
    )
    for decision, (_, claim) in zip(decisions, decided, strict=True):
        claim.decision = decision


def _moved(wanted: dict[Claim, Status]) -> None:
    for claim, status in wanted.items():
        claim.status = status.value
    Claim.objects.bulk_update(wanted, ["status", "decision"], batch_size=1000)


def _published(claims: list[Claim], editor: User) -> None:
    """Decided first: a signature is one under a decision that stands."""
    _moved(dict.fromkeys(claims, S.DECIDED))
    sign_offs = SignOff.objects.bulk_create(SignOff(decision=claim.decision, signed_by=editor) for claim in claims)
    Publication.objects.bulk_create(
        Publication(
            claim=claim, number=1, kind="first", sign_off=sign_off, content=_content(claim), published_by=editor
        )
        for claim, sign_off in zip(claims, sign_offs, strict=True)
    )
    for claim in claims:
        claim.status, claim.published_at, claim.published_by = S.PUBLISHED.value, timezone.now(), editor
    Claim.objects.bulk_update(claims, ["status", "published_at", "published_by"], batch_size=1000)


def _content(claim: Claim) -> dict[str, object]:
    """As `claims.frozen` words it, with one quote."""
    return {
        "claim": claim.pk,
        "statement": claim.statement,
        "language": claim.language,
        "context": claim.context,
        "claimed_on": claim.claimed_on.isoformat(),
        "claimant": {"name": claim.claimant.name, "kind": claim.claimant.kind},
        "rating": {
            "slug": "true",
            "label": "True",
            "meaning": "The evidence supports the claim as it was made.",
            "tone": "true",
            "value": 5,
            "worst": 1,
            "best": 5,
            "scale": {"slug": "five-step", "version": 1, "name": "Five steps"},
        },
        "summary": "The rule stayed in force.",
        "method": "agreement",
        "reasons": "",
        "round": 1,
        "reviewers": ["Alice", "Bob"],
        "adjudicator": None,
        "dissent": [],
        "gaps": [],
        "signed_by": "Editor",
        "appearances": [],
        "evidence": [],
    }


def _events(claims: list[Claim], by: User, *, each: int) -> None:
    """`each` more entries in the chain of every claim; the last ones of a claim that has none begin its chain."""
    events = []
    last: dict[str, tuple[int, str]] = {}
    for subject, seq, digest in (
        Event.objects.filter(subject__in=[claim.subject for claim in claims])
        .order_by("seq")
        .values_list("subject", "seq", "hash")
    ):
        last[subject] = (seq, digest)
    for claim, _ in itertools.product(claims, range(each)):
        seq, prev = last.get(claim.subject, (0, ""))
        leaf = f"{claim.subject} {seq + 1}"
        events.append(
            Event(
                subject=claim.subject,
                seq=seq + 1,
                prev=prev,
                type="claim.commented",
                at=timezone.now(),
                actor=by,
                data={},
                leaf=leaf,
                hash=hash_of(leaf),
            )
        )
        last[claim.subject] = (seq + 1, events[-1].hash)
    Event.objects.bulk_create(events, batch_size=5000)
