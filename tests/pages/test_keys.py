"""Keys: which of them a page answers, on which keyboards, and what a slip of a finger cannot do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from claims.states import Status
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import Visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.uncounted]


@pytest.fixture
def room(transactional_db: None) -> Newsroom:
    return factories.newsroom()


def press(page: Page, **key: object) -> None:
    """A key of a keyboard that Chromium's driver has no layout for."""
    page.evaluate(
        """key => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {bubbles: true, cancelable: true, ...key}))""",
        key,
    )


def test_s_leads_to_the_button_and_does_not_press_it(room: Newsroom, visit: Visit) -> None:
    claim = factories.decided(room)
    page = visit(room.editor, f"/claims/{claim.pk}/sign-off/")
    page.get_by_label("The short why").fill("The rule stayed in force.")
    page.get_by_label("The short why").blur()
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Sign off and publish")).to_be_focused()
    assert Claim.objects.get(pk=claim.pk).status == Status.DECIDED
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()


@pytest.mark.parametrize(
    ("down", "up"),
    [
        ({"key": "ㅓ", "code": "KeyJ"}, {"key": "ㅏ", "code": "KeyK"}),
        ({"key": "о", "code": "KeyJ"}, {"key": "л", "code": "KeyK"}),
        ({"key": "ت", "code": "KeyJ"}, {"key": "ن", "code": "KeyK"}),
        ({"key": "J", "code": "KeyJ", "modifierCapsLock": True}, {"key": "K", "code": "KeyK"}),
        ({"key": "j", "code": "KeyC"}, {"key": "k", "code": "KeyV"}),
    ],
    ids=["Korean", "Russian", "Arabic", "with caps lock", "Dvorak"],
)
def test_walks_the_queue_on_any_keyboard(
    down: dict[str, object], up: dict[str, object], room: Newsroom, visit: Visit
) -> None:
    for number in range(2):
        factories.submitted(room, statement=f"Statement {number}.")
    page = visit(room.editor, "/")
    press(page, **down)
    press(page, **down)
    expect(page.get_by_role("link", name="Statement 0.")).to_be_focused()
    press(page, **up)
    expect(page.get_by_role("link", name="Statement 1.")).to_be_focused()


@pytest.mark.parametrize(
    ("key", "dialog"),
    [
        ({"key": "л", "code": "KeyK", "ctrlKey": True}, "Jump to"),
        ({"key": "؟", "code": "Slash", "shiftKey": True}, "Keys"),
    ],
)
def test_opens_the_dialogs_on_any_keyboard(key: dict[str, object], dialog: str, room: Newsroom, visit: Visit) -> None:
    page = visit(room.editor, "/")
    press(page, **key)
    expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    "key",
    [
        {"key": "j", "code": "KeyJ", "ctrlKey": True},
        {"key": "j", "code": "KeyJ", "altKey": True},
        {"key": "j", "code": "KeyJ", "metaKey": True},
        {"key": "J", "code": "KeyJ", "shiftKey": True},
        {"key": "ㅓ", "code": "KeyJ", "shiftKey": True},
        {"key": "ĵ", "code": "KeyJ", "modifierAltGraph": True},
        {"key": "j", "code": "KeyJ", "isComposing": True},
        {"key": "Dead", "code": "KeyJ"},
    ],
    ids=["ctrl", "alt", "meta", "shift", "shift Korean", "AltGr", "composing", "dead"],
)
def test_leaves_other_keys_to_the_browser(key: dict[str, object], room: Newsroom, visit: Visit) -> None:
    factories.submitted(room)
    page = visit(room.editor, "/")
    press(page, **key)
    assert page.evaluate("document.activeElement === document.body")


def test_the_list_names_the_keys_that_the_page_answers(room: Newsroom, visit: Visit) -> None:
    claim = factories.in_review(room)
    page = visit(room.alice, f"/claims/{claim.pk}/review/")
    assert listed(page) == ["j k", "o Enter", "1 … 9", "s", "q n f", "Ctrl K", "?"]
    page.goto(page.url.replace("review/", "history/"))
    assert listed(page) == ["o Enter", "q n f", "Ctrl K", "?"]


def test_tab_goes_on_in_the_part_that_was_changed(room: Newsroom, visit: Visit) -> None:
    claim = factories.with_evidence(room)
    page = visit(room.researcher, f"/claims/{claim.pk}/")
    page.keyboard.press("c")
    page.keyboard.type("Wait until Thursday.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#discussion li")).to_have_count(1)
    expect(page.locator("#discussion")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Write to your colleagues")).to_be_focused()
    page.get_by_role("button", name="Withdraw").press("Enter")
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    expect(page.get_by_role("region", name="Text of the page")).to_be_focused()


def listed(page: Page) -> list[str]:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    return [" ".join(text.split()) for text in page.locator("dialog[open] dt:visible").all_inner_texts()]
