"""Fact sheets: arranged from published claims, frozen version by version."""

from __future__ import annotations

import pytest

from claims import fact_sheets, workflow
from claims.models import FactSheet, FactSheetVersion
from factcheck.audit.models import Event
from factcheck.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db


def sheet_of(room: Newsroom, *claims: int, title: str = "Rare earths") -> FactSheet:
    sheet = fact_sheets.create(by=room.editor, title=title)
    return fact_sheets.arrange(sheet, by=room.editor, claims=claims, title=title, intro="In short.")


def test_keeps_the_order_that_was_chosen(room: Newsroom) -> None:
    first, second = make.published(room), make.published(room)
    version = fact_sheets.publish(sheet_of(room, second.pk, first.pk, second.pk), by=room.editor)
    assert [item["content"]["claim"] for item in version.content["claims"]] == [second.pk, first.pk]


def test_two_titles_alike_have_two_addresses_and_any_script_has_one(room: Newsroom) -> None:
    titles = ["Rare earths", "Rare earths", "희토류", "إجابات"]
    slugs = [fact_sheets.create(by=room.editor, title=title).slug for title in titles]
    assert slugs == ["rare-earths", "rare-earths-2", "fact-sheet", "fact-sheet-2"]


def test_refuses_claims_that_are_not_published(room: Newsroom) -> None:
    claim = make.decided(room)
    sheet = fact_sheets.create(by=room.editor, title="Too early")
    with pytest.raises(Invalid) as refusal:
        fact_sheets.arrange(sheet, by=room.editor, claims=[claim.pk, 10**9], title="Too early")
    assert refusal.value.fields == {
        "claims": f"Only published claims can stand on a fact sheet. Not published: {claim.pk}, {10**9}."
    }
    assert not sheet.items.exists()


def test_refuses_to_publish_an_empty_sheet(room: Newsroom) -> None:
    sheet = fact_sheets.create(by=room.editor, title="Empty")
    with pytest.raises(Conflict, match=r"^Choose at least one published claim first\.$"):
        fact_sheets.publish(sheet, by=room.editor)


def test_refuses_a_title_without_text(room: Newsroom) -> None:
    with pytest.raises(Invalid) as refusal:
        fact_sheets.create(by=room.editor, title="  ", language="?")
    assert list(refusal.value.fields) == ["title", "language"]


@pytest.mark.parametrize("who", ["author", "alice", "admin", "robot", "nobody"])
def test_only_editors_make_them(room: Newsroom, who: str) -> None:
    sheet = sheet_of(room, make.published(room).pk)
    person = getattr(room, who)
    for act in (
        lambda: fact_sheets.create(by=person, title="Mine"),
        lambda: fact_sheets.arrange(sheet, by=person, claims=[], title="Mine"),
        lambda: fact_sheets.publish(sheet, by=person),
    ):
        with pytest.raises(NotAllowed):
            act()
    sheet.refresh_from_db()
    assert (sheet.title, sheet.items.count(), sheet.versions.count()) == ("Rare earths", 1, 0)


def test_a_version_is_frozen_and_the_next_says_what_changed(room: Newsroom) -> None:
    claim = make.published(room)
    sheet = sheet_of(room, claim.pk)
    first = fact_sheets.publish(sheet, by=room.editor)
    workflow.correct(claim, by=room.editor, summary="Put better.", note="A clearer sentence.")
    with pytest.raises(Invalid) as refusal:
        fact_sheets.publish(sheet, by=room.editor)
    assert list(refusal.value.fields) == ["note"]
    second = fact_sheets.publish(sheet, by=room.editor, note="A clearer sentence.")
    first = FactSheetVersion.objects.get(pk=first.pk)
    assert [v.content["claims"][0]["content"]["summary"] for v in (first, second)] == [
        "The rule stayed in force.",
        "Put better.",
    ]


def test_the_log_tells_what_was_arranged(room: Newsroom) -> None:
    claim = make.published(room)
    sheet = sheet_of(room, claim.pk)
    fact_sheets.arrange(sheet, by=room.editor, claims=[claim.pk], title="Rare earths", intro="Other words.")
    events = Event.objects.filter(subject=sheet.subject).order_by("seq").values_list("type", "data")
    assert list(events) == [
        ("fact_sheet.created", {"title": "Rare earths"}),
        (
            "fact_sheet.arranged",
            {
                "from": {"title": "Rare earths", "claims": []},
                "to": {"title": "Rare earths", "claims": [claim.pk]},
            },
        ),
    ]


def test_refuses_a_sheet_that_is_gone(room: Newsroom) -> None:
    with pytest.raises(NotFound):
        fact_sheets.publish(FactSheet(pk=10**9), by=room.editor)
