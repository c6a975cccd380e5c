"""Fact sheets behind the sign-in: the list, the working copy, the preview, the release."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims import fact_sheets, workflow
from claims.models import Claim, FactSheet, FactSheetVersion
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.conftest import SignIn
from tests.pages.reading import HOSTILE, source, visible, words

pytestmark = pytest.mark.django_db

SAID = {"title": "After Geneva", "intro": "What was said.", "language": "en"}


def sheet_of(room: Newsroom, *claims: Claim) -> FactSheet:
    sheet = fact_sheets.create(by=room.editor, title="After Geneva")
    return fact_sheets.arrange(sheet, by=room.editor, claims=[claim.pk for claim in claims], **SAID)


def edit(sheet: FactSheet) -> str:
    return reverse("sheets:edit", args=[sheet.pk])


def release(sheet: FactSheet) -> str:
    return reverse("sheets:publish", args=[sheet.pk])


def chosen(page: str) -> list[int]:
    """The claims in the form, in their order."""
    return [int(number) for number in re.findall(r'name="claims" value="(\d+)"', page)]


def stored(sheet: FactSheet) -> list[int]:
    return list(sheet.items.values_list("claim", flat=True))


# --- list and new -------------------------------------------------------------------------


def test_an_empty_list_says_what_would_fill_it(room: Newsroom, signed_in: SignIn) -> None:
    read = words(signed_in(room.editor).get(reverse("sheets:list")))
    assert "It is an ordered set of published claims, for readers. Make the first one" in read


def test_the_list_says_how_many_claims_and_which_version_is_out(room: Newsroom, signed_in: SignIn) -> None:
    out, waiting = sheet_of(room, make.published(room), make.published(room)), sheet_of(room)
    fact_sheets.publish(out, by=room.editor)
    read = words(signed_in(room.alice).get(reverse("sheets:list")))
    assert "After Geneva 0 claims Not published yet After Geneva 2 claims Version 1 as readers see it" in read
    assert waiting.pk > out.pk


def test_the_list_takes_the_same_queries_for_one_sheet_and_for_many(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    editor, claim = signed_in(room.editor), make.published(room)
    for _ in range(2):
        fact_sheets.publish(sheet_of(room, claim), by=room.editor)
        with django_assert_num_queries(3):
            editor.get(reverse("sheets:list"))


def test_makes_a_sheet_and_goes_on_to_its_claims(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.editor).post(reverse("sheets:new"), SAID)
    sheet = FactSheet.objects.get()
    assert answer["Location"] == edit(sheet)
    assert (sheet.slug, sheet.title, sheet.intro) == ("after-geneva", "After Geneva", "What was said.")


def test_refuses_a_sheet_without_a_title_and_keeps_what_was_typed(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.editor).post(reverse("sheets:new"), SAID | {"title": " "})
    assert answer.status_code == 422
    assert "Give the fact sheet a title." in words(answer)
    assert "What was said.</textarea>" in source(answer)


def test_refuses_a_title_that_is_too_long(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.editor).post(reverse("sheets:new"), SAID | {"title": "x" * 201})
    assert answer.status_code == 422
    assert "This has 201 characters. Shorten it to 200." in words(answer)
    assert "x" * 201 in source(answer)


@pytest.mark.parametrize("who", ["alice", "author", "admin", "robot", "nobody"])
def test_only_editors_make_arrange_and_publish(room: Newsroom, signed_in: SignIn, who: str) -> None:
    sheet = sheet_of(room, make.published(room))
    person = signed_in(getattr(room, who))
    for page in (reverse("sheets:list"), reverse("sheets:new"), edit(sheet), release(sheet)):
        answer = person.get(page)
        assert answer.status_code == 200
        assert "Only an editor can do this." in words(answer)
    assert person.post(reverse("sheets:new"), SAID).status_code == 403
    assert person.post(edit(sheet), SAID | {"save": "yes"}).status_code == 403
    assert person.post(release(sheet)).status_code == 403
    assert (FactSheet.objects.count(), len(stored(sheet)), FactSheetVersion.objects.count()) == (1, 1, 0)


def test_sends_strangers_to_the_sign_in_page(room: Newsroom, client: Client) -> None:
    sheet = sheet_of(room, make.published(room))
    for page in (reverse("sheets:list"), reverse("sheets:new"), edit(sheet), release(sheet)):
        assert client.get(page)["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize("page", ["sheets:edit", "sheets:publish"])
def test_knows_no_sheet_that_is_not_there(room: Newsroom, signed_in: SignIn, page: str) -> None:
    answer = signed_in(room.editor).get(reverse(page, args=[987654]))
    assert answer.status_code == 404
    assert "There is no fact sheet 987654." in words(answer)


# --- choose and order, without JavaScript ---------------------------------------------------


def test_offers_published_claims_and_no_others(room: Newsroom, signed_in: SignIn) -> None:
    on, off = make.published(room, statement="On it."), make.published(room, statement="Off it.")
    make.decided(room, statement="Not published.")
    page = source(signed_in(room.editor).get(edit(sheet_of(room, on))))
    assert chosen(page) == [on.pk]
    assert re.findall(r'name="add" value="(\d+)"', page) == [str(off.pk)]
    assert "Not published." not in page


def test_a_reopened_claim_can_still_be_chosen(room: Newsroom, signed_in: SignIn) -> None:
    claim = workflow.reopen(make.published(room), by=room.editor, reason="New.")
    assert f'name="add" value="{claim.pk}"' in source(signed_in(room.editor).get(edit(sheet_of(room))))


@pytest.mark.parametrize("text", ["chips", "HELD up", "#{pk}"])
def test_finds_claims_by_their_words_or_number(room: Newsroom, signed_in: SignIn, text: str) -> None:
    make.published(room, statement="Rare earths were sold.")
    chips = make.published(room, statement="Chips were held up.")
    sent = SAID | {"text": text.format(pk=chips.pk), "look": "yes"}
    answer = signed_in(room.editor).post(edit(sheet_of(room)), sent)
    assert re.findall(r'name="add" value="(\d+)"', source(answer)) == [str(chips.pk)]


def test_says_when_nothing_is_found(room: Newsroom, signed_in: SignIn) -> None:
    make.published(room)
    answer = signed_in(room.editor).post(edit(sheet_of(room)), SAID | {"text": "zebra", "look": "yes"})
    assert "No published claim answers to “ zebra ”." in words(answer)


def test_looking_adding_moving_and_removing_save_nothing_and_lose_nothing(room: Newsroom, signed_in: SignIn) -> None:
    one, two, three = (make.published(room) for _ in range(3))
    sheet, editor = sheet_of(room, one), signed_in(room.editor)
    typed = SAID | {"title": "Another title", "intro": "Another intro."}
    answer = editor.post(edit(sheet), typed | {"claims": [one.pk], "add": [two.pk, three.pk], "look": "yes"})
    assert chosen(source(answer)) == [one.pk, two.pk, three.pk]
    assert 'value="Another title"' in source(answer)
    assert "Another intro.</textarea>" in source(answer)
    assert "Not saved yet" in words(answer)
    sent = typed | {"claims": [one.pk, two.pk, three.pk]}
    moves = [
        (f"{three.pk}:up", [one.pk, three.pk, two.pk]),
        (f"{one.pk}:down", [two.pk, one.pk, three.pk]),
        (f"{one.pk}:up", [one.pk, two.pk, three.pk]),
        (f"{three.pk}:down", [one.pk, two.pk, three.pk]),
        ("987654:up", [one.pk, two.pk, three.pk]),
        ("nonsense", [one.pk, two.pk, three.pk]),
    ]
    for move, order in moves:
        assert chosen(source(editor.post(edit(sheet), sent | {"move": move}))) == order
    assert chosen(source(editor.post(edit(sheet), sent | {"remove": two.pk}))) == [one.pk, three.pk]
    assert stored(sheet) == [one.pk]


def test_saves_the_order_as_it_was_sent(room: Newsroom, signed_in: SignIn) -> None:
    one, two, three = (make.published(room) for _ in range(3))
    sheet = sheet_of(room, one)
    sent = SAID | {"claims": [three.pk, one.pk], "add": [two.pk], "save": "yes"}
    assert signed_in(room.editor).post(edit(sheet), sent).status_code == 302
    assert stored(sheet) == [three.pk, one.pk, two.pk]


def test_refuses_a_title_of_spaces_and_keeps_claims_and_words(room: Newsroom, signed_in: SignIn) -> None:
    one, two = make.published(room), make.published(room)
    sheet = sheet_of(room, one)
    sent = SAID | {"title": " ", "intro": "New.", "claims": [two.pk, one.pk], "save": "yes"}
    answer = signed_in(room.editor).post(edit(sheet), sent)
    assert answer.status_code == 422
    assert "Give the fact sheet a title." in words(answer)
    assert "New.</textarea>" in source(answer)
    assert chosen(source(answer)) == [two.pk, one.pk]
    assert stored(sheet) == [one.pk]


def test_refuses_a_claim_that_is_not_published(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.decided(room)
    sheet = sheet_of(room)
    answer = signed_in(room.editor).post(edit(sheet), SAID | {"claims": [claim.pk], "save": "yes"})
    assert answer.status_code == 422
    assert f"Only published claims can stand on a fact sheet. Not published: {claim.pk}." in words(answer)


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "1.5", "\x00", "٣"])
def test_forgives_numbers_that_our_form_never_sent(room: Newsroom, signed_in: SignIn, number: str) -> None:
    sheet = sheet_of(room)
    sent = SAID | {"claims": [number], "add": [number], "remove": number, "move": f"{number}:up", "save": "yes"}
    assert signed_in(room.editor).post(edit(sheet), sent).status_code == 302
    assert stored(sheet) == []


def test_editing_takes_the_same_queries_for_one_claim_and_for_many(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claims = [make.published(room) for _ in range(4)]
    editor = signed_in(room.editor)
    for sheet in (sheet_of(room, claims[0]), sheet_of(room, *claims)):
        with django_assert_num_queries(7):
            editor.get(edit(sheet))


# --- preview and release --------------------------------------------------------------------


def test_previews_what_readers_would_get(room: Newsroom, signed_in: SignIn) -> None:
    read = words(signed_in(room.editor).get(release(sheet_of(room, make.published(room)))))
    assert "Fact sheet, version 1, not published After Geneva What was said." in read
    assert make.QUOTE in read
    assert "It cannot be unpublished" in read


def test_publishes_the_first_version_without_a_note(room: Newsroom, signed_in: SignIn) -> None:
    sheet, editor = sheet_of(room, make.published(room)), signed_in(room.editor)
    assert editor.post(release(sheet)).status_code == 302
    version = sheet.versions.get()
    assert (version.number, version.note, version.published_by) == (1, "", room.editor)
    assert "Version 1 is published." in words(editor.get(edit(sheet)))


def test_wants_a_note_from_the_second_version_on(room: Newsroom, signed_in: SignIn) -> None:
    sheet, editor = sheet_of(room, make.published(room)), signed_in(room.editor)
    fact_sheets.publish(sheet, by=room.editor)
    assert "Nothing has changed since version 1." in words(editor.get(release(sheet)))
    answer = editor.post(release(sheet), {"note": "  "})
    assert answer.status_code == 422
    assert "Say for readers what changed since the last version." in words(answer)
    assert editor.post(release(sheet), {"note": "A date was wrong."}).status_code == 302
    assert sheet.versions.get(number=2).note == "A date was wrong."


def test_refuses_to_publish_an_empty_sheet(room: Newsroom, signed_in: SignIn) -> None:
    sheet, editor = sheet_of(room), signed_in(room.editor)
    shown = editor.get(release(sheet))
    assert "Choose at least one published claim first." in words(shown)
    assert 'aria-disabled="true"' in source(shown)
    answer = editor.post(release(sheet))
    assert answer.status_code == 409
    assert "Choose at least one published claim first." in words(answer)


@pytest.mark.parametrize("text", HOSTILE)
def test_shows_what_anybody_typed_as_text(room: Newsroom, signed_in: SignIn, text: str) -> None:
    title = text[:200].strip()
    sheet = fact_sheets.create(by=room.editor, title=title, intro=text)
    claim = make.published(room, statement=text)
    fact_sheets.arrange(sheet, by=room.editor, claims=[claim.pk], title=title, intro=text, language="en")
    editor = signed_in(room.editor)
    for page in (edit(sheet), release(sheet)):
        read = words(editor.get(page))
        assert read.count(visible(text)) >= 2
        assert visible(title) in read
