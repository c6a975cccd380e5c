"""GET and POST /claims/."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import workflow
from claims.models import Claim
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom

SAID: dict[str, Any] = {
    "statement": "China maintained rare earth controls despite the Geneva deal.",
    "claimant_name": "An official",
    "claimed_on": "2025-06-09",
}


def ids(answer: Any) -> list[int]:
    return [item["id"] for item in answer.body["items"]]


def test_puts_a_claim_in(room: Newsroom) -> None:
    answer = Api(room.robot).post(
        "claims/",
        **SAID,
        claimant_kind="organisation",
        language="ko",
        context="In an interview.",
        appearance_url="https://example.org/said",
        appearance_words="희토류",
        external_id="cms-1",
        due_on="2030-01-01",
        scale="six-step",
    )
    assert answer.status == 201
    claim = Claim.objects.get()
    body = answer.body
    assert (claim.author, claim.claimed_on, claim.external_id) == (room.robot, date(2025, 6, 9), "cms-1")
    assert body["claimant"] == {"id": claim.claimant_id, "name": "An official", "kind": "organisation"}
    assert (body["status"], body["rating"], body["scale"], body["due_on"]) == (
        "submitted", None, "six-step", "2030-01-01",
    )  # fmt: skip
    assert [a["words"] for a in body["appearances"]] == ["희토류"]


def test_the_same_external_id_makes_one_claim(room: Newsroom) -> None:
    api = Api(room.robot)
    first = api.post("claims/", **SAID, external_id="cms-1")
    again = api.post("claims/", **SAID | {"statement": "Another wording."}, external_id="cms-1")
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body
    assert Claim.objects.count() == 1


def test_another_account_may_use_the_same_external_id(room: Newsroom) -> None:
    Api(room.robot).post("claims/", **SAID, external_id="cms-1")
    assert Api(room.author).post("claims/", **SAID, external_id="cms-1").status == 201


def test_says_of_each_missing_field_what_to_write(room: Newsroom) -> None:
    answer = Api(room.robot).post("claims/")
    assert answer.problem[:2] == (422, "invalid")
    assert answer.errors == {
        "statement": "Write the statement that is to be checked.",
        "claimant_name": "Name who said it: a person or an organisation.",
        "claimed_on": "Give the day on which it was said.",
    }
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("statement", " \n ", "Write the statement that is to be checked."),
        ("statement", 20_001 * "a", "This has 20,001 characters. Shorten it to 20,000."),
        ("statement", ["a"], "Send text here."),
        ("statement", "a\x00b", "Null characters are not allowed."),
        ("claimed_on", "9 June", "Write the day as year-month-day, such as 2025-06-09."),
        ("claimant_kind", "ghost", "Choose one of: person, organisation."),
        ("language", "Klingon!", "Give the language as a tag such as en, ko, zh-Hant or ar."),
        (
            "appearance_url",
            "javascript:alert(1)",
            "This is a script, not an address. Copy the page's address from the address bar.",
        ),
        ("external_id", 201 * "x", "Shorten this to 200 characters."),
        ("scale", "stars", "There is no scale “stars”. Choose one of: five-step, six-step."),
    ],
)
def test_refuses_what_cannot_be_used(room: Newsroom, field: str, value: Any, sentence: str) -> None:
    answer = Api(room.robot).post("claims/", **SAID | {field: value})
    assert answer.status == 422
    assert answer.errors == {field: sentence}
    assert not Claim.objects.exists()


def test_refuses_a_day_in_the_future(room: Newsroom) -> None:
    day = timezone.localdate() + timedelta(days=2)
    answer = Api(room.robot).post("claims/", **SAID | {"claimed_on": day.isoformat()})
    assert answer.errors == {"claimed_on": f"{day} is in the future. Give a day up to today."}


def test_refuses_fields_that_it_does_not_know(room: Newsroom) -> None:
    answer = Api(room.robot).post("claims/", **SAID, statment="typo")
    assert answer.status == 422
    assert list(answer.errors) == ["statment"]
    assert answer.errors["statment"].startswith("There is no field “statment” here. The fields are: statement, ")
    assert not Claim.objects.exists()


def test_an_account_without_a_role_puts_nothing_in(room: Newsroom) -> None:
    answer = Api(room.nobody).post("claims/", **SAID)
    assert answer.problem == (403, "not_allowed", "Your account has no role yet. Ask an administrator for one.")
    assert not Claim.objects.exists()


def test_lists_the_newest_first_in_pages(room: Newsroom) -> None:
    made = [make.submitted(room, statement=f"Claim {n}.").pk for n in range(5)]
    api = Api(room.robot)
    first = api.get("claims/", limit=2)
    second = api.get(first.body["next"])
    make.submitted(room)  # What comes in meanwhile moves nothing.
    third = api.get(second.body["next"])
    assert ids(first) + ids(second) + ids(third) == made[::-1]
    assert third.body["next"] is None


def test_filters(room: Newsroom) -> None:
    plain = make.submitted(room, statement="Exports fell.", language="ko", external_id="a1")
    done = make.published(room, statement="The rule stayed.", claimant_name="Ministry")
    gone = make.retracted(room, statement="Tariffs rose.")
    api = Api(room.robot)
    assert ids(api.get("claims/", status="published")) == [done.pk]
    assert ids(api.get("claims/", status=["published", "retracted"])) == [gone.pk, done.pk]
    assert ids(api.get("claims/", rating="true")) == [gone.pk, done.pk]
    assert ids(api.get("claims/", rating="true", status="retracted")) == [gone.pk]
    assert ids(api.get("claims/", rating="false")) == []
    assert ids(api.get("claims/", language="ko")) == [plain.pk]
    assert ids(api.get("claims/", q="rule ministry")) == [done.pk]
    assert ids(api.get("claims/", claimant=done.claimant_id)) == [done.pk]
    assert ids(api.get("claims/", claimant_name="Ministry")) == [done.pk]
    assert ids(api.get("claims/", external_id="a1")) == [plain.pk]
    assert ids(api.get("claims/", created_since=done.created_at.isoformat())) == [gone.pk, done.pk]


def test_says_what_came_out_and_where_readers_find_it(room: Newsroom) -> None:
    claim = make.published(room)
    row = Api(room.robot).get("claims/").body["items"][0]
    assert row["rating"] == {"slug": "true", "label": "True", "value": 5}
    assert row["public_url"].endswith(f"/checked/{claim.pk}/")


def test_updated_since_knows_what_happened_to_a_claim(room: Newsroom) -> None:
    old, touched = make.submitted(room), make.submitted(room)
    moment = timezone.now()
    workflow.accept(touched, by=room.admin)
    answer = Api(room.robot).get("claims/", updated_since=moment.isoformat())
    assert ids(answer) == [touched.pk]
    assert answer.body["items"][0]["updated_at"] > moment.isoformat()
    assert old.pk not in ids(answer)


def test_a_seal_does_not_show_as_an_update(room: Newsroom) -> None:
    claim = make.in_review(room)
    api = Api(room.bob)
    before = api.get("claims/").body
    moment = timezone.now()
    make.seal(claim, room.alice)
    assert api.get("claims/").body == before
    assert ids(api.get("claims/", updated_since=moment.isoformat())) == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"limit": 0}, "Give a number from 1 to 200."),
        ({"limit": 201}, "Give a number from 1 to 200."),
        ({"limit": "many"}, "Give a number from 1 to 200."),
        ({"cursor": "ümlaut"}, "This cursor is not one of ours. Follow the “next” of a page, or begin without one."),
        ({"cursor": "MTIzeA"}, "This cursor is not one of ours. Follow the “next” of a page, or begin without one."),
        ({"claimant": "me"}, "Give its number, such as 12."),
        ({"claimant": 2**63}, "Give its number, such as 12."),
        ({"language": "k\x00o"}, "Null characters are not allowed."),
        ({"created_since": "yesterday"}, "Write the time as 2025-06-09T14:30:00Z."),
    ],
)
def test_refuses_questions_that_make_no_sense(room: Newsroom, asked: dict[str, Any], sentence: str) -> None:
    answer = Api(room.robot).get("claims/", **asked)
    assert answer.status == 422
    assert answer.errors == dict.fromkeys(asked, sentence)


def test_refuses_filters_that_it_does_not_know(room: Newsroom) -> None:
    answer = Api(room.robot).get("claims/", stauts="published")
    assert answer.problem[:2] == (422, "invalid")
    assert list(answer.errors) == ["stauts"]


def test_takes_as_many_queries_for_many_as_for_one(room: Newsroom, queries: Any) -> None:
    api = Api(room.robot)
    make.published(room)
    with queries(2):
        api.get("claims/")
    for number in range(5):
        make.submitted(room, statement=f"Claim {number}.", claimant_name=f"Person {number}")
    make.adjudicating(room)
    with queries(2):
        assert len(api.get("claims/").body["items"]) == 7


def test_only_allows_get_and_post(room: Newsroom) -> None:
    answer = Api(room.robot).delete("claims/")
    assert answer.problem[:2] == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS"
