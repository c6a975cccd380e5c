"""Readings: what pages, the API and exports ask. Nothing here writes, and nothing shows a sealed review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from claims.changes import STANDING
from claims.models import Assignment, Citation, Claim, Evidence, EvidenceChange, Review, Round
from claims.permissions import parts, visible_reviews
from claims.states import PUBLIC, Status, Verb
from factcheck.access.models import Role, User
from factcheck.errors import NotFound
from sources.models import Capture, Snapshot

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class QueueColumns(TypedDict):
        owed: str
        group: int
        changed: bool

    QueuedClaim = WithAnnotations[Claim, QueueColumns]

MINE, OTHERS, REST = 0, 1, 2
#: Owed beside the verbs of the workflow: a published claim's evidence changed, and an editor has to look.
LOOK = "uphold"
DONE = sorted({*PUBLIC, Status.DECLINED})


def claim_or_404(pk: int) -> Claim:
    """The claim with what every page of it shows at the top."""
    claim = Claim.objects.select_related("claimant", "author", "scale", "decision__rating__scale").filter(pk=pk).first()
    if claim is None:
        raise NotFound(f"There is no claim {pk}.")
    return claim


# --- the queue ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the address of the queue asks for. Empty means all."""

    text: str = ""
    status: str = ""
    language: str = ""
    group: str = ""
    changed: bool = False

    GROUPS = ("mine", "others", "rest")


def queue(user: User, filters: Filters = Filters()) -> QuerySet[QueuedClaim]:
    """Every claim with ``owed`` (the verb that ``user`` owes it, or ""), ``changed`` (evidence changed since the
    verdict) and ``group``; mine first, urgent on top."""
    claims = (
        Claim.objects.select_related("claimant", "decision__rating")
        .annotate(**parts(user), **_assigned(user), changed=evidence_changed())
        .annotate(owed=owed_by(user))
        .annotate(group=_group())
    )
    return matching(claims, filters).order_by("group", F("due_on").asc(nulls_last=True), "-id")


def evidence_changed() -> Exists:
    """A column for a query over claims: a change of the evidence waits to be looked at."""
    return Exists(EvidenceChange.objects.filter(claim=OuterRef("pk"), settled_at=None))


def counts(user: User, filters: Filters = Filters()) -> dict[str, int]:
    """How many claims stand in each group. Another reviewer's seal changes none of these numbers."""
    rows = queue(user, filters).order_by().values("group").annotate(number=Count("pk"))
    found = {row["group"]: row["number"] for row in rows}
    return {name: found.get(group, 0) for group, name in enumerate(Filters.GROUPS)}


def matching(claims: QuerySet[QueuedClaim], filters: Filters) -> QuerySet[QueuedClaim]:
    if filters.status:
        claims = claims.filter(status=filters.status)
    if filters.language:
        claims = claims.filter(language=filters.language)
    if filters.changed:
        claims = claims.filter(changed=True)
    if filters.group in Filters.GROUPS:
        claims = claims.filter(group=Filters.GROUPS.index(filters.group))
    return claims.filter(says(filters.text)) if filters.text.strip() else claims


def says(text: str) -> Q:
    """Every word occurs in the statement, the context or the claimant's name; a number is also a claim's."""
    found = Q()
    for word in text.replace("\x00", "").split():
        found &= Q(statement__icontains=word) | Q(context__icontains=word) | Q(claimant__name__icontains=word)
    number = text.strip().removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 10:
        found |= Q(pk=int(number))
    return found


