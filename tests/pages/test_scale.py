"""Pages and lists take the same number of queries for 50 claims and for 5,000 with 20,000 sources."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
import pytest_django
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.states import Status
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
    "/claims/{claim}/": 15,
    "/claims/{claim}/history/": 5,
    "/api/v1/claims/": 2,
    "/api/v1/claims/?q=rare+earths&status=published&status=in_review&limit=200": 2,
    "/api/v1/claims/?cursor={page}": 2,
    "/api/v1/claims/?updated_since=2025-06-01T00:00:00Z": 2,
    "/api/v1/claims/{claim}/": 13,
    "/api/v1/claims/{claim}/evidence/": 3,
    "/api/v1/claims/{claim}/sources/": 5,
    "/api/v1/claims/{claim}/reviews/": 4,
    "/api/v1/sources/": 3,
    "/api/v1/sources/?state=failed": 2,
    "/api/v1/sources/?state=done": 3,
    "/api/v1/events/?limit=200": 3,
}
#: Seconds that no page may need with 5,000 claims, on a machine that is busy with other things as well.
LONGEST = 1.0


@dataclass(frozen=True)
class Measured:
    """What one page took: with few claims, with thousands, and the seconds of the latter."""

    few: int
    many: int
    seconds: float


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> dict[str, Measured]:
    """Every page asked in both sizes, once for the whole module; nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        room = factories.newsroom()
        client = Client()
        client.force_login(room.third)
        system = _system(room)
        claim = next(c for c in crowd.grow(room, 50) if c.status == Status.ADJUDICATING)
        few = {path: _asked(system if "/api/" in path else client, path, claim)[0] for path in QUERIES}
        crowd.grow(room, 4_950)
        crowd.thicken(claim, room, sources=40, comments=40, events=120)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert (Claim.objects.count(), Source.objects.count()) == (5_000, 20_040)
        many = {path: _asked(system if "/api/" in path else client, path, claim) for path in QUERIES}
        transaction.set_rollback(True)
    return {path: Measured(few[path], *many[path]) for path in QUERIES}


def _system(room: factories.Newsroom) -> Client:
    """A newsroom system with its token."""
    _, secret = Token.issue(room.robot, "CMS")
    return Client(headers={"authorization": f"Bearer {secret}"})


def _asked(client: Client, path: str, claim: Claim) -> tuple[int, float]:
    path = path.format(claim=claim.pk, page=cursor_at(str(claim.pk + 40)))
    client.get(path)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    seconds = time.perf_counter() - began
    assert answer.status_code == 200
    return len(asked), seconds


@pytest.mark.slow
@pytest.mark.parametrize("path", QUERIES)
def test_takes_the_same_number_of_queries_whatever_the_size(path: str, measured: dict[str, Measured]) -> None:
    assert (measured[path].few, measured[path].many) == (QUERIES[path], QUERIES[path])


@pytest.mark.slow
@pytest.mark.parametrize("path", QUERIES)
def test_answers_in_time_with_thousands_of_claims(path: str, measured: dict[str, Measured]) -> None:
    assert measured[path].seconds < LONGEST
