"""What every page shares: a refusal is a page with its sentence, and times are the reader's."""

from __future__ import annotations

import zoneinfo

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from factcheck.access.models import User
from factcheck.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from factcheck.pages import ReaderZone, ShowRefusals

SENTENCE = "This is <b>closed</b>. Ask an editor."


def unused(request: HttpRequest) -> HttpResponse:
    raise AssertionError("only exceptions are shown here")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotAllowed(SENTENCE), 403),
        (NotFound(SENTENCE), 404),
        (Conflict(SENTENCE), 409),
        (Invalid({"a": SENTENCE}), 422),
    ],
)
def test_a_refusal_is_a_page_that_says_its_sentence(refusal: Refusal, status: int, rf: RequestFactory) -> None:
    request = rf.get("/claims/1/")
    request.user = User(name="Alice")
    answer = ShowRefusals(unused).process_exception(request, refusal)
    assert answer is not None
    assert answer.status_code == status
    assert "This is &lt;b&gt;closed&lt;/b&gt;. Ask an editor." in answer.content.decode()


def test_other_mistakes_are_not_hidden(rf: RequestFactory) -> None:
    assert ShowRefusals(unused).process_exception(rf.get("/"), ValueError("a bug")) is None


@pytest.mark.parametrize(
    ("account", "cookie", "expected"),
    [
        ("Asia/Seoul", "Europe/Berlin", "Asia/Seoul"),
        ("", "Europe/Berlin", "Europe/Berlin"),
        ("", "../../etc/passwd", "UTC"),
        ("", "", "UTC"),
    ],
)
def test_times_are_those_of_the_reader(account: str, cookie: str, expected: str, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(time_zone=account)
    request.COOKIES["time_zone"] = cookie
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        zone = timezone.get_current_timezone()
        seen.append(zone.key if isinstance(zone, zoneinfo.ZoneInfo) else str(zone))
        return HttpResponse()

    ReaderZone(view)(request)
    assert seen == [expected]
