"""The text as one reads it: nothing lost, quotes marked, the article apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.reading import MOST_LINES, Line, Passage, lines


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
