"""An article in our own words, and what a newsroom makes of five of its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Checked:
    """A sentence of the article and its way: what is quoted for it, and how each reviewer rates it.

    `adjudicated` is the third person's rating where the two differ; `wording` what is checked instead of the sentence.
    """

    sentence: str
    quote: str
    first: str = "True"
    second: str = "True"
    adjudicated: str = ""
    stance: str = "supports"
    claimant: str = ""
    wording: str = ""

    @property
    def statement(self) -> str:
        return self.wording or self.sentence

    @property
    def rating(self) -> str:
        return self.adjudicated or self.first


@dataclass(frozen=True)
class Article:
    title: str
    byline: str
    day: date
    language: str
    paragraphs: tuple[str, ...]
    claimant: str
    checked: tuple[Checked, ...]

    @property
    def text(self) -> str:
        return "\n\n".join([self.title, *self.paragraphs])


TEXT = """
The delegations of the United States and China sat down in London on 9 June. It was the first meeting since the one on \
the shore of Lake Geneva four weeks before.

On 10 and 11 May both sides had agreed to take 115 percentage points off their new tariffs for 90 days. Other \
countermeasures were to be suspended as well.

Washington has said since then that China kept its controls on rare earths in place. Beijing calls this unfounded and \
points to the visas of Chinese students that are to be revoked.

He Lifeng, a vice premier, speaks for the Chinese side again. Scott Bessent heads the American one, with the secretary \
of commerce beside him for the first time.

Nobody knows how long the talks will last.
"""

ARTICLE = Article(
    title="A second round, and this time about magnets",
    byline="Vera Stone",
    day=date(2025, 6, 9),
    language="en",
    claimant="Vera Stone",
    paragraphs=tuple(TEXT.strip().split("\n\n")),
    checked=(
        Checked(
            sentence="The delegations of the United States and China sat down in London on 9 June.",
            quote="sat down in London on 9 June",
        ),
        Checked(
            sentence="On 10 and 11 May both sides had agreed to take 115 percentage points off their new tariffs for "
            "90 days.",
            quote="agreed to take 115 percentage points off their new tariffs for 90 days",
        ),
        Checked(
            sentence="Washington has said since then that China kept its controls on rare earths in place.",
            quote="China kept its controls on rare earths in place",
            first="Mostly true",
            second="Mixed",
            adjudicated="Mostly true",
            claimant="Government of the United States",
            wording="China kept its controls on rare earths after the Geneva agreement",
        ),
        Checked(
            sentence="He Lifeng, a vice premier, speaks for the Chinese side again.",
            quote="speaks for the Chinese side again",
        ),
        Checked(
            sentence="Scott Bessent heads the American one, with the secretary of commerce beside him for the first "
            "time.",
            quote="Scott Bessent heads the American one",
            first="Unproven",
            second="Unproven",
        ),
    ),
)
