"""Which role talks to PostgreSQL: the owner of the tables for migrations, the application role for all else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from factcheck.env import Misconfigured

SCHEMES = {"postgres", "postgresql"}
OLDEST = 150000  # As PostgreSQL numbers its versions.


def from_url(name: str, url: str) -> dict[str, Any]:
    """Django's database settings for `postgresql://user:password@host:port/database?option=value`.

    `name` is the variable the address came from, for the sentence of a refusal. A socket's folder is given
    as `?host=/folder`.
    """
    wrong = Misconfigured(f"{name} is no PostgreSQL address. Write postgresql://user:password@host:5432/database.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    database = unquote(parts.path.lstrip("/"))
    if parts.scheme not in SCHEMES or not database:
        raise wrong
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or str(port or ""),
        "OPTIONS": options,
    }


def refuse_unreachable(name: str, url: str) -> None:
    """Raises Misconfigured when the server does not let us in, or is too old."""
    try:
        with psycopg.connect(url, connect_timeout=10) as link:
            version = link.info.server_version
    except psycopg.OperationalError as refused:
        reason = str(refused).splitlines()[0]
        raise Misconfigured(f"the database of {name} does not let us in: {reason}") from refused
    if version < OLDEST:
        raise Misconfigured(f"{name} names PostgreSQL {version // 10000}. Use PostgreSQL {OLDEST // 10000} or newer.")


@contextmanager
def as_owner(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Connects the alias as the owner of the tables; afterwards as the application role again."""
    connection = connections[alias]
    application = connection.settings_dict
    connection.close()
    close_pool(connection)
    connection.settings_dict = _owner(application)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = application


def close_pool(connection: BaseDatabaseWrapper) -> None:
    """Gives the pool's connections back; a pool keeps the role that it was opened with."""
    if getattr(connection, "pool", None):
        connection.close_pool()  # type: ignore[attr-defined]


def grant_application_role(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Gives the application role what it needs on the tables as they now are, and nothing more.

    TRUNCATE is never granted: it would empty the log past every trigger. Does nothing when both roles are one.
    """
    role = sql.Identifier(settings.DATABASES[alias]["USER"])
    if settings.DATABASES[alias]["USER"] == settings.DATABASE_OWNER["USER"]:
        return
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for statement in _grants(role):
            cursor.execute(statement)


def append_only_tables() -> list[str]:
    """Tables of the models that say `append_only = True`: rows are added and never changed."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))


def _owner(application: dict[str, Any]) -> dict[str, Any]:
    owner = settings.DATABASE_OWNER
    options = {key: value for key, value in application["OPTIONS"].items() if key != "pool"}
    return application | {"USER": owner["USER"], "PASSWORD": owner["PASSWORD"], "OPTIONS": options}


def _grants(role: sql.Identifier) -> Iterable[sql.Composed]:
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role)
    yield sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role)
    yield sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(role)
    for table in append_only_tables():
        yield sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), role)
