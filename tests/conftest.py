"""Every test runs against a real PostgreSQL: the embedded one of this working copy, or the one DATABASE_URL names."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_django

from factcheck import embedded
from tests.processes import Processes

if TYPE_CHECKING:  # Django is not set up yet.
    from claims.models import Claim
    from tests.changing_page import ChangingPage
    from tests.factories import Newsroom

HELD_UP = embedded.running()
HELD_UP.__enter__()

pytest_plugins = ["tests.browser", "tests.pywb", "tests.measuring"]


def pytest_unconfigure() -> None:
    HELD_UP.__exit__(None, None, None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first: one that began last would keep everybody waiting."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """Takes the place of pytest-django's own, which would work as one role throughout."""
    from tests import database

    with django_db_blocker.unblock(), database.made():
        yield


@pytest.fixture(autouse=True)
def own_archive(settings: pytest_django.Settings, tmp_path: Path) -> None:
    """What a test archives is gone with it."""
    settings.ARCHIVE_ROOT = str(tmp_path / "archive")


@pytest.fixture
def site(settings: pytest_django.Settings) -> Iterator["ChangingPage"]:
    """A page on a real server that says what the test wants it to say now (tests/changing_page.py)."""
    from tests.changing_page import changing_page

    with changing_page(settings) as page:
        yield page


@pytest.fixture
def flagged(room: "Newsroom", site: "ChangingPage") -> "Claim":
    """A published claim whose page lost its quote afterwards."""
    from tests import changing_page

    claim = changing_page.published(room, site.url)
    site.says(changing_page.WITHOUT_QUOTE)
    changing_page.captured(claim.evidence.get().snapshot.source)
    return claim


@pytest.fixture
def processes(transactional_db: None, own_archive: None, tmp_path: Path) -> Iterator[Processes]:
    """Starts a real worker, scheduler and web server on this test's database (tests/processes.py)."""
    from factcheck.celery import app

    app.control.purge()
    started = Processes(tmp_path)
    yield started
    started.stop()
