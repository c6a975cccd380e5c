"""/api/ in a browser: the page to read the API on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_findings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_axe_finds_nothing_and_it_fits_a_phone(page: Page, live_server: LiveServer) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/api/")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert said == []  # The policy for scripts and styles had nothing to refuse.
    assert axe_findings(page) == []
