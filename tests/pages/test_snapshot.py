"""A snapshot: the archived text with what is quoted from it marked."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sources.models import Snapshot
from tests import factories
from tests.factories import QUOTE, Newsroom
from tests.pages.conftest import SignIn

#: Session, user, snapshot with its source, quotes with their claims, parts of its file.
QUERIES = 5


def address(snapshot: Snapshot) -> str:
    return reverse("sources:snapshot", args=[snapshot.pk])


def test_marks_each_quote_in_its_place(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    evidence = factories.pinned(room, claim)
    content = signed_in(room.alice).get(address(evidence.snapshot)).content.decode()
    assert f'<mark id="mark-{evidence.start}-{evidence.end}">{QUOTE}</mark>' in content
    assert re.findall(r'href="([^"]+)" data-row', content) == [f"/claims/{claim.pk}/#evidence-{evidence.pk}"]


def test_leaves_out_withdrawn_quotes(room: Newsroom, signed_in: SignIn) -> None:
    from claims import evidence

    item = evidence.withdraw(factories.pinned(room, factories.researching(room)), by=room.researcher)
    content = signed_in(room.alice).get(address(item.snapshot)).content.decode()
    assert "<mark" not in content
    assert "No claim quotes this copy yet." in content


def test_shows_the_facts_to_check_it_by(room: Newsroom, signed_in: SignIn) -> None:
    snapshot = factories.archived_page(room.researcher)
    content = signed_in(room.alice).get(address(snapshot)).content.decode()
    for fact in (snapshot.payload_sha256, snapshot.text_sha256, reverse("sources:warc", args=[snapshot.pk])):
        assert fact in content


def test_escapes_what_the_page_says(room: Newsroom, signed_in: SignIn) -> None:
    snapshot = factories.archived_page(room.researcher, text="<script>alert(1)</script>")
    content = signed_in(room.alice).get(address(snapshot)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "<script>alert" not in content


def test_says_when_there_is_none(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.alice).get("/snapshots/4711/")
    assert answer.status_code == 404
    assert "There is no archived page with this number." in answer.content.decode()


def test_asks_strangers_to_sign_in(room: Newsroom) -> None:
    from django.test import Client

    snapshot = factories.archived_page(room.researcher)
    assert Client().get(address(snapshot))["Location"] == f"/sign-in/?next={address(snapshot)}"


@pytest.mark.parametrize("quotes", [1, 12])
def test_takes_the_same_queries_for_many_quotes(
    quotes: int, room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from claims import evidence

    text = " ".join(f"Sentence {n} stands." for n in range(quotes))
    snapshot = factories.archived_page(room.researcher, text=text)
    claim = factories.researching(room)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    for n in range(quotes):
        evidence.pin_quote(claim, snapshot, f"Sentence {n} stands.", by=room.researcher, stance="context")
    client = signed_in(room.alice)
    with django_assert_num_queries(QUERIES):
        assert client.get(address(snapshot)).content.decode().count("<mark ") == quotes
