from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from factcheck.access.models import User
from tests import factories
from tests.factories import PASSWORD, Newsroom

SignIn = Callable[[User], Client]
Visit = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def room(db: None) -> Newsroom:
    return factories.newsroom()


@pytest.fixture
def signed_in() -> SignIn:
    """A browser in which that person has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


HTMX = {"HX-Request": "true"}


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Any:
    """Open a path as somebody, in a browser profile of its own."""
    opened = []

    def visit(user: User, path: str, **profile: Any) -> Page:
        context = browser.new_context(**({"viewport": DESK} | profile))
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/sign-in/?next={path}")
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{live_server.url}{path}")
        return page

    yield visit
    for context in opened:
        context.close()
