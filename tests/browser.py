"""A real Chromium, driven by Playwright, and axe-core to judge what it shows."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HOW_TO_GET_IT = (
    "No Chromium was found. Install it (apt-get install chromium), or name one: CHROMIUM=/path/to/chromium ./run test"
)
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# The same engine without the windows around it, which cost a quarter of the time.
SHELL = "chromium-headless-shell"


def find_chromium() -> str | None:
    """The browser to drive: the one that CHROMIUM names, else the first on PATH."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def whole_chromium() -> str:
    """For what has to stand in the browser that people have; skips, with the sentence how to get it, without one."""
    path = find_chromium()
    if path is None:
        pytest.skip(HOW_TO_GET_IT)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; skips, with the sentence how to get it, where there is none."""
    path = os.environ.get("CHROMIUM") or shutil.which(SHELL) or find_chromium()
    if path is None:
        pytest.skip(HOW_TO_GET_IT)
    # Playwright keeps an event loop in this thread; Django would take every query for one made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def whole_browser(browser: Browser) -> Iterator[Browser]:
    """With all that people have, such as what shows PDFs; for what has to stand in any browser."""
    chromium = browser.browser_type.launch(executable_path=whole_chromium(), args=QUIET)
    yield chromium
    chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of this test's own."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page."""
    return context.new_page()


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands, one line each: rule, where, why. Empty when all is well."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
