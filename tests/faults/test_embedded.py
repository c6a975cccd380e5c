"""The embedded PostgreSQL: shared by whoever uses it, gone with the last one, whole after any kill."""

import fcntl
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from factcheck.embedded import ROOT
from tests.faults.running import awaited, environment

USE = """
import sys
from factcheck import embedded
with embedded.running():
    print(embedded.owner_url(), flush=True)
    sys.stdin.read()
"""
AS_NOBODY = "from factcheck import embedded, kernel; kernel.CLONE_NEWUSER = -1; embedded.keep()"


class User:
    """A process that uses the database until it is told to leave."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE],
            cwd=ROOT,
            env=environment(var),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as link:
            return link.execute(query.encode()).fetchall()

    def server(self) -> psutil.Process:
        """PostgreSQL; its parent is the keeper."""
        return psutil.Process(int((self.var / "postgres/data/postmaster.pid").read_text().split("\n")[0]))

    def leave(self) -> str:
        """Ends as a program ends; what it said as an error."""
        return self.process.communicate(timeout=60)[1]

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


Use = Callable[[Path], User]


@pytest.fixture
def use() -> Iterator[Callable[[Path], User]]:
    """Starts users of the database under a var/; afterwards they leave and their PostgreSQL has ended."""
    users: list[User] = []

    def started(var: Path) -> User:
        users.append(User(var))
        return users[-1]

    yield started
    for user in users:
        user.kill()
    for var in {user.var for user in users}:
        awaited("the end of PostgreSQL", lambda var=var: not_kept(var))  # type: ignore[misc]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


def not_kept(var: Path) -> bool:
    """Whether no keeper looks after the database there; it leaves after its server."""
    with (var / "postgres" / "keeper.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_is_shared_and_ends_with_the_last_who_uses_it(var: Path, use: Use) -> None:
    first, second = use(var), use(var)
    assert first.leave() == ""
    assert second.ask("SELECT current_user::text") == [("factcheck_owner",)]
    assert second.leave() == ""
    awaited("the end of PostgreSQL", lambda: not (var / "postgres" / "data" / "postmaster.pid").exists())


def test_is_postgresql_as_production_has_it(var: Path, use: Use) -> None:
    user = use(var)
    settings = "'listen_addresses', 'fsync', 'server_encoding', 'full_page_writes'"
    shown = dict(user.ask(f"SELECT name, setting FROM pg_settings WHERE name IN ({settings})"))
    ours = "pg_roles WHERE rolname LIKE 'factcheck%' ORDER BY 1"
    roles = user.ask(f"SELECT rolname::text, rolsuper, rolcreatedb FROM {ours}")
    lowered = user.ask("SELECT lower('ÉЖ'), upper('éж'), 'ÉCOLE' ILIKE 'école'")
    user.leave()
    assert shown == {"listen_addresses": "", "fsync": "on", "server_encoding": "UTF8", "full_page_writes": "on"}
    assert roles == [("factcheck_app", False, False), ("factcheck_owner", False, True)]
    assert lowered == [("éж", "ÉЖ", True)]


def test_survives_the_kill_of_who_started_it(var: Path, use: Use) -> None:
    first, second = use(var), use(var)
    first.kill()
    assert second.ask("SELECT 1") == [(1,)]
    second.kill()
    third = use(var)
    assert third.ask("SELECT 1") == [(1,)]
    third.leave()


def test_keeps_data_when_keeper_and_server_are_killed(var: Path, use: Use) -> None:
    user = use(var)
    with psycopg.connect(user.url) as link:
        link.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server = user.server()
    keeper = server.parent()
    assert keeper is not None
    server.kill()
    keeper.kill()
    user.kill()
    again = use(var)
    assert again.ask("SELECT number FROM kept") == [(7,)]
    again.leave()


def test_begins_anew_when_the_making_of_the_cluster_was_cut_short(var: Path, use: Use) -> None:
    half = var / "postgres" / "new-half"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    user = use(var)
    assert user.ask("SELECT 1") == [(1,)]
    assert not half.exists()
    user.leave()


@pytest.mark.parametrize("name", ["with a space", "名前", "d" * 120])
def test_works_wherever_the_project_lies(tmp_path: Path, name: str, use: Use) -> None:
    user = use(tmp_path / name / "var")
    assert user.ask("SELECT 1") == [(1,)]
    assert user.leave() == ""


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="only root has to become somebody else")
def test_runs_as_nobody_where_there_are_no_user_namespaces(var: Path, use: Use) -> None:
    user = use(var)  # Makes the cluster as root's own.
    user.leave()
    awaited("the end of PostgreSQL", lambda: not_kept(var))
    shutil.rmtree(var / "postgres" / "data")
    with (var / "postgres" / "users.lock").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        keeper = subprocess.Popen([sys.executable, "-c", AS_NOBODY], cwd=ROOT, env=environment(var))
        awaited("a server", (var / "postgres/data/postmaster.pid").exists)
        user = use(var)
        owner = (var / "postgres" / "data").stat().st_uid
        answered = user.ask("SELECT 1")
        user.leave()
    assert (keeper.wait(timeout=30), owner, answered) == (0, 65534, [(1,)])


def test_makes_nothing_when_another_database_is_named(tmp_path: Path) -> None:
    given = environment(tmp_path / "var", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    ended = subprocess.run(
        [sys.executable, "-c", "from factcheck import embedded\nwith embedded.running(): print('no server')"],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (ended.stdout, (tmp_path / "var").exists()) == ("no server\n", False)


def test_keeps_its_secret_key_to_its_user(tmp_path: Path) -> None:
    ask = "from factcheck import embedded; print(embedded.secret_key())"
    keys = {
        subprocess.run(
            [sys.executable, "-c", ask],
            cwd=ROOT,
            env=environment(tmp_path / "var"),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    }
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
