"""Of the tuning half: a newspaper's site with menu, footer and the usual boxes."""

from __future__ import annotations

from collections.abc import Iterator

from bench.wall_pages.labelled import Page, paragraphs
from bench.wall_pages.words_of_a_newspaper import WORDS, Words

FULL, STUB, BRIEF = 24, 4, 2


def pages() -> Iterator[Page]:
    for language, words in WORDS.items():
        for name, kind, html, headers in [*_walls(words), *_real(words)]:
            yield Page(name, language, kind, html.replace("<html>", f'<html lang="{language}">'), headers)


Made = tuple[str, str, str, dict[str, str]]


def _walls(words: Words) -> Iterator[Made]:
    title, asked, small = words.bot
    yield "check", "bot", _bare(title, f"<h1>news.example</h1><h2>{asked}</h2><p>{small}</p>"), {}
    frame = '<div class="box"></div><script src="https://challenges.example/captcha/api.js"></script>'
    yield "check in a frame", "bot", _bare("news.example", frame), {}
    yield "check by header", "bot", _bare("", "<p>…</p>"), {"cf-mitigated": "challenge"}
    title, name, password, forgotten = words.login
    form = (
        f'<form><label>{name}<input></label><label>{password}<input type="password"></label><button>OK</button></form>'
    )
    yield "login", "login", _site(words, title, f"<h1>{title}</h1>{form}<p><a href=/x>{forgotten}</a></p>"), {}
    yield "login, bare", "login", _bare(title, f"<h1>{title}</h1><p><a href=/login>OK</a></p>"), {}
    title, length, accept, reject = words.consent
    buttons = f"<button>{accept}</button><button>{reject}</button>"
    yield "consent", "consent", _bare(title, f"<h1>{title}</h1><p>{length}</p>{buttons}"), {}
    yield (
        "consent, short",
        "consent",
        _bare("news.example", f"<div><p>{title}</p>{buttons}<a>{words.menu[0]}</a></div>"),
        {},
    )
    title, line = words.missing
    yield "missing", "not_found", _site(words, title, f"<h1>{title}</h1><p>{line}</p>"), {}
    links = "".join(f"<li><a href=/{n}>{text[:40]}</a></li>" for n, text in enumerate(words.prose))
    yield (
        "missing, with links",
        "not_found",
        _site(words, "news.example", f"<h1>404</h1><h2>{title}</h2><ul>{links}</ul>"),
        {},
    )
    offer, button, already = words.paywall
    stub = paragraphs(words.prose, STUB)
    box = f"<div><h3>{offer}</h3><a href=/buy>{button}</a><p>{already}</p></div>"
    yield (
        "stub",
        "paywall",
        _site(words, words.headline, f"<article><h1>{words.headline}</h1>{stub}{box}</article>"),
        {},
    )
    closed = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    yield (
        "stub that tells machines",
        "paywall",
        _site(words, words.headline, f"<h1>{words.headline}</h1>{closed}{stub}"),
        {},
    )
    app = f'<noscript>{words.scripts}</noscript><div id="root"></div><script src="/app.js"></script>'
    yield "shell", "empty", _bare("news.example", app), {}
    yield (
        "shell that says so",
        "empty",
        _bare("news.example", f"<div id=app><p>{words.scripts}</p></div><script>go()</script>"),
        {},
    )


def _real(words: Words) -> Iterator[Made]:
    full = f"<article><h1>{words.headline}</h1>{paragraphs(words.prose, FULL)}</article>"
    cookies = f"<div class=cookie><p>{words.cookies[0]}</p><button>{words.cookies[1]}</button></div>"
    yield "article with a banner", "", _site(words, words.headline, cookies + full), {}
    box = f'<form><input name=name><input type="password"><a>{words.login[3]}</a></form>'
    comments = f"<section><h2>{words.comment}</h2></section>"
    yield "article with a login beside", "", _site(words, words.headline, box + full + comments), {}
    offer, button, already = words.paywall
    under = f"<aside><h3>{offer}</h3><a>{button}</a><p>{already}</p></aside>"
    yield "article with an offer under it", "", _site(words, words.headline, full + under), {}
    brief = f"<article><h1>{words.headline}</h1>{paragraphs(words.prose, BRIEF)}</article><p>{words.newsletter}</p>"
    yield "brief", "", _site(words, words.headline, brief), {}
    pictures = "".join(
        f'<figure><img src="/{n}.jpg" alt=""><figcaption>{n} / 9</figcaption></figure>' for n in range(1, 10)
    )
    yield "gallery", "", _site(words, words.headline, f"<h1>{words.headline}</h1>{pictures}"), {}
    headline, line = words.about
    about = f"<article><h1>{headline}</h1>{paragraphs([line, *words.prose], FULL)}</article>"
    yield "article about walls", "", _site(words, headline, about), {}
    short = f"<article><h1>{headline}</h1>{paragraphs([line, *words.prose], 2)}</article>"
    yield "brief about walls", "", _site(words, headline, short), {}
    captcha = '<script src="https://challenges.example/captcha/api.js"></script><form id="captcha-form"></form>'
    yield "article with a check at its comments", "", _site(words, words.headline, full + captcha), {}


def _site(words: Words, title: str, main: str) -> str:
    menu = "".join(f"<a href=/{n}>{name}</a>" for n, name in enumerate(words.menu))
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title><script src=/site.js></script></head>"
        f"<body><header><nav>{menu}</nav></header><main>{main}</main><footer>© news.example</footer></body></html>"
    )


def _bare(title: str, main: str) -> str:
    return f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head><body>{main}</body></html>"
