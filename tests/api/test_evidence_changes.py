"""What became of cited pages, over the API: on the source, on the claim, in the feed, and settled."""

from __future__ import annotations

import pytest

from claims.models import Claim
from sources.models import Observation, Source
from tests import factories as make
from tests.api.conftest import Api
from tests.changing_page import ChangingPage
from tests.factories import QUOTE, Newsroom

pytestmark = pytest.mark.django_db


def test_a_source_shows_its_watch_and_what_was_seen(room: Newsroom, flagged: Claim, site: ChangingPage) -> None:
    source = Source.objects.get(canonical_url=site.url)
    body = Api(room.robot).get(f"sources/{source.pk}/").body
    [seen] = body["observations"]
    assert (seen["outcome"], [lost["exact"] for lost in seen["lost"]]) == ("quote_gone", [QUOTE])
    assert [capture["purpose"] for capture in body["captures"]] == ["again", "cited"]
    assert list(body["watch"]) == ["started_at", "next_at"]


def test_a_source_that_nothing_cites_has_no_watch(room: Newsroom) -> None:
    body = Api(room.robot).get(f"sources/{make.archived_page(room.researcher).source_id}/").body
    assert (body["watch"], body["observations"]) == (None, [])


def test_looks_again_on_demand(room: Newsroom, flagged: Claim, site: ChangingPage) -> None:
    source = Source.objects.get(canonical_url=site.url)
    answer = Api(room.researcher).post(f"sources/{source.pk}/capture/")
    assert (answer.status, answer.body["purpose"]) == (201, "again")


def test_a_claim_shows_its_changes_and_can_be_found_by_them(room: Newsroom, flagged: Claim) -> None:
    make.published(room, statement="Nothing changed.")
    api = Api(room.robot)
    [change] = api.get(f"claims/{flagged.pk}/").body["changes"]
    assert (change["observation"]["id"], change["settlement"]) == (Observation.objects.get().pk, "")
    assert [row["id"] for row in api.get("claims/", evidence_changed="true").body["items"]] == [flagged.pk]
    assert len(api.get("claims/").body["items"]) == 2


def test_an_editor_lets_the_verdict_stand(room: Newsroom, flagged: Claim) -> None:
    answer = Api(room.editor).post(f"claims/{flagged.pk}/uphold/", reason="Our copy bears it.")
    [change] = answer.body["changes"]
    assert (answer.status, answer.body["status"]) == (200, "published")
    assert (change["settlement"], change["reason"], change["settled_by"]["name"]) == (
        "stands", "Our copy bears it.", "Editor",
    )  # fmt: skip
    assert Api(room.robot).get("claims/", evidence_changed="true").body["items"] == []


@pytest.mark.parametrize(
    ("who", "reason", "status", "code"),
    [("alice", "Fine.", 403, "not_allowed"), ("editor", " ", 422, "invalid")],
)
def test_refuses_with_the_sentence_of_the_page(
    room: Newsroom, flagged: Claim, who: str, reason: str, status: int, code: str
) -> None:
    assert Api(getattr(room, who)).post(f"claims/{flagged.pk}/uphold/", reason=reason).problem[:2] == (status, code)


def test_nothing_to_uphold_is_a_conflict(room: Newsroom) -> None:
    claim = make.published(room)
    answer = Api(room.editor).post(f"claims/{claim.pk}/uphold/", reason="Fine.")
    assert answer.problem == (409, "conflict", "No change of the evidence waits to be looked at.")


def test_the_feed_tells_both(room: Newsroom, flagged: Claim) -> None:
    api = Api(room.robot)
    for type, subject in [
        ("source.observed", Observation.objects.get().source.subject),
        ("claim.evidence_changed", flagged.subject),
    ]:
        [event] = api.get("events/", type=type).body["items"]
        assert (event["subject"], event["actor"], event["data"]["outcome"]) == (subject, None, "quote_gone")
