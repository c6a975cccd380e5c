"""The main path, told once: from an article to a fact sheet. A browser and the API each walk it their own way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.e2e.article import Article, Checked
from tests.e2e.cast import Cast, Login

Say = Callable[[str], None]


class Way(Protocol):
    """What somebody does at a claim, by number. A step returns when it is done, and fails when it is refused.

    `manner` says how, for who reads the steps. `pin_refused` gives the nearest passage that is offered,
    `seen_of_reviews` everything that might tell of reviews.
    """

    @property
    def manner(self) -> str: ...

    def claims_from_article(self, who: Login, article: Article, address: str) -> list[int]: ...
    def accept(self, who: Login, claim: int) -> None: ...
    def start_research(self, who: Login, claim: int) -> None: ...
    def cite(self, who: Login, claim: int, address: str) -> None: ...
    def wait_until_archived(self, who: Login, claim: int) -> None: ...
    def pin(self, who: Login, claim: int, quote: str, stance: str) -> None: ...
    def pin_refused(self, who: Login, claim: int, quote: str) -> str: ...
    def send_to_review(self, who: Login, claim: int) -> None: ...
    def review(self, who: Login, claim: int, rating: str, reasons: str) -> None: ...
    def seen_of_reviews(self, who: Login, claim: int) -> str: ...
    def adjudicate(self, who: Login, claim: int, rating: str, reasons: str) -> None: ...
    def publish(self, who: Login, claim: int, summary: str) -> None: ...
    def status(self, who: Login, claim: int) -> str: ...
    def fact_sheet(self, who: Login, title: str, claims: list[int]) -> str: ...


@dataclass
class Walk:
    """One walk along the main path; `say` gets a line for each step."""

    way: Way
    cast: Cast
    article: Article
    address: str
    say: Say = print

    def to_the_fact_sheet(self) -> tuple[list[int], str]:
        """The claims, and the address of the public fact sheet."""
        self.say(f"\nThe main path {self.way.manner}:")
        claims = self.intake()
        for claim, checked in zip(claims, self.article.checked, strict=True):
            self.research(claim, checked)
        for claim, checked in zip(claims, self.article.checked, strict=True):
            self.judge(claim, checked)
            self.release(claim, checked)
        sheet = self.way.fact_sheet(self.cast.editor, self.article.title, claims)
        self.say(f"{self.cast.editor.name} published the fact sheet {sheet}")
        return claims, sheet

    def intake(self) -> list[int]:
        claims = self.way.claims_from_article(self.cast.author, self.article, self.address)
        assert len(claims) == len(self.article.checked)
        self.say(f"{self.cast.author.name} pasted the article: claims {', '.join(f'#{claim}' for claim in claims)}")
        for claim in claims:
            self.way.accept(self.cast.desk, claim)
            self.way.start_research(self.cast.author, claim)
        self.say(f"{self.cast.desk.name} accepted them; {self.cast.author.name} started the research")
        return claims

    def research(self, claim: int, checked: Checked) -> None:
        author = self.cast.author
        self.way.cite(author, claim, self.address)
        self.way.wait_until_archived(author, claim)
        self.say(f"#{claim}: {self.address} is archived")
        nearest = self.way.pin_refused(author, claim, f"{checked.quote} or so they say")
        assert nearest
        assert folded(nearest) in folded(self.article.text)
        self.way.pin(author, claim, checked.quote, checked.stance)
        self.say(f"#{claim}: a quote that is not there was refused; the nearest passage: “{nearest}”")
        self.say(f"#{claim}: pinned “{checked.quote}” ({checked.stance})")
        self.way.send_to_review(author, claim)
        self.say(f"#{claim}: sent to review")

    def judge(self, claim: int, checked: Checked) -> None:
        first, second, third = self.cast.first, self.cast.second, self.cast.third
        secret = f"Reasons of {first.name}, sealed for {claim}."
        self.way.review(first, claim, checked.first, secret)
        assert secret in self.way.seen_of_reviews(first, claim)
        assert secret not in self.way.seen_of_reviews(second, claim)
        self.say(f"#{claim}: {first.name} sealed “{checked.first}”; {second.name} sees nothing of it")
        self.way.review(second, claim, checked.second, f"Reasons of {second.name}.")
        assert secret in self.way.seen_of_reviews(second, claim)
        self.say(f"#{claim}: {second.name} sealed “{checked.second}”; now both reviews are open")
        if checked.adjudicated:
            assert self.way.status(third, claim) == "Adjudicating"
            self.way.adjudicate(third, claim, checked.adjudicated, "The quote carries the sentence.")
            self.say(f"#{claim}: the reviews differ; {third.name} decided “{checked.adjudicated}”")
        assert self.way.status(third, claim) == "Decided"

    def release(self, claim: int, checked: Checked) -> None:
        self.way.publish(self.cast.editor, claim, f"Rated {checked.rating.lower()}: the archived page says so.")
        assert self.way.status(self.cast.editor, claim) == "Published"
        self.say(f"#{claim}: {self.cast.editor.name} signed off and published “{checked.rating}”")


def folded(text: str) -> str:
    """With single spaces: a page has no blank lines between its paragraphs."""
    return " ".join(text.split())
