"""One word for what became of a cited page; the whole way to it is in tests/claims/test_evidence_changes.py."""

from __future__ import annotations

import pytest

from sources.drift import Copy, Drift, Outcome, between, without_a_page
from sources.models import Observation
from sources.reasons import REASONS

QUOTE = "kept its licence rule"
BEFORE = Copy(f"The ministry {QUOTE} after the talks.", "a")


@pytest.mark.parametrize(
    ("after", "drift"),
    [
        (Copy(BEFORE.text, "b"), Drift(Outcome.UNCHANGED)),
        (Copy("something else", "a"), Drift(Outcome.UNCHANGED)),
        (Copy(f"Today it {QUOTE}.", "b"), Drift(Outcome.QUOTES_KEPT)),
        (Copy("Today it kept its\u00a0licence rule.", "b"), Drift(Outcome.QUOTES_KEPT)),
        (Copy("It Kept Its Licence Rule.", "b"), Drift(Outcome.QUOTE_GONE, (0,))),
        (Copy("It dropped the rule.", "b"), Drift(Outcome.QUOTE_GONE, (0,))),
        (Copy("It dropped", "b", truncated="time"), Drift(Outcome.UNREACHABLE)),
        # Damaged, locked, or too long to be read to its end: what is missing may hold the quote.
        (Copy("It dropped", "b", read_whole=False), Drift(Outcome.UNREACHABLE)),
        (Copy(f"It {QUOTE}", "b", read_whole=False), Drift(Outcome.QUOTES_KEPT)),
        (Copy("Page not found", "b", wall="not_found"), Drift(Outcome.SOFT_404, (0,))),
        (Copy("Please log in", "b", wall="login"), Drift(Outcome.UNREACHABLE)),
        (Copy(f"It {QUOTE}. Subscribe to read on", "b", wall="paywall"), Drift(Outcome.QUOTES_KEPT)),
        (Copy("", "b"), Drift(Outcome.QUOTE_GONE, (0,))),
    ],
)
def test_goes_by_the_quotes(after: Copy, drift: Drift) -> None:
    assert between(BEFORE, after, [QUOTE]) == drift


def test_names_the_quotes_that_are_lost() -> None:
    assert between(BEFORE, Copy("after the talks.", "b"), ["The ministry", "after the talks.", QUOTE]).lost == (0, 2)


def test_a_copy_that_was_cited_behind_its_wall_is_compared_as_it_is() -> None:
    before = Copy(f"It {QUOTE}. Subscribe", "a", wall="paywall")
    assert between(before, Copy("Subscribe", "b", wall="paywall"), [QUOTE]) == Drift(Outcome.QUOTE_GONE, (0,))


def test_two_files_without_text_differ_by_their_bytes() -> None:
    assert between(Copy("", "a"), Copy("", "b"), []).outcome == Outcome.QUOTES_KEPT
    assert between(Copy("", "a"), Copy("", "a"), []).outcome == Outcome.UNCHANGED


def test_every_reason_of_a_failure_is_gone_or_not_reachable() -> None:
    gone = {reason for reason in REASONS if without_a_page(reason, [QUOTE]).outcome == Outcome.GONE}
    assert gone == {"not_found", "http_404", "http_410", "http_451"}
    assert {without_a_page(reason, [QUOTE]) for reason in set(REASONS) - gone} == {Drift(Outcome.UNREACHABLE)}


def test_the_words_are_those_that_are_stored() -> None:
    assert {outcome.value for outcome in Outcome} == set(Observation.Outcome.values)
