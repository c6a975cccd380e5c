"""The browser as this installation wants it: which Chromium, what a page may use of it, and one kept warm."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
from functools import cache
from pathlib import Path

from django.conf import settings

from factcheck.env import FALSE, Misconfigured
from sources import fetching
from sources.browser import Limits, Page, Sight, Warm, see
from sources.chromium import BrowserGone, Chromium
from sources.fetcher import Fetched, Watch

log = logging.getLogger(__name__)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# A larger page is a dump; on its way to the browser it would be in memory several times.
MOST_SHOWN = 5_000_000
HTML = (b"<!doctype html", b"<html")
AT_WORK = "making a picture of the page"

NONE = "There is no picture of the page"
NO_BROWSER = f"{NONE}: the machine that archives has no Chromium. The administrator can install one (BROWSER)."
OFF = f"{NONE}: pictures are switched off (BROWSER)."
BUSY = f"{NONE}: too many pages waited for the browser. Fetch the page again for one."
GONE = f"{NONE}: the browser did not work. Tell the administrator: the worker's log says why."
TOO_LARGE = f"{NONE}: it is larger than what the browser is given."
OTHER_FILE = f"{NONE}: it is no web page but a file of another kind, which is archived whole."


def program() -> str | None:
    """The Chromium to drive, None when pictures are off, "" when none was found. Misconfigured: not a program."""
    named = settings.BROWSER
    if named.lower() in FALSE:
        return None
    if not named:
        return next((found for name in NAMES if (found := shutil.which(name))), "")
    found = shutil.which(named)
    if found is None:
        raise Misconfigured(f"BROWSER is {named!r}, which is no program here. Name a Chromium, or write no.")
    return str(Path(found).absolute())


def look(fetched: Fetched, watch: Watch) -> Sight:
    """How the page looks, or the sentence why nobody knows. Never fails the capture."""
    found = program()
    if not _is_web_page(fetched):
        return Sight(why_not=OTHER_FILE)
    if not found:
        return Sight(why_not=OFF if found is None else NO_BROWSER)
    if fetched.content_length > MOST_SHOWN:
        return Sight(why_not=TOO_LARGE)
    watch("waiting for the browser", 0)
    warm = _warm(found, settings.BROWSER_SANDBOX, fetching.user_agent())
    try:
        with warm.browser(lambda: watch("waiting for the browser", 0), settings.BROWSER_WAIT_SECONDS) as browser:
            watch(AT_WORK, 0)
            return see(browser, _page(fetched), fetching.policy_for(fetched.hops[0].address), limits())
    except TimeoutError:
        return Sight(why_not=BUSY)
    except BrowserGone as error:
        log.warning("no picture of %s, the browser ended: %s", fetched.page.address.url, error)
        return Sight(why_not=GONE)


def limits() -> Limits:
    return Limits(seconds=settings.BROWSER_SECONDS, bytes=settings.BROWSER_MAX_BYTES)


@cache
def _warm(program: str, sandbox: bool, user_agent: str) -> Warm:
    """One for the whole process: it takes a second to start, and half a second of work for each page."""
    warm = Warm(lambda: Chromium(program, user_agent, sandbox=sandbox), at_once=os.cpu_count() or 1)
    atexit.register(warm.close)
    return warm


def _is_web_page(fetched: Fetched) -> bool:
    told = fetched.page.content_type.lower()
    fetched.content.seek(0)
    return "html" in told or (not told and fetched.content.read(1024).lstrip().lower().startswith(HTML))


def _page(fetched: Fetched) -> Page:
    fetched.content.seek(0)
    page = fetched.page
    return Page(page.address.url, page.status, page.headers, fetched.content.read())
