"""A quote in another copy of its page: the place most like it, from word to word, with a score."""

from __future__ import annotations

import pytest

from sources import quotes
from sources.anchoring import Anchor, anchor

ENGLISH = "The talks ended. The ministry kept its licence rule for seven rare earths after the talks. Nobody spoke."
CHINESE = "商务部发言人表示，中方一贯主张通过平等磋商解决分歧。有关出口管制措施没有改变。"
ARABIC = "قال المتحدث إن القيود على تصدير المعادن النادرة لا تزال قائمة، رغم اتفاق جنيف."
THAI = "โฆษกกล่าวว่ากระทรวงยังคงกฎใบอนุญาตสำหรับแร่หายากเจ็ดชนิดหลังการเจรจา"
BESIDE = "\n".join(f"Line {number} is about the weather in May and nothing else." for number in range(300))


def anchored(old: str, quote: str, new: str) -> Anchor | None:
    found = quotes.find(old, quote)
    assert found is not None
    return anchor(new, found.exact, found.prefix, found.suffix)


@pytest.mark.parametrize(
    ("old", "quote", "was", "is_", "now"),
    [
        (ENGLISH, "kept its licence rule for seven rare earths", "seven", "nine",
         "kept its licence rule for nine rare earths"),
        (ENGLISH, "kept its licence rule for seven", "kept its", "has kept the", "kept the licence rule for seven"),
        (ENGLISH, "licence rule for seven rare earths", "licence", "license", "license rule for seven rare earths"),
        (ENGLISH, "The ministry kept its licence rule", "rule", "rules", "The ministry kept its licence rules"),
        (CHINESE, "中方一贯主张通过平等磋商解决分歧", "一贯", "始终", "中方始终主张通过平等磋商解决分歧"),
        (CHINESE, "中方一贯主张通过平等磋商解决分歧", "解决分歧", "化解分歧", "中方一贯主张通过平等磋商化解分歧"),
        (ARABIC, "القيود على تصدير المعادن النادرة لا تزال قائمة", "لا تزال", "ما زالت",
         "القيود على تصدير المعادن النادرة ما زالت قائمة"),
        (THAI, "กระทรวงยังคงกฎใบอนุญาตสำหรับแร่หายากเจ็ดชนิด", "เจ็ด", "เก้า", "กระทรวงยังคงกฎใบอนุญาตสำหรับแร่หายากเก้าชนิด"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", ["", BESIDE])
def test_finds_the_words_that_changed(old: str, quote: str, was: str, is_: str, now: str, beside: str) -> None:
    new = f"{beside}\n{old.replace(was, is_)}\n{beside}"
    best = anchored(old, quote, new)
    assert best is not None
    assert best.found.exact == now
    assert new[best.found.start : best.found.end] == now
    assert 80 <= best.score < 100


def test_the_same_words_between_the_same_words_are_a_hundred() -> None:
    best = anchored(ENGLISH, "licence rule for seven", ENGLISH)
    assert best is not None
    assert (best.score, best.found) == (100, quotes.find(ENGLISH, "licence rule for seven"))


def test_the_same_words_elsewhere_are_less() -> None:
    best = anchored(ENGLISH, "licence rule for seven", "A glossary explains the licence rule for seven and more.")
    assert best is not None
    assert best.found.exact == "licence rule for seven"
    assert best.score < 95


def test_of_two_places_takes_the_one_in_the_same_context() -> None:
    new = f"Glossary: kept its licence rule for six rare earths, a saying.\n{ENGLISH.replace('seven', 'nine')}"
    best = anchored(ENGLISH, "kept its licence rule for seven rare earths", new)
    assert best is not None
    assert best.found.exact == "kept its licence rule for nine rare earths"


@pytest.mark.parametrize("new", ["", "x", BESIDE, "The ministry gave up all of it before anybody met anywhere."])
def test_proposes_nothing_that_is_not_alike(new: str) -> None:
    assert anchored(ENGLISH, "kept its licence rule for seven rare earths after the talks", new) is None
