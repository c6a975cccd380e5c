"""Addresses as the world outside sees them: absolute, under PUBLIC_URL."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    return str(settings.PUBLIC_URL).rstrip("/") + path


def index() -> str:
    return absolute(reverse("public:index"))


def claim(pk: int, number: int | None = None) -> str:
    """The page of a published claim: as it stands now, or for ever as version ``number``."""
    return absolute(reverse("public:claim", args=[pk] if number is None else [pk, number]))


def sheet(slug: str, number: int | None = None) -> str:
    return absolute(reverse("public:sheet", args=[slug] if number is None else [slug, number]))


def sheet_file(slug: str, form: str, number: int | None = None) -> str:
    """``form`` is "md", "json" or "wacz"."""
    return absolute(reverse("public:sheet-file", args=[slug, form] if number is None else [slug, number, form]))


def claim_wacz(pk: int, number: int | None = None) -> str:
    """The pages that a published claim quotes, as they were archived."""
    return absolute(reverse("public:claim-wacz", args=[pk] if number is None else [pk, number]))


def archived_copy(snapshot: int) -> str:
    """Facts and digests of our copy of a page."""
    return absolute(reverse("sources:archived-copy", args=[snapshot]))


def warc(snapshot: int) -> str:
    """The copy itself, as a WARC file."""
    return absolute(reverse("sources:warc", args=[snapshot]))
