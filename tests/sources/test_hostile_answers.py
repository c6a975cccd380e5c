"""Hostile answers, fetched, read and recorded: each ends with a sentence, and none takes the memory of the worker."""

from __future__ import annotations

import sys

import pytest

from tests.beds import only_whole
from tests.sources.hostile_answers import ANSWERS
from tests.sources.weighing import Weight, weigh

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="What a process takes is read from Linux's /proc."),
    only_whole,
]
MOST_MEGABYTES = 96


@pytest.fixture(scope="module")
def weights() -> dict[str, Weight]:
    return {weight.name: weight for weight in weigh(ANSWERS)}


@pytest.mark.slow
def test_each_ends_as_it_must(weights: dict[str, Weight]) -> None:
    assert {name: one.ends for name, one in weights.items()} == {name: one.ends for name, one in ANSWERS.items()}


@pytest.mark.slow
def test_each_that_is_not_the_whole_page_says_why(weights: dict[str, Weight]) -> None:
    assert {
        name: one.sentence for name, one in weights.items() if one.ends != "kept" and one.sentence[-1:] != "."
    } == {}


@pytest.mark.slow
def test_none_takes_more_than_a_worker_may_have(weights: dict[str, Weight]) -> None:
    assert {
        name: one.megabytes for name, one in weights.items() if max(one.megabytes, one.reader) > MOST_MEGABYTES
    } == {}


@pytest.mark.slow
def test_there_was_more_to_take(weights: dict[str, Weight]) -> None:
    """So that the numbers above mean something."""
    assert {name: weights[name].taken for name in ("file-without-end", "text-without-end", "pdf-without-end")} == {
        "file-without-end": 100_000_000, "text-without-end": 100_000_000, "pdf-without-end": 100_000_000,
    }  # fmt: skip
