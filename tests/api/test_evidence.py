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


def test_tells_the_place_as_web_annotations_do(room: Newsroom, claim: Claim, snapshot: Snapshot) -> None:
    api = Api(room.researcher)
    body = api.post(f"claims/{claim.pk}/evidence/", snapshot=snapshot.pk, quote="licence rule", stance="context").body
    start = PAGE.index("licence rule")
    assert body["selectors"] == [
        {
            "type": "TextQuoteSelector",
            "exact": "licence rule",
            "prefix": PAGE[start - 32 : start],
            "suffix": PAGE[start + 12 : start + 44],
        },
        {"type": "TextPositionSelector", "start": start, "end": start + 12},
    ]
    assert (body["page"], body["stands_in"]) == (None, "")


TWICE = "Menu: the rule stays\nThe minister said that the rule stays. Nobody spoke.\nMore: the rule stays"


@pytest.mark.parametrize(
    ("selectors", "start"),
    [
        ({"type": "TextQuoteSelector", "exact": "the rule stays"}, 6),
        ({"type": "TextQuoteSelector", "exact": "the rule stays", "prefix": "said that "}, 44),
        ([{"type": "TextQuoteSelector", "exact": "the rule stays", "suffix": ". Nobody"}], 44),
        ({"type": "TextPositionSelector", "start": 80, "end": 94}, 80),
        (
            [
                {"type": "TextPositionSelector", "start": 78, "end": 92},
                {"type": "TextQuoteSelector", "exact": "the rule stays"},
            ],
            80,
        ),
    ],
)
def test_takes_selectors_in_place_of_a_quote(room: Newsroom, claim: Claim, selectors: Any, start: int) -> None:
    snapshot = make.archived_page(room.researcher, text=TWICE)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    said = {"snapshot": snapshot.pk, "selectors": selectors, "stance": "supports"}
    answer = Api(room.researcher).post(f"claims/{claim.pk}/evidence/", **said)
    assert (answer.status, answer.body["exact"], answer.body["start"]) == (201, "the rule stays", start)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"selectors": {"type": "CssSelector"}}, "Send a TextQuoteSelector or a TextPositionSelector."),
        (
            {"selectors": {"type": "TextPositionSelector", "start": 9_000, "end": 9_010}},
            "No words stand at this position in the archived text.",
        ),
        (
            {"selectors": {"type": "TextPositionSelector", "start": 0, "end": 1}, "quote": "x"},
            "Send either a quote or selectors, not both.",
        ),
    ],
)
def test_refuses_selectors_that_name_no_place(
    room: Newsroom, claim: Claim, snapshot: Snapshot, sent: dict[str, Any], sentence: str
) -> None:
    answer = Api(room.researcher).post(f"claims/{claim.pk}/evidence/", snapshot=snapshot.pk, stance="supports", **sent)
    assert (answer.status, answer.errors) == (422, {"selectors": sentence})
    assert not Evidence.objects.exists()


def test_carries_a_quote_over_as_proposed(room: Newsroom, claim: Claim) -> None:
    old = make.pinned(room, claim)
    newer = PAGE.replace("seven", "nine")
    copy = make.archived_page(room.researcher, text=newer, url=old.snapshot.url)
    api = Api(room.researcher)
    proposed = api.get(f"evidence/{old.pk}/anchor/?snapshot={copy.pk}").body
    words, position = proposed["selectors"]
    assert (words["exact"], proposed["snapshot"]) == (QUOTE.replace("seven", "nine"), copy.pk)
    assert 90 <= proposed["score"] < 100
    said = {"snapshot": copy.pk, "start": position["start"], "end": position["end"]}
    assert Api(room.robot).post(f"evidence/{old.pk}/carry-over/", **said).problem[:2] == (403, "not_allowed")
    wrong = said | {"end": position["end"] - 1}
    assert api.post(f"evidence/{old.pk}/carry-over/", **wrong).problem[:2] == (409, "conflict")
    answer = api.post(f"evidence/{old.pk}/carry-over/", **said)
    assert (answer.status, answer.body["exact"]) == (201, words["exact"])
    items = api.get(f"claims/{claim.pk}/evidence/").body["items"]
    assert [(item["exact"], item["withdrawn_at"] is None) for item in items] == [(words["exact"], True), (QUOTE, False)]


def test_says_that_nothing_alike_stands_in_the_copy(room: Newsroom, claim: Claim) -> None:
    old = make.pinned(room, claim)
    copy = make.archived_page(room.researcher, text="Gone.", url=old.snapshot.url)
    answer = Api(room.researcher).get(f"evidence/{old.pk}/anchor/?snapshot={copy.pk}")
    assert answer.problem == (404, "not_found", "Neither the quote nor words like it stand in that copy.")


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
    assert api.get("evidence/1/carry-over/").headers["Allow"] == "POST, OPTIONS"
    assert api.post("evidence/1/anchor/").headers["Allow"] == "GET, HEAD, OPTIONS"
