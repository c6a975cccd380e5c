"""The article in a file of one's own goes the ways that ours goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.article import ARTICLE
from tests.e2e.own_article import from_file

SENTENCE = "On day {} the ministry said again that the licences would stay as they are."


def test_takes_title_and_sentences_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    said = [SENTENCE.format(number) for number in range(6)]
    bullet = "• A summary that a machine wrote, long enough to be taken for a sentence of the article."
    text = "\n\n".join(["The Daily", "Talks on licences begin", bullet, " ".join(said[:2]), "Share", *said[2:]])
    path.write_text(text.replace("the ministry", "the  ministry"), encoding="utf-8")
    article = from_file(path)
    assert article.title == "Talks on licences begin"
    assert article.paragraphs == (bullet, " ".join(said[:2]), "Share", *said[2:])
    assert [checked.statement for checked in article.checked] == said[:5]
    assert [checked.quote for checked in article.checked] == said[:5]
    assert [checked.rating for checked in article.checked] == [checked.rating for checked in ARTICLE.checked]


def test_says_when_there_is_too_little_to_check(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("A title of some words\n\n" + SENTENCE, encoding="utf-8")
    with pytest.raises(AssertionError, match=r"article\.txt has 1 sentences of 60 characters or more"):
        from_file(path)
