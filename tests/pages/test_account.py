"""Signing in and out, and one's own account."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.test import Client

from factcheck.access.models import Token
from factcheck.audit.models import Event
from tests.factories import PASSWORD, Newsroom
from tests.pages.conftest import SignIn


def test_signs_in_and_goes_on_to_the_page_asked_for(room: Newsroom) -> None:
    client = Client()
    sent = {"username": "Alice@Example.org", "password": PASSWORD, "next": "/account/"}
    assert client.post("/sign-in/", sent).headers["Location"] == "/account/"
    assert b"<bdi>Alice</bdi>" in client.get("/account/").content


def test_goes_nowhere_outside(room: Newsroom) -> None:
    sent = {"username": "alice@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post("/sign-in/", sent).headers["Location"] == "/"


def test_refuses_a_wrong_password_and_keeps_the_address(room: Newsroom) -> None:
    answer = Client().post("/sign-in/", {"username": "alice@example.org", "password": "wrong"})
    content = answer.content.decode()
    assert "This address and password do not belong together." in content
    assert ('value="alice@example.org"' in content, "wrong" in content) == (True, False)


def test_signs_out(room: Newsroom, signed_in: SignIn) -> None:
    client = signed_in(room.alice)
    client.post("/sign-out/")
    assert client.get("/account/").status_code == 302


def test_changes_name_and_zone_and_logs_it(room: Newsroom, signed_in: SignIn) -> None:
    client = signed_in(room.alice)
    answer = client.post("/account/", {"name": "أليس", "time_zone": "Asia/Seoul"})
    assert answer.headers["Location"] == "/account/"
    room.alice.refresh_from_db()
    assert (room.alice.name, room.alice.time_zone) == ("أليس", "Asia/Seoul")
    event = Event.objects.get(subject=f"user:{room.alice.pk}")
    assert (event.type, event.actor, event.data["to"]["name"]) == ("user.changed", room.alice, "أليس")


def test_logs_nothing_when_nothing_changed(room: Newsroom, signed_in: SignIn) -> None:
    signed_in(room.alice).post("/account/", {"name": "Alice", "time_zone": ""})
    assert Event.objects.count() == 0


def test_refuses_a_blank_name_and_an_unknown_zone(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.alice).post("/account/", {"name": " ", "time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["name", "time_zone"]
    room.alice.refresh_from_db()
    assert room.alice.name == "Alice"


def test_shows_a_tokens_secret_once_and_stores_its_digest(room: Newsroom, signed_in: SignIn) -> None:
    client = signed_in(room.alice)
    content = client.post("/account/tokens/", {"name": "CMS"}).content.decode()
    [secret] = re.findall(r'<code class="secret">(fct_[^<]+)</code>', content)
    token = Token.objects.get()
    assert (token.user, token.digest) == (room.alice, Token.digest_of(secret))
    assert secret not in client.get("/account/").content.decode()
    assert secret not in Event.objects.get().leaf


def test_refuses_a_token_without_a_name(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.alice).post("/account/tokens/", {"name": ""})
    assert (answer.status_code, Token.objects.count()) == (422, 0)
    assert answer.content.decode().count('id="token_name"') == 1


def test_revokes_a_token_but_never_that_of_somebody_else(room: Newsroom, signed_in: SignIn) -> None:
    token, _ = Token.issue(room.alice, "CMS")
    assert signed_in(room.bob).post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
    signed_in(room.alice).post(f"/account/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_shows_times_in_the_zone_of_the_account(room: Newsroom, signed_in: SignIn) -> None:
    Token.objects.create(user=room.alice, name="CMS", digest="0" * 64, created_at=datetime(2026, 1, 1, 20, tzinfo=UTC))
    room.alice.time_zone = "Asia/Seoul"
    room.alice.save()
    assert b"2 Jan 2026, 05:00" in signed_in(room.alice).get("/account/").content


def test_shows_times_in_the_zone_that_the_browser_told(room: Newsroom, signed_in: SignIn) -> None:
    Token.objects.create(user=room.alice, name="CMS", digest="0" * 64, created_at=datetime(2026, 1, 1, 20, tzinfo=UTC))
    client = signed_in(room.alice)
    client.cookies["time_zone"] = "America/New_York"
    assert b"1 Jan 2026, 15:00" in client.get("/account/").content
