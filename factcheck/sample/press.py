"""A tiny press site under /press/: invented outlets whose pages the worker really fetches and archives.

The pages are the files of `pages/`, one a page: a head of `name: value` lines, an empty line, then paragraphs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from factcheck.access.marks import public_page
from factcheck.errors import NotFound

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Outlet:
    """An invented newspaper. `sample` says so to whoever comes across it, in the outlet's language."""

    slug: str
    name: str
    language: str
    sample: str
    direction: str = "ltr"


@dataclass(frozen=True)
class Page:
    """`facts` is how the page tells machines its date and byline: json-ld, open-graph or none."""

    outlet: Outlet
    slug: str
    title: str
    byline: str
    day: date
    facts: str
    paragraphs: tuple[str, ...]

    @property
    def path(self) -> str:
        return reverse("press:page", args=[self.outlet.slug, self.slug])

    @property
    def json_ld(self) -> SafeString:
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "author": {"@type": "Person", "name": self.byline},
            "datePublished": self.day.isoformat(),
            "inLanguage": self.outlet.language,
            "publisher": {"@type": "NewsMediaOrganization", "name": self.outlet.name},
        }
        # A title with </script> in it must not end the element.
        return SafeString(json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"))


_ENGLISH = "Sample press page of factcheck, written for trying the tool. The outlet and its writers are invented."
OUTLETS = {
    outlet.slug: outlet
    for outlet in (
        Outlet("harbour-ledger", "The Harbour Ledger", "en", _ENGLISH),
        Outlet("northgate-wire", "Northgate Wire", "en", _ENGLISH),
        Outlet("bonded-gazette", "The Bonded Gazette", "en", _ENGLISH),
        Outlet("mulgyeol", "물결경제", "ko", "factcheck 시험용으로 쓴 견본 기사입니다. 매체와 기자는 가상의 것입니다."),
        Outlet("jiangpan", "江畔商报", "zh-Hans", "factcheck 的示例新闻页,仅供试用。报社和记者均属虚构。"),
        Outlet(
            "marsa",
            "مرسى الأخبار",
            "ar",
            "صفحة إخبارية تجريبية كتبت لتجربة factcheck. الصحيفة وكتابها من الخيال.",
            direction="rtl",
        ),
    )
}
#: Old addresses, as every site has them: outlet and slug, and the slug that answers now.
MOVED = {("northgate-wire", "ministry-answers"): "visas-and-chips"}


@cache
def page_at(outlet: str, slug: str) -> Page | None:
    """The page, or None where there is none; nothing outside `pages/` can be asked for."""
    return next((page for page in pages() if (page.outlet.slug, page.slug) == (outlet, slug)), None)


@cache
def pages() -> tuple[Page, ...]:
    """Every page, the newest first."""
    found = [_read(file) for file in sorted(PAGES.glob("*/*.txt"))]
    return tuple(sorted(found, key=lambda page: page.day, reverse=True))


def _read(file: Path) -> Page:
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    return Page(
        outlet=OUTLETS[file.parent.name],
        slug=file.stem,
        title=said["title"],
        byline=said["byline"],
        day=date.fromisoformat(said["date"]),
        facts=said["facts"],
        paragraphs=tuple(body.strip().split("\n\n")),
    )


def _require_sample() -> None:
    """A site that readers know must not serve invented news."""
    if not settings.SAMPLE_NEWSROOM:
        raise NotFound("The sample press site is off here. It is there where SAMPLE_NEWSROOM is on.")


@public_page
def front(request: HttpRequest) -> HttpResponse:
    _require_sample()
    return render(request, "press/front.html", {"pages": pages(), "sample": _ENGLISH})


@public_page
def page(request: HttpRequest, outlet: str, slug: str) -> HttpResponse:
    _require_sample()
    if (outlet, slug) in MOVED:
        return HttpResponsePermanentRedirect(reverse("press:page", args=[outlet, MOVED[outlet, slug]]))
    found = page_at(outlet, slug)
    if found is None:
        return render(request, "press/missing.html", {"sample": _ENGLISH}, status=404)
    return render(request, "press/page.html", {"page": found})
