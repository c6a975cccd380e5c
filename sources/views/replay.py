"""The archived page as it looked, in a frame that can do nothing; and the copies of an address, for other archives."""

from __future__ import annotations

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.access.marks import public_page
from factcheck.errors import NotFound, Refusal
from sources import canonical, citing, memento
from sources import replay as replaying
from sources.models import Record, Snapshot
from sources.views.archived_copy import visible, works_here

Part = Record.Part
#: What Django took out of an address and would mean something else in it.
ESCAPED = str.maketrans({" ": "%20", "%": "%25", "?": "%3F", "#": "%23"})


@public_page
@require_safe
def replay(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The first step shows what is known of the copy; the archived bytes themselves are in the frame."""
    found = visible(request, pk)
    token = replaying.Pass(found.pk, works_here(request)).signed()
    host = replaying.host_of(request)
    forms = set(found.records.filter(part__in=[Part.PAGE, Part.DOM]).values_list("part", flat=True))
    form = Part.DOM if request.GET.get("as") == Part.DOM and Part.DOM in forms else Part.PAGE
    kind = found.content_type.partition(";")[0].strip().lower()
    context = {
        "snapshot": found,
        "newsroom": settings.NEWSROOM_NAME,
        "frame": host + replaying.path(token, form),
        "shows": form in forms and (form == Part.DOM or kind in replaying.HTML_TYPES | replaying.SHOWN_TYPES),
        "forms": forms,
        "form": form,
        "works_here": works_here(request),
    }
    answer = _framing(request, context, f"{host}/{replaying.PREFIX}/")
    for name, value in memento.headers(found).items():
        answer[name] = value
    answer["Cache-Control"] = "no-store"
    return answer


def _framing(request: HttpRequest, context: dict[str, object], frames: str) -> HttpResponseBase:
    """The page, in which nothing but the replay can be framed: not even what a link inside would lead the frame to."""

    @csp_update({"frame-src": [frames]})
    def framing(request: HttpRequest) -> HttpResponse:
        return render(request, "sources/replay.html", context)

    return framing(request)


@public_page
@require_safe
def timegate(request: HttpRequest, url: str) -> HttpResponse:
    """Leads to the copy made nearest to Accept-Datetime."""
    address, copies = _copies(request, url)
    wanted = memento.moment(request.headers.get("Accept-Datetime", ""))
    if wanted is None:
        raise Refusal("Give Accept-Datetime as HTTP has dates, such as Thu, 12 Jun 2025 08:00:00 GMT.")
    nearest = memento.nearest(copies, wanted)
    if nearest is None:
        raise NotFound("There is no archived copy of this address here that you may see.")
    answer = HttpResponseRedirect(memento.address(nearest))
    answer["Vary"] = "accept-datetime"
    answer["Link"] = memento.timegate_links(address.url)
    return answer


@public_page
@require_safe
def timemap(request: HttpRequest, url: str) -> HttpResponse:
    """All copies of an address that the caller may see."""
    address, copies = _copies(request, url)
    if not copies:
        raise NotFound("There is no archived copy of this address here that you may see.")
    return HttpResponse(memento.timemap(address.url, copies), content_type=memento.LINK_FORMAT)


def _copies(request: HttpRequest, url: str) -> tuple[canonical.Address, list[Snapshot]]:
    url = _as_asked(request, url)
    # Some proxies make one slash of two.
    for scheme in ("http:/", "https:/"):
        if url.startswith(scheme) and not url.startswith(f"{scheme}/"):
            url = url.replace(scheme, f"{scheme}/", 1)
    try:
        address = canonical.parse(url)
    except canonical.BadAddress as error:
        raise NotFound(str(error)) from error
    sees_all = works_here(request)
    held = memento.of_address(address.url)
    return address, [copy for copy in held if sees_all or citing.is_published(copy.pk)]


def _as_asked(request: HttpRequest, url: str) -> str:
    """The address with its escapes, which Django takes out of a path: "/a%2Fb" is not "/a/b"."""
    _, found, rest = str(request.META.get("RAW_URI", "")).partition(f"/{request.resolver_match.url_name}/")  # type: ignore[union-attr]
    if found:
        return rest
    query = request.META.get("QUERY_STRING", "")
    return url.translate(ESCAPED) + (f"?{query}" if query else "")
