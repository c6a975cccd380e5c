"""The main path with JavaScript off: plain links and forms carry all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.e2e.by_browser import ByBrowser
from tests.e2e.conftest import Running
from tests.e2e.test_main_path import walked


@pytest.mark.slow
@pytest.mark.worker
@pytest.mark.browser
@pytest.mark.uncounted
def test_the_main_path_works_with_javascript_off(running: Running, browser: Browser) -> None:
    shorter = replace(running.article, checked=running.article.checked[1:3])
    with ByBrowser(browser, running.url, script=False) as way:
        walked(running, way, shorter)
