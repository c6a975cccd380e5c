"""Walls are told from pages, on pages with a label (bench/wall_pages) and by the rules one by one."""

from __future__ import annotations

import gzip

import pytest

from bench import walls as bench
from bench.wall_pages import bay, elsewhere, gazette, newspaper, weekly
from bench.wall_pages.labelled import Page
from sources import walls
from sources.extract import extract
from sources.models import Snapshot
from sources.walls import Answer, recognise

TUNING = [*newspaper.pages(), *bay.pages(), *gazette.pages()]
ARTICLE = "The ministry kept its licence rule for seven rare earths after the talks of last week.\n" * 30


def test_the_set_is_large_and_in_ten_languages() -> None:
    measured = list(weekly.pages())
    assert len(TUNING) == 630
    assert len(measured) == 160
    assert {page.language for page in measured} == {page.language for page in TUNING}
    assert len({page.language for page in measured}) == 10
    assert {page.kind for page in measured} == {page.kind for page in TUNING} == {"", *bench.KINDS}


def test_the_kinds_are_those_that_a_snapshot_may_have() -> None:
    assert set(bench.KINDS) == set(Snapshot.Wall.values)


@pytest.mark.parametrize("page", TUNING, ids=lambda page: f"{page.language} {page.kind} {page.name}")
def test_tells_every_page_that_the_rules_were_written_with(page: Page) -> None:
    assert bench.told(page) == page.kind


@pytest.mark.parametrize("page", list(elsewhere.pages()), ids=lambda page: f"{page.language} {page.name}")
def test_tells_pages_in_words_of_others(page: Page) -> None:
    assert bench.told(page) == page.kind


def test_takes_no_real_page_of_the_measured_half_for_a_wall() -> None:
    wrong = [page for page, _ in bench.score(weekly.pages())[1] if not page.kind]
    assert wrong == []


def test_gives_its_reason_in_a_sentence() -> None:
    wall = recognise(Answer("Page not found\nTry the search.", "Page not found"))
    assert wall == walls.Wall("not_found", "The server says that all is well, and the page says “page not found”.")


@pytest.mark.parametrize(
    ("asked", "final", "kind"),
    [
        ("https://a.example/2025/story", "https://a.example/", "not_found"),
        ("https://a.example/2025/story", "https://www.a.example/en/", "not_found"),
        ("https://a.example/2025/story", "https://a.example/errors/404.html", "not_found"),
        ("https://a.example/2025/story", "https://consent.b.example/x?from=a", "consent"),
        ("https://a.example/", "https://a.example/en/", ""),
        ("https://short.example/xyz", "https://a.example/", ""),
        ("https://a.example/2025/story", "https://a.example/2025/06/story", ""),
        ("https://a.example/2025/story", "https://a.example/?story=1", ""),
    ],
)
def test_goes_by_where_the_address_leads(asked: str, final: str, kind: str) -> None:
    wall = recognise(Answer(ARTICLE, "Licences stay", asked=asked, final=final))
    assert (wall.kind if wall else "") == kind


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"cf-mitigated": "challenge"}, "bot"),
        ({"x-amzn-waf-action": "captcha"}, "bot"),
        ({"cf-mitigated": "no"}, ""),
        ({"server": "challenge"}, ""),
    ],
)
def test_goes_by_what_a_server_says_of_itself(headers: dict[str, str], kind: str) -> None:
    wall = recognise(Answer(ARTICLE, "Licences stay", headers=headers))
    assert (wall.kind if wall else "") == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [("Three short words", 3), ("三个字词", 2), ("로봇이 아닙니다", 2), ("Mixed 文字 here", 3), ("", 0), ("— …", 0)],
)
def test_weighs_a_text_in_any_script(text: str, words: int) -> None:
    assert walls.weight(text) == words


def test_a_page_full_of_lines_is_looked_at_in_a_moment() -> None:
    """Not by the clock: only so many lines are compared with the phrases."""
    text = "line without end\n" * 200_000
    assert recognise(Answer(text + "page not found")) is None


def test_facts_of_a_page_without_a_head_or_body() -> None:
    assert extract(gzip.decompress(gzip.compress(b"plain")), "text/html").facts == walls.Facts()
