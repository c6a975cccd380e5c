"""Every page, light and dark, from 320 to 1600 pixels: nothing for axe, nothing cut off, nobody else asked.

A new page is entered in PAGES; the first test walks the addresses and fails until it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from claims import discussion, evidence, fact_sheets, workflow
from claims.models import Claim
from factcheck.access.models import User
from sources.models import Snapshot
from tests import changing_page
from tests import factories as make
from tests.browser import axe_findings
from tests.factories import PASSWORD, Newsroom
from tests.pages.conftest import DESK, PHONE

#: Who looks at which pages. The names in braces are those of `everything`.
PAGES = {
    "a reader": [
        "/sign-in/",
        "/api/",
        "/facts/",
        "/facts/after-geneva/",
        "/facts/after-geneva/v1/",
        "/facts/nothing/",
        *(
            f"/checked/{{{name}}}/{version}"
            for name in ("disputed", "retracted", "reopened")
            for version in ("", "v1/")
        ),
        "/checked/{long}/",
        "/archive/{snapshot}/",
        "/archive/{lost}/page",
        "/press/",
        "/press/marsa/framework/",
        "/press/marsa/nothing/",
    ],
    "admin": [
        "/",
        "/?q=nothing+has+this",
        "/claims/{full}/",
        "/claims/{full}/?snapshot={chinese}",
        "/claims/{full}/edit/",
        "/claims/{full}/history/",
        "/claims/{flagged}/",
        "/claims/{flagged}/second-look/",
        "/evidence/{pinned}/carry-over/?snapshot={newer}",
        "/claims/{long}/",
        "/claims/{differing}/",
        "/claims/{disputed}/",
        "/claims/{disputed}/edit/",
        "/claims/{differing}/act/reopen/",
        "/claims/{long}/act/accept/",
        "/claims/{full}/act/retract/",
        "/claims/new/",
        "/claims/from-article/",
        "/sources/{failed}/",
        "/sources/{source}/",
        "/sources/{watched}/",
        "/sources/{watched}/compare/",
        "/archive/",
        "/archive/{lost}/page",
        "/snapshots/{walled}/",
        "/snapshots/{snapshot}/",
        "/account/",
        "/claims/999999/",
        "/nothing/",
    ],
    "alice": ["/", "/claims/{waiting}/review/", "/claims/{long}/review/", "/fact-sheets/", "/fact-sheets/new/"],
    "bob": ["/claims/{waiting}/review/"],
    "third": ["/claims/{differing}/adjudicate/", "/claims/{waiting}/adjudicate/"],
    "editor": [
        "/fact-sheets/",
        "/fact-sheets/new/",
        "/fact-sheets/{sheet}/",
        "/fact-sheets/{sheet}/publish/",
        "/fact-sheets/{empty}/",
        "/fact-sheets/{empty}/publish/",
        "/claims/{decided}/sign-off/",
        "/claims/{waiting}/sign-off/",
        "/claims/{disputed}/sign-off/",
        "/claims/{disputed}/act/retract/",
        "/claims/{long}/act/decline/",
    ],
}
#: Addresses that are no pages: what only takes a form, files, and what only machines ask.
NO_PAGES = {
    "healthz",
    "readyz",
    "sign-out",
    "make-token",
    "revoke-token",
    "claims:retry",
    "claims:sources",
    "claims:pin",
    "claims:appearances",
    "claims:comments",
    "claims:people",
    "claims:withdraw",
    "claims:restore",
    "claims:unassign",
    "sources:retry",
    "sources:supply",
    "sources:warc",
    "sources:wacz",
    "sources:picture",
    "sources:pdf",
    "sources:timegate",
    "sources:timemap",
    "public:claim-wacz",
    "public:sheet-wacz",
    "public:sheet-file",
}
WIDTHS = [1600, 1280, 390, 320]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: What stands by itself and is smaller than 24 pixels (WCAG 2.5.8). The queue's target is its row.
SMALL = """() => [...document.querySelectorAll("a, button, select, summary, input, textarea")]
    .filter(e => e.checkVisibility() && !e.closest(".away, .claim-row") && getComputedStyle(e).display !== "inline")
    .filter(e => !(e.matches("input") && e.labels?.length))
    .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
    .map(([html, box]) => `${html} is ${box.width} by ${box.height}`)"""


def names(resolver: URLResolver, path: str = "", space: str = "") -> Iterator[str]:
    """The name of every address outside the API."""
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from names(entry, here, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and not here.startswith("api/v1/"):
            yield f"{space}{entry.name}"


class Any1(dict[str, int]):
    def __missing__(self, key: str) -> int:
        return 1


def test_no_page_is_forgotten() -> None:
    paths = [path.format_map(Any1()).partition("?")[0] for paths in PAGES.values() for path in paths]
    seen = {resolve(path).view_name for path in paths if path != "/nothing/"}
    assert seen == set(names(get_resolver())) - NO_PAGES


@pytest.fixture
def room(transactional_db: None) -> Newsroom:
    return make.newsroom()


@pytest.fixture
def everything(room: Newsroom, settings: Settings) -> dict[str, int]:
    """A newsroom in which every page has something to show, in several scripts, and something that is hard to show."""
    full = full_claim(room)
    long = make.submitted(room, statement=f"{'Donaudampfschiff' * 20} {'controls ' * 2_180}".strip(), due_on=None)
    waiting = make.in_review(room)
    make.seal(waiting, room.bob, reasons="https://example.org/" + "a" * 300)
    disputed = make.in_review(room, statement="قال المتحدث إن الصين لم تخفف القيود.", language="ar")
    make.seal(disputed, room.alice, "mostly-true", confidence="low", gaps="How many licences were refused.")
    make.seal(disputed, room.bob, "outdated", reasons="一切已经改变。")
    workflow.adjudicate(disputed, by=room.third, rating="mostly-true", reasons="So.")
    workflow.publish(disputed, by=room.editor, summary="It was so on that day.")
    retracted = make.retracted(room)
    reopened = workflow.reopen(make.corrected(room), by=room.editor, reason="New.")
    sheet = fact_sheets.create(by=room.editor, title="After Geneva", intro="What was said.")
    numbers = [disputed.pk, retracted.pk, reopened.pk]
    fact_sheets.arrange(sheet, by=room.editor, claims=numbers, title="After Geneva", language="en")
    fact_sheets.publish(sheet, by=room.editor)
    fact_sheets.publish(sheet, by=room.editor, note="Again.")
    snapshot = full.evidence.order_by("pk")[0].snapshot
    flagged = flagged_claim(room, settings)
    lost = flagged.evidence.get().snapshot
    newer = make.archived_page(room.researcher, make.PAGE.replace("seven", "nine"), snapshot.url)
    return {
        "flagged": flagged.pk,
        "lost": lost.pk,
        "watched": lost.source_id,
        "pinned": full.evidence.order_by("pk")[0].pk,
        "newer": newer.pk,
        "walled": make.archived_page(room.researcher, wall=Snapshot.Wall.LOGIN, note="It shows a login.").pk,
        "full": full.pk,
        "long": long.pk,
        "waiting": waiting.pk,
        "differing": make.adjudicating(room).pk,
        "decided": make.decided(room).pk,
        "disputed": disputed.pk,
        "retracted": retracted.pk,
        "reopened": reopened.pk,
        "sheet": sheet.pk,
        "empty": fact_sheets.create(by=room.editor, title="الحقائق", intro="").pk,
        "snapshot": snapshot.pk,
        "chinese": full.evidence.order_by("-pk")[0].snapshot.pk,
        "source": snapshot.source.pk,
        "failed": full.citations.order_by("-pk")[0].source.pk,
    }


def flagged_claim(room: Newsroom, settings: Settings) -> Claim:
    """A published one whose page, really fetched, lost its quote afterwards."""
    with changing_page.changing_page(settings) as site:
        claim = changing_page.published(room, site.url)
        site.says(changing_page.WITHOUT_QUOTE)
        changing_page.captured(claim.evidence.get().snapshot.source)
    return claim


def full_claim(room: Newsroom) -> Claim:
    """Quotes of each kind, another script, a source that failed and one that waits, comments and people."""
    claim = make.with_evidence(room, context="Said on television.")
    snapshot = claim.evidence.get().snapshot
    evidence.pin_quote(claim, snapshot, "Exports fell in May.", by=room.researcher, stance="refutes", note="A number.")
    chinese = make.archived_page(room.researcher, "中方已依法批准一定数量的合规申请。")
    evidence.cite_source(claim, chinese.url, by=room.researcher)
    pinned = evidence.pin_quote(claim, chinese, "一定数量的合规申请", by=room.researcher, stance="context")
    evidence.withdraw(pinned, by=room.researcher)
    evidence.cite_source(claim, "https://example.org/waiting", by=room.researcher)
    evidence.cite_source(claim, f"https://example.org/{'a' * 400}", by=room.researcher)
    failed = claim.citations.order_by("-pk")[0].source.captures.get()
    failed.state, failed.reason, failed.detail = (
        "failed",
        "not_found",
        "The server says that there is no such page (404).",
    )
    failed.started_at = failed.finished_at = failed.requested_at
    failed.save()
    discussion.comment(claim, "네, 기다립시다.", by=room.alice)
    discussion.assign(claim, room.alice, "reviewer", by=room.admin)
    return claim


@dataclass
class Look:
    """A page on which is noted what breaks and who else is asked."""

    page: Page
    site: str
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.broken.append(f"error: {error}"))
        self.page.on(
            "console", lambda said: self.broken.append(said.text) if said.location["url"] != self.page.url else None
        )
        self.page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.site):
            self.broken.append(f"asks {request.url}")

    def findings(self) -> list[str]:
        """On the page as it is open now. Axe loads styles that our policy refuses, so what broke is taken before."""
        found = self.broken.copy()
        for scheme, window in (("light", DESK), ("dark", PHONE)):
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.page.set_viewport_size(window)  # type: ignore[arg-type]
            found += [f"{scheme}, {window['width']}: {finding}" for finding in axe_findings(self.page)]
        found += self.page.evaluate(SMALL)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if wider := self.page.evaluate(WIDER):
                found.append(f"wider than {width} by {wider}")
        self.broken.clear()
        return found


@pytest.fixture
def look(browser: Browser, live_server: LiveServer) -> Iterator[Look]:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    yield Look(context.new_page(), live_server.url)
    context.close()


def sign_in(look: Look, user: User) -> None:
    look.page.goto(f"{look.site}/sign-in/")
    look.page.get_by_label("E-mail address").fill(user.email)
    look.page.get_by_label("Password").fill(PASSWORD)
    look.page.get_by_role("button", name="Sign in").click()
    look.page.wait_for_url(f"{look.site}/")


@pytest.mark.slow
@pytest.mark.uncounted
@pytest.mark.parametrize("who", PAGES)
def test_every_page_is_in_order(who: str, everything: dict[str, int], room: Newsroom, look: Look) -> None:
    if who != "a reader":
        sign_in(look, getattr(room, who))
    found = {}
    for path in PAGES[who]:
        look.page.goto(look.site + path.format(**everything))
        found[path] = look.findings()
    assert {path: findings for path, findings in found.items() if findings} == {}


@pytest.mark.slow
@pytest.mark.uncounted
def test_so_is_each_page_that_answers_a_form(everything: dict[str, int], room: Newsroom, look: Look) -> None:
    page, found = look.page, {}
    sign_in(look, room.admin)
    page.goto(f"{look.site}/claims/new/")
    page.get_by_role("button", name="Put it in").click()
    expect(page.get_by_text("Write the statement that is to be checked.")).to_be_visible()
    found["refused"] = look.findings()
    page.goto(f"{look.site}/claims/from-article/")
    page.get_by_label("Text of the article").fill("The rule stayed. 中方已批准申请。 " + "a" * 400)
    page.get_by_label("Who said most of it").fill("An official")
    page.get_by_label("Its date").fill("2025-06-09")
    page.get_by_role("button", name="Show its sentences").click()
    page.get_by_role("checkbox").first.check()
    found["sentences"] = look.findings()
    page.goto(f"{look.site}/account/")
    page.get_by_label("What it is for").fill("CMS")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_text("Copy it now")).to_be_visible()
    found["token"] = look.findings()
    for name in ("Keys", "Jump"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found[name] = look.findings()
        page.keyboard.press("Escape")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    found["signed out"] = look.findings()
    assert {what: findings for what, findings in found.items() if findings} == {}


@pytest.mark.slow
@pytest.mark.uncounted
@pytest.mark.django_db
@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_so_is_each_page_that_says_what_went_wrong(template: str, look: Look) -> None:
    body = render_to_string(template, {"typed": [("Statement", "Typed with care.")]})
    look.page.route("**/broken/", lambda route: route.fulfill(body=body, content_type="text/html"))
    look.page.goto(f"{look.site}/broken/")
    assert look.findings() == []
