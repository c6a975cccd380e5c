"""What was typed survives a session that ended, a stale form, another tab, the way back and leaving too soon."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import workflow
from claims.models import Claim
from tests import factories
from tests.factories import PASSWORD, Newsroom
from tests.pages.conftest import SignIn, Visit

TYPED = "Typed <b>with care</b>.\nFor an hour."
SHOWN = '<dd class="pre" dir="auto">Typed &lt;b&gt;with care&lt;/b&gt;.\nFor an hour.</dd>'


def test_a_form_sent_after_the_session_ended_comes_back_with_its_words(room: Newsroom) -> None:
    sent = {"statement": TYPED, "claimant_name": "An official", "csrfmiddlewaretoken": "secret"}
    answer = Client().post("/claims/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "You are signed out. Sign in again in another tab; what you typed is still here." in page
    assert (SHOWN in page, "secret" in page) == (True, False)


def test_so_does_one_whose_token_does_not_count(room: Newsroom) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(room.author)
    answer = client.post("/claims/new/", {"statement": TYPED, "csrfmiddlewaretoken": "stale"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert (SHOWN in page, "stale" in page) == (True, False)


def test_a_password_is_not_shown(room: Newsroom) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/sign-in/", {"username": "alice@example.org", "password": PASSWORD}).content.decode()
    assert ("alice@example.org" in page, PASSWORD in page) == (True, False)


def test_so_does_one_that_another_person_or_tab_has_overtaken(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.adjudicating(room)
    workflow.adjudicate(claim, by=room.third, rating="true", reasons="So.")
    answer = signed_in(room.researcher).post(f"/claims/{claim.pk}/adjudicate/", {"rating": "mixed", "reasons": TYPED})
    assert (answer.status_code, SHOWN in answer.content.decode()) == (409, True)


@pytest.fixture
def open_room(transactional_db: None) -> Newsroom:
    return factories.newsroom()


def sign_in_again(page: Page, live_server: LiveServer, email: str) -> None:
    """In another tab of the same browser."""
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live_server.url}/")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_signs_in_in_another_tab_goes_back_and_sends_it(
    open_room: Newsroom, visit: Visit, live_server: LiveServer
) -> None:
    page = visit(open_room.author, "/claims/new/")
    page.get_by_label("Statement", exact=True).fill("Typed with care.")
    page.get_by_label("Who said it").fill("An official")
    page.get_by_label("When it was said").fill("2025-06-09")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Put it in").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    sign_in_again(opened.value, live_server, open_room.author.email)
    page.go_back()
    expect(page.get_by_label("Statement", exact=True)).to_have_value("Typed with care.")
    page.get_by_role("button", name="Put it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Typed with care.")
    assert list(Claim.objects.values_list("statement", flat=True)) == ["Typed with care."]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_part_is_sent_after_signing_in_in_another_tab(
    open_room: Newsroom, visit: Visit, live_server: LiveServer
) -> None:
    claim = factories.submitted(open_room)
    page = visit(open_room.alice, f"/claims/{claim.pk}/")
    page.get_by_label("Write to your colleagues").fill("Typed with care.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#messages")).to_have_text(re.compile("You are signed out."))
    sign_in_again(page.context.new_page(), live_server, open_room.alice.email)
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#discussion li")).to_contain_text("Typed with care.")


def left(page: Page) -> list[str]:
    """What the browser asks when somebody follows a link away from the page."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", stay)
    page.get_by_role("link", name="Queue").click()
    page.wait_for_url("**/")
    return asked


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_asks_before_unsaved_words_are_left(open_room: Newsroom, visit: Visit, live_server: LiveServer) -> None:
    page = visit(open_room.author, "/claims/new/")
    page.get_by_label("Statement", exact=True).press_sequentially("Half a sen")
    assert left(page) == ["beforeunload"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_does_not_ask_when_nothing_would_be_lost(open_room: Newsroom, visit: Visit, live_server: LiveServer) -> None:
    claim = factories.in_review(open_room)
    page = visit(open_room.alice, f"/claims/{claim.pk}/review/")
    page.get_by_label("Reasons").press_sequentially("Saved by itself.")
    expect(page.locator("#saved")).to_have_text(re.compile("Draft saved"))
    assert left(page) == []
    page.goto(f"{live_server.url}/claims/{claim.pk}/")
    page.get_by_label("Write to your colleagues").press_sequentially("Sent.")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#discussion li")).to_contain_text("Sent.")
    assert left(page) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_asks_again_when_a_form_came_back_refused(open_room: Newsroom, visit: Visit) -> None:
    page = visit(open_room.author, "/claims/new/")
    page.get_by_label("Statement", exact=True).press_sequentially("Without anybody who said it.")
    page.get_by_role("button", name="Put it in").click()
    expect(page.get_by_text("Name who said it")).to_be_visible()
    page.get_by_label("Who said it").click()
    assert left(page) == ["beforeunload"]
