"""How we behave towards a host: all workers share its bucket, wait while it asks to be left alone, and read its rules.

A visit is a page with what belongs to it, and takes one turn of each host that it leads to. A capture whose turn has
not come is put back by `sources.setbacks`; no thread ever sleeps here.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from sources import fetching, pauses, robots
from sources.canonical import Address
from sources.models import Host
from sources.pauses import Bucket
from sources.reasons import FetchFailed
from sources.robots import Robots
from sources.wire import Policy

# RFC 9309 gives a copy a day. What could not be read is asked for again sooner.
ROBOTS_KEPT = timedelta(days=1)
ROBOTS_UNREAD = timedelta(minutes=10)
# Meanwhile one worker reads, and the others do not.
ROBOTS_READING = timedelta(minutes=1)
ROBOTS_SOON = timedelta(seconds=5)


class TurnNotYet(Exception):
    """The host has to be left alone until then."""

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(f"{host} is not to be asked before {until:%H:%M:%S}")
        self.host, self.until = host, until


class Visit:
    """One capture's way through the hosts. `waited_for` names the one whose turn it has waited for, "" for none."""

    def __init__(self, waited_for: str = "", policy: Policy | None = None) -> None:
        self._waited_for = waited_for
        self._policy = policy or fetching.policy()
        self._hosts: dict[str, Host] = {}
        self._beside: dict[str, Host | None] = {}
        #: What the rules of each host said, for the record: docs/archive.md names the members.
        self.robots: list[dict[str, Any]] = []

    def gate(self, address: Address, seconds: float) -> None:
        """Asked before each request, with the seconds that are left for all of them.

        Raises TurnNotYet, and FetchFailed where robots.txt forbids and is obeyed.
        """
        name = address.authority
        if name not in self._hosts:
            host, until = _turn(name, waited=name == self._waited_for)
            if until:
                raise TurnNotYet(name, until)
            self._hosts[name] = _with_rules(host, address, self._policy, seconds)
        self._ask_rules(self._hosts[name], address)

    def why_not(self, address: Address) -> str:
        """Why something that the page shows is left alone: a code, "" where nothing is against it.

        What a page brings along takes no turns of the bucket, as the visit of a browser is one visit; but a host that
        asked to be left alone is, and rules that are known and obeyed count.
        """
        name = address.authority
        if name not in self._beside:
            self._beside[name] = Host.objects.filter(name=name).first()
        host = self._beside[name]
        if host is None:
            return ""
        if host.closed_until and host.closed_until > timezone.now():
            return "left_alone"
        obeyed = settings.FETCH_OBEY_ROBOTS and host.robots_fetched_at
        return "robots" if obeyed and not Robots(host.robots_status, host.robots_text).allows(address.url) else ""

    def heard(self, failure: FetchFailed) -> None:
        """What something that the page shows was refused with: its host may ask to be left alone, page or not."""
        if close(failure):
            self._beside.pop(str(failure.facts["authority"]), None)

    def _ask_rules(self, host: Host, address: Address) -> None:
        rules = Robots(host.robots_status, host.robots_text)
        allowed = rules.allows(address.url) if host.robots_fetched_at else None
        self.robots.append(_told(host, address, allowed))
        if not settings.FETCH_OBEY_ROBOTS or allowed:
            return
        if allowed is None:
            raise TurnNotYet(host.name, timezone.now() + ROBOTS_SOON)
        raise FetchFailed("robots_unread" if rules.is_unreachable else "robots", host=address.host)


def _told(host: Host, address: Address, allowed: bool | None) -> dict[str, Any]:
    return {
        "url": f"{address.scheme}://{host.name}/robots.txt",
        "fetched": host.robots_fetched_at.isoformat() if host.robots_fetched_at else None,
        "status": host.robots_status,
        "sha256": hashlib.sha256(host.robots_text.encode()).hexdigest() if host.robots_text else None,
        "about": address.url,
        "allowed": allowed,
        "obeyed": settings.FETCH_OBEY_ROBOTS,
    }


def close(failure: FetchFailed) -> datetime | None:
    """Leave the host alone for as long as its answer asks (Retry-After); what it asked for before may be longer.
    Returns until when, None when it asked for nothing."""
    asks, name = str(failure.facts.get("retry_after", "")), str(failure.facts.get("authority", ""))
    longest = timedelta(seconds=settings.FETCH_MAX_RETRY_AFTER_SECONDS)
    until = pauses.asked_for(asks, timezone.now(), longest)
    if until:
        Host.objects.get_or_create(name=name)
        Host.objects.filter(name=name).update(closed_until=Greatest("closed_until", until))
    return until


@transaction.atomic
def _turn(name: str, *, waited: bool) -> tuple[Host, datetime | None]:
    """The host, and None when a turn of it was taken, else the moment of the turn for which to wait."""
    host = _locked(name)
    now = timezone.now()
    bucket = _bucket()
    earliest = bucket.free_at(host.full_at, now) if bucket else now
    earliest = max(earliest, host.closed_until or now)
    passed = not waited and host.line_until is not None and host.line_until > now
    if earliest <= now and not passed:
        before, host.full_at = host.full_at, bucket.after_visit(host.full_at, now) if bucket else None
        if host.full_at != before:
            host.save(update_fields=["full_at"])
        return host, None
    return host, _place_in_line(host, earliest, now, waited=waited)


def _locked(name: str) -> Host:
    found = Host.objects.select_for_update().filter(name=name).first()
    if found is None:
        Host.objects.get_or_create(name=name)
        found = Host.objects.select_for_update().get(name=name)
    return found


def _place_in_line(host: Host, earliest: datetime, now: datetime, *, waited: bool) -> datetime:
    """Each has a moment of its own, so that a thousand that wait are not all woken for the first free turn. Who was a
    little early, having waited, keeps its place."""
    bucket = _bucket()
    gap = bucket.gap if bucket else timedelta(0)
    if waited and earliest - now < gap:
        return earliest
    host.line_until = max(earliest, host.line_until + gap) if host.line_until else earliest
    host.save(update_fields=["line_until"])
    return host.line_until


def _bucket() -> Bucket | None:
    rate = settings.FETCH_HOST_PER_MINUTE
    return Bucket(timedelta(minutes=1) / rate, settings.FETCH_HOST_BURST) if rate else None


def _with_rules(host: Host, address: Address, policy: Policy, seconds: float) -> Host:
    """The host with its robots.txt, read where it is due; a copy stays good while the host gives no other answer."""
    now = timezone.now()
    due = Host.objects.filter(pk=host.pk, robots_due_at=host.robots_due_at)
    if (host.robots_due_at or now) > now or not due.update(robots_due_at=now + ROBOTS_READING):
        return host
    limits = fetching.limits()
    limits = replace(limits, total_seconds=min(limits.total_seconds, seconds))
    found = robots.read(address, policy, limits, fetching.user_agent())
    host.robots_due_at = now + (ROBOTS_UNREAD if found.is_unreachable else ROBOTS_KEPT)
    if not found.is_unreachable or not host.robots_text:
        host.robots_fetched_at, host.robots_status, host.robots_text = now, found.status, found.text
    host.save(update_fields=["robots_due_at", "robots_fetched_at", "robots_status", "robots_text"])
    return host
