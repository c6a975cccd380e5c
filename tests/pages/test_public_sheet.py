"""What readers find at /facts/: the list, and each fact sheet in each of its versions."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims import fact_sheets, workflow
from claims.models import Claim, FactSheet
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.reading import HOSTILE, scripts, source, visible, words

pytestmark = pytest.mark.django_db


def sheet_of(room: Newsroom, *claims: Claim, title: str = "After Geneva", intro: str = "What was said.") -> FactSheet:
    sheet = fact_sheets.create(by=room.editor, title=title)
    return fact_sheets.arrange(
        sheet, by=room.editor, claims=[claim.pk for claim in claims], title=title, intro=intro, language="en"
    )


def published_sheet(room: Newsroom, *claims: Claim, **said: str) -> FactSheet:
    sheet = sheet_of(room, *claims, **said)
    fact_sheets.publish(sheet, by=room.editor)
    return sheet


def address(sheet: FactSheet, *version: int) -> str:
    return reverse("public:sheet", args=[sheet.slug, *version])


def test_shows_the_claims_in_their_order(client: Client, room: Newsroom) -> None:
    first, second = make.published(room, statement="One."), make.published(room, statement="Two.")
    page = source(client.get(address(published_sheet(room, second, first))))
    assert page.index(f'id="claim-{second.pk}"') < page.index(f'id="claim-{first.pk}"')
    assert "What was said." in page


def test_a_version_stays_as_it_was_and_names_the_newer_one(client: Client, room: Newsroom) -> None:
    first, second = make.published(room, statement="One."), make.published(room, statement="Two.")
    sheet = published_sheet(room, first)
    fact_sheets.arrange(sheet, by=room.editor, claims=[first.pk, second.pk], title="Renamed", language="en")
    assert "Renamed" not in words(client.get(address(sheet)))
    fact_sheets.publish(sheet, by=room.editor, note="A claim was added.")
    old, new = words(client.get(address(sheet, 1))), words(client.get(address(sheet)))
    assert "A newer version exists. This is version 1 of 2." in old
    assert "Two." not in old
    assert "Version 2, shown here" in new
    assert "A claim was added." in new
    assert words(client.get(address(sheet, 2))) == new


def test_says_of_each_claim_what_happened_since(client: Client, room: Newsroom) -> None:
    corrected, retracted, reopened = make.published(room), make.published(room), make.published(room)
    sheet = published_sheet(room, corrected, retracted, reopened)
    workflow.correct(corrected, by=room.editor, summary="So.", note="A date was wrong.")
    workflow.retract(retracted, by=room.editor, note="The page was forged.")
    workflow.reopen(reopened, by=room.editor, reason="A new source.")
    page = words(client.get(address(sheet)))
    assert "A newer version exists. This is version 1; version 2 is of" in page
    assert "This verdict was retracted on" in page
    assert "The page was forged." in page
    assert "We are looking at this claim again." in page


def test_does_not_even_hint_at_a_sheet_that_is_not_published(client: Client, room: Newsroom) -> None:
    hidden = client.get(address(sheet_of(room, make.published(room), title="Secret")))
    missing = client.get("/facts/public/")
    assert hidden.status_code == missing.status_code == 404
    assert source(hidden) == source(missing)


@pytest.mark.parametrize("end", ["v2/", "v0/", "v1.pdf", "v99999999999999999999.json"])
def test_knows_no_version_or_form_that_is_not_there(client: Client, room: Newsroom, end: str) -> None:
    sheet = published_sheet(room, make.published(room))
    assert client.get(address(sheet) + end).status_code == 404


@pytest.mark.parametrize("version", [(), (1,)])
def test_can_be_had_as_markdown_and_json(client: Client, room: Newsroom, version: tuple[int, ...]) -> None:
    sheet = published_sheet(room, make.published(room))
    markdown = client.get(reverse("public:sheet-file", args=[sheet.slug, *version, "md"]))
    assert markdown["Content-Type"] == "text/markdown; charset=utf-8"
    assert source(markdown).startswith("# After Geneva\n")
    answer = client.get(reverse("public:sheet-file", args=[sheet.slug, *version, "json"]))
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["content"] == sheet.versions.get().content


def test_carries_no_claim_review_for_there_is_one_on_the_page_of_each_claim(client: Client, room: Newsroom) -> None:
    assert scripts(client.get(address(published_sheet(room, make.published(room))))) == []


def test_is_kept_by_caches_for_a_minute_and_checked_by_digest(client: Client, room: Newsroom) -> None:
    claim = make.published(room)
    sheet = published_sheet(room, claim)
    answer = client.get(address(sheet))
    assert answer["Cache-Control"] == "public, max-age=60"
    assert client.get(address(sheet), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    workflow.retract(claim, by=room.editor, note="Forged.")
    assert client.get(address(sheet), headers={"If-None-Match": answer["ETag"]}).status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_shows_what_anybody_typed_as_text(client: Client, room: Newsroom, text: str) -> None:
    title = text[:200].strip()
    sheet = published_sheet(room, make.published(room, statement=text), title=title, intro=text)
    answer = client.get(address(sheet))
    assert words(answer).count(visible(text)) >= 2
    assert visible(title) in words(answer)
    assert scripts(answer) == []
    assert "<img" not in source(answer)


def test_takes_the_same_queries_for_one_claim_and_for_many(
    client: Client, room: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claims = [make.published(room) for _ in range(4)]
    for sheet in (published_sheet(room, claims[0]), published_sheet(room, *claims)):
        with django_assert_num_queries(2):
            client.get(address(sheet))


# --- /facts/ ------------------------------------------------------------------------------


def test_the_list_is_empty_at_first(client: Client, room: Newsroom) -> None:
    assert "Nothing has been published yet." in words(client.get(reverse("public:index")))


def test_the_list_names_sheets_and_claims_and_nothing_that_is_not_published(client: Client, room: Newsroom) -> None:
    published = make.published(room, statement="This is out.")
    make.decided(room, statement="This is not.")
    reopened = workflow.reopen(make.published(room, statement="This again."), by=room.editor, reason="New.")
    make.retracted(room, statement="This was wrong.")
    sheet = published_sheet(room, published, title="Out")
    sheet_of(room, published, title="Not yet")
    page = words(client.get(reverse("public:index")))
    assert "Out 1 claim" in page
    assert "This is out. True An official" in page
    assert "This again. True" in page
    assert "being looked at again" in page
    assert "This was wrong. Retracted" in page
    assert "This is not." not in page
    assert "Not yet" not in page
    hrefs = source(client.get(reverse("public:index")))
    assert f'href="{address(sheet)}"' in hrefs
    assert f'href="{reverse("public:claim", args=[reopened.pk])}"' in hrefs


def test_the_list_has_pages(client: Client, room: Newsroom) -> None:
    for number in range(21):
        make.published(room, statement=f"Claim number {number}.")
    first, second = (words(client.get(reverse("public:index"), {"page": n})) for n in (1, 2))
    assert "Page 1 of 2" in first
    assert "Claim number 0." not in first
    assert "Claim number 0." in second


@pytest.mark.parametrize("page", ["x", "-1", "99", "9" * 30, "\x00"])
def test_the_list_forgives_a_wrong_page(client: Client, room: Newsroom, page: str) -> None:
    assert client.get(reverse("public:index"), {"page": page}).status_code == 200


def test_the_list_takes_the_same_queries_for_few_and_for_many(
    client: Client, room: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(2):
        published_sheet(room, make.published(room), make.published(room))
        with django_assert_num_queries(4):
            client.get(reverse("public:index"))
