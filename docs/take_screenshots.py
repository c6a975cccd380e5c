"""Takes the README's screenshots from the sample newsroom: `.venv/bin/python docs/take_screenshots.py`.

Needs a running ./run with the sample loaded, Chromium, and the packages that ./run test installs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
PASSWORD = "sample-newsroom"  # noqa: S105
STATEMENT = "All American export controls will be eased once the delegations have shaken hands in London"
SHEET = "From Geneva to London: what is known"


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--site", default="http://127.0.0.1:8000", help="address of the running site")
    given.add_argument("--into", type=Path, default=IMAGES, help="folder of the images")
    asked = given.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--headless", "--no-sandbox"])
        queue(signed_in(browser, asked.site, "minseo"), asked.into)
        review(signed_in(browser, asked.site, "minseo"), asked.into)
        fact_sheet(window(browser), asked.site, asked.into)
        browser.close()


def queue(page: Page, into: Path) -> None:
    page.screenshot(path=into / "queue.png")


def review(page: Page, into: Path) -> None:
    page.get_by_role("link", name=STATEMENT).click()
    page.get_by_role("link", name="Review", exact=True).click()
    page.locator("#rating-mostly-false").check()
    page.get_by_role("radio", name="High").check()
    page.get_by_label("Reasons").fill("He said what he expected, hours after the talks had begun.")
    # What was typed is saved by itself; the picture shows that it was.
    page.get_by_text("Draft saved").wait_for()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.screenshot(path=into / "review.png")


def fact_sheet(page: Page, site: str, into: Path) -> None:
    page.goto(f"{site}/facts/")
    page.get_by_role("link", name=SHEET).first.click()
    page.get_by_role("heading", name=SHEET).wait_for()
    page.screenshot(path=into / "fact-sheet.png")


def signed_in(browser: Browser, site: str, who: str) -> Page:
    page = window(browser)
    page.goto(f"{site}/sign-in/")
    page.get_by_label("E-mail address").fill(f"{who}@newsroom.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Queue").wait_for()
    return page


def window(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1280, "height": 860}, color_scheme="light").new_page()


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return found or sys.exit("No Chromium was found. Install it (apt-get install chromium), or name one in CHROMIUM.")


if __name__ == "__main__":
    main()
