"""The sample press: pages that can be fetched, and that say what they are."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
import pytest_django
from django.test import Client

from factcheck.sample import press
from factcheck.sample.stories import STORIES


@pytest.fixture(autouse=True)
def sample_is_on(settings: pytest_django.Settings) -> None:
    settings.SAMPLE_NEWSROOM = True


@pytest.mark.parametrize("page", press.pages(), ids=lambda page: page.path)
def test_every_page_has_title_byline_date_language_and_says_that_it_is_a_sample(
    client: Client, page: press.Page
) -> None:
    html = unescape(client.get(page.path).content.decode())
    assert f"<title>{page.title} | {page.outlet.name}</title>" in html
    assert f'<html lang="{page.outlet.language}" dir="{page.outlet.direction}">' in html
    assert f'<span class="author">{page.byline}</span>' in html
    assert f'<time datetime="{page.day.isoformat()}">' in html
    assert page.outlet.sample in html


def test_the_press_writes_in_four_languages() -> None:
    assert {page.outlet.language for page in press.pages()} == {"en", "ko", "zh-Hans", "ar"}


def test_some_pages_tell_machines_in_json_ld_and_some_in_open_graph(client: Client) -> None:
    html = client.get("/press/harbour-ledger/geneva-truce/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    assert json.loads(found[1])["datePublished"] == "2025-05-12"
    html = client.get("/press/northgate-wire/visas-and-chips/").content.decode()
    assert '<meta property="article:published_time" content="2025-06-02">' in html


def test_a_title_cannot_end_the_json_ld() -> None:
    page = press.pages()[0]
    hostile = press.Page(page.outlet, "x", "</script><b>", page.byline, page.day, "json-ld", ())
    assert "<" not in hostile.json_ld
    assert json.loads(hostile.json_ld)["headline"] == "</script><b>"


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    answer = client.get("/press/northgate-wire/ministry-answers/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/press/northgate-wire/visas-and-chips/")


@pytest.mark.parametrize("path", ["/press/mulgyeol/withdrawn-report/", "/press/nobody/nothing/"])
def test_a_page_that_was_taken_down_answers_404_and_says_so(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "taken down" in answer.content.decode()


def test_the_front_page_links_every_page(client: Client) -> None:
    html = client.get("/press/").content.decode()
    assert {page.path for page in press.pages()} == set(re.findall(r'<a href="(/press/[^"]+)"', html))


@pytest.mark.parametrize("path", ["/press/", "/press/harbour-ledger/geneva-truce/"])
def test_there_is_no_press_where_the_sample_is_off(client: Client, settings: pytest_django.Settings, path: str) -> None:
    settings.SAMPLE_NEWSROOM = False
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Harbour Ledger" not in answer.content.decode()


def test_every_quote_of_the_sample_stands_in_its_page() -> None:
    for story in STORIES:
        for quote in story.quotes:
            page = press.page_at(*quote.page.split("/"))
            assert page is not None, quote.page
            assert any(quote.words in paragraph for paragraph in page.paragraphs), quote.words


def test_every_claim_of_the_sample_appears_in_its_page_in_these_words() -> None:
    for story in STORIES:
        page = press.page_at(*story.appearance.split("/"))
        assert page is not None, story.appearance
        assert any(story.words in paragraph for paragraph in page.paragraphs), story.words
