"""The queue: what should I do next?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim
from claims.views.queue import due_words
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import HTMX, SignIn

#: Session, user, counts of the groups, the rows.
QUERIES = 4


def statements(content: bytes) -> list[str]:
    return re.findall(r"data-row>([^<]+)<", content.decode())


def test_shows_mine_first_then_others_then_the_rest(room: Newsroom, signed_in: SignIn) -> None:
    factories.published(room, statement="Done.")
    factories.submitted(room, statement="Waits for an editor.")
    factories.in_review(room, statement="Waits for my review.")
    answer = signed_in(room.alice).get("/")
    assert statements(answer.content) == ["Waits for my review.", "Waits for an editor.", "Done."]
    assert [(group.title, group.number) for group in answer.context["groups"]] == [
        ("Yours", 1),
        ("Waiting for others", 1),
        ("Everything else", 1),
    ]


def test_says_what_i_owe_and_until_when(room: Newsroom, signed_in: SignIn) -> None:
    late = timezone.localdate() - timedelta(days=2)
    factories.in_review(room, due_on=late)
    [group] = signed_in(room.alice).get("/").context["groups"]
    [row] = group.rows
    assert (row.owed, row.due, row.urgency) == ("Review it", "2 days late", "late")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ("", "")),
        (date(2026, 5, 8), ("1 day late", "late")),
        (date(2026, 5, 9), ("today", "soon")),
        (date(2026, 5, 10), ("tomorrow", "soon")),
        (date(2026, 5, 20), ("by 20 May", "")),
        (date(2027, 1, 2), ("by 2 Jan 2027", "")),
    ],
)
def test_words_a_day_as_people_do(due: date | None, words: tuple[str, str]) -> None:
    assert due_words(due, date(2026, 5, 9)) == words


def test_tells_nobody_that_another_reviewer_has_sealed(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    client = signed_in(room.bob)
    before = client.get("/", headers=HTMX).content
    factories.seal(claim, room.alice)
    assert client.get("/", headers=HTMX).content == before
    assert b"your review is sealed" in signed_in(room.alice).get("/").content.lower()


def test_filters_by_address(room: Newsroom, signed_in: SignIn) -> None:
    factories.submitted(room, statement="중국은 통제를 유지했다.", language="ko")
    factories.declined(room, statement="Talks were productive.")
    client = signed_in(room.alice)
    assert statements(client.get("/?language=ko").content) == ["중국은 통제를 유지했다."]
    assert statements(client.get("/?status=declined").content) == ["Talks were productive."]
    assert statements(client.get("/?q=통제를").content) == ["중국은 통제를 유지했다."]
    assert statements(client.get("/?group=mine").content) == []
    assert len(statements(client.get("/?status=nonsense&group=nonsense&page=nonsense").content)) == 2


def test_offers_all_claims_when_a_search_finds_none(room: Newsroom, signed_in: SignIn) -> None:
    factories.submitted(room)
    assert b"Show all claims" in signed_in(room.alice).get("/?q=nowhere").content


def test_offers_the_first_claim_when_there_is_none(room: Newsroom, signed_in: SignIn) -> None:
    assert b"Put in the first claim" in signed_in(room.alice).get("/").content


def test_answers_htmx_with_the_list_alone(room: Newsroom, signed_in: SignIn) -> None:
    factories.submitted(room)
    content = signed_in(room.alice).get("/", headers=HTMX).content
    assert content.strip().startswith(b'<div id="found">')
    assert statements(content) == ["China maintained rare earth controls despite the Geneva deal."]


def test_jumps_to_a_claim_by_its_number(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    client = signed_in(room.alice)
    assert client.get(f"/?jump=1&q=%23{claim.pk}").headers["Location"] == f"/claims/{claim.pk}/"
    assert client.get("/?jump=1&q=999999").status_code == 200
    assert client.get(f"/?q={claim.pk}").status_code == 200


def test_is_for_people_who_have_signed_in(room: Newsroom, signed_in: SignIn) -> None:
    assert Client().get("/").headers["Location"] == "/sign-in/?next=/"


def test_takes_as_many_queries_for_fifty_claims_as_for_one(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(room.alice)
    factories.submitted(room)
    with django_assert_num_queries(QUERIES):
        client.get("/")
    like = Claim.objects.get()
    Claim.objects.bulk_create(
        Claim(
            statement=f"Statement {number}.",
            claimant=like.claimant,
            claimed_on=like.claimed_on,
            scale=like.scale,
            author=like.author,
        )
        for number in range(60)
    )
    with django_assert_num_queries(QUERIES):
        answer = client.get("/")
    assert len(statements(answer.content)) == 50
    assert b"Page 1 of 2" in answer.content
    assert len(statements(client.get("/?page=2").content)) == 11
