"""What only a browser can tell: keys, swaps that lose nothing, and all of it without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from claims import evidence
from claims.models import Claim, Evidence
from tests import factories
from tests.factories import QUOTE, Newsroom
from tests.pages.conftest import Visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.uncounted]


@pytest.fixture
def room(transactional_db: None) -> Newsroom:
    return factories.newsroom()


def test_walks_the_queue_by_keys(room: Newsroom, visit: Visit, live_server: LiveServer) -> None:
    for number in range(3):
        factories.submitted(room, statement=f"Statement {number}.")
    page = visit(room.editor, "/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Statement 1.")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("o")
    claim = Claim.objects.get(statement="Statement 2.")
    page.wait_for_url(f"{live_server.url}/claims/{claim.pk}/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("A claim's number, or words from it")).to_be_focused()
    other = Claim.objects.get(statement="Statement 0.")
    page.keyboard.type(f"#{other.pk}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/claims/{other.pk}/")


def test_leaves_keys_alone_while_somebody_types_or_has_switched_them_off(room: Newsroom, visit: Visit) -> None:
    factories.submitted(room)
    page = visit(room.editor, "/")
    page.keyboard.press("/")
    page.keyboard.type("jok?")
    expect(page.get_by_label("Search")).to_have_value("jok?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Keys").click()
    page.get_by_label("Single keys are on").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")


def test_searches_as_the_filters_change_and_keeps_it_in_the_address(room: Newsroom, visit: Visit) -> None:
    factories.submitted(room, statement="중국은 통제를 유지했다.", language="ko")
    factories.submitted(room, statement="Controls stayed.")
    page = visit(room.editor, "/")
    page.get_by_label("Language").select_option("ko")
    expect(page.locator(".claim-row")).to_have_count(1)
    page.wait_for_url("**/?*language=ko*")
    page.reload()
    expect(page.locator(".claim-row")).to_have_count(1)


def test_pins_the_words_that_were_selected(room: Newsroom, visit: Visit) -> None:
    claim = factories.researching(room)
    snapshot = factories.archived_page(room.researcher)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    page = visit(room.researcher, f"/claims/{claim.pk}/")
    page.evaluate(
        """words => {
            const line = [...document.querySelectorAll("[data-quotable] p")].find(p => p.textContent.includes(words));
            const range = document.createRange();
            const start = line.firstChild.data.indexOf(words);
            range.setStart(line.firstChild, start);
            range.setEnd(line.firstChild, start + words.length);
            getSelection().addRange(range);
            document.dispatchEvent(new PointerEvent("pointerup"));
        }""",
        QUOTE,
    )
    expect(page.get_by_label("Quote")).to_have_value(QUOTE)
    page.get_by_label("supports").check()
    page.get_by_role("button", name="Pin as evidence").click()
    expect(page.locator("mark")).to_have_text(QUOTE)
    expect(page.get_by_label("Quote")).to_have_value("")
    expect(page.locator("#messages")).to_contain_text("The quote is pinned.")
    expect(page.get_by_role("button", name="Send to review")).to_be_enabled()
    assert [item.exact for item in Evidence.objects.all()] == [QUOTE]


def test_keeps_a_refused_quote_and_takes_the_nearest_instead(room: Newsroom, visit: Visit) -> None:
    claim = factories.researching(room)
    snapshot = factories.archived_page(room.researcher)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    page = visit(room.researcher, f"/claims/{claim.pk}/")
    page.keyboard.press("e")
    page.keyboard.type("kept its licensing rule for seven rare earths")
    page.get_by_label("refutes").check()
    page.get_by_role("button", name="Pin as evidence").click()
    expect(page.get_by_text("These words do not stand in the archived page.")).to_be_visible()
    expect(page.get_by_label("Quote")).to_be_focused()
    expect(page.get_by_label("Quote")).to_have_value("kept its licensing rule for seven rare earths")
    page.get_by_role("button", name="Use this passage").click()
    expect(page.locator("mark").first).to_be_visible()
    [pinned] = Evidence.objects.all()
    assert pinned.exact in snapshot.text
    assert pinned.stance == "refutes"


def test_does_the_same_without_scripts(room: Newsroom, visit: Visit) -> None:
    claim = factories.researching(room)
    snapshot = factories.archived_page(room.researcher)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    page = visit(room.researcher, f"/claims/{claim.pk}/", java_script_enabled=False)
    page.get_by_label("Quote").fill(QUOTE)
    page.get_by_label("supports").check()
    page.get_by_role("button", name="Pin as evidence").click()
    expect(page.locator("mark")).to_have_text(QUOTE)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    page.get_by_label("Write to your colleagues").fill("Wait until Thursday.")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#discussion li")).to_contain_text("Wait until Thursday.")
    page.get_by_role("link", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_an_impatient_second_click_does_nothing(room: Newsroom, visit: Visit) -> None:
    claim = factories.with_evidence(room)
    page = visit(room.researcher, f"/claims/{claim.pk}/")
    page.get_by_label("Write to your colleagues").fill("Once.")
    page.get_by_role("button", name="Comment").dblclick()
    expect(page.locator("#discussion li")).to_have_count(1)
    page.get_by_role("button", name="Send to review").dblclick()
    expect(page.get_by_text("Sent to review.")).to_be_visible()
    assert list(claim.comments.values_list("text", flat=True)) == ["Once."]


def test_says_that_nothing_was_lost_when_the_server_is_gone(room: Newsroom, visit: Visit) -> None:
    claim = factories.submitted(room)
    page = visit(room.alice, f"/claims/{claim.pk}/")
    page.route("**/comments/", lambda route: route.abort())
    page.get_by_label("Write to your colleagues").fill("Typed with care.")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#messages")).to_contain_text("The server did not answer. What you typed is still here")
    expect(page.get_by_label("Write to your colleagues")).to_have_value("Typed with care.")
