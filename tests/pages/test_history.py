"""The history of a claim: who did what, when, and can I check it?"""

from __future__ import annotations

import html

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import discussion
from factcheck.audit.models import Event
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import SignIn

#: Session and user, the claim, how many events, the events, the people and the quotes they name.
QUERIES = 7


def test_tells_in_sentences_who_did_what(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    text = html.unescape(signed_in(room.alice).get(f"/claims/{claim.pk}/history/").content.decode())
    assert "<bdi>Researcher</bdi> sent it to review, round 1" in text
    assert "<bdi>Author</bdi> submitted the claim" in text
    assert 'Status: <del dir="auto">Researching</del> → <ins dir="auto">In review</ins>' in text


def test_ends_each_entry_with_its_hash(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    text = signed_in(room.alice).get(f"/claims/{claim.pk}/history/").content.decode()
    hashes = Event.objects.filter(subject=claim.subject).values_list("hash", flat=True)
    assert len(hashes) > 4
    assert [hash for hash in hashes if f'title="{hash}"' not in text] == []


def test_tells_of_no_seal_before_the_round_is_complete(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    factories.seal(claim, room.alice)
    address = f"/claims/{claim.pk}/history/"
    assert b"sealed a review" not in signed_in(room.bob).get(address).content
    assert b"sealed a review" in signed_in(room.alice).get(address).content
    factories.seal(claim, room.bob)
    assert signed_in(room.bob).get(address).content.count(b"sealed a review") == 2


def test_is_for_people_who_have_signed_in(room: Newsroom) -> None:
    claim = factories.submitted(room)
    address = f"/claims/{claim.pk}/history/"
    assert Client().get(address).headers["Location"] == f"/sign-in/?next={address}"


def test_takes_as_many_queries_for_fifty_events_as_for_some(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim = factories.with_evidence(room)
    discussion.assign(claim, room.alice, "reviewer", by=room.admin)
    client = signed_in(room.alice)
    with django_assert_num_queries(QUERIES):
        client.get(f"/claims/{claim.pk}/history/")
    for number in range(60):
        discussion.comment(claim, f"Comment {number}", by=room.alice)
    discussion.assign(claim, room.bob, "reviewer", by=room.admin)
    factories.pinned(room, claim)
    with django_assert_num_queries(QUERIES):
        answer = client.get(f"/claims/{claim.pk}/history/")
    assert len(answer.context["entries"]) == 50
    assert b"Page 1 of 2" in answer.content
