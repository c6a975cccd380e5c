"""Of the tuning half: a paper built in another way, on which the first rules did badly (docs/decisions)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.wall_pages.labelled import Page, sentences
from bench.wall_pages.words_of_the_bay import WORDS, Words

FULL, STUB, BRIEF = 28, 5, 2
PLACE = "https://bay.example/2025/ferry-at-night.html"


def pages() -> Iterator[Page]:
    for language, words in WORDS.items():
        for page in [*_walls(words), *_real(words)]:
            html = f'<!DOCTYPE HTML>\n<html lang="{language}" class="no-js">{page.html}</html>'
            yield replace(page, language=language, html=html)


def _made(name: str, kind: str, html: str, final: str = PLACE, **headers: str) -> Page:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(name, "", kind, html, sent, PLACE, final)


def _walls(words: Words) -> Iterator[Page]:
    yield from _bot_walls(words)
    yield from _login_and_consent(words)
    yield from _missing(words)
    asked, length, button = words.paywall
    lead = f"<h1 class=t>{words.headline}</h1>{_told(words, STUB)}"
    yield _made(
        "offer", "paywall", _paper(words, f"{lead}<section><h2>{asked}</h2><p>{length}</p><a>{button}</a></section>")
    )
    yield _made(
        "for subscribers",
        "paywall",
        _paper(words, f"{lead}<div class=meter><strong>{words.paywall_line}</strong></div>"),
    )
    yield _made("for subscribers, first", "paywall", _paper(words, f"<p>{words.paywall_line}</p>{lead}"))
    hint = f'<noscript><div class="hint">{words.scripts}</div></noscript>'
    yield _made(
        "application", "empty", f"<head><title>Bay</title></head><body>{hint}<div id='main-app'></div>{_SCRIPTS}</body>"
    )
    waiting = f"<body><main id=m><div class=spin></div><span>{words.waiting}</span></main>{_SCRIPTS}</body>"
    yield _made("waiting", "empty", f"<head><title>Bay</title></head>{waiting}")


def _bot_walls(words: Words) -> Iterator[Page]:
    asked, box = words.bot
    form = f"<form id=f><label><input type=checkbox> {box}</label></form>"
    yield _made(
        "tick", "bot", f"<head><title>bay.example</title></head><body><div><div>{asked}</div>{form}</div></body>"
    )
    blocked = f"<h1>{words.bot_blocked}</h1><p>Ray 8f1a · 192.0.2.7</p>"
    yield _made("blocked", "bot", f"<head><title>bay.example</title></head><body>{blocked}</body>")
    puzzle = '<iframe src="https://geo.captcha-delivery.com/captcha/?id=1"></iframe><noscript>Script!</noscript>'
    yield _made(
        "puzzle", "bot", f"<head><title>bay.example</title></head><body>{puzzle}</body>", x_datadome="protected"
    )


def _login_and_consent(words: Words) -> Iterator[Page]:
    said, button, register = words.login
    form = f"<table><tr><td><input name=u></td></tr><tr><td><input type=PASSWORD name=p></td></tr></table><button>{button}</button>"
    yield _made("form", "login", _paper(words, f"<form method=post><h2>{button}</h2>{form}<a>{register}</a></form>"))
    yield _made(
        "said", "login", _paper(words, f"<div class=msg>{said}</div><a href=/in>{button}</a> <a>{register}</a>")
    )
    led = "https://bay.example/login?next=/2025/ferry-at-night.html"
    yield _made("led to", "login", _paper(words, f"<h1>{button}</h1><p>{said}</p>"), led)
    asked, length, agree, choose = words.consent
    box = f"<div role=dialog><div class=h>{asked}</div><div>{length}</div><a role=button>{choose}</a><a role=button>{agree}</a></div>"
    yield _made("dialog", "consent", f"<head><title>{asked}</title></head><body>{box}</body>")
    yield _made(
        "elsewhere",
        "consent",
        f"<head><title>Bay</title></head><body>{box}</body>",
        "https://consent.bay-group.example/c?r=1",
    )


def _missing(words: Words) -> Iterator[Page]:
    said, hint = words.missing
    yield _made(
        "said",
        "not_found",
        _paper(words, f"<div class=e><h2>{said}</h2><div>{hint}</div><input type=search></div>", said),
    )
    yield _made("softly", "not_found", _paper(words, f"<p>{words.missing_softly}</p>"))
    front = "".join(f"<h3>{text}</h3>" for text in sentences(words.prose, 12))
    yield _made("front page", "not_found", _paper(words, front), "https://bay.example/")


def _real(words: Words) -> Iterator[Page]:
    article = f"<div class=a><h1 class=t>{words.headline}</h1>{_told(words, FULL)}</div>"
    asked, length, agree, choose = words.consent
    box = f"<div role=dialog><div class=h>{asked}</div><div>{length}</div><a>{choose}</a><a>{agree}</a></div>"
    yield _made("article under a dialog", "", _paper(words, article + box))
    account = f"<form class=acc><input name=u><input type=password><button>{words.account}</button></form>"
    yield _made("article with an account", "", _paper(words, account + article + f"<p>{words.login[0]}</p>"))
    offer = f"<section><h2>{words.paywall[0]}</h2><p>{words.paywall[1]}</p><a>{words.paywall[2]}</a></section>"
    yield _made("article and an offer", "", _paper(words, article + offer))
    brief = f"<h1 class=t>{words.headline}</h1>{_told(words, BRIEF)}<p><em>{words.supporters}</em></p>"
    yield _made("brief", "", _paper(words, brief + account))
    headline, line = words.about
    about = f"<h1 class=t>{headline}</h1><p>{line.format(n=3)}</p>"
    yield _made("report about walls", "", _paper(words, about + _told(words, FULL)))
    yield _made("brief about walls", "", _paper(words, about + _told(words, BRIEF)))
    rows = "".join(
        f"<tr><td>{n:02d}:15</td><td>{text[:22]}</td></tr>" for n, text in enumerate(sentences(words.prose, 20))
    )
    yield _made("time table", "", _paper(words, f"<h1 class=t>{words.headline}</h1><table>{rows}</table>"))
    film = f"<h1 class=t>{words.headline}</h1><video src=/f.mp4></video><p>{words.prose[2]}</p>{_SCRIPTS}"
    yield _made("film", "", _paper(words, film))
    moved = "https://www.bay.example/news/ferry-at-night"
    yield _made("article that has moved", "", _paper(words, article), moved)


_SCRIPTS = "<script src=/v.js></script><script>window.app = {start: 1};</script>"


def _told(words: Words, count: int) -> str:
    """Lines with breaks, as many sites have in place of paragraphs."""
    return "<div>" + "<br><br>".join(sentences(words.prose, count)) + "</div>"


def _paper(words: Words, main: str, title: str = "") -> str:
    links = "".join(f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(words.links))
    head = f"<head><title>{title or words.headline} | Bay</title><meta name=viewport content=width></head>"
    return f"{head}<body><div id=page><ul class=n>{links}</ul>{main}<div class=foot>Bay 2025</div></div></body>"
