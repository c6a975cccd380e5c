"""GET and POST /claims/{claim}/evidence/, POST /evidence/{pinned}/withdraw/ and /restore/."""

from __future__ import annotations

from typing import Any

import pytest

from claims import evidence
from claims.models import Claim, Evidence
from sources.models import Snapshot
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import PAGE, QUOTE, Newsroom


@pytest.fixture
def claim(room: Newsroom) -> Claim:
    return make.researching(room)


@pytest.fixture
def snapshot(room: Newsroom, claim: Claim) -> Snapshot:
    snapshot = make.archived_page(room.researcher)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    return snapshot


def test_pins_a_quote_where_it_stands(room: Newsroom, claim: Claim, snapshot: Snapshot) -> None:
    answer = Api(room.researcher).post(
        f"claims/{claim.pk}/evidence/", snapshot=snapshot.pk, quote=QUOTE, stance="refutes", note="Read on."
    )
    assert answer.status == 201
    body = answer.body
    assert (body["exact"], body["stance"], body["note"]) == (QUOTE, "refutes", "Read on.")
    assert PAGE[body["start"] : body["end"]] == QUOTE
    assert body["snapshot"]["text_sha256"] == snapshot.text_sha256
    assert Evidence.objects.get().claim == claim


def test_a_quote_that_is_not_there_is_answered_with_the_nearest_passage(
    room: Newsroom, claim: Claim, snapshot: Snapshot
) -> None:
    answer = Api(room.researcher).post(
        f"claims/{claim.pk}/evidence/",
        snapshot=snapshot.pk,
        quote="The ministry dropped its licence rule for seven rare earths",
        stance="supports",
    )
    assert answer.problem[:2] == (422, "quote_not_found")
    nearest = answer.body["nearest"]
    assert nearest in PAGE
    assert "licence rule for seven rare earths" in nearest
    assert answer.errors == {
        "quote": f"This quote is not in the archived text. The nearest passage that is there: “{nearest}”"
    }
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"quote": ""}, {"quote": "Paste the words of the page that matter."}),
        ({"stance": ""}, {"stance": "Say what the quote does: supports, refutes or context."}),
        ({"stance": "proves"}, {"stance": "Choose one of: supports, refutes, context."}),
        ({"snapshot": None}, {"snapshot": "Give its number, such as 12."}),
        ({"snapshot": True}, {"snapshot": "Give its number, such as 12."}),
    ],
)
def test_refuses_what_cannot_be_used(
    room: Newsroom, claim: Claim, snapshot: Snapshot, sent: dict[str, Any], errors: dict[str, str]
) -> None:
    said = {"snapshot": snapshot.pk, "quote": QUOTE, "stance": "supports"} | sent
    answer = Api(room.researcher).post(f"claims/{claim.pk}/evidence/", **said)
    assert answer.status == 422
    assert answer.errors == errors
    assert not Evidence.objects.exists()


def test_refuses_a_page_that_is_no_source_of_the_claim(room: Newsroom, claim: Claim) -> None:
    other = make.archived_page(room.researcher)
    answer = Api(room.researcher).post(
        f"claims/{claim.pk}/evidence/", snapshot=other.pk, quote=QUOTE, stance="supports"
    )
    assert answer.errors == {"snapshot": "Add this page as a source of the claim first."}


def test_refuses_the_same_passage_twice(room: Newsroom, claim: Claim, snapshot: Snapshot) -> None:
    said = {"snapshot": snapshot.pk, "quote": QUOTE, "stance": "supports"}
    api = Api(room.researcher)
    api.post(f"claims/{claim.pk}/evidence/", **said)
    answer = api.post(f"claims/{claim.pk}/evidence/", **said)
    assert answer.problem == (409, "conflict", "This passage is pinned to the claim already.")


def test_withdraws_and_restores(room: Newsroom, claim: Claim) -> None:
    pinned = make.pinned(room, claim)
    api = Api(room.researcher)
    answer = api.post(f"evidence/{pinned.pk}/withdraw/")
    assert (answer.status, answer.body["withdrawn_at"] is None) == (200, False)
    assert api.post(f"evidence/{pinned.pk}/withdraw/").problem == (409, "conflict", "This quote is withdrawn already.")
    answer = api.post(f"evidence/{pinned.pk}/restore/")
    assert (answer.status, answer.body["withdrawn_at"]) == (200, None)
    assert api.post(f"evidence/{pinned.pk}/restore/").problem == (409, "conflict", "This quote is pinned already.")


def test_who_has_no_part_may_change_nothing(room: Newsroom, claim: Claim) -> None:
    pinned = make.pinned(room, claim)
    api, said = Api(room.robot), {"snapshot": pinned.snapshot_id, "quote": "Exports fell", "stance": "context"}
    assert api.post(f"claims/{claim.pk}/evidence/", **said).problem[:2] == (403, "not_allowed")
    assert api.post(f"evidence/{pinned.pk}/withdraw/").problem[:2] == (403, "not_allowed")
    assert api.post(f"evidence/{pinned.pk}/restore/").problem[:2] == (403, "not_allowed")
    assert list(Evidence.objects.values_list("withdrawn_at", flat=True)) == [None]


def test_the_evidence_stands_once_the_claim_is_judged(room: Newsroom) -> None:
    claim = make.in_review(room)
    pinned = claim.evidence.get()
    answer = Api(room.researcher).post(f"evidence/{pinned.pk}/withdraw/")
    assert answer.problem[:2] == (409, "conflict")


def test_lists_withdrawn_quotes_last(room: Newsroom, claim: Claim) -> None:
    first, second = make.pinned(room, claim), make.pinned(room, claim)
    evidence.withdraw(first, by=room.researcher)
    items = Api(room.robot).get(f"claims/{claim.pk}/evidence/").body["items"]
    assert [item["id"] for item in items] == [second.pk, first.pk]


def test_takes_as_many_queries_for_many_as_for_one(room: Newsroom, claim: Claim, queries: Any) -> None:
    api = Api(room.robot)
    make.pinned(room, claim)
    with queries(3):
        api.get(f"claims/{claim.pk}/evidence/")
    for _ in range(4):
        make.pinned(room, claim)
    with queries(3):
        assert len(api.get(f"claims/{claim.pk}/evidence/").body["items"]) == 5


def test_there_is_nothing_of_that_number(room: Newsroom, claim: Claim) -> None:
    api, said = Api(room.researcher), {"snapshot": 99, "quote": QUOTE, "stance": "supports"}
    assert api.get("claims/999/evidence/").problem == (404, "not_found", "There is no claim 999.")
    assert api.post("claims/999/evidence/", **said).problem == (404, "not_found", "There is no claim 999.")
    assert api.post(f"claims/{claim.pk}/evidence/", **said).problem == (404, "not_found", "There is no snapshot 99.")
    assert api.post("evidence/99/withdraw/").problem == (404, "not_found", "There is no quote 99.")
    assert api.post("evidence/99/restore/").problem == (404, "not_found", "There is no quote 99.")


def test_only_allows_what_it_says(room: Newsroom, claim: Claim) -> None:
    api = Api(room.researcher)
    assert api.put(f"claims/{claim.pk}/evidence/").headers["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert api.get("evidence/1/withdraw/").headers["Allow"] == "POST, OPTIONS"
    assert api.get("evidence/1/restore/").headers["Allow"] == "POST, OPTIONS"
