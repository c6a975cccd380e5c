"""Whether this process lives (`/healthz`) and whether it can do its work (`/readyz`). Both public, both JSON."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError

from factcheck.access.marks import public_page
from factcheck.celery import app


@public_page
def alive(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@public_page
def ready(_: HttpRequest) -> JsonResponse:
    """200 when everything can be reached, else 503; `checks` names each with "ok" or what is wrong."""
    checks = {"broker": broker(), "database": database()}
    if checks["database"] == "ok":
        checks["migrations"] = migrations()
    well = all(found == "ok" for found in checks.values())
    return JsonResponse({"status": "ok" if well else "unavailable", "checks": checks}, status=200 if well else 503)


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "The database cannot be reached."
    return "ok"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations wait: run manage.py migrate." if waiting else "ok"


def broker() -> str:
    try:
        with app.connection_for_write(connect_timeout=2) as link:
            link.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return "The broker cannot be reached."
    return "ok"
