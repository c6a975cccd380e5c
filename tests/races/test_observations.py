"""Two workers and two schedulers at once: one observation, one flag, one capture."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from claims import second_look, workflow
from claims.models import EvidenceChange
from factcheck.audit.models import Event
from factcheck.audit.verify import faults
from factcheck.errors import Refusal
from sources import archive, capturing, watch
from sources.models import Capture, Observation, Source, Watch
from tests import factories as make
from tests.changing_page import ChangingPage, published

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    ready = threading.Barrier(len(acts))

    def work(act: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def lost(site: ChangingPage) -> Capture:
    """A capture that found nothing, and that nobody has compared yet."""
    site.says("", "404 Not Found")
    capture = archive.request_capture(Source.objects.get(canonical_url=site.url), by=None)
    assert capturing.run(capture.pk)
    return capture


def chains_hold() -> bool:
    return list(faults(Event.objects.order_by("subject", "seq").iterator())) == []


def test_eight_workers_observe_a_capture_once(site: ChangingPage) -> None:
    room = make.newsroom()
    published(room, site.url)
    capture = lost(site)
    assert Counter(at_once([lambda: watch.observe(capture.pk)] * EIGHT)) == {True: 1, False: 7}
    assert (Observation.objects.count(), EvidenceChange.objects.count()) == (1, 1)
    assert Event.objects.filter(type__in=["source.observed", "claim.evidence_changed"]).count() == 2
    assert chains_hold()


def test_eight_schedulers_ask_for_one_capture(site: ChangingPage) -> None:
    published(make.newsroom(), site.url)
    Watch.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    before = Capture.objects.count()
    assert sum(at_once([watch.look_at_what_is_due] * EIGHT)) == 1
    assert Capture.objects.count() == before + 1


def test_a_correction_and_an_observation_wait_for_each_other(site: ChangingPage) -> None:
    """The one locks claim and then source, and so does the other: a deadlock would end one of them with an error."""
    room = make.newsroom()
    claims = [published(room, site.url, statement=f"Claim {number}.") for number in range(3)]
    capture = lost(site)
    acts: list[Callable[[], Any]] = [
        lambda claim=claim: workflow.correct(claim, by=room.editor, summary="Still so.", note="A date.").status  # type: ignore[misc]
        for claim in claims
    ]
    assert at_once([*acts, lambda: watch.observe(capture.pk)]) == ["corrected"] * 3 + [True]
    assert EvidenceChange.objects.count() == 3
    assert chains_hold()


def test_two_editors_settle_once(site: ChangingPage) -> None:
    room = make.newsroom()
    claim = published(room, site.url)
    watch.observe(lost(site).pk)
    said = at_once([lambda: second_look.uphold(claim, by=room.editor, reason="Read it.").pk] * 4)
    assert Counter(said) == {claim.pk: 1, second_look.NOTHING_OPEN: 3}
    assert Event.objects.filter(type="claim.upheld").count() == 1
