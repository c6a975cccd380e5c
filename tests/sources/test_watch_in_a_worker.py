"""A real scheduler finds the day that has come, a real worker looks, and the claim is flagged."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from claims.models import EvidenceChange
from sources.models import Capture, Observation, Watch
from tests import factories as make
from tests.changing_page import WITHOUT_QUOTE, changing_page, published
from tests.processes import Processes

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE = 120.0


def until(met: Callable[[], bool]) -> None:
    """The rows are written by another process, which tells nobody when it is done."""
    patience = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < patience, list(Capture.objects.values_list("state", "purpose", "reason"))
        time.sleep(0.05)


def test_from_the_day_in_the_row_to_the_flag_on_the_claim(processes: Processes, settings: Settings) -> None:
    with changing_page(settings) as site:
        claim = published(make.newsroom(), site.url)
        site.says(WITHOUT_QUOTE)
        processes.worker(FETCH_ALLOW_PRIVATE=site.server.endpoint)
        processes.scheduler(FETCH_ALLOW_PRIVATE=site.server.endpoint)
        Watch.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        until(EvidenceChange.objects.exists)
    observation = Observation.objects.get()
    assert (observation.outcome, observation.capture.purpose) == ("quote_gone", "watch")
    assert [change.observation for change in claim.changes.all()] == [observation]
    assert Watch.objects.get().next_at > timezone.now()
