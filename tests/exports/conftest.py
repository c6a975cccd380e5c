from __future__ import annotations

import pytest

from tests import factories
from tests.factories import Newsroom


@pytest.fixture
def room(db: None) -> Newsroom:
    return factories.newsroom()
