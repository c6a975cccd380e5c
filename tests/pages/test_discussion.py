"""Comments, people and places of a claim."""

from __future__ import annotations

from datetime import date

from claims.models import Assignment, Comment
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import HTMX, SignIn


def test_keeps_a_comment_with_its_lines(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    client = signed_in(room.alice)
    answer = client.post(f"/claims/{claim.pk}/comments/", {"text": "네, 기다립시다.\nBis Donnerstag."})
    assert answer.headers["Location"] == f"/claims/{claim.pk}/#discussion"
    assert [(said.author, said.text) for said in Comment.objects.all()] == [
        (room.alice, "네, 기다립시다.\nBis Donnerstag.")
    ]
    assert "네, 기다립시다.\nBis Donnerstag." in client.get(f"/claims/{claim.pk}/").content.decode()


def test_answers_htmx_with_the_discussion(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    answer = signed_in(room.alice).post(f"/claims/{claim.pk}/comments/", {"text": "Wait."}, headers=HTMX)
    content = answer.content.decode()
    assert content.strip().startswith('<section class="part" id="discussion"')
    assert '<p class="pre" dir="auto">Wait.</p>' in content


def test_refuses_an_empty_comment_in_its_place(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    answer = signed_in(room.alice).post(f"/claims/{claim.pk}/comments/", {"text": " "})
    assert answer.status_code == 422
    assert answer.context["comment_form"].errors == {"text": ["Write something first."]}
    assert Comment.objects.count() == 0


def test_refuses_a_comment_from_somebody_without_a_role(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    answer = signed_in(room.nobody).post(f"/claims/{claim.pk}/comments/", {"text": "Hello"})
    assert (answer.status_code, Comment.objects.count()) == (403, 0)


def test_gives_somebody_a_part_and_takes_it_away(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.accepted(room)
    client = signed_in(room.admin)
    answer = client.post(f"/claims/{claim.pk}/people/", {"person": room.alice.pk, "part": "reviewer"})
    assert answer.headers["Location"] == f"/claims/{claim.pk}/#people"
    assignment = Assignment.objects.get()
    assert (assignment.person, assignment.part, assignment.assigned_by) == (room.alice, "reviewer", room.admin)
    client.post(f"/assignments/{assignment.pk}/remove/")
    assert Assignment.objects.count() == 0


def test_says_beside_the_name_why_somebody_cannot_have_a_part(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.accepted(room)
    sent = {"person": room.author.pk, "part": "reviewer"}
    answer = signed_in(room.admin).post(f"/claims/{claim.pk}/people/", sent)
    assert answer.status_code == 422
    assert answer.context["assign_form"].errors == {
        "person": ["Author submitted this claim and cannot review it."],
    }
    assert f'<option value="{room.author.pk}" selected>' in answer.content.decode()


def test_offers_neither_integrations_nor_people_without_a_role(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.accepted(room)
    form = signed_in(room.admin).get(f"/claims/{claim.pk}/").context["assign_form"]
    names = {person.name for person in form.fields["person"].queryset}
    assert names == {"Author", "Researcher", "Alice", "Bob", "Third", "Editor", "Admin"}


def test_lets_only_the_desk_assign(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.accepted(room)
    client = signed_in(room.alice)
    sent = {"person": room.alice.pk, "part": "reviewer"}
    assert client.post(f"/claims/{claim.pk}/people/", sent).status_code == 403
    assert Assignment.objects.count() == 0
    text = client.get(f"/claims/{claim.pk}/").content.decode()
    assert 'id="why-not-assign">Only an editor or an administrator can do this.</p>' in text


def test_notes_a_place_where_it_was_said(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    said = {"url": "", "citation": "Evening news, channel 4", "words": "They kept it.", "appeared_on": "2025-06-08"}
    answer = signed_in(room.author).post(f"/claims/{claim.pk}/appearances/", said)
    assert answer.headers["Location"] == f"/claims/{claim.pk}/#appearances"
    place = claim.appearances.get(citation="Evening news, channel 4")
    assert (place.words, place.appeared_on, place.is_first) == ("They kept it.", date(2025, 6, 8), False)


def test_refuses_a_place_without_address_and_citation(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    answer = signed_in(room.author).post(f"/claims/{claim.pk}/appearances/", {"words": "They kept it."})
    assert answer.status_code == 422
    assert list(answer.context["appearance_form"].errors) == ["url"]
    content = answer.content.decode()
    assert ("They kept it.</textarea>" in content, "<details open>" in content) == (True, True)
