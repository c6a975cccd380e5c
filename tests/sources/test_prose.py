"""Runs of paragraphs joined for trafilatura: it finds the same article as without, and has less to look at."""

from __future__ import annotations

import random

import pytest
from lxml.html import HtmlElement
from trafilatura.utils import trim

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
    monkeypatch.setattr(prose, "join", lambda tree: prose.StandIns())
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
    monkeypatch.setattr(prose, "join", lambda tree: prose.StandIns())
    assert joined == extract(html.encode(), "text/html; charset=utf-8")


@pytest.mark.parametrize("odd", ["&#1;", "\x1d", "\ufffe"])
def test_a_character_that_lxml_refuses_costs_no_article(odd: str) -> None:
    """In a run it is not given back to lxml; by itself trafilatura gives such a page up."""
    texts = [*LONG[:3], f"{odd}{LONG[3]}", LONG[4]]
    body = extract(f"<html><body>{story(*texts)}</body></html>".encode(), "text/html; charset=utf-8").body
    assert body.split("\n") == [text.strip() for text in LONG[:5]]


def joined(html: str) -> tuple[HtmlElement, prose.StandIns]:
    tree = parsed(html)
    assert tree is not None
    return tree, prose.join(tree)


def paragraphs(html: str) -> list[str]:
    """With a bar between those that trafilatura takes for one."""
    tree, stand_ins = joined(html)
    return [stand_ins.put_back(paragraph.text_content(), "|") for paragraph in tree.iter("p")]


LONG = [f"{number} {'licences were kept in force ' * 5}" for number in range(9)]


def story(*texts: str) -> str:
    return (
        "<article>"
        + "\n".join(f"<p class=story-{number}>{text}</p>" for number, text in enumerate(texts))
        + "</article>"
    )


def test_a_run_is_one_but_for_its_first() -> None:
    assert paragraphs(story(*LONG[:4])) == [LONG[0], "|".join(LONG[1:4])]


@pytest.mark.parametrize(
    "between", ["and so", "<hr>", "<p>short</p>", "<p class=related>" + LONG[8] + "</p>", "</div><div>"]
)
def test_a_run_ends_where_something_else_stands(between: str) -> None:
    before, after = ("".join(f"<p>{text}</p>" for text in LONG[n : n + 2]) for n in (0, 2))
    assert paragraphs(f"<div>{before}{between}{after}</div>")[:2] == LONG[:2]


def test_what_follows_a_run_stays_where_it_is() -> None:
    tree, stand_ins = joined("<div>" + "".join(f"<p>{text}</p>" for text in LONG[:3]) + "then this</div>")
    assert stand_ins.put_back(tree.text_content(), "|") == f"{LONG[0]}{LONG[1]}|{LONG[2]}then this"


@pytest.mark.parametrize("text", [LONG[0], f"  {LONG[0]}\n     and  so\ton ", CHINESE * 9, "\U0001f30d" * 200])
def test_trafilatura_sees_one_word_as_long_as_what_it_stands_for(text: str) -> None:
    tree, _ = joined(story(*[text] * 4))
    _, stands = tree.iter("p")
    folded = " ".join(text.split())
    assert ((stands.text or "").split(), len(stands.text or "")) == ([stands.text], len(" ".join([folded] * 3)))


def test_a_page_cannot_name_what_stands_for_another_run() -> None:
    """Not even one that has seen how such a word is made."""
    tree, _ = joined(story(*LONG[:4]))
    *_, seen = tree.iter("p")
    html = story(*LONG[:4], f"{seen.text}", "short", f"run-0-xxx. {LONG[5]}")
    body = extract(f"<html><body>{html}</body></html>".encode(), "text/html").body
    assert [line[:20] for line in body.split("\n")] == [
        *(text[:20] for text in LONG[:4]), (seen.text or "")[:20], "short", "run-0-xxx. 5 licence"
    ]  # fmt: skip


def test_nothing_of_a_page_is_kept_in_memory_for_the_next() -> None:
    """Such a worker had 420 MB after 400 articles."""
    html = f"<html><body>{story(*LONG)}</body></html>".encode()
    assert extract(html, "text/html").body.startswith(LONG[0].strip())
    assert trim.cache_info().currsize == 0
