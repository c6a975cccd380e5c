"""The text as one reads it: nothing lost, quotes marked, the article apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.reading import MOST_LINES, Line, Passage, lines, page_at, stands_in


def test_marks_overlapping_quotes() -> None:
    assert lines("abcdefgh", "", [(1, 5, "first"), (3, 7, "second")]) == [
        Line(
            [
                Passage("a"),
                Passage("bc", True, "first"),
                Passage("de", True, "second"),
                Passage("fg", True),
                Passage("h"),
            ],
            beside=False,
        )
    ]


def test_marks_a_quote_over_two_lines() -> None:
    assert [line.passages for line in lines("abcd\nefgh", "", [(2, 6, "quote")])] == [
        [Passage("ab"), Passage("cd", True, "quote")],
        [Passage("e", True), Passage("fgh")],
    ]


def test_tells_the_article_from_what_is_beside_it() -> None:
    found: list[Line[str]] = lines("Menu\nThe licences stay.\nImprint", "The  licences stay.", [])
    assert [line.beside for line in found] == [True, False, True]


def test_without_an_article_nothing_is_beside_it() -> None:
    found: list[Line[str]] = lines("Menu\nText", "", [])
    assert [line.beside for line in found] == [False, False]


def test_of_a_very_long_text_shows_the_beginning_and_what_is_quoted() -> None:
    text = "line\n" * (MOST_LINES + 100)
    assert len(lines(text, "", [])) == MOST_LINES
    at = 5 * (MOST_LINES + 10)
    assert len(lines(text, "", [(at, at + 4, "quote")])) == MOST_LINES + 11


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_loses_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    quotes = [(min(span), max(span), "quote") for span in spans if span[0] != span[1]]
    read = ["".join(passage.text for passage in line.passages) for line in lines(text, "", quotes)]
    assert read == [line for line in text.split("\n") if line]


PAGE = "Home\nLicences stay\nThe minister said: licences stay. Nobody spoke.\nMore: licences stay\nImprint"
BODY = "Licences stay\nThe minister said:  licences stay. Nobody spoke."


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("Nobody spoke.", "article"),
        ("Licences stay\nThe minister", "article"),
        ("Imprint", "beside"),
        ("More: licences", "beside"),
        ("said: licences stay", "article"),
    ],
)
def test_tells_whether_a_quote_stands_in_the_article(words: str, where: str) -> None:
    start = PAGE.index(words)
    assert stands_in(PAGE, BODY, start, start + len(words)) == where


def test_words_that_stand_in_both_are_told_by_their_line() -> None:
    first, second = PAGE.index("licences stay"), PAGE.rindex("licences stay")
    places = [(at, at + len("licences stay")) for at in (first, second)]
    assert [stands_in(PAGE, BODY, *place) for place in places] == ["article", "beside"]


def test_without_an_article_nothing_is_said_of_a_quote() -> None:
    assert stands_in(PAGE, "", 0, 4) == ""


def test_tells_the_page() -> None:
    pages = [0, 10, 10, 25]
    assert [page_at(pages, position) for position in (0, 9, 10, 24, 25, 99)] == [1, 1, 3, 3, 4, 4]
    assert page_at([], 5) is None
