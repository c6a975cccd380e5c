"""Places as the W3C Web Annotation model writes them."""

from __future__ import annotations

from typing import Any

import pytest

from sources.selectors import BadSelector, Wanted, read, written

QUOTE = {"type": "TextQuoteSelector", "exact": "stay", "prefix": "licences ", "suffix": "."}
POSITION = {"type": "TextPositionSelector", "start": 9, "end": 13}


def test_writes_both() -> None:
    assert written("stay", "licences ", ".", 9, 13) == [QUOTE, POSITION]


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        (QUOTE, Wanted("stay", "licences ", ".")),
        ([QUOTE], Wanted("stay", "licences ", ".")),
        (POSITION, Wanted(start=9, end=13)),
        ([POSITION, QUOTE], Wanted("stay", "licences ", ".", 9, 13)),
        ([{"type": "CssSelector", "value": "p"}, QUOTE], Wanted("stay", "licences ", ".")),
        ({"type": "TextQuoteSelector", "exact": "stay", "prefix": None}, Wanted("stay")),
    ],
)
def test_reads_what_names_a_place(sent: object, wanted: Wanted) -> None:
    assert read(sent) == wanted


@pytest.mark.parametrize(
    "sent",
    [
        None, [], {}, "stay", ["stay"], {"type": "CssSelector", "value": "p"}, {"type": "TextQuoteSelector"},
        QUOTE | {"exact": " "}, QUOTE | {"exact": 5}, QUOTE | {"prefix": ["x"]}, QUOTE | {"exact": "x" * 100_001},
        POSITION | {"start": -1}, POSITION | {"start": 13}, POSITION | {"end": None}, POSITION | {"start": True},
        POSITION | {"start": 9.0}, POSITION | {"end": 2**31}, [QUOTE, POSITION | {"end": 1}],
    ],
)  # fmt: skip
def test_refuses_what_names_none(sent: Any) -> None:
    with pytest.raises(BadSelector) as refusal:
        read(sent)
    assert str(refusal.value).endswith(".")
