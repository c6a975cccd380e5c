"""The half that is measured: a weekly magazine, a fourth way to build a page, written after the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.wall_pages.labelled import Page, sentences
from bench.wall_pages.words_of_the_weekly import WORDS, Words

FULL, STUB, BRIEF = 30, 5, 3
PLACE = "https://weekly.example/weaver"


def pages() -> Iterator[Page]:
    for language, words in WORDS.items():
        for page in [*_walls(words), *_real(words)]:
            yield replace(page, language=language, html=f'<!doctype html><html lang="{language}">{page.html}</html>')


def _made(name: str, kind: str, html: str, final: str = PLACE) -> Page:
    return Page(name, "", kind, html, {}, PLACE, final)


def _walls(words: Words) -> Iterator[Page]:
    box = "<div class=turn><iframe src=https://challenges.cloudflare.com/turnstile></iframe></div>"
    yield _made("one more step", "bot", f"<title>weekly.example</title><body><main><h2>{words.robot}</h2>{box}</main>")
    yield _made("too fast", "bot", f"<title>weekly.example</title><body><pre>{words.slow_down}</pre>")
    yield _made("members area", "login", _magazine(words, f"<section><h2>{words.login}</h2></section>"))
    title, keep = words.password
    form = (
        f"<form><input><input type=password><label><input type=checkbox>{keep}</label><button>{title}</button></form>"
    )
    yield _made("account", "login", _magazine(words, form))
    asked, length, agree = words.consent
    consent = f"<body><div><h1>{asked}</h1><p>{length}</p><button>{agree}</button></div>"
    yield _made("data", "consent", f"<title>Weekly</title>{consent}")
    yield _made("no document", "not_found", _magazine(words, f"<h3>{words.missing}</h3>"))
    yield _made("expired", "not_found", _magazine(words, f"<p class=big>{words.expired}</p>"))
    lead = f"<h1>{words.headline}</h1>{_told(words, STUB)}"
    offer = f"<div class=fade></div><p>{words.paid}</p><a class=btn>{words.paid_button}</a>"
    yield _made("whole story", "paywall", _magazine(words, lead + offer))
    shell = f"<title>Weekly</title><body><noscript>{words.scripts}</noscript><div id=__next></div><script src=/n.js></script>"
    yield _made("shell", "empty", shell)


def _real(words: Words) -> Iterator[Page]:
    full = f"<h1>{words.headline}</h1>{_told(words, FULL)}"
    asked, length, agree = words.consent
    sheet = f"<dialog open><h2>{asked}</h2><p>{length}</p><button>{agree}</button></dialog>"
    offer = f"<p>{words.paid}</p><a>{words.paid_button}</a>"
    account = f"<form><input><input type=password><button>{words.password[0]}</button></form>"
    yield _made("article with everything round it", "", _magazine(words, account + sheet + full + offer))
    brief = f"<h1>{words.headline}</h1>{_told(words, BRIEF)}<p>{words.support}</p>"
    yield _made("brief with an account", "", _magazine(words, brief + account))
    headline, line = words.report
    yield _made(
        "brief about walls", "", _magazine(words, f"<h1>{headline}</h1><p>{line.format(n=90)}</p>{_told(words, 2)}")
    )
    yield _made(
        "report about walls", "", _magazine(words, f"<h1>{headline}</h1><p>{line.format(n=90)}</p>{_told(words, FULL)}")
    )
    figures = "".join(f"<figure><img src=/{n}.jpg><figcaption>{n}</figcaption></figure>" for n in range(8))
    yield _made("pictures", "", _magazine(words, f"<h1>{words.headline}</h1>{figures}{_SCRIPT}"))
    recipe = "".join(f"<li>{n * 50} g</li>" for n in range(1, 9))
    yield _made("recipe", "", _magazine(words, f"<h1>{words.menu[1]}</h1><ul>{recipe}</ul><p>{words.prose[1]}</p>"))
    yield _made("short letter", "", _magazine(words, f"<h1>{words.headline}</h1><p>{words.prose[1]}</p>"))


_SCRIPT = "<script src=/g.js></script>"


def _told(words: Words, count: int) -> str:
    told = sentences(words.prose, count)
    return "".join(f"<div class=p>{' '.join(told[n : n + 2])}</div>" for n in range(0, count, 2))


def _magazine(words: Words, main: str) -> str:
    menu = "".join(f"<a href=/{n}>{name}</a> " for n, name in enumerate(words.menu))
    return f"<head><title>Weekly</title></head><body><nav>{menu}</nav><main>{main}</main><footer>Weekly</footer>{_SCRIPT}</body>"
