from __future__ import annotations

import pytest

from tests import factories as make
from tests.factories import Newsroom


@pytest.fixture
def room() -> Newsroom:
    return make.newsroom()
