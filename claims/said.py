"""What somebody typed, made storable, or the sentence that says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from factcheck.errors import Invalid
from sources import canonical

#: Longest text of one field in characters: an article fits, a dump does not.
LONGEST = 20_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def storable(text: str) -> str:
    """Trimmed; PostgreSQL cannot store the character NUL."""
    return text.replace("\x00", "").strip()


def required_text(field: str, text: str, sentence: str, problems: dict[str, str], longest: int = LONGEST) -> str:
    text = storable(text)
    if not text:
        problems[field] = sentence
    elif len(text) > longest:
        problems[field] = f"This has {len(text):,} characters. Shorten it to {longest:,}."
    return text


def past_day(field: str, day: date | None, sentence: str, problems: dict[str, str]) -> date:
    """A day that has begun for the reader. What is not said yet cannot be checked."""
    if day is None:
        problems[field] = sentence
        return date.min
    if day > timezone.localdate():
        problems[field] = f"{day.isoformat()} is in the future. Give a day up to today."
    return day


def language_tag(field: str, tag: str, problems: dict[str, str]) -> str:
    """A BCP 47 tag such as "en", "ko" or "zh-Hant"."""
    tag = tag.strip()
    if not _LANGUAGE.fullmatch(tag) or len(tag) > 35:
        problems[field] = "Give the language as a tag such as en, ko, zh-Hant or ar."
    return tag


def known(field: str, value: str, values: Sequence[str], problems: dict[str, str]) -> None:
    if value not in values:
        problems[field] = f"Choose one of: {', '.join(values)}."


def optional_address(field: str, address: str, problems: dict[str, str]) -> str:
    """A web address as it was given, if any; refused when nobody could fetch it."""
    address = address.strip()
    if address:
        try:
            canonical.parse(address)
        except canonical.BadAddress as error:
            problems[field] = str(error)
    return address


def raise_if_any(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(problems)
