"""Who may speak to the API: a token of somebody who works here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.access.models import Token
from tests import factories as make
from tests.api.conftest import Answer, Api
from tests.factories import Newsroom


def ask(secret: str, scheme: str = "Bearer") -> Answer:
    api = Api()
    return api.call("GET", "me/", authorization=f"{scheme} {secret}")


@pytest.fixture
def token(room: Newsroom) -> tuple[Token, str]:
    return Token.issue(room.robot, "CMS")


def test_a_token_speaks_for_its_account(token: tuple[Token, str], room: Newsroom) -> None:
    assert ask(token[1]).body["id"] == room.robot.pk


def test_the_scheme_may_be_spelt_in_small_letters(token: tuple[Token, str], room: Newsroom) -> None:
    assert ask(token[1], "bearer").body["id"] == room.robot.pk


@pytest.mark.parametrize("header", ["", "Bearer", "Basic cm9ib3Q6eA==", "Token abc", "Bearer  ", "Bearer ümlaut"])
def test_without_a_token_nothing_is_answered(db: None, header: str) -> None:
    answer = Api().call("GET", "me/", authorization=header)
    assert answer.problem[:2] == (401, "no_token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="factcheck"'


def test_refuses_a_secret_that_is_nobodys(token: tuple[Token, str]) -> None:
    sentence = "This token is not known. Make one on your account page and send it whole."
    assert ask(token[1][:-1]).problem == (401, "no_token", sentence)
    assert ask(token[0].digest).problem == (401, "no_token", sentence)


def test_refuses_a_revoked_token(token: tuple[Token, str]) -> None:
    Token.objects.update(revoked_at=timezone.now())
    sentence = "This token was revoked. Make a new one on your account page."
    assert ask(token[1]).problem == (401, "no_token", sentence)


def test_refuses_the_token_of_a_closed_account(token: tuple[Token, str], room: Newsroom) -> None:
    room.robot.is_active = False
    room.robot.save()
    sentence = "The account of this token is closed. Ask an administrator."
    assert ask(token[1]).problem == (401, "no_token", sentence)


def test_a_signed_in_browser_is_no_token(room: Newsroom) -> None:
    client = Client()
    client.force_login(room.editor)
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/me/").status_code == 401


def test_notes_its_use_at_most_once_a_minute(token: tuple[Token, str], queries: Any) -> None:
    with queries(2):
        ask(token[1])
    noted = Token.objects.get().last_used_at
    assert noted is not None
    with queries(1):
        ask(token[1])
    assert Token.objects.get().last_used_at == noted
    Token.objects.update(last_used_at=noted - timedelta(minutes=2))
    ask(token[1])
    assert (Token.objects.get().last_used_at or noted) > noted


def test_today_is_the_callers(room: Newsroom) -> None:
    """On the other side of the date line it is tomorrow already."""
    room.robot.time_zone = "Pacific/Kiritimati"
    room.robot.save()
    room.author.time_zone = "Pacific/Pago_Pago"
    room.author.save()
    ahead = timezone.now() + timedelta(hours=14)
    said = {"statement": "A.", "claimant_name": "B", "claimed_on": ahead.date().isoformat()}
    assert Api(room.robot).post("claims/", **said).status == 201
    assert Api(room.author).post("claims/", **said).status == 422
    assert timezone.get_current_timezone_name() == "UTC"


def test_an_account_that_asks_too_often_waits(room: Newsroom, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    api = Api(room.robot)
    assert [api.get("me/").status for _ in range(3)] == [200, 200, 429]
    answer = api.get("me/")
    seconds = int(answer.headers["Retry-After"])
    assert 0 < seconds <= 60
    assert answer.problem == (429, "too_many_requests", f"That were too many requests. Wait {seconds} seconds.")
    assert Api(make.person("other")).get("me/").status == 200
