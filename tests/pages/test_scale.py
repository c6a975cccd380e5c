"""Pages and lists take the same number of queries for 50 claims and for 5,000 with 20,000 sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import pytest_django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.states import Status
from factcheck import database
from factcheck.access.models import Token
from factcheck.api.paging import cursor_at
from sources.models import Source
from tests import crowd, factories

#: Queries of each page, the two for the session and its user (or the one for the token) included. {claim} is a claim
#: with much or little on it, {page} a cursor that stands deep in the list.
QUERIES = {
    "/": 4,
    "/?q=rare+earths&group=mine": 4,
    "/?page=3": 4,
    "/claims/{claim}/": 16,
    "/claims/{claim}/history/": 5,
    "/api/v1/claims/": 2,
    "/api/v1/claims/?q=rare+earths&status=published&status=in_review&limit=200": 2,
    "/api/v1/claims/?cursor={page}": 2,
    "/api/v1/claims/?updated_since=2025-06-01T00:00:00Z": 2,
    "/api/v1/claims/{claim}/": 14,
    "/api/v1/claims/{claim}/evidence/": 3,
    "/api/v1/claims/{claim}/sources/": 5,
    "/api/v1/claims/{claim}/reviews/": 4,
    "/api/v1/sources/": 3,
    "/api/v1/sources/?state=failed": 2,
    "/api/v1/sources/?state=done": 3,
    "/api/v1/events/?limit=200": 3,
}


@dataclass(frozen=True)
class Measured:
    """The number of queries that one page took with few claims, and with thousands."""

    few: int
    many: int


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[dict[str, Measured]]:
    """Every page asked in both sizes, once for the whole module."""
    with django_db_blocker.unblock():
        room = factories.newsroom()
        client = Client()
        client.force_login(room.third)
        system = _system(room)
        claim = next(c for c in crowd.grow(room, 50) if c.status == Status.ADJUDICATING)
        few = {path: _asked(system if "/api/" in path else client, path, claim) for path in QUERIES}
        crowd.grow(room, 4_950)
        crowd.thicken(claim, room, sources=40, comments=40, events=120)
        # Committed and counted, as the rows of a newsroom are: PostgreSQL plans by what it knows of them.
        with database.as_owner(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert (Claim.objects.count(), Source.objects.count()) == (5_000, 20_040)
        many = {path: _asked(system if "/api/" in path else client, path, claim) for path in QUERIES}
        yield {path: Measured(few[path], many[path]) for path in QUERIES}
        call_command("flush", verbosity=0, interactive=False)


def _system(room: factories.Newsroom) -> Client:
    """A newsroom system with its token."""
    _, secret = Token.issue(room.robot, "CMS")
    return Client(headers={"authorization": f"Bearer {secret}"})


def _asked(client: Client, path: str, claim: Claim) -> int:
    path = path.format(claim=claim.pk, page=cursor_at(str(claim.pk + 40)))
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(asked)


@pytest.mark.slow
@pytest.mark.uncounted
@pytest.mark.parametrize("path", QUERIES)
def test_takes_the_same_number_of_queries_whatever_the_size(path: str, measured: dict[str, Measured]) -> None:
    assert measured[path] == Measured(QUERIES[path], QUERIES[path])
