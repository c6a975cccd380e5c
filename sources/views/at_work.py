"""The archive at work: what waits, at which hosts, and why fetching failed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.access.marks import SignedInRequest, page
from sources import permissions
from sources.backlog import backlog


@page
@require_safe
def at_work(request: SignedInRequest) -> HttpResponse:
    """The whole page; for htmx the part that changes, which asks again by itself."""
    permissions.require(request.user, "see_archive_at_work")
    template = "sources/at_work.html#state" if request.htmx else "sources/at_work.html"
    return render(request, template, {"backlog": backlog()})
