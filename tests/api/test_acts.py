"""POST /claims/{claim}/{verb}/: one address for each verb of the workflow."""

from __future__ import annotations

from typing import Any

import pytest

from claims.api.acts import ACTS
from claims.models import Claim
from claims.states import Verb
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom

#: verb → (how the claim came so far, who does it, what is sent, where it leads)
WORKS: dict[str, tuple[Any, str, dict[str, str], str]] = {
    "accept": (make.submitted, "editor", {}, "accepted"),
    "decline": (make.submitted, "editor", {"reason": "A matter of taste."}, "declined"),
    "reconsider": (make.declined, "editor", {}, "submitted"),
    "start-research": (make.accepted, "researcher", {}, "researching"),
    "send-to-review": (make.with_evidence, "researcher", {}, "in_review"),
    "adjudicate": (make.adjudicating, "third", {"rating": "mixed", "reasons": "Both are right."}, "decided"),
    "publish": (make.decided, "editor", {"summary": "The rule stayed."}, "published"),
    "correct": (make.published, "editor", {"summary": "The rule stayed.", "note": "A date was wrong."}, "corrected"),
    "retract": (make.published, "editor", {"note": "The page was forged."}, "retracted"),
    "reopen": (make.published, "editor", {"reason": "A new page turned up."}, "researching"),
}
#: What is missing, and the sentence of the page.
MISSING = {
    "decline": {"reason": "Say why the claim is declined, for whoever sent it in."},
    "adjudicate": {"rating": "Choose a rating.", "reasons": "Say why you decide so."},
    "publish": {"summary": "Write the short why that readers see."},
    "correct": {
        "summary": "Write the short why that readers see.",
        "note": "Say for readers what changed and why.",
    },
    "retract": {"note": "Say for readers why the verdict is taken back."},
    "reopen": {"reason": "Say why the question is open again."},
}


def test_every_verb_but_the_seal_has_an_address_here() -> None:
    assert {verb.replace("-", "_") for verb in ACTS} == set(Verb) - {Verb.SEAL_REVIEW}
    assert set(WORKS) == set(ACTS)


@pytest.mark.parametrize("verb", WORKS)
def test_works(room: Newsroom, verb: str) -> None:
    reach, who, sent, to = WORKS[verb]
    claim = reach(room)
    answer = Api(getattr(room, who)).post(f"claims/{claim.pk}/{verb}/", **sent)
    assert (answer.status, answer.body["status"]) == (200, to)
    assert Claim.objects.get(pk=claim.pk).status == to


@pytest.mark.parametrize("verb", WORKS)
def test_refuses_whoever_has_no_role(room: Newsroom, verb: str) -> None:
    reach, _, sent, _ = WORKS[verb]
    claim = reach(room)
    answer = Api(room.nobody).post(f"claims/{claim.pk}/{verb}/", **sent)
    assert answer.problem[:2] == (403, "not_allowed")
    assert Claim.objects.get(pk=claim.pk).status == claim.status


@pytest.mark.parametrize("verb", WORKS)
def test_refuses_a_claim_in_another_state(room: Newsroom, verb: str) -> None:
    _, who, sent, _ = WORKS[verb]
    claim = make.submitted(room) if verb == "reconsider" else make.declined(room)
    answer = Api(getattr(room, who)).post(f"claims/{claim.pk}/{verb}/", **sent)
    assert answer.problem[:2] == (409, "conflict")
    assert Claim.objects.get(pk=claim.pk).status == claim.status


@pytest.mark.parametrize("verb", MISSING)
def test_says_what_is_missing(room: Newsroom, verb: str) -> None:
    reach, who, _, _ = WORKS[verb]
    claim = reach(room)
    answer = Api(getattr(room, who)).post(f"claims/{claim.pk}/{verb}/")
    assert answer.errors == MISSING[verb]
    assert Claim.objects.get(pk=claim.pk).status == claim.status


@pytest.mark.parametrize("verb", WORKS)
def test_refuses_fields_that_it_does_not_know(room: Newsroom, verb: str) -> None:
    reach, who, sent, _ = WORKS[verb]
    claim = reach(room)
    answer = Api(getattr(room, who)).post(f"claims/{claim.pk}/{verb}/", **sent, notify="all")
    assert list(answer.errors) == ["notify"]
    assert Claim.objects.get(pk=claim.pk).status == claim.status


@pytest.mark.parametrize("verb", WORKS)
def test_only_allows_post(room: Newsroom, verb: str) -> None:
    claim = make.submitted(room)
    answer = Api(room.editor).get(f"claims/{claim.pk}/{verb}/")
    assert answer.problem[:2] == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize("verb", WORKS)
def test_there_is_no_such_claim(room: Newsroom, verb: str) -> None:
    _, who, sent, _ = WORKS[verb]
    assert Api(getattr(room, who)).post(f"claims/999999/{verb}/", **sent).problem[:2] == (404, "not_found")


def test_says_what_stands_in_the_way_of_a_review(room: Newsroom) -> None:
    claim = make.researching(room)
    assert Api(room.researcher).post(f"claims/{claim.pk}/send-to-review/").problem == (
        409,
        "not_ready",
        "Pin at least one quote from an archived page as evidence.",
    )


def test_whoever_reviewed_cannot_sign(room: Newsroom) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.third)
    make.seal(claim, room.bob)
    answer = Api(room.third).post(f"claims/{claim.pk}/publish/", summary="It stayed.")
    assert answer.problem == (
        403,
        "not_allowed",
        "You reviewed this claim, so an editor who took no part has to sign it.",
    )


def test_a_rating_of_another_scale_is_none(room: Newsroom) -> None:
    claim = make.adjudicating(room)
    answer = Api(room.third).post(f"claims/{claim.pk}/adjudicate/", rating="half-true", reasons="So it is.")
    assert list(answer.errors) == ["rating"]
    assert answer.errors["rating"].startswith("Choose a rating of the scale: true, ")
