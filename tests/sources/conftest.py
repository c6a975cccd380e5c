"""Somebody who cites pages, and the press that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from pytest_django import Settings

from factcheck.access.models import User
from tests.sources.raw_server import RawServer, Talk, raw_server

Press = Callable[[Talk | bytes], AbstractContextManager[RawServer]]


@pytest.fixture
def reporter(db: None) -> User:
    return User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])


@pytest.fixture
def press(settings: Settings) -> Press:
    @contextmanager
    def opened(talk: Talk | bytes) -> Iterator[RawServer]:
        with raw_server(talk) as server:
            settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
            yield server

    return opened
