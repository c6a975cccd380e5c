"""Archived bytes are served apart from the site: without its sessions, its middleware and, if set so, its host.

What comes from the replay's addresses never meets a cookie, so that nothing an archived page manages to do is done in
somebody's name.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from factcheck.env import host_alone
from factcheck.errors import Refusal
from sources.replay import PREFIX, URLS
from sources.views import replayed

ANSWERS = {"GET", "HEAD"}


class SnapshotHost:
    """Answers for the replay and lets everything else pass to the site, unless it was asked of the snapshots' host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_for_us(request):
            return self.get_response(request)
        request.COOKIES = {}
        request.META.pop("HTTP_COOKIE", None)
        request.META.pop("HTTP_AUTHORIZATION", None)
        if request.method not in ANSWERS:
            return replayed.inert(request, HttpResponse(status=405, headers={"Allow": "GET, HEAD"}))
        if settings.SNAPSHOT_HOST and not _is_own_host(request):
            return replayed.said(request, "Archived pages are not shown at this address.", status=404)
        try:
            match = resolve(request.path_info, URLS)
            answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Resolver404:
            return replayed.said(request, "There is nothing here but archived pages.", status=404)
        except Refusal as refusal:
            return replayed.said(request, refusal.sentence, status=refusal.status)
        return answer


def _is_for_us(request: HttpRequest) -> bool:
    return _is_own_host(request) or request.path_info.startswith(f"/{PREFIX}/")


def _is_own_host(request: HttpRequest) -> bool:
    own: str = settings.SNAPSHOT_HOST
    return bool(own) and host_alone(request.get_host().lower()) == host_alone(own)
