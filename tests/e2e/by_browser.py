"""The main path in a real browser: each person has a profile of their own, and finds things by what they read."""

from __future__ import annotations

import re
from types import TracebackType

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.article import Article
from tests.e2e.by_api import slug
from tests.e2e.cast import Login

PATIENCE = 15_000
STATUS = ".status"


class ByBrowser:
    """`script` is whether JavaScript runs: everything works without it."""

    def __init__(self, browser: Browser, url: str, *, script: bool = True, width: int = 1280) -> None:
        self.browser, self.url, self.script = browser, url, script
        self.viewport = {"width": width, "height": 900}
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}

    @property
    def manner(self) -> str:
        return "in a browser" if self.script else "in a browser with JavaScript off"

    def __enter__(self) -> ByBrowser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self.contexts.values():
            context.close()

    def page(self, who: Login) -> Page:
        """This person's window, signed in."""
        if who.address not in self.pages:
            context = self.browser.new_context(
                java_script_enabled=self.script,
                viewport=self.viewport,  # type: ignore[arg-type]
            )
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(f"{self.url}/sign-in/")
            page.get_by_label("E-mail address").fill(who.address)
            page.get_by_label("Password").fill(who.password)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", name="Queue", level=1)).to_be_visible()
            self.contexts[who.address], self.pages[who.address] = context, page
        return self.pages[who.address]

    def at(self, who: Login, path: str) -> Page:
        page = self.page(who)
        page.goto(f"{self.url}{path}")
        return page

    def claims_from_article(self, who: Login, article: Article, address: str) -> list[int]:
        page = self.at(who, "/claims/from-article/")
        page.get_by_label("Text of the article").fill(article.text)
        page.get_by_label("Its address").fill(address)
        page.get_by_label("Its language").select_option(article.language)
        page.get_by_label("Who said most of it").fill(article.claimant)
        page.get_by_label("Its date").fill(article.day.isoformat())
        page.get_by_role("button", name="Show its sentences").click()
        for checked in article.checked:
            row = page.get_by_role("listitem").filter(has=page.get_by_label(checked.sentence, exact=True))
            row.get_by_role("checkbox").check()
            if checked.wording:
                row.get_by_label("As it will be checked").fill(checked.wording)
            if checked.claimant:
                row.get_by_label("Who said it, if somebody else").fill(checked.claimant)
        page.get_by_role("button", name="Put in the ticked sentences").click()
        expect(page.get_by_text(f"{len(article.checked)} claims are in")).to_be_visible()
        return [self._number_of(page, checked.statement) for checked in article.checked]

    def _number_of(self, page: Page, statement: str) -> int:
        """The newest claim in the queue of these words."""
        links = page.get_by_role("link", name=statement, exact=True).all()
        return max(int(re.sub(r"\D", "", link.get_attribute("href") or "")) for link in links)

    def accept(self, who: Login, claim: int) -> None:
        self._step(who, claim, "Accept", "Accepted")

    def start_research(self, who: Login, claim: int) -> None:
        self._step(who, claim, "Start research", "Researching")

    def _step(self, who: Login, claim: int, label: str, then: str) -> None:
        page = self.at(who, f"/claims/{claim}/")
        page.locator("#claim-head").get_by_role("button", name=label, exact=True).click()
        expect(page.locator(f"#claim-head {STATUS}")).to_have_text(then)

    def cite(self, who: Login, claim: int, address: str) -> None:
        page = self.at(who, f"/claims/{claim}/")
        page.get_by_label("Address of a source").fill(address)
        page.get_by_role("button", name="Add and archive").click()
        expect(page.locator("#sources li").filter(has_text=address)).to_be_visible()

    def wait_until_archived(self, who: Login, claim: int) -> None:
        page = self.page(who)
        archived = page.locator("#sources li .capture").filter(has_text="archived")
        while not self.script and not archived.is_visible():
            page.get_by_role("link", name="Look again").click()
        expect(archived).to_be_visible()

    def pin(self, who: Login, claim: int, quote: str, stance: str) -> None:
        page = self._fill_quote(who, claim, quote, stance)
        expect(page.locator("#evidence").get_by_role("listitem").get_by_text(quote, exact=True)).to_be_visible()
        expect(page.locator("#evidence mark").filter(has_text=quote)).to_be_visible()

    def pin_refused(self, who: Login, claim: int, quote: str) -> str:
        page = self._fill_quote(who, claim, quote, "supports")
        expect(page.get_by_text("These words do not stand in the archived page.")).to_be_visible()
        assert page.get_by_label("Quote", exact=True).input_value() == quote
        return page.get_by_role("button", name="Use this passage").get_attribute("value") or ""

    def _fill_quote(self, who: Login, claim: int, quote: str, stance: str) -> Page:
        page = self.at(who, f"/claims/{claim}/")
        page.get_by_label("Quote", exact=True).fill(quote)
        page.get_by_role("radio", name=stance, exact=True).check()
        page.get_by_role("button", name="Pin as evidence").click()
        return page

    def send_to_review(self, who: Login, claim: int) -> None:
        self._step(who, claim, "Send to review", "In review")

    def review(self, who: Login, claim: int, rating: str, reasons: str) -> None:
        page = self.at(who, f"/claims/{claim}/")
        page.locator("#claim-head").get_by_role("link", name="Review", exact=True).click()
        page.locator(f"#rating-{slug(rating)}").check()
        page.get_by_role("radio", name="High").check()
        page.get_by_label("Reasons").fill(reasons)
        page.get_by_label("I have read the evidence").check()
        page.get_by_role("button", name="Seal my review").click()
        expect(page.get_by_role("note").filter(has_text="Sealed")).to_be_visible()

    def seen_of_reviews(self, who: Login, claim: int) -> str:
        """The source of every page on which this person might read about the reviews."""
        paths = (f"/claims/{claim}/", f"/claims/{claim}/review/", f"/claims/{claim}/history/")
        return "\n".join(self.at(who, path).content() for path in paths)

    def adjudicate(self, who: Login, claim: int, rating: str, reasons: str) -> None:
        page = self.at(who, f"/claims/{claim}/")
        page.locator("#claim-head").get_by_role("link", name="Adjudicate", exact=True).click()
        page.locator(f"#rating-{slug(rating)}").check()
        page.get_by_label("Reasons").fill(reasons)
        page.get_by_role("button", name="Decide").click()
        expect(page.locator(STATUS).first).to_have_text("Decided")

    def publish(self, who: Login, claim: int, summary: str) -> None:
        page = self.at(who, f"/claims/{claim}/")
        page.locator("#claim-head").get_by_role("link", name="Sign off", exact=True).click()
        page.get_by_label("The short why").fill(summary)
        page.get_by_role("button", name="Sign off and publish").click()
        expect(page.locator(STATUS).first).to_have_text("Published")

    def status(self, who: Login, claim: int) -> str:
        return self.at(who, f"/claims/{claim}/").locator(f"#claim-head {STATUS}").inner_text().strip()

    def fact_sheet(self, who: Login, title: str, claims: list[int]) -> str:
        page = self.at(who, "/fact-sheets/new/")
        page.get_by_label("Title", exact=True).fill(title)
        page.get_by_role("button", name="Make it").click()
        for place, claim in enumerate(claims, start=1):
            page.locator(f'input[name="add"][value="{claim}"]').check()
            page.get_by_role("button", name="Put the ticked ones on the sheet").click()
            expect(page.locator(".ordered-row")).to_have_count(place)
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Preview and publish").click()
        page.get_by_role("button", name="Publish", exact=True).click()
        link = page.get_by_role("link", name=re.compile("as readers see it")).first
        return f"{self.url}{link.get_attribute('href')}"
