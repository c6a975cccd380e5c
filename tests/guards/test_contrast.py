"""Colours of the site reach WCAG 2.2 AA in light and in dark, computed from the tokens themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "site" / "tokens.css"
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS.read_text())}

GROUNDS = ["paper", "surface", "sunk", "accent-wash"]
WORDS = ["ink", "ink-2", "accent", "accent-strong"]
TONES = ["true", "mostly-true", "mixed", "mostly-false", "false", "open"]
TEXT = [
    *[(word, ground) for word in WORDS for ground in GROUNDS],
    *[(tone, ground) for tone in TONES for ground in GROUNDS],
    *[("ink-3", ground) for ground in ("paper", "surface", "sunk")],
    *[("ink", ground) for ground in ("pin", "good-wash", "warn-wash", "bad-wash")],
    ("true", "good-wash"),
    ("false", "bad-wash"),
    ("mixed", "warn-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
]
#: Borders of controls and the ring of the focus: 3:1 is enough.
SHAPES = [(edge, ground) for edge in ("edge", "accent") for ground in ("paper", "surface", "sunk")]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_computes_contrast_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), TEXT)
def test_words_reach_four_and_a_half_to_one(word: str, ground: str, mode: int) -> None:
    assert contrast(COLOURS[word][mode], COLOURS[ground][mode]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_reach_three_to_one(shape: str, ground: str, mode: int) -> None:
    assert contrast(COLOURS[shape][mode], COLOURS[ground][mode]) >= 3
