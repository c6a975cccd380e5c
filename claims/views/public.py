"""What readers see, signed in or not. Every page is made from frozen content, and says what has happened since."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from claims.exports import claim_review, fact_sheet, links, markdown, versions
from claims.frozen import digest_of
from claims.models import FactSheetVersion, Publication
from factcheck.access.marks import public_page
from sources.views import package

CLAIMS_ON_A_PAGE = 20
#: Short, because a page that says "retracted" must not be late.
SECONDS_IN_CACHES = 60

#: What a fact sheet can be had as, beside the page.
FORMS: dict[str, tuple[str, Callable[[FactSheetVersion], str]]] = {
    "md": ("text/markdown; charset=utf-8", markdown.as_text),
    "json": ("application/json", fact_sheet.as_text),
}

View = Callable[..., HttpResponseBase]
Frozen = TypeVar("Frozen", Publication, FactSheetVersion)


def reader_page(view: View) -> View:
    """Open to all, kept by caches for a minute, checked by digest after that. Times are in the newsroom's zone."""

    cached = conditional_page(cache_control(public=True, max_age=SECONDS_IN_CACHES)(view))

    @wraps(view)
    def in_our_zone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(None):
            try:
                return cached(request, *args, **kwargs)
            except Http404:
                # The same words for what is not published and for what never was, kept by no cache: it may come.
                return render(request, "public/missing.html", imprint(), status=404)

    return public_page(require_safe(in_our_zone))


def imprint() -> dict[str, str]:
    """Who publishes, whom to tell, and what stands before each address on paper."""
    return {"newsroom": settings.NEWSROOM_NAME, "contact": settings.NEWSROOM_CONTACT, "base": links.absolute("")}


@reader_page
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(versions.newest(), CLAIMS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "checks": versions.with_since(versions.of_publication(each) for each in page),
        "sheets": newest_sheets() if page.number == 1 else [],
        "canonical": links.index(),
        **imprint(),
    }
    return render(request, "public/index.html", context)


def newest_sheets() -> QuerySet[FactSheetVersion]:
    newest = FactSheetVersion.objects.order_by("sheet_id", "-number").distinct("sheet_id")
    return (
        FactSheetVersion.objects.filter(pk__in=newest.values("pk"))
        .select_related("sheet")
        .order_by("-published_at", "-pk")
    )


@reader_page
def claim(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    history = list(Publication.objects.filter(claim=pk).select_related("claim").order_by("-number"))
    chosen = _chosen(history, number)
    version = versions.of_publication(chosen)
    since = versions.standing(history[0], chosen.claim)
    address = links.claim(pk, number)
    review = claim_review.claim_review(version, since, history, address)
    context = {
        "version": version,
        "since": since,
        "history": history,
        "review": claim_review.as_script(review),
        "permanent": links.claim(pk, chosen.number),
        "wacz_url": links.claim_wacz(pk, number),
        "canonical": address,
        **imprint(),
    }
    return render(request, "public/claim.html", context)


@reader_page
def sheet(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    history = _history(slug)
    version = _chosen(history, number)
    context = {
        "version": version,
        "history": history,
        "newest": history[0].number,
        "checks": versions.with_since(versions.in_sheet(version)),
        "digest": digest_of(version.content),
        "permanent": links.sheet(slug, version.number),
        "canonical": links.sheet(slug, number),
        "markdown_url": links.sheet_file(slug, "md", number),
        "json_url": links.sheet_file(slug, "json", number),
        "wacz_url": links.sheet_file(slug, "wacz", number),
        **imprint(),
    }
    return render(request, "public/sheet.html", context)


@reader_page
def sheet_file(request: HttpRequest, slug: str, form: str, number: int | None = None) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    kind, written = FORMS[form]
    return HttpResponse(written(_chosen(_history(slug), number)), content_type=kind)


@reader_page
def sheet_wacz(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Every page that this version quotes, as we archived it, in one file."""
    version = _chosen(_history(slug), number)
    name = f"{slug}-v{version.number}"
    return package.wacz_of(versions.snapshots_of(version), name=name, title=version.content["title"])


@reader_page
def claim_wacz(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponseBase:
    """The same for a single claim."""
    chosen = _chosen(list(Publication.objects.filter(claim=pk).order_by("-number")), number)
    version = versions.of_publication(chosen)
    return package.wacz_of(version.snapshots, name=f"checked-{pk}-v{chosen.number}", title=version.content["statement"])


def _history(slug: str) -> list[FactSheetVersion]:
    return list(
        FactSheetVersion.objects.filter(sheet__slug=slug).select_related("sheet", "published_by").order_by("-number")
    )


def _chosen(history: list[Frozen], number: int | None) -> Frozen:
    """The version asked for, the newest if none was. The same answer for "not published" and "not there"."""
    found = next((each for each in history if number in (None, each.number)), None)
    if found is None:
        raise Http404
    return found
