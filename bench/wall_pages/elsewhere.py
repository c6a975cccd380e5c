"""Pages in words that are not ours: Django's own “page not found” and its login, in ten languages."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from bench.wall_pages.labelled import Page

LANGUAGES = ("en", "de", "fr", "es", "pt", "ru", "ko", "zh-hans", "ja", "ar")


def pages() -> Iterator[Page]:
    """Needs Django's settings. Each page has the parts of the admin's templates, in the order they have there."""
    for language in LANGUAGES:
        with translation.override(language):
            yield Page("Django's 404", language, "not_found", _missing())
            yield Page("Django's login", language, "login", _login())


def _missing() -> str:
    said = _("We’re sorry, but the requested page could not be found.")
    return _framed(_("Page not found"), f"<h2>{_('Page not found')}</h2><p>{said}</p>")


def _login() -> str:
    fields = (
        f"<label>{_('username')}: <input name=username></label><label>{_('Password')}: <input type=password></label>"
    )
    forgotten = f"<a href=/reset/>{_('Forgotten your login credentials?')}</a>"
    return _framed(_("Log in"), f"<form>{fields}{forgotten}<input type=submit value='{_('Log in')}'></form>")


def _framed(title: str, main: str) -> str:
    return (
        f"<html><head><title>{title} | {_('Django site admin')}</title></head><body><header><a href=/>"
        f"{_('Django administration')}</a></header><nav><a href=/>{_('Home')}</a> › {title}</nav><main>{main}</main></body></html>"
    )
