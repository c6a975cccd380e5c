"""A source: is our copy good?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from factcheck.access.models import User
from sources import archive, capturing, leases
from sources.models import Capture, Source
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import HTMX, SignIn
from tests.pages.reading import words

#: Session, user, source with its watch, captures, what they showed.
QUERIES = 5


def address(source: Source) -> str:
    return reverse("sources:source", args=[source.pk])


def failed(source: Source, by: User) -> Capture:
    """As the worker leaves it: the address is private, so it fails without a connection."""
    capture = archive.request_capture(source, by=by)
    capturing.run(capture.pk)
    capture.refresh_from_db()
    return capture


@pytest.fixture
def source(room: Newsroom) -> Source:
    return archive.add_source("http://10.0.0.1/", by=room.researcher)


def test_shows_a_capture_that_waits_and_asks_again(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    archive.request_capture(source, by=room.researcher)
    content = signed_in(room.alice).get(address(source)).content.decode()
    assert '<span class="capture" data-state="queued">queued</span>' in content
    assert 'hx-trigger="every 2s, click"' in content
    assert '<button type="submit" data-key="r">' not in content


def test_shows_how_far_a_running_one_is(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    capture = archive.request_capture(source, by=room.researcher)
    leases.take(capture.pk)
    Capture.objects.filter(pk=capture.pk).update(step="receiving", received_bytes=2048)
    content = signed_in(room.alice).get(address(source)).content.decode()
    assert 'Receiving, <span class="num">2.0\u00a0KB</span> so far' in content


def test_shows_why_one_failed_and_offers_to_try_again(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    capture = failed(source, room.researcher)
    content = signed_in(room.alice).get(address(source)).content.decode()
    assert f'<p class="wrong">{escape(capture.detail)}</p>' in content
    assert "Try again</button>" in content
    assert "every 2s" not in content


def waiting(source: Source, by: User, **fields: object) -> Capture:
    capture = archive.request_capture(source, by=by)
    Capture.objects.filter(pk=capture.pk).update(not_before=timezone.now() + timedelta(hours=1), **fields)
    capture.refresh_from_db()
    return capture


def test_shows_why_and_until_when_one_waits_and_offers_to_try_now(
    room: Newsroom, source: Source, signed_in: SignIn
) -> None:
    capture = waiting(
        source, room.researcher, setback="http_5xx", setback_detail="The server answered 503.", attempts=2
    )
    answer = signed_in(room.alice).get(address(source))
    at = capture.not_before.strftime("%-d %b, %H:%M")
    assert f"Waiting to try again at {at}, because: The server answered 503." in words(answer)
    content = answer.content.decode()
    assert '<span class="capture" data-state="queued">tries again</span>' in content
    assert "Try now</button>" in content
    assert "every 2s" not in content
    signed_in(room.alice).post(reverse("sources:retry", args=[source.pk]))
    assert [c.not_before <= timezone.now() for c in source.captures.all()] == [True]
    assert 'hx-trigger="every 2s, click"' in signed_in(room.alice).get(address(source)).content.decode()


def test_shows_at_which_host_one_waits_for_its_turn(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    capture = waiting(source, room.researcher, waits_for="slow.example")
    answer = signed_in(room.alice).get(address(source))
    at = capture.not_before.strftime("%-d %b, %H:%M:%S")
    assert f"Waits for its turn at slow.example, at {at}" in words(answer)
    assert "Try now</button>" not in answer.content.decode()


def test_leads_to_the_archived_text(room: Newsroom, signed_in: SignIn) -> None:
    snapshot = factories.archived_page(room.researcher)
    content = signed_in(room.alice).get(address(snapshot.source)).content.decode()
    assert f'href="{reverse("sources:snapshot", args=[snapshot.pk])}"' in content
    assert "Fetch it again</button>" in content


def test_the_part_is_the_time_line_alone(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    failed(source, room.researcher)
    content = signed_in(room.alice).get(address(source), headers=HTMX).content.decode().strip()
    assert content.startswith('<section class="part stack" id="captures"')
    assert content.endswith("</section>")


def test_fetches_again_without_javascript(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    failed(source, room.researcher)
    answer = signed_in(room.alice).post(reverse("sources:retry", args=[source.pk]))
    assert (answer.status_code, answer["Location"]) == (302, f"{address(source)}#captures")
    assert [(c.state, c.requested_by) for c in source.captures.all()] == [
        ("queued", room.alice),
        ("failed", room.researcher),
    ]


def test_fetches_again_within_the_page(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    content = signed_in(room.alice).post(reverse("sources:retry", args=[source.pk]), headers=HTMX).content.decode()
    assert 'data-state="queued"' in content
    assert "<html" not in content


def test_asking_twice_queues_once(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    for _ in range(2):
        signed_in(room.alice).post(reverse("sources:retry", args=[source.pk]))
    assert source.captures.count() == 1


def test_an_account_without_a_role_fetches_nothing(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    answer = signed_in(room.nobody).post(reverse("sources:retry", args=[source.pk]))
    assert answer.status_code == 403
    assert "Your account has no role yet. Ask an administrator for one." in answer.content.decode()
    assert not source.captures.exists()


def test_asks_strangers_to_sign_in(source: Source, client: object, signed_in: SignIn) -> None:
    from django.test import Client

    assert Client().get(address(source))["Location"] == f"/sign-in/?next={address(source)}"


def test_says_when_there_is_none(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.alice).get("/sources/4711/")
    assert answer.status_code == 404
    assert "There is no source with this number." in answer.content.decode()


@pytest.mark.parametrize("captures", [1, 30])
def test_takes_the_same_queries_for_many_captures(
    captures: int, room: Newsroom, source: Source, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(captures):
        failed(source, room.researcher)
    client = signed_in(room.alice)
    with django_assert_num_queries(QUERIES):
        client.get(address(source))
