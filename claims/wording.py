"""What a claim says: statement, who said it, when. The same rules when it comes in and when it is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.models import Claimant
from claims.said import known, language_tag, past_day, required_text, storable


@dataclass(frozen=True)
class Wording:
    """A wording that can be stored, if no problem was found in it."""

    statement: str
    language: str
    claimed_on: date
    claimant_name: str
    claimant_kind: str
    context: str
    due_on: date | None

    def fields(self) -> dict[str, Any]:
        """As fields of a claim. The claimant is made when nobody of that name and kind is known."""
        claimant, _ = Claimant.objects.get_or_create(name=self.claimant_name, kind=self.claimant_kind)
        return {
            "statement": self.statement,
            "language": self.language,
            "claimed_on": self.claimed_on,
            "claimant": claimant,
            "context": self.context,
            "due_on": self.due_on,
        }


def checked(
    problems: dict[str, str],
    *,
    statement: str,
    language: str,
    claimed_on: date | None,
    claimant_name: str,
    claimant_kind: str,
    context: str,
    due_on: date | None,
) -> Wording:
    """The wording as it would be stored; what is wrong with it is added to ``problems``, by field."""
    words = Wording(
        statement=required_text("statement", statement, "Write the statement that is to be checked.", problems),
        claimant_name=required_text(
            "claimant_name", claimant_name, "Name who said it: a person or an organisation.", problems, 200
        ),
        claimed_on=past_day("claimed_on", claimed_on, "Give the day on which it was said.", problems),
        language=language_tag("language", language, problems),
        claimant_kind=claimant_kind,
        context=storable(context),
        due_on=due_on,
    )
    known("claimant_kind", claimant_kind, Claimant.Kind.values, problems)
    return words
