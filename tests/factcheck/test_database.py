"""What the application role may do, asked of PostgreSQL itself."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from factcheck import database
from factcheck.env import Misconfigured
from tests.database import has_two_roles
from tests.processes import address

pytestmark = pytest.mark.django_db

two_roles = pytest.mark.usefixtures("two_roles_or_skip")
EVERYTHING = {"SELECT", "INSERT", "UPDATE", "DELETE"}


@pytest.fixture
def two_roles_or_skip() -> None:
    if not has_two_roles():
        pytest.skip("DATABASE_URL and DATABASE_OWNER_URL are one role, so nothing is granted")


def asked(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def granted() -> dict[str, set[str]]:
    """What the present role may do with each table."""
    found = asked(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = current_user"
    )
    return {table: {right for other, right in found if other == table} for table, _ in found}


@two_roles
def test_works_as_a_role_without_powers() -> None:
    powers = "rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
    assert asked(f"SELECT rolname, {powers} FROM pg_roles WHERE rolname = current_user") == [
        (settings.DATABASES["default"]["USER"], False, False, False, False, False)
    ]
    assert asked("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == []


@two_roles
def test_is_no_member_of_the_owner() -> None:
    assert asked("SELECT pg_has_role(current_user, %s, 'MEMBER')", settings.DATABASE_OWNER["USER"]) == [(False,)]


@two_roles
def test_may_only_add_to_what_only_grows_and_never_truncates() -> None:
    tables = set(connection.introspection.table_names())
    growing = set(database.append_only_tables())
    expected = {table: {"SELECT", "INSERT"} if table in growing else EVERYTHING for table in tables}
    expected["django_migrations"] = {"SELECT"}
    assert granted() == expected


def test_the_log_the_snapshots_and_what_was_published_only_grow() -> None:
    assert {"events", "snapshots", "publications"} <= {
        str(model._meta.verbose_name_plural) for model in apps.get_models() if getattr(model, "append_only", False)
    }


@two_roles
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_refuses_to_change_what_only_grows(statement: str) -> None:
    refused = []
    for table in database.append_only_tables():
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked(statement.format(table))
        refused.append(table)
    assert refused == database.append_only_tables() != []


@two_roles
def test_refuses_to_drop_a_table() -> None:
    with pytest.raises(ProgrammingError, match="must be owner of table"), transaction.atomic():
        asked("DROP TABLE django_session")


@pytest.mark.django_db(transaction=True)
def test_flushes_and_migrates_as_the_owner_and_is_the_application_role_afterwards() -> None:
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    assert asked("SELECT current_user") == [(settings.DATABASES["default"]["USER"],)]


def test_reads_an_address_with_everything_in_it() -> None:
    read = database.from_url(
        "DATABASE_URL", "postgresql://a%40b:p%2Fw@db.example.org:6432/fact%20check?sslmode=require"
    )
    assert read == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "fact check",
        "USER": "a@b",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_reads_the_address_of_a_socket() -> None:
    read = database.from_url("DATABASE_URL", "postgresql://me@/facts?host=%2Frun%2Fpost%20gres&port=5433")
    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("/run/post gres", "5433", {})


@pytest.mark.parametrize("address", ["", "facts", "mysql://localhost/facts", "postgresql://localhost:5432/"])
def test_refuses_what_is_no_address_of_a_database(address: str) -> None:
    with pytest.raises(Misconfigured, match=r"^DATABASE_URL is no PostgreSQL address\."):
        database.from_url("DATABASE_URL", address)


def test_a_server_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    url = address(settings.DATABASES["default"])
    database.refuse_unreachable("DATABASE_URL", url)
    monkeypatch.setattr(database, "OLDEST", 990000)
    with pytest.raises(Misconfigured) as refused:
        database.refuse_unreachable("DATABASE_URL", url)
    major = asked("SHOW server_version_num")[0][0][:2]
    assert str(refused.value) == f"DATABASE_URL names PostgreSQL {major}. Use PostgreSQL 99 or newer."
