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


def odd_page(text: str = "", tail: str = "", attributes: str = "") -> str:
    prose_text = "licences were kept in force " * 5
    lines = "".join(f"<p {attributes}>{number} {prose_text}{text}</p>{tail}\n" for number in range(5))
    return f"<html><body><article>{lines}</article></body></html>"


@pytest.mark.parametrize(
    "html",
    [
        *(odd_page(text=odd) for odd in ODD_LETTERS),
        *(odd_page(tail=odd) for odd in ODD_LETTERS),
        *(odd_page(attributes=odd) for odd in ODD_ATTRIBUTES),
    ],
    ids=[
        *(f"letter {n} in the text" for n in range(len(ODD_LETTERS))),
        *(f"letter {n} between" for n in range(len(ODD_LETTERS))),
        *(f"attribute {n}" for n in range(len(ODD_ATTRIBUTES))),
    ],
)
def test_what_lxml_cannot_be_given_changes_nothing(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    joined = extract(html.encode(), "text/html; charset=utf-8")
    assert joined.text.count("licences were kept in force") == 25
    monkeypatch.setattr(prose, "join", lambda tree: prose.StandIns())
    assert joined == extract(html.encode(), "text/html; charset=utf-8")


def paragraphs_of(count: int, begins: str = "", letters: int = 370) -> str:
    return "\n".join(
        f"<p>{begins}{number} {('licences were kept in force ' * 40)[:letters]}</p>" for number in range(count)
    )


def indented(count: int) -> str:
    line = "\n" + " " * 40 + "licences were kept in force"
    return "\n".join(f"<p>{number}{line * 8}\n</p>" for number in range(count))


#: What decides is how long a part is beside the others, or that it stands there twice.
SHARES = {
    "a long report in a layout named after its side bar": (
        f"<div class='layout has-sidebar'>{paragraphs_of(200)}</div><div>{paragraphs_of(45, 'other ', 120)}</div>"
    ),
    "a long report in a side bar": (
        f"<div class=sidebar>{paragraphs_of(150)}</div><div>{paragraphs_of(15, 'other ')}</div>"
    ),
    "a page that is a form": f"<form>{paragraphs_of(93)}</form><div>{paragraphs_of(67, 'other ')}</div>",
    "a form that is most of a page": f"<form>{paragraphs_of(200)}</form><div>{paragraphs_of(67, 'other ')}</div>",
    "an article that stands twice": (
        f"<div class=mobile>{paragraphs_of(8)}</div><div class=desktop>{paragraphs_of(8)}</div>"
    ),
    "twice, once quoted": f"<div><blockquote>{paragraphs_of(8)}</blockquote>{paragraphs_of(8)}</div>",
    "runs of nothing but white space": (
        f"<div>{('<p>' + '&nbsp;' * 120 + '</p>') * 60}</div><div>{paragraphs_of(5)}</div>"
    ),
    "words far apart": (
        f"<div class=content>{('<p>ab' + ' ' * 110 + 'cd</p>') * 6}</div><div>{paragraphs_of(5)}</div>"
    ),
    "indented lines": f"<div class=sidebar>{indented(8)}</div><div>{paragraphs_of(3, 'other ')}</div>",
    "indented lines alone": f"<article>{indented(9)}</article>",
}


@pytest.mark.parametrize("inside", SHARES.values(), ids=SHARES.keys())
def test_a_run_weighs_as_much_as_its_paragraphs(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    html = f"<html><body>{inside}</body></html>".encode()
    joined = extract(html, "text/html; charset=utf-8").body
    monkeypatch.setattr(prose, "join", lambda tree: prose.StandIns())
    assert joined == extract(html, "text/html; charset=utf-8").body
    assert "licences were kept in force" in joined


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
    return [stand_ins.put_back(paragraph.text_content(), "|").rstrip() for paragraph in tree.iter("p")]


LONG = [f"{number} {'licences were kept in force ' * 5}".strip() for number in range(9)]


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
    [word] = (stands.text or "").split()
    folded = " ".join(text.split())
    assert (len(word), len(stands.text or "")) == (len(" ".join([folded] * 3)), len("\n".join([text] * 3)))


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
