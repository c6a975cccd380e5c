"""From an article to a fact sheet: site, worker and scheduler in processes of their own, in a browser and by REST.

This is also the test that runs with another broker (CELERY_BROKER_URL).
"""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from sources.models import Capture
from tests.e2e.article import ARTICLE, Article
from tests.e2e.by_api import ByApi
from tests.e2e.by_browser import ByBrowser
from tests.e2e.conftest import Running
from tests.e2e.main_path import Walk, Way

pytestmark = [pytest.mark.slow, pytest.mark.worker]


def walked(running: Running, way: Way, article: Article = ARTICLE) -> tuple[list[int], str]:
    return Walk(way, running.cast, article, running.article_address).to_the_fact_sheet()


@pytest.mark.browser
def test_in_a_browser(running: Running, browser: Browser) -> None:
    with ByBrowser(browser, running.url) as way:
        assert_published(*walked(running, way))
    assert_archived_once(running)


def test_by_the_api_alone(running: Running) -> None:
    assert_published(*walked(running, ByApi(running.url)))
    assert_archived_once(running)


def assert_published(claims: list[int], sheet: str, article: Article = ARTICLE) -> None:
    """Readers, who have no account, find every claim with its rating, its quote and one valid ClaimReview."""
    html = read(sheet)
    as_json = json.loads(read(f"{sheet.rstrip('/')}.json"))
    assert [each["content"]["claim"] for each in as_json["content"]["claims"]] == claims
    for claim, checked in zip(claims, article.checked, strict=True):
        assert checked.statement in html
        assert checked.quote in html
        review = claim_review(sheet.partition("/facts/")[0] + f"/checked/{claim}/")
        assert review["@type"] == "ClaimReview"
        assert review["claimReviewed"] == checked.statement
        assert review["reviewRating"]["alternateName"] == checked.rating
        assert ("ratingValue" in review["reviewRating"]) == (checked.rating != "Unproven")
    call_command("verify_audit")


def claim_review(address: str) -> Any:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(address), re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        text: str = answer.read().decode()
    return text


def assert_archived_once(running: Running) -> None:
    """Five claims cite the page; it was fetched once."""
    assert list(Capture.objects.values_list("state", flat=True)) == ["done"]
    assert running.press.asked == ["/second-round"]
