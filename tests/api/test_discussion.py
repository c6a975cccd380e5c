"""/claims/{claim}/comments/, /claims/{claim}/assignments/ and /assignments/{assignment}/."""

from __future__ import annotations

from typing import Any

import pytest

from claims import discussion
from claims.models import Assignment, Claim, Comment
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom


@pytest.fixture
def claim(room: Newsroom) -> Claim:
    return make.submitted(room)


def test_says_something(room: Newsroom, claim: Claim) -> None:
    answer = Api(room.alice).post(f"claims/{claim.pk}/comments/", text="Who said it first?")
    assert (answer.status, answer.body["text"], answer.body["author"]["name"]) == (201, "Who said it first?", "Alice")
    assert Comment.objects.get().claim == claim


def test_an_empty_comment_is_none(room: Newsroom, claim: Claim) -> None:
    answer = Api(room.alice).post(f"claims/{claim.pk}/comments/", text=" ")
    assert answer.errors == {"text": "Write something first."}


def test_an_integration_does_not_talk(room: Newsroom, claim: Claim) -> None:
    answer = Api(room.robot).post(f"claims/{claim.pk}/comments/", text="Beep.")
    assert answer.problem == (403, "not_allowed", "Only people can do this, not an integration.")
    assert not Comment.objects.exists()


def test_lists_comments_the_newest_first_in_pages(room: Newsroom, claim: Claim, queries: Any) -> None:
    said = [discussion.comment(claim, f"Number {n}", by=room.alice).pk for n in range(3)]
    other = make.submitted(room)
    discussion.comment(other, "Elsewhere", by=room.alice)
    api = Api(room.bob)
    with queries(3):
        first = api.get(f"claims/{claim.pk}/comments/", limit=2)
    second = api.get(first.body["next"])
    assert [c["id"] for c in first.body["items"] + second.body["items"]] == said[::-1]
    assert second.body["next"] is None


def test_gives_somebody_a_part(room: Newsroom, claim: Claim) -> None:
    answer = Api(room.admin).post(f"claims/{claim.pk}/assignments/", person=room.alice.pk, part="reviewer")
    assert (answer.status, answer.body["person"], answer.body["part"]) == (
        201, {"id": room.alice.pk, "name": "Alice"}, "reviewer",
    )  # fmt: skip
    again = Api(room.admin).post(f"claims/{claim.pk}/assignments/", person=room.alice.pk, part="reviewer")
    assert again.body == answer.body


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {"person": 99999999},
            {"person": "There is nobody with the number 99999999. /api/v1/people/ lists everybody."},
        ),
        ({"person": "Alice"}, {"person": "Give its number, such as 12."}),
        ({"part": ""}, {"part": "Choose a part: researcher or reviewer."}),
        ({"part": "judge"}, {"part": "Choose one of: researcher, reviewer."}),
    ],
)
def test_refuses_what_cannot_be_used(
    room: Newsroom, claim: Claim, sent: dict[str, Any], errors: dict[str, str]
) -> None:
    said = {"person": room.alice.pk, "part": "reviewer"} | sent
    answer = Api(room.admin).post(f"claims/{claim.pk}/assignments/", **said)
    assert answer.errors == errors
    assert not Assignment.objects.exists()


def test_the_author_is_no_reviewer(room: Newsroom) -> None:
    claim = make.submitted(room, by=room.alice)
    answer = Api(room.admin).post(f"claims/{claim.pk}/assignments/", person=room.alice.pk, part="reviewer")
    assert answer.errors == {"person": "Alice submitted this claim and cannot review it."}


def test_takes_a_part_away(room: Newsroom, claim: Claim) -> None:
    given = discussion.assign(claim, room.alice, "reviewer", by=room.admin)
    answer = Api(room.admin).delete(f"assignments/{given.pk}/")
    assert (answer.status, answer.body) == (204, None)
    assert not Assignment.objects.exists()


def test_only_the_desk_assigns(room: Newsroom, claim: Claim) -> None:
    given = discussion.assign(claim, room.alice, "reviewer", by=room.admin)
    sentence = "Only an editor or an administrator can do this."
    api = Api(room.alice)
    assert api.delete(f"assignments/{given.pk}/").problem == (403, "not_allowed", sentence)
    answer = api.post(f"claims/{claim.pk}/assignments/", person=room.bob.pk, part="reviewer")
    assert answer.problem == (403, "not_allowed", sentence)
    assert Assignment.objects.get() == given


def test_there_is_nothing_of_that_number(room: Newsroom) -> None:
    api = Api(room.admin)
    assert api.get("claims/999/comments/").problem == (404, "not_found", "There is no claim 999.")
    assert api.post("claims/999/comments/", text="a").problem == (404, "not_found", "There is no claim 999.")
    answer = api.post("claims/999/assignments/", person=1, part="reviewer")
    assert answer.problem == (404, "not_found", "There is no claim 999.")
    assert api.delete("assignments/999/").problem == (404, "not_found", "There is no assignment 999.")


def test_only_allows_what_it_says(room: Newsroom, claim: Claim) -> None:
    api = Api(room.admin)
    assert api.put(f"claims/{claim.pk}/comments/").headers["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert api.get(f"claims/{claim.pk}/assignments/").headers["Allow"] == "POST, OPTIONS"
    assert api.get("assignments/1/").headers["Allow"] == "DELETE, OPTIONS"
