"""From an article to a fact sheet: site, worker and scheduler in processes of their own, in a browser and by REST.

This is also the test that runs with another broker (CELERY_BROKER_URL), and with an article of one's own (ARTICLE).
"""

from __future__ import annotations

import json
import re
import urllib.request
from hashlib import sha256
from html import unescape

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from sources.models import Capture
from tests.e2e.article import Article, Checked
from tests.e2e.by_api import ByApi
from tests.e2e.by_browser import ByBrowser
from tests.e2e.conftest import Running
from tests.e2e.main_path import Walk, Way
from tests.exports.test_claim_review import PROFILE

pytestmark = [pytest.mark.slow, pytest.mark.worker, pytest.mark.uncounted]


def walked(running: Running, way: Way, article: Article | None = None) -> None:
    """All the way, and then as readers: whoever has no account finds everything."""
    article = article or running.article
    walk = Walk(way, running.cast, article, running.article_address)
    claims, sheet = walk.to_the_fact_sheet()
    assert_published(claims, sheet, article)
    walk.say(f"readers, as HTML and as JSON: {len(claims)} claims, each with its rating and its quote")
    for claim, checked in zip(claims, article.checked, strict=True):
        walk.say(f"readers, as JSON-LD: {assert_reviewed(site_of(sheet), claim, checked)}")
    call_command("verify_audit")
    assert_archived_once(running)


# "its own" is the broker of the settings: files, unless CELERY_BROKER_URL names another.
on_each_broker = pytest.mark.parametrize("broker", ["its own", "redis"], indirect=True)


@on_each_broker
@pytest.mark.browser
def test_in_a_browser(running: Running, browser: Browser) -> None:
    with ByBrowser(browser, running.url) as way:
        walked(running, way)


@on_each_broker
def test_by_the_api_alone(running: Running) -> None:
    walked(running, ByApi(running.url))


def assert_published(claims: list[int], sheet: str, article: Article) -> None:
    html = unescape(read(sheet))
    content = json.loads(read(f"{sheet.rstrip('/')}.json"))["content"]
    assert content["title"] == article.title
    assert [each["content"]["claim"] for each in content["claims"]] == claims
    for each, checked in zip(content["claims"], article.checked, strict=True):
        assert each["content"]["statement"] == checked.statement
        assert each["content"]["rating"]["label"] == checked.rating
        assert [quote["exact"] for quote in each["content"]["evidence"]] == [checked.quote]
        assert checked.statement in html
        assert checked.quote in html


def assert_reviewed(site: str, claim: int, checked: Checked) -> str:
    """The claim's page carries one valid ClaimReview, and the copy that it cites is there, with that digest."""
    address = f"{site}/checked/{claim}/"
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(address), re.DOTALL)
    review = json.loads(text)
    assert [error.message for error in PROFILE.iter_errors(review)] == []
    assert review["claimReviewed"] == checked.statement
    rating = review["reviewRating"]
    assert rating["alternateName"] == checked.rating
    assert ("ratingValue" in rating) == (checked.rating != "Unproven")
    (cited,) = review["citation"]
    warc = next(file for file in cited["encoding"] if file.get("encodingFormat") == "application/warc")
    assert sha256(read_bytes(warc["contentUrl"])).hexdigest() == warc["sha256"]
    return f"{address} “{rating['alternateName']}”, cites {cited['archivedAt']} sha256:{warc['sha256']}"


def site_of(sheet: str) -> str:
    return sheet.partition("/facts/")[0]


def read(address: str) -> str:
    return read_bytes(address).decode()


def read_bytes(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:
        body: bytes = answer.read()
    return body


def assert_archived_once(running: Running) -> None:
    """Five claims cite the page; it was fetched once."""
    assert list(Capture.objects.values_list("state", flat=True)) == ["done"]
    assert running.press.asked == ["/robots.txt", "/second-round"]
