"""Who may do what to a claim: one table, action → any of → all of named predicates.

What the state of the claim allows is the other table, ``claims.states``. Blinding is
decided at the end of this file and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from claims.models import Assignment, Citation, Claim, Decision, Evidence, Review, Round
from claims.states import Verb
from factcheck.access.models import Role, User
from factcheck.errors import NotAllowed


@dataclass(frozen=True)
class Part:
    """What a person has done on one claim so far."""

    author: bool = False
    researcher: bool = False
    reviewer: bool = False
    reviewer_this_round: bool = False
    adjudicator: bool = False


NO_PART = Part()


@dataclass(frozen=True)
class Predicate:
    """A named condition on (user, part), and the sentence for whoever does not meet it."""

    holds: Callable[[User, Part], bool]
    sentence: str


def _role(*roles: Role, sentence: str) -> Predicate:
    return Predicate(lambda user, part: user.has_role(*roles), sentence)


is_staff = _role(
    Role.CONTRIBUTOR,
    Role.REVIEWER,
    Role.EDITOR,
    Role.ADMINISTRATOR,
    Role.INTEGRATION,
    sentence="Your account has no role yet. Ask an administrator for one.",
)
is_person = _role(
    Role.CONTRIBUTOR,
    Role.REVIEWER,
    Role.EDITOR,
    Role.ADMINISTRATOR,
    sentence="Only people can do this, not an integration.",
)
is_desk = _role(
    Role.EDITOR,
    Role.ADMINISTRATOR,
    sentence="Only an editor or an administrator can do this.",
)
is_judge = _role(
    Role.REVIEWER,
    Role.EDITOR,
    sentence="Only a reviewer or an editor can judge a claim.",
)
is_editor = _role(Role.EDITOR, sentence="Only an editor can do this.")
NOT_YOURS = "You can work on claims that you submitted or that are assigned to you. Ask an editor to assign you."
is_newsroom = _role(Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR, sentence=NOT_YOURS)
is_author = Predicate(lambda user, part: part.author, NOT_YOURS)
is_researcher = Predicate(lambda user, part: part.researcher, NOT_YOURS)
not_author = Predicate(
    lambda user, part: not part.author,
    "You submitted this claim, so somebody else has to judge it.",
)
not_researcher = Predicate(
    lambda user, part: not part.researcher,
    "You did research on this claim, so an editor who took no part has to sign it.",
)
not_reviewer = Predicate(
    lambda user, part: not part.reviewer,
    "You reviewed this claim, so an editor who took no part has to sign it.",
)
not_reviewer_this_round = Predicate(
    lambda user, part: not part.reviewer_this_round,
    "You reviewed this claim in this round, so a third person has to adjudicate.",
)
not_adjudicator = Predicate(
    lambda user, part: not part.adjudicator,
    "You adjudicated this claim, so an editor who took no part has to sign it.",
)

AllOf = tuple[Predicate, ...]
_WORKS_ON_IT: tuple[AllOf, ...] = (
    (is_newsroom,),
    (is_staff, is_researcher),
    (is_staff, is_author),
)
_SIGNS: tuple[AllOf, ...] = ((is_editor, not_author, not_researcher, not_reviewer, not_adjudicator),)

#: Any of these, and in it all of these.
PERMISSIONS: dict[str, tuple[AllOf, ...]] = {
    "submit": ((is_staff,),),
    "comment": ((is_person,),),
    "assign": ((is_desk,),),
    "edit": ((is_desk,), (is_staff, is_researcher), (is_staff, is_author)),
    "research": _WORKS_ON_IT,
    # That another page's words are the same quote is for a person to say.
    "carry_over": ((is_newsroom,), (is_researcher, is_person), (is_author, is_person)),
    Verb.ACCEPT: ((is_desk,),),
    Verb.DECLINE: ((is_desk,),),
    Verb.RECONSIDER: ((is_desk,),),
    Verb.START_RESEARCH: _WORKS_ON_IT,
    Verb.SEND_TO_REVIEW: _WORKS_ON_IT,
    Verb.SEAL_REVIEW: ((is_judge, not_author),),
    Verb.ADJUDICATE: ((is_judge, not_author, not_reviewer_this_round),),
    Verb.PUBLISH: _SIGNS,
    Verb.CORRECT: _SIGNS,
    Verb.RETRACT: _SIGNS,
    Verb.REOPEN: ((is_desk,),),
    # Who lets a verdict stand answers for it as its signer does.
    "uphold": _SIGNS,
    "arrange_fact_sheets": ((is_editor,),),
    "publish_fact_sheets": ((is_editor,),),
}


def why_not(user: User, action: str, part: Part = NO_PART) -> str:
    """The sentence that refuses ``action``; "" when it is allowed.

    Of several ways to be allowed, the sentence is that of the one which came furthest.
    """
    furthest, sentence = -1, ""
    for way in PERMISSIONS[action]:
        failed = next((i for i, p in enumerate(way) if not p.holds(user, part)), None)
        if failed is None:
            return ""
        if failed > furthest:
            furthest, sentence = failed, way[failed].sentence
    return sentence


def require(user: User, action: str, part: Part = NO_PART) -> None:
    sentence = why_not(user, action, part)
    if sentence:
        raise NotAllowed(sentence)


def part_of(user: User, claim: Claim) -> Part:
    """One query, whatever the claim has been through."""
    row = Claim.objects.filter(pk=claim.pk).annotate(**parts(user)).values(*parts(user)).get()
    return part_from(row)


def part_from(row: dict[str, Any]) -> Part:
    """Read the columns that ``parts`` added."""
    return Part(
        author=row["part_author"],
        researcher=row["part_researcher"],
        reviewer=row["part_reviewer"],
        reviewer_this_round=row["part_reviewer_this_round"],
        adjudicator=row["part_adjudicator"],
    )


def parts(user: User) -> dict[str, Any]:
    """Columns for a query over claims that say what ``user`` did on each."""
    mine = {"claim": OuterRef("pk")}
    reviews = Review.objects.filter(round__claim=OuterRef("pk"), reviewer=user, sealed_at__isnull=False)
    this_round = Round.objects.filter(claim=OuterRef("round__claim")).order_by("-number")
    return {
        "part_author": Q(author=user),
        "part_researcher": Q(Exists(Citation.objects.filter(**mine, added_by=user)))
        | Q(Exists(Evidence.objects.filter(**mine, added_by=user)))
        | Q(Exists(Assignment.objects.filter(**mine, person=user, part=Assignment.Part.RESEARCHER))),
        "part_reviewer": Exists(reviews),
        "part_reviewer_this_round": Exists(reviews.filter(round__number=this_round.values("number")[:1])),
        "part_adjudicator": Exists(Decision.objects.filter(round__claim=OuterRef("pk"), decided_by=user)),
    }


def visible_reviews(user: User) -> Q:
    """Promise 2: the reviews that ``user`` may see, as a condition on reviews.

    One's own, and those of rounds in which every review is in. Pages, the API, exports
    and the history of a claim all ask here.
    """
    return Q(reviewer=user) | Q(round__completed_at__isnull=False)
