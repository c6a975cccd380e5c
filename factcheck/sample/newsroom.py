"""The sample newsroom: who works in it and what it checks. Invented people; the events are those of May and June 2025.

A claim goes as far as its story tells: without reviews it waits in research, without a summary for sign-off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.models import Assignment, Claimant, Evidence
from factcheck.access.models import Role

#: For this machine only: the sample is refused where the site has a public name.
PASSWORD = "sample-newsroom"  # noqa: S105
TOKEN = "fct_sample_token_for_this_machine_only"  # noqa: S105

SUPPORTS, REFUTES, CONTEXT = Evidence.Stance.SUPPORTS, Evidence.Stance.REFUTES, Evidence.Stance.CONTEXT
ORGANISATION = Claimant.Kind.ORGANISATION
RESEARCHER, REVIEWER = Assignment.Part.RESEARCHER, Assignment.Part.REVIEWER
BOTH_REVIEW = (("minseo", REVIEWER), ("tomas", REVIEWER))


@dataclass(frozen=True)
class Person:
    """Signs in as `address`; `task` says what one can try as this person."""

    address: str
    name: str
    roles: tuple[Role, ...]
    task: str


PEOPLE = {
    "noor": Person(
        "noor@newsroom.example", "Noor Haddad", (Role.CONTRIBUTOR,), "sends claims in and finds sources and quotes"
    ),
    "minseo": Person("minseo@newsroom.example", "강민서 (Kang Min-seo)", (Role.REVIEWER,), "has two claims to review"),
    "tomas": Person("tomas@newsroom.example", "Tomás Rivera", (Role.REVIEWER,), "has one claim to review"),
    "wei": Person("wei@newsroom.example", "林薇 (Lin Wei)", (Role.REVIEWER,), "has a disagreement to adjudicate"),
    "ingrid": Person(
        "ingrid@newsroom.example", "Ingrid Solberg", (Role.EDITOR,), "has a claim to sign off and fact sheets to edit"
    ),
    "amina": Person(
        "amina@newsroom.example", "Amina Diallo", (Role.ADMINISTRATOR,), "takes claims in and gives out the work"
    ),
    "tips": Person(
        "tips@newsroom.example", "Tip line", (Role.INTEGRATION,), "a system that sends claims in over the API"
    ),
}


@dataclass(frozen=True)
class Quote:
    """Words that stand in a page of the sample press (outlet/slug)."""

    page: str
    words: str
    stance: Evidence.Stance
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a reviewer or an adjudicator says."""

    by: str
    rating: str
    reasons: str
    confidence: str = "high"
    gaps: str = ""


@dataclass(frozen=True)
class Story:
    """A claim, and how far the newsroom has come with it. `key` is its external id: a story is told once.

    `pages` are cited beside those that are quoted; `due_in` counts days from the day of loading.
    """

    key: str
    statement: str
    claimant: str
    said_on: date
    appearance: str
    words: str
    context: str = ""
    language: str = "en"
    claimant_kind: str = Claimant.Kind.PERSON
    author: str = "noor"
    scale: str = "five-step"
    due_in: int | None = None
    accepted: bool = True
    researched: bool = True
    declined: str = ""
    also_at: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    assigned: tuple[tuple[str, str], ...] = ()
    reviews: tuple[Verdict, ...] = ()
    to_review: bool = False
    adjudication: Verdict | None = None
    summary: str = ""
    correction: tuple[str, str] | None = None
    retraction: str = ""


@dataclass(frozen=True)
class Sheet:
    """A fact sheet; each of its versions is (keys of the claims in their order, note)."""

    title: str
    intro: str
    versions: tuple[tuple[tuple[str, ...], str], ...]


SHEET = Sheet(
    title="From Geneva to London: what is known",
    intro="What was agreed between the United States and China in May and June 2025, and what each side says about "
    "the other. Every quote below stands in a page that we keep.",
    versions=(
        (("sample-rare-earths", "sample-115-points", "sample-he-lifeng"), ""),
        (
            ("sample-rare-earths", "sample-115-points", "sample-he-lifeng", "sample-visas"),
            "Added the claim about student visas, which Beijing made while the talks were prepared.",
        ),
    ),
)
