"""The archive at work: for administrators, what waits, at which hosts, and why fetching failed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from factcheck.access.models import User
from sources import archive
from sources.models import Capture, Host
from tests import factories
from tests.browser import axe_findings
from tests.factories import Newsroom
from tests.pages.conftest import HTMX, PHONE, SignIn, Visit
from tests.pages.reading import words

ADDRESS = "/archive/"
LINK = f'<a href="{ADDRESS}" data-key="a"'
MINUTE = timedelta(minutes=1)


def capture(room: Newsroom, name: str, **fields: Any) -> Capture:
    source = archive.add_source(f"https://example.org/{name}", by=room.researcher)
    return Capture.objects.create(source=source, **fields)


def busy(room: Newsroom) -> None:
    """Something of everything."""
    now = timezone.now()
    capture(room, "ready", not_before=now - 5 * MINUTE, requested_at=now - 90 * MINUTE)
    capture(room, "turn", not_before=now + MINUTE, waits_for="slow.example")
    capture(room, "again", not_before=now + MINUTE, setback="http_429", setback_detail="Asked too often (429).")
    ended = {"state": "failed", "finished_at": now - MINUTE}
    capture(room, "gone", reason="http_404", detail="The server answered 404.", **ended)
    Host.objects.create(name="slow.example", closed_until=now + MINUTE)


def test_says_what_waits_and_why(room: Newsroom, signed_in: SignIn) -> None:
    busy(room)
    text = words(signed_in(room.admin).get(ADDRESS))
    for said in (
        "Ready for a worker 1, the first for 5 minutes",
        "Wait for their turn 1 Wait to be tried again 1",
        "1 hour, 30 minutes ago",
        "The first has been ready for more than a minute. Look whether a worker runs:",
        "1 http_429 may work later Asked too often (429). last at https://example.org/again",
        "1 http_404 The server answered 404. last at https://example.org/gone",
    ):
        assert said in text
    assert text.count("slow.example") == 1


def test_of_nothing_says_what_would_be_there(room: Newsroom, signed_in: SignIn) -> None:
    text = words(signed_in(room.admin).get(ADDRESS))
    for said in (
        "nothing waits",
        "No host makes captures wait.",
        "Nothing waits to be tried again.",
        "Nothing has failed since",
    ):
        assert said in text
    assert "Look whether a worker runs" not in text


def test_the_part_is_what_changes(room: Newsroom, signed_in: SignIn) -> None:
    content = signed_in(room.admin).get(ADDRESS, headers=HTMX).content.decode().strip()
    assert (content.startswith('<div class="stack" id="state">'), "<html" in content) == (True, False)


def test_is_for_administrators(room: Newsroom, signed_in: SignIn) -> None:
    busy(room)
    others: list[User] = [room.author, room.alice, room.editor, room.robot, room.nobody]
    for user in others:
        answer = signed_in(user).get(ADDRESS)
        assert answer.status_code == 403
        assert "Only an administrator sees how the archive is doing." in answer.content.decode()
        assert "slow.example" not in answer.content.decode()
    assert Client().get(ADDRESS)["Location"] == f"/sign-in/?next={ADDRESS}"


def test_only_administrators_see_the_way_there(room: Newsroom, signed_in: SignIn) -> None:
    assert LINK in signed_in(room.admin).get("/account/").content.decode()
    content = signed_in(room.editor).get("/account/").content.decode()
    assert ADDRESS not in content


def test_takes_nine_queries_of_its_own(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    busy(room)
    client = signed_in(room.admin)
    with django_assert_num_queries(2 + 9):
        client.get(ADDRESS)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("shape", [{}, {"viewport": PHONE}])
    def test_anybody_can_read_it(self, scheme: str, shape: dict[str, Any], visit: Visit) -> None:
        room = factories.newsroom()
        busy(room)
        page = visit(room.admin, ADDRESS, color_scheme=scheme, **shape)
        assert axe_findings(page) == []
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width == 0

    def test_the_keyboard_leads_there_and_looks_again(self, visit: Visit) -> None:
        room = factories.newsroom()
        page = visit(room.admin, "/account/")
        page.keyboard.press("a")
        page.wait_for_url(f"**{ADDRESS}")
        page.get_by_text("Nothing waits to be tried again.").wait_for()
        busy(room)
        page.keyboard.press("r")
        page.get_by_text("Asked too often (429).").wait_for()

    def test_works_without_scripts(self, visit: Visit) -> None:
        room = factories.newsroom()
        page = visit(room.admin, ADDRESS, java_script_enabled=False)
        busy(room)
        page.get_by_role("link", name="Look again").click()
        page.get_by_text("Asked too often (429).").wait_for()
