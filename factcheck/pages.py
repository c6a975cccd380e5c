"""What every page shares: how a refusal is shown, and in which zone the reader lives."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from factcheck.errors import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]


class ShowRefusals:
    """Turn a refusal that no view caught into a page that says what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if getattr(request, "htmx", False):
            return shown_above(request, exception)
        back = request.headers.get("Referer", "") if request.method == "POST" else ""
        context = {"refusal": exception, "back": back, "typed": typed(request)}
        return render(request, "refusal.html", context, status=exception.status)


def shown_above(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """For htmx: the sentence among the messages, and the page with what was typed stays as it is."""
    answer = render(request, "parts/refused.html", {"refusal": refusal}, status=refusal.status)
    answer["HX-Retarget"] = "#messages"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token does not count: whoever typed gets the words back."""
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What stood in the fields of the form that was sent."""
    secret = {"csrfmiddlewaretoken", "password"}
    fields = [(name, " ".join(values)) for name, values in request.POST.lists() if name not in secret]
    return [(name.replace("_", " ").capitalize(), words) for name, words in fields if words.strip()]


class ReaderZone:
    """Show dates in the zone of the account, else in the one that the browser told."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = getattr(request.user, "time_zone", "") or request.COOKIES.get("time_zone", "")
        with timezone.override(known_zone(name)):
            return self.get_response(request)


def known_zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of that name, or None: a cookie can hold anything."""
    return zoneinfo.ZoneInfo(name) if name in zoneinfo.available_timezones() else None
