"""Our copies as a web archive offers them: RFC 7089 (Memento), which other archives and their tools speak."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from sources.models import Snapshot

LINK_FORMAT = "application/link-format"


def of_address(url: str) -> QuerySet[Snapshot]:
    """The copies of an address, asked for or led to; the newest first."""
    found = Snapshot.objects.filter(Q(url=url) | Q(final_url=url) | Q(source__canonical_url=url))
    return found.defer("text", "body").order_by("-fetched_at", "-id")


def headers(snapshot: Snapshot) -> dict[str, str]:
    """What says of an answer that it is a copy, of what, and when it was made."""
    return {"Memento-Datetime": http_date(snapshot.fetched_at.timestamp()), "Link": ", ".join(_relations(snapshot.url))}


def nearest(copies: Iterable[Snapshot], wanted: datetime) -> Snapshot | None:
    """The copy made nearest to that moment."""
    return min(copies, key=lambda copy: abs(copy.fetched_at - wanted), default=None)


def moment(header: str) -> datetime | None:
    """The Accept-Datetime header; now where there is none, None where it is no date."""
    if not header:
        return timezone.now()
    try:
        found = parsedate_to_datetime(header)
    except ValueError:
        return None
    return found if found.tzinfo else timezone.make_aware(found)


def timegate_links(url: str) -> str:
    return ", ".join([_link(url, "original"), _timemap(url)])


def timemap(url: str, copies: Iterable[Snapshot]) -> str:
    """All copies as application/link-format, the oldest first."""
    ordered = sorted(copies, key=lambda copy: copy.fetched_at)
    span = ""
    if ordered:
        span = f'; from="{_date(ordered[0])}"; until="{_date(ordered[-1])}"'
    lines = [_link(url, "original"), _link(_at("timegate", url), "timegate")]
    lines.append(f'{_link(_at("timemap", url), "self")}; type="{LINK_FORMAT}"{span}')
    for number, copy in enumerate(ordered):
        ends = [word for word, is_it in (("first", number == 0), ("last", number == len(ordered) - 1)) if is_it]
        lines.append(f'{_link(address(copy), " ".join([*ends, "memento"]))}; datetime="{_date(copy)}"')
    return ",\n".join(lines) + "\n"


def address(snapshot: Snapshot) -> str:
    """Where the copy is looked at (the URI-M)."""
    return settings.PUBLIC_URL + reverse("sources:replay", args=[snapshot.pk])


def _relations(url: str) -> list[str]:
    return [_link(url, "original"), _link(_at("timegate", url), "timegate"), _timemap(url)]


def _timemap(url: str) -> str:
    return f'{_link(_at("timemap", url), "timemap")}; type="{LINK_FORMAT}"'


def _at(view: str, url: str) -> str:
    # As Memento has it, the address stands behind as it is.
    return f"{settings.PUBLIC_URL}{reverse(f'sources:{view}', args=['X'])[:-1]}{url}"


def _link(target: str, relation: str) -> str:
    # What a person gave as the address may hold what would end the field.
    safe = "".join(c if "!" <= c <= "~" and c not in '<>"' else "" for c in target)
    return f'<{safe}>; rel="{relation}"'


def _date(snapshot: Snapshot) -> str:
    return http_date(snapshot.fetched_at.timestamp())
