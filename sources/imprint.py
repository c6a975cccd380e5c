"""What a page says of itself: title, who wrote it, when, in which language. Plain Python, no Django.

JSON-LD first, as newsrooms keep it for machines, then Open Graph and meta, then the visible page. Nothing is fetched.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from htmldate import find_date
from lxml.etree import ElementDefaultClassLookup, LxmlError
from lxml.html import (
    HtmlComment,
    HtmlElement,
    HtmlEntity,
    HTMLParser,
    HtmlProcessingInstruction,
    document_fromstring,
)
from selectolax.lexbor import LexborHTMLParser

LONGEST = 500
# A page may hold a whole shop as JSON-LD; the article's own entry is never that long or that deep.
JSON_BYTES = 500_000
JSON_DEPTH = 20
# Dates for readers stand at the beginning; looking through all of a long page takes longer than all else.
DATED_LETTERS = 50_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
# lxml.html has classes of its own for forms, and asks a function in Python about each element that is looked at.
_ALIKE = ElementDefaultClassLookup(HtmlElement, HtmlComment, HtmlProcessingInstruction, HtmlEntity)
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_ARTICLE = re.compile(r"Article|BlogPosting|Report|WebPage|NewsMedia|Statement|Dataset|VideoObject|SocialMedia")


@dataclass(frozen=True)
class Imprint:
    """Empty strings and None where the page does not say."""

    title: str = ""
    byline: str = ""
    published_on: date | None = None
    language: str = ""
    publisher: str = ""
    modified_on: date | None = None
    # As the page writes it, which may be relative.
    canonical: str = ""


@dataclass
class _Page:
    document: LexborHTMLParser
    beginning: str
    meta: dict[str, str] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def tree(self) -> HtmlElement | None:
        """What htmldate looks at."""
        return parsed(self.beginning)


def parsed(source: str) -> HtmlElement | None:
    """As lxml has it. None where it cannot: it was never made for what some pages hold."""
    try:
        # Bytes, because lxml refuses text that declares an encoding; no_network is lxml's default, and must stay.
        parser = HTMLParser(encoding="utf-8", no_network=True)
        parser.set_element_class_lookup(_ALIKE)
        return document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None


def read(document: LexborHTMLParser, source: str) -> Imprint:
    """`document` is the `source`, parsed. Where it does not tell machines its date, that is looked for in its text."""
    page = _Page(document, source[:DATED_LETTERS], _meta(document), next(_articles(document), {}))
    published = _published(page)
    return Imprint(
        title=_title(page),
        byline=_byline(page),
        published_on=published,
        modified_on=_modified(page, published),
        canonical=_canonical(page),
        language=_language(page),
        publisher=_clean(_names(page.article.get("publisher")) or page.meta.get("og:site_name", "")),
    )


def _title(page: _Page) -> str:
    told = page.article.get("headline"), page.meta.get("og:title"), page.meta.get("twitter:title")
    return next((_clean(t) for t in told if isinstance(t, str) and _clean(t)), "") or _heading(page.document)


def _heading(document: LexborHTMLParser) -> str:
    for selector in ("head title", "h1"):
        node = document.css_first(selector)
        if node is not None and _clean(node.text(deep=True, separator="")):
            return _clean(node.text(deep=True, separator=""))
    return ""


def _byline(page: _Page) -> str:
    author = page.meta.get("author") or page.meta.get("article:author") or ""
    told = _names(page.article.get("author")) or ("" if author.startswith("http") else author)
    if not told:
        node = page.document.css_first('[rel="author"], [itemprop="author"]')
        told = node.text(deep=True, separator="") if node is not None else ""
    return _clean(told)


def _published(page: _Page) -> date | None:
    told = page.article.get("datePublished"), page.meta.get("article:published_time"), page.meta.get("date")
    return _told(told) or _guessed(page, original=True)


def _modified(page: _Page, published: date | None) -> date | None:
    """What the page tells; a guess counts only where it is later than the day of publication."""
    names = "article:modified_time", "og:updated_time", "last-modified"
    told = _told((page.article.get("dateModified"), *map(page.meta.get, names)))
    if told or _told((page.article.get("datePublished"), page.meta.get("article:published_time"))):
        # Who tells machines when it was published tells them of a change as well.
        return told
    guess = _guessed(page, original=False) if published else None
    return guess if guess and published and guess > published else None


def _told(texts: Iterable[object]) -> date | None:
    return next((day for text in texts if isinstance(text, str) and (day := _day(text))), None)


def _guessed(page: _Page, *, original: bool) -> date | None:
    # Given a tree, htmldate parses nothing itself; given text that begins with http, it would fetch it.
    tree = page.tree
    if tree is None:
        return None
    # Without the extensive search, which takes a hundred milliseconds and ends at the year of a copyright notice.
    found = find_date(tree, extensive_search=False, original_date=original, outputformat="%Y-%m-%d")
    return _day(found) if found else None


def _canonical(page: _Page) -> str:
    node = page.document.css_first('link[rel~="canonical" i][href]')
    link = (node.attributes.get("href") if node is not None else "") or page.meta.get("og:url", "")
    told = page.article.get("mainEntityOfPage")
    told = told.get("@id") if isinstance(told, dict) else told or page.article.get("url")
    return (link or (told if isinstance(told, str) else "")).strip()


def _day(text: str) -> date | None:
    try:
        day = datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None


def _language(page: _Page) -> str:
    root = page.document.css_first("html")
    told = (root.attributes.get("lang") if root is not None else "") or page.article.get("inLanguage")
    told = told or page.meta.get("og:locale", "").replace("_", "-") or page.meta.get("content-language", "")
    text = told.strip() if isinstance(told, str) else ""
    return text if _LANGUAGE.fullmatch(text) else ""


def _meta(document: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in document.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or ""
        found.setdefault(name.lower(), (attributes.get("content") or "").strip())
    return found


def _articles(document: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in document.css('script[type="application/ld+json"]'):
        text = node.text(deep=True, separator="")
        if len(text) > JSON_BYTES:
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        yield from (entry for entry in _entries(data) if _ARTICLE.search(str(entry.get("@type", ""))))


def _entries(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > JSON_DEPTH:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _entries(entry, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _entries(data.get("@graph"), depth + 1)
        yield from _entries(data.get("mainEntity"), depth + 1)


def _names(value: object) -> str:
    """ "A", {"name": "A"} or a list of either, as "A, B"."""
    entries = value[:20] if isinstance(value, list) else [value]
    names = (entry.get("name") if isinstance(entry, dict) else entry for entry in entries)
    return ", ".join(name for name in names if isinstance(name, str) and name)


def _clean(text: str) -> str:
    # NUL and halves of characters, which JSON can spell (\\ud83d), cannot be stored.
    return " ".join(_UNSTORABLE.sub("", text).split())[:LONGEST]
