"""Runs of paragraphs joined for trafilatura: it finds the same article as without, and has less to look at."""

from __future__ import annotations

import random

import pytest

from sources import prose
from sources.extract import extract
from sources.imprint import parsed

WORDS = [
    "licence",
    "rare",
    "earth",
    "control",
    "talks",
    "said",
    "that",
    "the",
    "in",
    "of",
    "Geneva",
    "kept",
    "officials",
]
CHINESE = "中方已依法批准一定数量的合规申请并愿就此进一步加强与相关国家的沟通对话"
#: Some of these trafilatura drops.
KINDS = ["", "class=lead", "class='story p-3'", "class=related", "id=share-1", "class=caption", "style='display:none'",
         "class=teaser", "data-id=7", "role=navigation", "aria-hidden=true", "class=comment"]  # fmt: skip


def sentence(chance: random.Random, words: int) -> str:
    if chance.random() < 0.1:
        return "".join(chance.choices(CHINESE, k=words * 4)) + "。"
    return " ".join(chance.choices(WORDS, k=words)) + "."


def piece(chance: random.Random) -> str:
    text = sentence(chance, chance.choice([3, 12, 30, 30, 60]))
    kind = chance.choice(KINDS)
    shapes = [
        f"<p {kind}>{text}</p>\n", f"<p {kind}>{text}</p>", f"<p>{text}</p>\n", f"<p class=story>{text}</p>",
        f"<p {kind}>{text}</p>{sentence(chance, 5)}", f"<p>{text} <a href=/x>{sentence(chance, 4)}</a></p>",
        f"<p><b>{text}</b></p>", f"<h2>{sentence(chance, 4)}</h2>", f"<ul><li>{text}</li><li><p>{text}</p></li></ul>",
        f"<blockquote><p>{text}</p><p>{sentence(chance, 30)}</p></blockquote>", f"<div {kind}><p>{text}</p></div>",
        f"<table><tr><td><p>{text}</p></td></tr></table>", f"{text}<br>", "<p></p>",
    ]  # fmt: skip
    return chance.choices(shapes, [9, 6, 9, 9, 1, 3, 1, 1, 1, 1, 2, 1, 1, 1])[0]


def page(number: int) -> str:
    chance = random.Random(number)  # noqa: S311 -- the same pages in every run
    container = chance.choice(["article", "main", "div class=content", "div", "section"])
    inside = "".join(piece(chance) for _ in range(chance.randrange(1, 40)))
    return f"<html><body><nav><a href=/>Home</a></nav><{container}>{inside}</{container.split()[0]}></body></html>"


@pytest.mark.parametrize("number", range(100))
def test_the_article_is_the_same(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    html = page(number).encode()
    joined = extract(html, "text/html; charset=utf-8").body
    monkeypatch.setattr(prose, "join", lambda tree: None)
    assert joined == extract(html, "text/html; charset=utf-8").body


ODD_LETTERS = [
    "\x01",
    "\x0b",
    "\x1b",
    "\x1d",
    "\x1f",
    "\x7f",
    "\x85",
    "\u2028",
    "\ufffe",
    "&#1;",
    "&#0;",
    "&#31;",
    "&#xd800;",
]
ODD_ATTRIBUTES = [":class=x", "@click=y", "v-on:click.prevent=z", "xmlns=http://x", "xmlns:q=u", "{n}=q", "{http://x}n=1",
                  "é=1", "中=2", "a<b=1", "'q'=1", "=5", "title=a&#27;b", "title=a\x1fb", "data-\x01=1"]  # fmt: skip


def run(text: str, attributes: str = "") -> str:
    prose_text = "licences were kept in force " * 5
    lines = "".join(f"<p {attributes}>{number} {prose_text}{text}</p>{text}\n" for number in range(5))
    return f"<html><body><article>{lines}</article></body></html>"


@pytest.mark.parametrize(
    "html",
    [*map(run, ODD_LETTERS), *(run("", odd) for odd in ODD_ATTRIBUTES)],
    ids=[*(f"letter {n}" for n in range(len(ODD_LETTERS))), *(f"attribute {n}" for n in range(len(ODD_ATTRIBUTES)))],
)
def test_what_lxml_cannot_be_given_is_left_as_it_is(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    joined = extract(html.encode(), "text/html; charset=utf-8")
    assert joined.text.count("licences were kept in force") == 25
    monkeypatch.setattr(prose, "join", lambda tree: None)
    assert joined == extract(html.encode(), "text/html; charset=utf-8")


def paragraphs(html: str) -> list[str]:
    tree = parsed(html)
    assert tree is not None
    prose.join(tree)
    return [paragraph.text_content() for paragraph in tree.iter("p")]


LONG = [f"{number} {'licences were kept in force ' * 5}" for number in range(9)]


def test_a_run_is_one_but_for_its_first() -> None:
    run = "\n".join(f"<p class=story-{number}>{text}</p>" for number, text in enumerate(LONG[:4]))
    assert paragraphs(f"<article>{run}</article>") == [LONG[0], prose.MARK.join(LONG[1:4])]


@pytest.mark.parametrize(
    "between", ["and so", "<hr>", "<p>short</p>", "<p class=related>" + LONG[8] + "</p>", "</div><div>"]
)
def test_a_run_ends_where_something_else_stands(between: str) -> None:
    before, after = ("".join(f"<p>{text}</p>" for text in LONG[n : n + 2]) for n in (0, 2))
    assert paragraphs(f"<div>{before}{between}{after}</div>")[:2] == LONG[:2]


def test_what_follows_a_run_stays_where_it_is() -> None:
    tree = parsed("<div>" + "".join(f"<p>{text}</p>" for text in LONG[:3]) + "then this</div>")
    assert tree is not None
    prose.join(tree)
    assert tree.text_content() == f"{LONG[0]}{LONG[1]}{prose.MARK}{LONG[2]}then this"
