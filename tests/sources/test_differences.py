"""Two texts, word for word: what is said to be the same, removed and added adds up to both of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import differences
from sources.differences import Kind, Row

TEXTS = st.text(st.sampled_from("ab é\u0301 ,.\n中文한국ไทย\u0e34עב"), max_size=60)


def marked(before: str, after: str) -> str:
    """The way from one to the other in one line: [-removed-] {+added+}."""
    shown = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return "".join(shown[piece.kind].format(piece.text) for piece in differences.pieces(before, after))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_adds_up_to_both_texts(before: str, after: str) -> None:
    found = differences.pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != Kind.ADDED) == before
    assert "".join(piece.text for piece in found if piece.kind != Kind.REMOVED) == after
    assert all(piece.text for piece in found)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_finds_nothing_between_a_text_and_itself(text: str) -> None:
    assert [piece.kind for piece in differences.pieces(text, text)] == ([Kind.SAME] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("The rule stays.", "The rule goes.", "The rule [-stays-]{+goes+}."),
        ("one two three", "one three", "one [-two -]three"),
        ("a b, c d", "a x, y d", "a [-b, c-]{+x, y+} d"),
        ("통제를 유지했다.", "통제를 풀었다.", "통제를 [-유지했다-]{+풀었다+}."),
        ("规定仍然有效", "规定不再有效", "规定[-仍然-]{+不再+}有效"),
        ("القاعدة باقية هنا", "القاعدة زالت هنا", "القاعدة [-باقية-]{+زالت+} هنا"),
        ("मंत्री कहा", "मंत्रि कहा", "[-मंत्री-]{+मंत्रि+} कहा"),
        ("don’t go", "didn’t go", "[-don’t-]{+didn’t+} go"),
        ("one 7 two.", "drei vier 7 fünf.", "[-one 7 two.-]{+drei vier 7 fünf.+}"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
    ],
)
def test_changes_whole_words_of_any_script(before: str, after: str, way: str) -> None:
    assert marked(before, after) == way


def test_leaves_out_what_is_the_same_far_away() -> None:
    lines = [f"Line {number}." for number in range(20)]
    changed = [*lines[:10], "Another line.", *lines[11:]]
    rows = differences.rows("\n".join(lines), "\n".join(changed))
    assert [row.left_out for row in rows] == [8, 0, 0, 0, 0, 0, 0, 7]
    assert [row.changed for row in rows] == [False, False, False, True, True, False, False, False]


def test_leaves_no_gap_of_a_single_line() -> None:
    rows = differences.rows("x\na\nb\nc\nd\n", "y\na\nb\nc\nd\n")
    assert rows[-1] == Row(left_out=2)
    assert differences.rows("x\na\nb\nc\n", "y\na\nb\nc\n")[-1].left_out == 0


def test_does_not_compare_what_would_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MOST_CELLS", 3)
    assert marked("same\na b\nc d\nend", "same\ne f\ng h\nend") == "same\n[-a b\nc d\n-]{+e f\ng h\n+}end"
