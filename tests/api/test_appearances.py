"""GET and POST /claims/{claim}/appearances/."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Appearance
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom


def test_notes_where_the_claim_was_made(room: Newsroom) -> None:
    claim = make.submitted(room)
    answer = Api(room.author).post(
        f"claims/{claim.pk}/appearances/",
        citation="Evening news, 9 June",
        words="희토류",
        language="ko",
        appeared_on="2025-06-09",
        is_first=True,
    )
    assert answer.status == 201
    items = Api(room.robot).get(f"claims/{claim.pk}/appearances/").body["items"]
    assert items[0] == answer.body
    assert [item["is_first"] for item in items] == [True, False]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"url": "Give the address, or the citation when it was not on the web."}),
        (
            {"url": "javascript:x"},
            {"url": "This is a script, not an address. Copy the page's address from the address bar."},
        ),
        ({"citation": 501 * "a"}, {"citation": "Shorten the citation to 500 characters."}),
        ({"citation": "a", "language": "!"}, {"language": "Give the language as a tag such as en, ko, zh-Hant or ar."}),
        (
            {"citation": "a", "appeared_on": "2999-01-01"},
            {"appeared_on": "2999-01-01 is in the future. Give a day up to today."},
        ),
        ({"citation": "a", "is_first": "perhaps"}, {"is_first": "Send true or false."}),
        ({"citation": "a", "words": 20_001 * "b"}, {"words": "Shorten this to 20000 characters."}),
    ],
)
def test_refuses_what_cannot_be_used(room: Newsroom, sent: dict[str, Any], errors: dict[str, str]) -> None:
    claim = make.submitted(room)
    answer = Api(room.author).post(f"claims/{claim.pk}/appearances/", **sent)
    assert answer.status == 422
    assert answer.errors == errors
    assert Appearance.objects.count() == 1


def test_who_has_no_part_may_add_none(room: Newsroom) -> None:
    claim = make.submitted(room)
    answer = Api(room.robot).post(f"claims/{claim.pk}/appearances/", citation="Evening news")
    assert answer.problem[:2] == (403, "not_allowed")
    assert Appearance.objects.count() == 1


def test_takes_three_queries(room: Newsroom, queries: Any) -> None:
    claim, api = make.submitted(room), Api(room.author)
    api.post(f"claims/{claim.pk}/appearances/", citation="Evening news")
    with queries(3):
        assert len(api.get(f"claims/{claim.pk}/appearances/").body["items"]) == 2


def test_there_is_no_such_claim(room: Newsroom) -> None:
    api = Api(room.author)
    assert api.get("claims/999/appearances/").problem == (404, "not_found", "There is no claim 999.")
    assert api.post("claims/999/appearances/", citation="a").problem[:2] == (404, "not_found")


def test_only_allows_get_and_post(room: Newsroom) -> None:
    answer = Api(room.author).delete(f"claims/{make.submitted(room).pk}/appearances/")
    assert answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS"
