"""GET /me/, /people/ and /scales/."""

from __future__ import annotations

from typing import Any

from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom


def test_says_whose_token_it_is(room: Newsroom, queries: Any) -> None:
    api = Api(room.third)
    with queries(1):
        body = api.get("me/").body
    assert body | {"token": body["token"]["name"]} == {
        "id": room.third.pk,
        "name": "Third",
        "roles": ["reviewer", "editor"],
        "email": "third@example.org",
        "time_zone": "",
        "token": "a test",
    }


def test_lists_who_can_be_given_work(room: Newsroom, queries: Any) -> None:
    room.bob.is_active = False
    room.bob.save()
    api = Api(room.robot)
    with queries(2):
        items = api.get("people/").body["items"]
    assert items[0] == {"id": room.nobody.pk, "name": "Nobody", "roles": []}
    assert [item["name"] for item in items] == [
        "Nobody", "Robot", "Admin", "Editor", "Third", "Alice", "Researcher", "Author",
    ]  # fmt: skip


def test_lists_the_scales_and_their_ratings(room: Newsroom, queries: Any) -> None:
    api = Api(room.robot)
    with queries(3):
        scales = api.get("scales/").body["items"]
    assert [(scale["slug"], scale["version"], len(scale["ratings"])) for scale in scales] == [
        ("five-step", 1, 8),
        ("six-step", 1, 6),
    ]
    assert [rating["value"] for rating in scales[0]["ratings"]] == [5, 4, 3, 2, 1, None, None, None]


def test_only_allows_get(room: Newsroom) -> None:
    api = Api(make.person("other"))
    for path in ("me/", "people/", "scales/"):
        assert api.post(path).headers["Allow"] == "GET, HEAD, OPTIONS"
