"""The mark that says who may open a view. Every view carries one; a guard test walks them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from factcheck.access.models import User
from factcheck.errors import SignedOut

SAFE = {"GET", "HEAD", "OPTIONS"}
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request behind ``page``: its user is one of ours."""

    user: User
    htmx: HtmxDetails


def page(view: View) -> View:
    """Only for people who have signed in. What they may do there is decided by the verbs."""
    opened = login_required(view)

    @wraps(view)
    def marked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if (request.htmx or request.method not in SAFE) and not request.user.is_authenticated:
            # A redirect to the sign-in page would throw away what was typed, or put that page in its place.
            raise SignedOut("You are signed out. Sign in again in another tab; what you typed is still here.")
        return opened(request, *args, **kwargs)

    marked.access = "signed in"  # type: ignore[attr-defined]
    return cast(View, marked)


def public_page(view: View) -> View:
    """For every reader, signed in or not."""
    marked: Any = view
    marked.access = "public"
    return view
