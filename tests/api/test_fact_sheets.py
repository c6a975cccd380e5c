"""/fact-sheets/: the working copy, and the versions that readers were shown."""

from __future__ import annotations

from typing import Any

import pytest

from claims import fact_sheets
from claims.frozen import digest_of
from claims.models import FactSheet, FactSheetVersion
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom


@pytest.fixture
def sheet(room: Newsroom) -> FactSheet:
    return fact_sheets.create(by=room.editor, title="Trade talks")


def test_begins_a_fact_sheet(room: Newsroom) -> None:
    answer = Api(room.editor).post("fact-sheets/", title="Trade talks", intro="In June.", language="en")
    assert answer.status == 201
    body = answer.body
    assert (body["slug"], body["title"], body["intro"], body["claims"]) == (
        "trade-talks",
        "Trade talks",
        "In June.",
        [],
    )
    assert (body["version"], body["public_url"]) == (None, None)


def test_sets_the_claims_in_their_order(room: Newsroom, sheet: FactSheet) -> None:
    first, second = make.published(room), make.corrected(room)
    answer = Api(room.editor).put(f"fact-sheets/{sheet.pk}/", title="Trade", claims=[second.pk, first.pk])
    assert (answer.status, answer.body["title"], answer.body["claims"]) == (200, "Trade", [second.pk, first.pk])


def test_publishes_a_version_that_stays(room: Newsroom, sheet: FactSheet) -> None:
    claim = make.published(room)
    api = Api(room.editor)
    api.put(f"fact-sheets/{sheet.pk}/", title="Trade talks", claims=[claim.pk])
    answer = api.post(f"fact-sheets/{sheet.pk}/publish/")
    assert (answer.status, answer.body["number"]) == (201, 1)
    assert [c["content"]["claim"] for c in answer.body["content"]["claims"]] == [claim.pk]
    api.put(f"fact-sheets/{sheet.pk}/", title="Another title", claims=[claim.pk])
    version = Api(room.robot).get(f"fact-sheets/{sheet.pk}/versions/1/").body
    assert version == answer.body
    assert (version["content"]["title"], version["content_sha256"]) == ("Trade talks", digest_of(version["content"]))
    shown = api.get(f"fact-sheets/{sheet.pk}/").body
    assert (shown["version"], shown["public_url"].endswith("/facts/trade-talks/")) == (1, True)


def test_a_later_version_says_why(room: Newsroom, sheet: FactSheet) -> None:
    fact_sheets.arrange(sheet, by=room.editor, claims=[make.published(room).pk], title="Trade talks")
    fact_sheets.publish(sheet, by=room.editor)
    api = Api(room.editor)
    answer = api.post(f"fact-sheets/{sheet.pk}/publish/")
    assert answer.errors == {"note": "Say for readers what changed since the last version."}
    assert api.post(f"fact-sheets/{sheet.pk}/publish/", note="One more claim.").body["number"] == 2
    items = api.get(f"fact-sheets/{sheet.pk}/versions/").body["items"]
    assert [(v["number"], v["note"]) for v in items] == [(2, "One more claim."), (1, "")]


def test_an_empty_sheet_is_not_published(room: Newsroom, sheet: FactSheet) -> None:
    answer = Api(room.editor).post(f"fact-sheets/{sheet.pk}/publish/")
    assert answer.problem == (409, "not_ready", "Choose at least one published claim first.")
    assert not FactSheetVersion.objects.exists()


def test_only_published_claims_stand_on_it(room: Newsroom, sheet: FactSheet) -> None:
    claim = make.decided(room)
    answer = Api(room.editor).put(f"fact-sheets/{sheet.pk}/", title="Trade", claims=[claim.pk, 999])
    assert answer.errors == {
        "claims": f"Only published claims can stand on a fact sheet. Not published: {claim.pk}, 999."
    }
    assert not sheet.items.exists()


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"title": ""}, {"title": "Give the fact sheet a title."}),
        ({"language": "?"}, {"language": "Give the language as a tag such as en, ko, zh-Hant or ar."}),
        ({"claims": "1,2"}, {"claims": "Send a list of claims' numbers."}),
        ({"claims": [2**70]}, {"claims.0": "Give its number, such as 12."}),
        ({"claims": list(range(1, 502))}, {"claims": "Choose 500 claims at most."}),
    ],
)
def test_refuses_what_cannot_be_used(
    room: Newsroom, sheet: FactSheet, sent: dict[str, Any], errors: dict[str, str]
) -> None:
    answer = Api(room.editor).put(f"fact-sheets/{sheet.pk}/", **{"title": "Trade", "claims": []} | sent)
    assert answer.errors == errors


def test_only_an_editor_writes(room: Newsroom, sheet: FactSheet) -> None:
    api, refusal = Api(room.alice), (403, "not_allowed", "Only an editor can do this.")
    assert api.post("fact-sheets/", title="Mine").problem == refusal
    assert api.put(f"fact-sheets/{sheet.pk}/", title="Mine", claims=[]).problem == refusal
    assert api.post(f"fact-sheets/{sheet.pk}/publish/").problem == refusal
    assert list(FactSheet.objects.values_list("title", flat=True)) == ["Trade talks"]


def test_lists_the_newest_first_with_as_many_queries_for_many_as_for_one(
    room: Newsroom, sheet: FactSheet, queries: Any
) -> None:
    api = Api(room.robot)
    with queries(3):
        assert [s["id"] for s in api.get("fact-sheets/").body["items"]] == [sheet.pk]
    claims = [make.published(room).pk, make.published(room).pk]
    for number in range(3):
        more = fact_sheets.create(by=room.editor, title=f"Sheet {number}")
        fact_sheets.arrange(more, by=room.editor, claims=claims, title=more.title)
        fact_sheets.publish(more, by=room.editor)
        fact_sheets.publish(more, by=room.editor, note="Again.")
    with queries(3):
        answer = api.get("fact-sheets/")
    assert [(s["title"], s["version"], s["claims"]) for s in answer.body["items"]] == [
        ("Sheet 2", 2, claims),
        ("Sheet 1", 2, claims),
        ("Sheet 0", 2, claims),
        ("Trade talks", None, []),
    ]


@pytest.mark.parametrize(
    ("method", "path", "sentence"),
    [
        ("GET", "fact-sheets/99/", "There is no fact sheet 99."),
        ("PUT", "fact-sheets/99/", "There is no fact sheet 99."),
        ("POST", "fact-sheets/99/publish/", "There is no fact sheet 99."),
        ("GET", "fact-sheets/99/versions/", "There is no fact sheet 99."),
        ("GET", "fact-sheets/99/versions/1/", "There is no version 1 of fact sheet 99."),
    ],
)
def test_there_is_nothing_of_that_number(room: Newsroom, method: str, path: str, sentence: str) -> None:
    body: dict[str, Any] | None = {} if method != "GET" else None
    assert Api(room.editor).call(method, path, body).problem == (404, "not_found", sentence)


def test_only_allows_what_it_says(room: Newsroom, sheet: FactSheet) -> None:
    api, path = Api(room.editor), f"fact-sheets/{sheet.pk}/"
    assert api.delete("fact-sheets/").headers["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert api.delete(path).headers["Allow"] == "GET, PUT, HEAD, OPTIONS"
    assert api.get(f"{path}publish/").headers["Allow"] == "POST, OPTIONS"
    assert api.post(f"{path}versions/").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert api.post(f"{path}versions/1/").headers["Allow"] == "GET, HEAD, OPTIONS"
