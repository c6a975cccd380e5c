"""Sign-off: may this go out, and what happens when it does."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims import workflow
from claims.models import Claim, Publication
from claims.states import Status
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.conftest import SignIn
from tests.pages.reading import HOSTILE, source, visible, words

pytestmark = pytest.mark.django_db

WHY = {"summary": "The rule stayed in force."}
NOTE = {"summary": "The rule stayed.", "note": "A date was wrong."}


def address(claim: Claim) -> str:
    return reverse("claims:sign-off", args=[claim.pk])


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("page", ["review", "adjudicate", "sign-off"])
def test_shows_a_claim_in_every_state(room: Newsroom, signed_in: SignIn, status: Status, page: str) -> None:
    claim = make.REACH[status](room)
    for person in (room.editor, room.alice, room.author, room.nobody):
        answer = signed_in(person).get(reverse(f"claims:{page}", args=[claim.pk]))
        assert answer.status_code == 200
        assert claim.statement in words(answer)


def test_lists_what_is_fulfilled(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.editor).get(address(make.decided(room)))
    read = words(answer)
    for label in [
        "The claim is decided: fulfilled",
        "The reviewers agreed, or a third person decided: fulfilled",
        "It is known where the claim was made: fulfilled",
        "At least one quote is pinned as evidence: fulfilled",
        "Every quote stands in its archived page: fulfilled",
        "You are an editor and took no part in this claim: fulfilled",
    ]:
        assert visible(label) in read
    assert "not fulfilled" not in read


def test_lists_what_stands_in_the_way_with_the_link_that_mends_it(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.decided(room, appearance_url="")
    answer = signed_in(room.editor).get(address(claim))
    assert "Add the place where the claim was made: an address or a citation." in words(answer)
    assert f'href="{reverse("claims:claim", args=[claim.pk])}#appearances"' in source(answer)
    assert "One thing stands in the way" in words(answer)
    assert 'aria-disabled="true" aria-describedby="sign-why-not"' in source(answer)


def test_sends_on_to_where_a_claim_in_review_is_decided(room: Newsroom, signed_in: SignIn) -> None:
    for claim, page in [(make.in_review(room), "review"), (make.adjudicating(room), "adjudicate")]:
        answer = signed_in(room.editor).get(address(claim))
        assert f'href="{reverse(f"claims:{page}", args=[claim.pk])}"' in source(answer)


def test_shows_the_page_as_readers_would_see_it(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.decided(room)
    answer = signed_in(room.editor).post(address(claim), WHY | {"preview": "yes"})
    read = words(answer)
    assert answer.status_code == 200
    assert "What readers would see version 1" in read
    assert "The rule stayed in force. Where it was said" in read
    assert "Alice, Bob reviewed it independently, without seeing each other’s verdict, and agreed. Editor" in read
    assert "The rule stayed in force.</textarea>" in source(answer)
    assert not Publication.objects.exists()


def test_signs_off_and_publishes(room: Newsroom, signed_in: SignIn) -> None:
    claim, editor = make.decided(room), signed_in(room.editor)
    assert editor.post(address(claim), WHY).status_code == 302
    publication = Publication.objects.get()
    assert (publication.number, publication.published_by, publication.content["summary"]) == (
        1,
        room.editor,
        "The rule stayed in force.",
    )
    read = words(editor.get(address(claim)))
    assert "Version 1 is published." in read
    assert "See what readers see" in read


def test_refuses_to_publish_without_the_short_why(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.editor).post(address(make.decided(room)), {"summary": " "})
    assert answer.status_code == 422
    assert "Write the short why that readers see." in words(answer)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("alice", "Only an editor can do this."),
        ("author", "Only an editor can do this."),
        ("researcher", "Only an editor can do this."),
        ("admin", "Only an editor can do this."),
        ("robot", "Only an editor can do this."),
        ("nobody", "Only an editor can do this."),
    ],
)
def test_refuses_whoever_is_no_editor(room: Newsroom, signed_in: SignIn, who: str, sentence: str) -> None:
    claim, person = make.decided(room), signed_in(getattr(room, who))
    assert sentence in words(person.get(address(claim)))
    answer = person.post(address(claim), WHY)
    assert answer.status_code == 403
    assert sentence in words(answer)


def test_refuses_an_editor_who_reviewed(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice)
    make.seal(claim, room.third)
    third = signed_in(room.third)
    sentence = "You reviewed this claim, so an editor who took no part has to sign it."
    assert sentence in words(third.get(address(claim)))
    answer = third.post(address(claim), WHY)
    assert answer.status_code == 403
    assert f"What you typed Summary {WHY['summary']}" in words(answer)


def test_refuses_an_editor_who_adjudicated(room: Newsroom, signed_in: SignIn) -> None:
    claim = workflow.adjudicate(make.adjudicating(room), by=room.third, rating="mixed", reasons="So.")
    answer = signed_in(room.third).post(address(claim), WHY)
    assert answer.status_code == 403
    assert "You adjudicated this claim, so an editor who took no part has to sign it." in words(answer)


def test_refuses_an_editor_who_submitted_it(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.decided(room, by=room.third)
    assert signed_in(room.third).post(address(claim), WHY).status_code == 403


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DECIDED, Status.PUBLISHED, Status.CORRECTED}))
def test_refuses_to_publish_in_any_other_state(room: Newsroom, signed_in: SignIn, status: Status) -> None:
    claim = make.REACH[status](room)
    before = claim.publications.count()
    assert signed_in(room.editor).post(address(claim), NOTE).status_code == 409
    assert claim.publications.count() == before


def test_refuses_to_publish_without_a_place_where_it_was_said(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.decided(room, appearance_url="")
    answer = signed_in(room.editor).post(address(claim), WHY)
    assert answer.status_code == 409
    assert "Add the place where the claim was made: an address or a citation." in words(answer)


def test_corrects_what_is_published(room: Newsroom, signed_in: SignIn) -> None:
    claim, editor = make.published(room), signed_in(room.editor)
    shown = editor.get(address(claim))
    assert "Publish a correction" in words(shown)
    assert "The rule stayed in force.</textarea>" in source(shown)
    assert editor.post(address(claim), NOTE).status_code == 302
    newest = claim.publications.latest("number")
    assert (newest.number, newest.kind, newest.note) == (2, "correction", "A date was wrong.")


def test_refuses_a_correction_that_does_not_say_what_changed(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.editor).post(address(make.published(room)), NOTE | {"note": ""})
    assert answer.status_code == 422
    assert "Say for readers what changed and why." in words(answer)
    assert "The rule stayed.</textarea>" in source(answer)


def test_wants_a_note_when_a_claim_is_published_again(room: Newsroom, signed_in: SignIn) -> None:
    claim = workflow.reopen(make.published(room), by=room.editor, reason="A new source.")
    workflow.send_to_review(claim, by=room.researcher)
    make.seal(claim, room.alice, "false")
    make.seal(claim, room.bob, "false")
    editor = signed_in(room.editor)
    answer = editor.post(address(claim), WHY | {"note": ""})
    assert answer.status_code == 422
    assert "This claim was published before: say for readers what changed and why." in words(answer)
    assert editor.post(address(claim), NOTE).status_code == 302
    assert claim.publications.latest("number").content["rating"]["label"] == "False"


def test_leads_on_to_retracting_and_reopening_and_says_who_may(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.published(room)
    page = source(signed_in(room.editor).get(address(claim)))
    for verb in ["retract", "reopen"]:
        assert f'href="{reverse("claims:act", args=[claim.pk, verb])}"' in page
    read = words(signed_in(room.alice).get(address(claim)))
    assert "Retract Only an editor can do this. Re-open Only an editor or an administrator can do this." in read


@pytest.mark.parametrize("text", HOSTILE)
def test_shows_what_anybody_typed_as_text(room: Newsroom, signed_in: SignIn, text: str) -> None:
    claim = make.decided(room, statement=text)
    read = words(signed_in(room.editor).post(address(claim), {"summary": text, "preview": "yes"}))
    assert read.count(visible(text)) >= 4


def test_takes_the_same_queries_for_one_quote_and_for_many(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = make.decided(room)
    many = make.with_evidence(room)
    for _ in range(5):
        make.pinned(room, many)
    many = workflow.send_to_review(many, by=room.researcher)
    make.seal(many, room.alice)
    make.seal(many, room.bob)
    editor = signed_in(room.editor)
    for claim in (one, many):
        with django_assert_num_queries(15):
            editor.get(address(claim))


def test_puts_nobodys_name_under_a_preview_who_could_not_sign_it(room: Newsroom, signed_in: SignIn) -> None:
    read = words(signed_in(room.alice).get(address(make.decided(room))))
    assert "An editor, who took no part, signed it." in read
    assert "Alice, who took no part" not in read
