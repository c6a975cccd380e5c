"""Review, sign-off, fact sheets and the pages for readers, as only a browser can tell: keys, drafts, moves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from claims import fact_sheets
from claims.models import Claim, FactSheet, Review
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.conftest import Visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.uncounted]


@pytest.fixture
def room(transactional_db: None) -> Newsroom:
    return make.newsroom()


def sheet_of(room: Newsroom, *claims: Claim) -> FactSheet:
    sheet = fact_sheets.create(by=room.editor, title="After Geneva", intro="What was said.")
    numbers = [claim.pk for claim in claims]
    return fact_sheets.arrange(sheet, by=room.editor, claims=numbers, title="After Geneva", language="en")


def test_reviews_by_keyboard_alone_and_is_saved_on_the_way(
    room: Newsroom, visit: Visit, live_server: LiveServer
) -> None:
    claim = make.in_review(room)
    page = visit(room.alice, f"/claims/{claim.pk}/review/")
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Mostly true")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("The rule is quoted in full.")
    expect(page.locator("#saved")).to_have_text("Not saved yet")
    expect(page.locator("#saved")).to_have_text(re.compile("Draft saved"))
    draft = Review.objects.get()
    assert (str(draft.rating), draft.reasons, draft.sealed_at) == ("Mostly true", "The rule is quoted in full.", None)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("s")
    expect(page.get_by_role("checkbox", name="I have read the evidence")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It waits until the round is complete")).to_be_visible()


def test_what_was_typed_stays_when_a_draft_is_refused(room: Newsroom, visit: Visit) -> None:
    claim = make.in_review(room)
    page = visit(room.alice, f"/claims/{claim.pk}/review/")
    make.seal(claim, room.alice)
    page.get_by_label("Reasons").fill("Typed in the window that was left open.")
    expect(page.locator("#messages")).to_have_text(re.compile("You have sealed your review in this round."))
    expect(page.get_by_label("Reasons")).to_have_value("Typed in the window that was left open.")
    expect(page.locator("#saved")).to_have_text(re.compile("Could not be saved."))


def test_what_was_typed_stays_when_one_has_signed_out_elsewhere(room: Newsroom, visit: Visit) -> None:
    claim = make.in_review(room)
    page = visit(room.alice, f"/claims/{claim.pk}/review/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Reasons").fill("Typed after signing out.")
    expect(page.locator("#messages")).to_have_text(re.compile("You are signed out."))
    expect(page.get_by_label("Reasons")).to_have_value("Typed after signing out.")


def test_puts_claims_in_order_with_the_arrow_keys(room: Newsroom, visit: Visit) -> None:
    one, two, three = (make.published(room) for _ in range(3))
    sheet = sheet_of(room, one, two, three)
    page = visit(room.editor, f"/fact-sheets/{sheet.pk}/")
    page.get_by_role("button", name=f"Move up: claim {three.pk}").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name=f"Move up: claim {three.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-order-said]")).to_have_text("Now at place 1 of 3")
    page.get_by_role("button", name=f"Move down: claim {one.pk}").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The fact sheet is saved.")).to_be_visible()
    assert list(sheet.items.values_list("claim", flat=True)) == [three.pk, two.pk, one.pk]


def test_all_of_it_works_without_javascript(room: Newsroom, visit: Visit) -> None:
    claim = make.in_review(room)
    for reviewer in (room.alice, room.bob):
        page = visit(reviewer, f"/claims/{claim.pk}/review/", java_script_enabled=False)
        page.get_by_label("Reasons").fill("So it is.")
        page.get_by_role("button", name="Save draft").click()
        page.get_by_role("radio", name="Mostly true").check()
        page.get_by_role("radio", name="High").check()
        page.get_by_role("button", name="Seal my review").click()
        expect(page.get_by_text("Tick this when your verdict is ready")).to_be_visible()
        page.get_by_label("I have read the evidence").check()
        page.get_by_role("button", name="Seal my review").click()
        expect(page.get_by_text("Your review is sealed.")).to_be_visible()
    page = visit(room.editor, f"/claims/{claim.pk}/sign-off/", java_script_enabled=False)
    page.get_by_label("The short why").fill("The rule stayed in force.")
    page.get_by_role("button", name="Show it in the preview").click()
    expect(page.locator(".preview .standfirst")).to_have_text("The rule stayed in force.")
    page.get_by_role("button", name="Sign off and publish").click()
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()
    page.get_by_role("link", name="Fact sheets").click()
    page.get_by_role("link", name="New fact sheet").click()
    page.get_by_label("Title").first.fill("After Geneva")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Put the ticked ones on the sheet").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Preview and publish").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="version 1 as readers see it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("After Geneva")
    expect(page.get_by_role("heading", level=2).first).to_have_text(claim.statement)
