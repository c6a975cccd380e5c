"""The whole application for a test-drive: site, worker and scheduler as processes, people, an article to check."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from factcheck.access.models import Role, Token
from tests.e2e.article import ARTICLE, Article
from tests.e2e.cast import Cast, Login
from tests.e2e.own_article import from_file
from tests.e2e.site import Site, as_page, serving
from tests.factories import PASSWORD, person
from tests.processes import Process, Processes, free_port

ARTICLE_PATH = "/second-round"


@dataclass(frozen=True)
class Running:
    """The running site at `url`; `press` serves the article on loopback; `cast` can sign in and has tokens."""

    url: str
    press: Site
    cast: Cast
    article: Article

    @property
    def article_address(self) -> str:
        return self.press.url(ARTICLE_PATH)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast(
        author=_login("nadia", Role.CONTRIBUTOR),
        desk=_login("otto", Role.ADMINISTRATOR),
        first=_login("alice", Role.REVIEWER),
        second=_login("bob", Role.REVIEWER),
        third=_login("carla", Role.REVIEWER),
        editor=_login("edith", Role.EDITOR),
    )


def _login(name: str, role: Role) -> Login:
    user = person(name, role)
    return Login(user.name, user.email, PASSWORD, Token.issue(user, "test-drive")[1])


@pytest.fixture
def article() -> Article:
    """The article in the file that ARTICLE names, or ours."""
    path = os.environ.get("ARTICLE", "")
    return from_file(Path(path)) if path else ARTICLE


@pytest.fixture
def press(article: Article) -> Iterator[Site]:
    with serving({ARTICLE_PATH: as_page(article)}) as site:
        yield site


@pytest.fixture
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """What the servers are told of the broker: nothing, so that it is the one of the settings, or a "redis"."""
    if getattr(request, "param", "") != "redis":
        yield {}
        return
    if not shutil.which("redis-server"):
        pytest.skip("redis-server was not found (apt-get install redis-server).")
    with redis(tmp_path) as url:
        yield {"CELERY_BROKER_URL": url}


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """The address of a Redis of this test's own."""
    port, log = free_port(), folder / "redis.log"
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = Process(command, dict(os.environ), log, "Ready to accept connections")
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.stop()


@pytest.fixture
def running(broker: dict[str, str], processes: Processes, cast: Cast, press: Site, article: Article) -> Running:
    given = broker | {"FETCH_ALLOW_PRIVATE": press.endpoint}
    processes.worker(**given)
    processes.scheduler(**given)
    return Running(processes.web(None, **given).url, press, cast, article)
