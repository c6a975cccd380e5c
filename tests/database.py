"""The tests' database: made new for each run, owned by the owner role, used as the application role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

PREFIX = "test_factcheck_"


@contextmanager
def made() -> Iterator[str]:
    """Makes, migrates and afterwards drops the database; every connection of this process goes there."""
    name = f"{PREFIX}{os.getpid()}"
    original = settings.DATABASES["default"]["NAME"]
    with _server(original) as server:
        server.execute("SELECT pg_advisory_lock(2)")  # Else another run could clear this database up before it is used.
        _drop_what_was_left(server)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        in_use = psycopg.connect(_login(name))
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield name
    finally:
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = original
        in_use.close()
        # A thread of a live server can still hold a connection of the application's role, and autovacuum one of
        # nobody's; the owner may end neither. The next run drops what is left.
        with _server(original) as server, suppress(psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def has_two_roles() -> bool:
    """Whether the application works as another role than the owner, as production should."""
    return bool(settings.DATABASES["default"]["USER"] != settings.DATABASE_OWNER["USER"])


def _drop_what_was_left(server: psycopg.Connection) -> None:
    """A run that was killed leaves its database; nobody is connected to it."""
    found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]).fetchall()
    for (name,) in found:
        with suppress(psycopg.errors.ObjectInUse):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _server(database: str) -> psycopg.Connection:
    return psycopg.connect(_login(database), autocommit=True)


def _login(database: str) -> str:
    owner = settings.DATABASE_OWNER
    login = {"dbname": database, "user": owner["USER"], "password": owner["PASSWORD"]}
    login |= {"host": owner["HOST"], "port": owner["PORT"]} | owner["OPTIONS"]
    return make_conninfo("", **{name: value for name, value in login.items() if value})
