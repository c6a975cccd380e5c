"""An article's sentences, in any script, each at its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.article import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mr. Smith went to Washington. He came back.", ["Mr. Smith went to Washington.", "He came back."]),
        ("中国维持了管制。美国说“不是。”这是第三句！", ["中国维持了管制。", "美国说“不是。”", "这是第三句！"]),
        ("قال المتحدث ذلك؟ نعم.", ["قال المتحدث ذلك؟", "نعم."]),
        ("안녕하세요. 중국은 통제를 유지했다.", ["안녕하세요.", "중국은 통제를 유지했다."]),
        ("A headline\nA sentence.\r\n\r\n", ["A headline", "A sentence."]),
        ("", []),
    ],
)
def test_ends_a_sentence_where_its_script_does(text: str, parts: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == parts


@given(st.text(max_size=300))
def test_every_sentence_stands_where_it_says_and_none_overlaps(text: str) -> None:
    found = sentences(text)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert all(a.end <= b.start for a, b in pairwise(found))