def owed_by(user: User) -> Case:
    """The permission table as a column: a test holds it against ``permissions.why_not`` for every case."""
    judge = Value(user.has_role(Role.REVIEWER, Role.EDITOR))
    desk = Value(user.has_role(Role.EDITOR, Role.ADMINISTRATOR))
    newsroom = Value(user.has_role(Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR))
    has_role = Value(bool(user.roles))
    works = Q(newsroom) | (Q(has_role) & (Q(part_researcher=True) | Q(part_author=True)))
    judges = Q(judge) & Q(part_author=False)
    no_part = Q(part_author=False, part_researcher=False, part_reviewer=False, part_adjudicator=False)
    return Case(
        When(Q(status=Status.SUBMITTED) & Q(desk), then=Value(Verb.ACCEPT.value)),
        When(Q(status=Status.ACCEPTED) & works, then=Value(Verb.START_RESEARCH.value)),
        When(Q(status=Status.RESEARCHING) & works, then=Value(Verb.SEND_TO_REVIEW.value)),
        When(
            Q(status=Status.IN_REVIEW, sealed_this_round=False) & judges,
            then=Value(Verb.SEAL_REVIEW.value),
        ),
        When(
            Q(status=Status.ADJUDICATING, part_reviewer_this_round=False) & judges,
            then=Value(Verb.ADJUDICATE.value),
        ),
        When(
            Q(status=Status.DECIDED) & Q(Value(user.has_role(Role.EDITOR))) & no_part,
            then=Value(Verb.PUBLISH.value),
        ),
        When(
            Q(status__in=sorted(STANDING), changed=True) & Q(Value(user.has_role(Role.EDITOR))) & no_part,
            then=Value(LOOK),
        ),
        default=Value(""),
        output_field=CharField(),
    )


def _assigned(user: User) -> dict[str, Any]:
    assignments = Assignment.objects.filter(claim=OuterRef("pk"))
    columns: dict[str, Any] = {
        "sealed_this_round": Exists(
            Review.objects.filter(
                round__claim=OuterRef("pk"),
                round__completed_at=None,
                round__abandoned_at=None,
                reviewer=user,
                sealed_at__isnull=False,
            )
        )
    }
    for part in Assignment.Part.values:
        given = assignments.filter(part=part)
        columns[f"{part}_is_me"] = Exists(given.filter(person=user))
        columns[f"{part}_is_somebody"] = Exists(given)
    return columns


def _group() -> Case:
    """Work that is assigned to others is not mine, even where I could do it."""
    left_to_others = Q(
        status__in=[Status.ACCEPTED, Status.RESEARCHING],
        researcher_is_somebody=True,
        researcher_is_me=False,
    ) | Q(status=Status.IN_REVIEW, reviewer_is_somebody=True, reviewer_is_me=False)
    return Case(
        When(~Q(owed="") & ~left_to_others, then=Value(MINE)),
        When(status__in=DONE, changed=False, then=Value(REST)),
        default=Value(OTHERS),
        output_field=IntegerField(),
    )


# --- one claim ----------------------------------------------------------------------------


def evidence_of(claim: Claim) -> QuerySet[Evidence]:
    """What is pinned, with what the page shows of each; withdrawn quotes after the others.

    ``newest_copy`` is the number of the newest snapshot of the same source that has a text and is no wall.
    """
    copies = Snapshot.objects.filter(source=OuterRef("snapshot__source")).exclude(text="").filter(wall="")
    return (
        claim.evidence.select_related("snapshot__source", "snapshot__supplied_by", "added_by")
        .defer("snapshot__text", "snapshot__body")
        .annotate(newest_copy=Subquery(copies.order_by("-id").values("pk")[:1]))
        .order_by(F("withdrawn_at").asc(nulls_first=True), "id")
    )


def citations_of(claim: Claim) -> QuerySet[Citation]:
    """The claim's sources; ``citation.source.newest_captures`` has the captures, the newest first."""
    captures = Capture.objects.select_related("snapshot__supplied_by").defer("snapshot__text").order_by("-id")
    return claim.citations.select_related("source", "added_by").prefetch_related(
        Prefetch("source__captures", queryset=captures, to_attr="newest_captures")
    )


def rounds_of(claim: Claim, user: User) -> QuerySet[Round]:
    """The rounds, the newest first; ``round.visible`` has the sealed reviews that ``user`` may see."""
    reviews = (
        Review.objects.filter(visible_reviews(user), sealed_at__isnull=False)
        .select_related("reviewer", "rating")
        .order_by("sealed_at")
    )
    return (
        claim.rounds.select_related("decision__rating", "decision__decided_by", "opened_by")
        .prefetch_related(Prefetch("reviews", queryset=reviews, to_attr="visible"))
        .order_by("-number")
    )


def my_review(claim: Claim, user: User) -> Review | None:
    """My review in the newest round, draft or sealed."""
    return (
        Review.objects.filter(round__claim=claim, reviewer=user)
        .filter(round__number=claim.rounds.order_by("-number").values("number")[:1])
        .select_related("round__scale", "rating")
        .first()
    )
