"""An article from a file of one's own, for walking the main path with it: `ARTICLE=/path/to/text ./run test …`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from claims.article import sentences
from tests.e2e.article import ARTICLE, Article, Checked

#: A heading, a name or a button is shorter than this; what is longer can be checked.
LONG_ENOUGH = 60
#: A title has a few words; the line above it may be the name of the paper.
WORDS_OF_A_TITLE = 4


def from_file(path: Path) -> Article:
    """The article in the file, with as many of its first sentences to check as ours has, each going one of its ways."""
    lines = [" ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line]
    title = next((line for line in lines if len(line.split()) >= WORDS_OF_A_TITLE), lines[0])
    rest = tuple(line for line in lines[lines.index(title) + 1 :])
    found = [sentence for line in rest for sentence in _checkable(line)]
    assert len(found) >= len(ARTICLE.checked), f"{path} has {len(found)} sentences of {LONG_ENOUGH} characters or more."
    return Article(
        title=title,
        byline=ARTICLE.byline,
        day=timezone.localdate(),
        language=ARTICLE.language,
        claimant=ARTICLE.claimant,
        paragraphs=rest,
        checked=tuple(map(_like, ARTICLE.checked, found)),
    )


def _checkable(line: str) -> list[str]:
    return [each.text for each in sentences(line) if len(each.text) >= LONG_ENOUGH and each.text[0].isalnum()]


def _like(ours: Checked, sentence: str) -> Checked:
    """The sentence on the way that ours takes: the same ratings, the same disagreement."""
    return replace(ours, sentence=sentence, quote=sentence, wording="", claimant="")
