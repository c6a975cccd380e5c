"""Every test runs against a real PostgreSQL: the embedded one of this working copy, or the one DATABASE_URL names."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django

from factcheck import embedded
from tests.processes import Processes

HELD_UP = embedded.running()
HELD_UP.__enter__()

pytest_plugins = ["tests.browser", "tests.pywb"]


def pytest_unconfigure() -> None:
    HELD_UP.__exit__(None, None, None)


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
def processes(transactional_db: None, own_archive: None, tmp_path: Path) -> Iterator[Processes]:
    """Starts a real worker, scheduler and web server on this test's database (tests/processes.py)."""
    from factcheck.celery import app

    app.control.purge()
    started = Processes(tmp_path)
    yield started
    started.stop()
