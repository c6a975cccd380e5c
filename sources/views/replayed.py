"""The replay itself: a stranger's bytes, each in the same wrapping. Who may see them is in the signed address."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from factcheck.access.marks import public_page
from factcheck.errors import NotFound
from sources import canonical, citing, memento, replay
from sources.models import Record, Snapshot


@public_page
def part(request: HttpRequest, token: str, of: str) -> HttpResponse:
    """`of` is page, dom, picture or print, or the number of a record."""
    copy = replay.Copy(_snapshot(replay.opened(token)), token)
    if of.isdecimal():
        shown = copy.requisite_numbered(int(of))
    elif of in ("page", "dom"):
        shown = copy.page(Record.Part(of))
    elif of in ("picture", "print"):
        shown = copy.made(Record.Part(of))
    else:
        raise NotFound("The archived page has no such part.")
    answer = inert(request, HttpResponse(shown.content, content_type=shown.content_type), token)
    if not shown.inline:
        answer["Content-Disposition"] = f'attachment; filename="archived-{copy.snapshot.pk}-{of}"'
    if shown.content_type.startswith(("font/", "application/")):
        # A font is always asked for across origins, and a sandboxed page has an origin that is nobody's.
        answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"private, max-age={settings.SNAPSHOT_LINK_SECONDS}"
    if of in ("page", "dom"):
        for name, value in memento.headers(copy.snapshot).items():
            answer[name] = value
    return answer


@public_page
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Where a link of the archived page goes: to the web as it is now, or to our copy if we hold one."""
    allowed = replay.opened(token)
    to = request.GET.get("to", "")
    try:
        address = canonical.parse(to)
    except canonical.BadAddress as error:
        raise NotFound("This link does not lead to a page.") from error
    context = {
        "snapshot": _snapshot(allowed),
        "to": f"{address.url}#{to.partition('#')[2]}" if "#" in to else address.url,
        "host": address.host,
        "copies": _copies(address, allowed),
        "site": settings.PUBLIC_URL,
        # In a frame that may open nothing a link would be a dead end; there the address is shown to be copied.
        "framed": request.headers.get("Sec-Fetch-Dest", "document") != "document",
    }
    return inert(request, render(request, "sources/leave.html", context), token)


def said(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """A sentence in place of archived bytes."""
    return inert(request, render(request, "sources/not_replayed.html", {"sentence": sentence}, status=status))


def inert(request: HttpRequest, answer: HttpResponse, token: str = "") -> HttpResponse:
    """The wrapping of everything that the replay answers, whatever it is.

    The sandbox gives the page an origin that is nobody's, so that what it shows is a request across origins even to
    this host: hence the resource policy. Only paths under the page's own signed address can be asked for.
    """
    own = f"{replay.host_of(request)}/{replay.PREFIX}/{token}/" if token else "'none'"
    site = "{0.scheme}://{0.netloc}".format(urlsplit(settings.PUBLIC_URL))
    framers = f"{site} {request.scheme}://{request.get_host()}" if not settings.SNAPSHOT_HOST else site
    policy = [
        "sandbox",
        "default-src 'none'",
        f"img-src {own} data:" if token else "img-src 'none'",
        f"style-src {own} 'unsafe-inline'" if token else "style-src 'unsafe-inline'",
        f"font-src {own} data:" if token else "font-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors {framers}",
    ]
    answer["Content-Security-Policy"] = "; ".join(policy)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Cross-Origin-Opener-Policy"] = "same-origin"
    answer["X-DNS-Prefetch-Control"] = "off"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _snapshot(allowed: replay.Pass) -> Snapshot:
    found = Snapshot.objects.defer("text", "body").filter(pk=allowed.snapshot).first()
    if found is None:
        raise NotFound("There is no archived page with this number.")
    return found


def _copies(address: canonical.Address, allowed: replay.Pass) -> list[Snapshot]:
    """Our copies of an address, as far as whoever looks may see them; the newest first."""
    held = memento.of_address(address.url)[:5]
    return [copy for copy in held if allowed.works_here or citing.is_published(copy.pk)]
