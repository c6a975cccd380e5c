"""The command that makes an account, and the token that only its holder ever sees."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from factcheck.access.models import Token, User

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"


def add(*extra: str, email: str = "min@example.org", password: str = PASSWORD) -> str:
    out = StringIO()
    call_command(
        "add_person", email, "--name", "강민서", "--role", "reviewer", "--password", password, *extra, stdout=out
    )
    return out.getvalue()


def test_makes_an_account_that_can_sign_in() -> None:
    assert add("--role", "editor") == "강민서 can sign in as min@example.org (editor, reviewer).\n"
    assert Client().login(username="MIN@example.org", password=PASSWORD)


def test_prints_the_token_and_keeps_only_its_digest() -> None:
    secret = add("--token", "cms").split()[-1]
    token = Token.objects.get(name="cms")
    assert token.digest == Token.digest_of(secret)
    assert secret not in {str(value) for value in vars(token).values()}


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("nobody", PASSWORD, "Enter a valid email address"),
        ("a@example.org", "short", "too short"),
    ],
)
def test_refuses_what_cannot_work(email: str, password: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        add(email=email, password=password)
    assert not User.objects.exists()


def test_refuses_a_second_account_for_one_address() -> None:
    add()
    with pytest.raises(CommandError, match=r"^There is an account for Min@Example\.org already\.$"):
        add(email="Min@Example.org")
    assert User.objects.count() == 1


def test_a_superuser_is_an_administrator() -> None:
    assert User.objects.create_superuser("a@example.org", PASSWORD, name="A").roles == ["administrator"]
