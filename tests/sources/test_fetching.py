"""The fetcher as the settings have it."""

from __future__ import annotations

import pytest
from django.apps import apps
from pytest_django import Settings

from factcheck.env import Misconfigured
from sources import fetching


def test_takes_its_limits_from_the_settings(settings: Settings) -> None:
    settings.FETCH_TOTAL_SECONDS, settings.FETCH_MAX_BYTES, settings.FETCH_PORTS = 7, 4096, [80]
    assert (fetching.limits().total_seconds, fetching.limits().body_bytes) == (7, 4096)
    assert fetching.policy().ports == {80}


def test_allows_exact_hosts_and_ports(settings: Settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = ["127.0.0.1:8000", "Press.Example:80", "[::1]:80"]
    assert fetching.policy().allow_private == {"127.0.0.1:8000", "press.example:80", "[::1]:80"}


@pytest.mark.parametrize("entry", ["10.0.0.0/8", "*:80", "127.0.0.1", "http://127.0.0.1:80"])
def test_a_slip_in_the_list_stops_the_start(entry: str, settings: Settings) -> None:
    settings.FETCH_ALLOW_PRIVATE = [entry]
    with pytest.raises(Misconfigured) as caught:
        apps.get_app_config("sources").ready()
    assert str(caught.value).startswith("FETCH_ALLOW_PRIVATE: ")


def test_names_the_newsroom_and_how_to_reach_it(settings: Settings) -> None:
    settings.NEWSROOM_NAME, settings.NEWSROOM_CONTACT = "The Daily\r\nX: 1 – 뉴스", "desk@example.org"
    assert fetching.user_agent() == "factcheck/1 (The DailyX: 1 ; desk@example.org)"
