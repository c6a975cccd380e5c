"""From an article's text to claims: its sentences with their places, and several claims put in at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from syntok import segmenter

from claims import workflow
from claims.models import Claim
from claims.said import storable
from factcheck.access.models import User
from factcheck.errors import Invalid

#: More sentences than this make a form that no browser sends in one piece.
MOST_SENTENCES = 300
#: syntok ends a sentence where Latin scripts do; these end one in Chinese, Japanese, Arabic, Urdu and Hindi.
_ENDS_ELSEWHERE = re.compile(r"(?<=[。！？؟۔।])[”’」』\"]*\s*")


@dataclass(frozen=True)
class Sentence:
    """``text`` stands at ``start`` … ``end`` (code points) of the article."""

    text: str
    start: int
    end: int


def sentences(article: str) -> list[Sentence]:
    """The sentences in their order. A line break always ends one: headlines and lists have no full stop."""
    return [sentence for start, line in _lines(article) for sentence in _of_line(line, start)]


def _lines(article: str) -> Iterator[tuple[int, str]]:
    for line in re.finditer(r"[^\r\n]+", article):
        yield line.start(), line.group()


def _of_line(line: str, start: int) -> Iterator[Sentence]:
    for paragraph in segmenter.analyze(line):
        for tokens in paragraph:
            first, last = tokens[0], tokens[-1]
            end = last.offset + len(last.value)
            yield from _parted(line[first.offset : end], start + first.offset)


def _parted(text: str, start: int) -> Iterator[Sentence]:
    begin = 0
    for gap in [*_ENDS_ELSEWHERE.finditer(text), None]:
        end = gap.end() if gap else len(text)
        part = text[begin:end]
        if part.strip():
            lead = len(part) - len(part.lstrip())
            yield Sentence(part.strip(), start + begin + lead, start + begin + lead + len(part.strip()))
        begin = end


@dataclass(frozen=True)
class Marked:
    """A sentence of the article that is a claim: the words as they stand there, and as they will be checked."""

    verbatim: str
    statement: str
    claimant_name: str


@transaction.atomic
def submit_marked(
    by: User,
    marked: list[Marked],
    *,
    language: str,
    claimed_on: date | None,
    claimant_kind: str,
    address: str = "",
    context: str = "",
) -> list[Claim]:
    """One claim for each marked sentence, with the article as the place where it was made; all of them or none."""
    if not marked:
        raise Invalid({"take": "Tick the sentences that are claims."})
    _one_at_a_time()
    return [
        workflow.submit(
            by,
            statement=one.statement,
            language=language,
            claimant_name=one.claimant_name,
            claimant_kind=claimant_kind,
            claimed_on=claimed_on,
            context=context,
            appearance_url=address,
            appearance_words=one.verbatim,
        )
        for one in marked
    ]


def _one_at_a_time() -> None:
    """Two articles that bring in the same new people, in another order, would wait for each other for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('claims from an article'))")


def readable(article: str) -> list[Sentence]:
    """The sentences, or Invalid when there are none or too many for one form."""
    found = sentences(storable(article))
    if not found:
        raise Invalid({"article": "Paste the text of the article."})
    if len(found) > MOST_SENTENCES:
        raise Invalid({"article": f"This has {len(found)} sentences. Paste at most {MOST_SENTENCES} at a time."})
    return found
