"""What those who watch the site are told."""

import json
import urllib.error
import urllib.request

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from factcheck import database
from tests.processes import Processes

WELL = {"database": "ok", "migrations": "ok", "broker": "ok"}


def told(address: str) -> tuple[int, dict[str, object]]:
    """Status and JSON of an answer, of a refusal too."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_says_that_the_process_lives_without_asking_the_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_says_that_all_is_well(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "checks": WELL})


@pytest.mark.django_db(transaction=True)
def test_says_that_a_migration_waits(client: Client) -> None:
    with database.as_owner():
        waiting = MigrationRecorder.Migration.objects.order_by("-id").first()
        assert waiting is not None
        waiting.delete()
    try:
        answer = client.get("/readyz")
    finally:
        with database.as_owner():
            waiting.save(force_insert=True)
    sentence = "1 migrations wait: run manage.py migrate."
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "unavailable", "checks": WELL | {"migrations": sentence}},
    )


@pytest.mark.slow
def test_says_which_server_cannot_be_reached(processes: Processes) -> None:
    web = processes.web(CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    assert told(f"{web.url}/readyz") == (
        503,
        {"status": "unavailable", "checks": WELL | {"broker": "The broker cannot be reached."}},
    )
    web = processes.web(DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert told(f"{web.url}/readyz") == (
        503,
        {"status": "unavailable", "checks": {"broker": "ok", "database": "The database cannot be reached."}},
    )
    assert told(f"{web.url}/healthz") == (200, {"status": "ok"})
