"""Of the tuning half: a town's gazette, a third way to build a page, on which the second rules missed much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.wall_pages.labelled import Page, sentences
from bench.wall_pages.words_of_the_gazette import WORDS, Words

FULL, STUB, BRIEF = 27, 4, 3
PLACE = "https://gazette.example/a/8812"


def pages() -> Iterator[Page]:
    for language, words in WORDS.items():
        for page in [*_walls(words), *_real(words)]:
            yield replace(page, language=language, html=f"<html lang={language}>{page.html}</html>")


def _made(name: str, kind: str, html: str, final: str = PLACE) -> Page:
    return Page(name, "", kind, html, {}, PLACE, final)


def _walls(words: Words) -> Iterator[Page]:
    asked, short = words.robot
    script = "<script src=//hcaptcha.com/1/api.js async></script><div class=h-captcha></div>"
    yield _made("puzzle", "bot", f"<title>{short}</title><body><p>{asked}</p>{script}")
    yield _made("refused", "bot", f"<title>gazette.example</title><body><center><h1>{words.refused}</h1></center>")
    said, enter = words.member
    yield _made("registered only", "login", _gazette(words, f"<div><p>{said}</p><p><a href=/me>{enter}</a></p></div>"))
    welcome, user = words.account
    fields = f"<dl><dt>{user}<dd><input><dt>••••<dd><input type=password></dl><button>→</button>"
    yield _made("account", "login", _gazette(words, f"<h1>{welcome}</h1><form>{fields}</form>"))
    asked, length, allow = words.consent
    yield _made(
        "permission", "consent", f"<title>Gazette</title><body><h3>{asked}</h3><p>{length}</p><button>{allow}</button>"
    )
    yield _made("nothing there", "not_found", _gazette(words, f"<h1>{words.lost}</h1>"))
    yield _made("withdrawn", "not_found", _gazette(words, f"<article><p>{words.withdrawn}</p></article>"))
    lead = f"<article><h1>{words.headline}</h1>{_told(words, STUB)}</article>"
    yield _made("all read", "paywall", _gazette(words, f"{lead}<div><p>{words.paid}</p></div>"))
    yield _made("the rest", "paywall", _gazette(words, f"{lead}<hr><b>{words.paid_shortly}</b>"))
    shell = f"<title>Gazette</title><body><noscript>{words.scripts}</noscript><app-root></app-root><script src=/m.js></script>"
    yield _made("shell", "empty", shell)


def _real(words: Words) -> Iterator[Page]:
    article = f"<article><h1>{words.headline}</h1>{_told(words, FULL)}</article>"
    asked, length, allow = words.consent
    ask = f"<div><h3>{asked}</h3><p>{length}</p><button>{allow}</button></div>"
    yield _made(
        "article with all boxes", "", _gazette(words, f"{ask}{article}<p>{words.paid}</p><p>{words.member[1]}</p>")
    )
    yield _made(
        "brief",
        "",
        _gazette(words, f"<article><h1>{words.headline}</h1>{_told(words, BRIEF)}</article><p>{words.letter}</p>"),
    )
    headline, line = words.report
    short = f"<article><h1>{headline}</h1><p>{line.format(n=900)}</p>{_told(words, 1)}</article>"
    yield _made("brief about walls", "", _gazette(words, short))
    long = f"<article><h1>{headline}</h1><p>{line.format(n=900)}</p>{_told(words, FULL)}</article>"
    yield _made("report about walls", "", _gazette(words, long))
    banner = f"<article><h1>{words.headline}</h1>{_told(words, BRIEF)}</article>{ask}"
    yield _made("brief with a request for consent", "", _gazette(words, banner))
    shots = "".join(f"<li><img src=/{n}.webp alt='{words.sections[2]} {n}'></li>" for n in range(12))
    yield _made("pictures", "", _gazette(words, f"<h1>{words.headline}</h1><ul>{shots}</ul>"))
    notices = "".join(f"<li><a href=/n/{n}>{text}</a></li>" for n, text in enumerate(sentences(words.prose, 9)))
    yield _made("list of notices", "", _gazette(words, f"<h1>{words.sections[1]}</h1><ol>{notices}</ol>"))


def _told(words: Words, count: int) -> str:
    return "".join(f"<p>{text}</p>" for text in sentences(words.prose, count))


def _gazette(words: Words, main: str) -> str:
    tabs = "".join(f"<td><a href=/{n}>{name}</a></td>" for n, name in enumerate(words.sections))
    return f"<title>Gazette</title><body><table><tr>{tabs}</tr></table>{main}<address>Gazette, 1 Market Place</address></body>"
