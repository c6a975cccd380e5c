"""`./run` is stopped, killed, and robbed of its children; the next one just works."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from factcheck.embedded import ROOT
from tests.factcheck.test_health import told
from tests.faults.running import Supervisor, awaited, environment
from tests.processes import free_port

pytestmark = [pytest.mark.slow, pytest.mark.worker]

READY = (200, {"status": "ok", "checks": {"broker": "ok", "database": "ok", "migrations": "ok"}})


def manage(var: Path, *command: str) -> str:
    """What a `manage.py` command beside the running servers prints."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env=environment(var),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


COUNT_PEOPLE = "from factcheck.access.models import User; print(User.objects.count())"
ADD_SOMEBODY = "from factcheck.access.models import User; User.objects.create(email='a@example.org', name='A')"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("newcomer") / "var"


@pytest.fixture
def supervisor(var: Path) -> Iterator[Supervisor]:
    """One that is up and says so; its database stays from test to test."""
    started = Supervisor(var, free_port())
    started.await_saying("Ctrl-C stops it")
    yield started
    if started.process.poll() is None:
        started.interrupt()


def test_starts_everything_refuses_a_second_one_and_ends_everything(supervisor: Supervisor, var: Path) -> None:
    family = psutil.Process(supervisor.process.pid).children(recursive=True)
    assert told(f"{supervisor.url}/readyz") == READY

    second = Supervisor(var, free_port())
    assert second.process.wait(timeout=20) == 1
    running = f"{supervisor.url} (process {supervisor.process.pid})"
    assert second.said() == f"factcheck cannot start: it runs already: {running}.\n"

    assert supervisor.interrupt() == 0
    assert supervisor.said().endswith("Stopped.\n")
    assert [process for process in family if process.is_running()] == []


def test_leaves_postgresql_to_a_command_that_still_uses_it(supervisor: Supervisor, var: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "shell",
        "--no-imports",
        "-c",
        f"print(1, flush=True);input();{COUNT_PEOPLE}",
    ]
    with subprocess.Popen(
        command, env=environment(var), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        other.stdout.readline()
        assert supervisor.interrupt() == 0
        assert int(other.communicate("go on\n", timeout=20)[0]) >= 0


def test_says_that_the_port_is_taken(var: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        started = Supervisor(var, port)
        assert started.process.wait(timeout=20) == 1
    assert started.said() == (
        f"factcheck cannot start: port {port} is taken by another program or not allowed (Address already in use). "
        f"Choose another one: PORT={port + 1} ./run\n"
    )


def test_says_that_the_database_lets_nobody_in(tmp_path: Path) -> None:
    port = free_port()
    started = Supervisor(tmp_path / "var", free_port(), DATABASE_URL=f"postgresql://nobody@127.0.0.1:{port}/nothing")
    assert started.process.wait(timeout=20) == 1
    last = started.said().splitlines()[-1]
    refused = f'connection failed: connection to server at "127.0.0.1", port {port} failed: Connection refused'
    assert last == f"factcheck cannot start: the database of DATABASE_URL does not let us in: {refused}"


def test_says_that_var_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    var = tmp_path / "file" / "var"
    ended = subprocess.run(
        [sys.executable, "-m", "factcheck.supervisor"],
        env=environment(var),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = f"{var} cannot be written (Not a directory). Run as the user who made {var}, or remove it, "
    sentence += "or set FACTCHECK_VAR to a folder of your own."
    assert (ended.returncode, ended.stderr) == (1, f"factcheck cannot start: {sentence}\n")


def test_starts_a_killed_child_again_and_says_so(supervisor: Supervisor) -> None:
    for name, words in {"web server": "gunicorn", "worker": "worker", "scheduler": "beat"}.items():
        child = supervisor.child(words)
        child.send_signal(signal.SIGKILL)
        supervisor.await_saying(f"{name} ended (signal SIGKILL); starting it again in 1 s.")
        awaited(f"a new {name}", lambda old=child, words=words: _another(supervisor, words, old))  # type: ignore[misc]
    awaited("an answer", lambda: _answers(supervisor) == READY)


def test_starts_a_killed_postgresql_again_and_says_so(supervisor: Supervisor) -> None:
    supervisor.child("embedded_postgres").send_signal(signal.SIGKILL)
    supervisor.await_saying("PostgreSQL ended and was started again.")
    assert awaited("an answer", lambda: _answers(supervisor) == READY)
    supervisor.child("factcheck.embedded").send_signal(signal.SIGKILL)
    supervisor.await_saying("The keeper of PostgreSQL ended; starting both again.")
    assert awaited("an answer", lambda: _answers(supervisor) == READY)


def test_keeps_all_data_when_everything_was_killed_at_once(supervisor: Supervisor, var: Path) -> None:
    before = int(manage(var, "shell", "--no-imports", "-c", COUNT_PEOPLE))
    manage(var, "shell", "--no-imports", "-c", ADD_SOMEBODY)
    family = psutil.Process(supervisor.process.pid).children(recursive=True)
    supervisor.kill()
    for process in family:
        if process.is_running():
            process.kill()
    again = Supervisor(var, free_port())
    again.await_saying("Ctrl-C stops it")
    assert int(manage(var, "shell", "--no-imports", "-c", COUNT_PEOPLE)) == before + 1
    assert again.interrupt() == 0


def test_a_killed_supervisor_takes_its_servers_along_and_the_next_one_waits_for_their_end(
    supervisor: Supervisor, var: Path
) -> None:
    family = psutil.Process(supervisor.process.pid).children(recursive=True)
    supervisor.kill()
    again = Supervisor(var, int(supervisor.url.rpartition(":")[2]))
    again.await_saying("Ctrl-C stops it")
    _, left = psutil.wait_procs(family, timeout=20)
    assert (left, told(f"{again.url}/readyz")) == ([], READY)
    assert again.interrupt() == 0


def test_commands_work_without_a_running_supervisor(var: Path) -> None:
    assert manage(var, "shell", "--no-imports", "-c", "print('here')") == "here"


def _another(supervisor: Supervisor, words: str, old: psutil.Process) -> bool:
    try:
        return bool(supervisor.child(words).pid != old.pid)
    except (StopIteration, psutil.NoSuchProcess):
        return False


def _answers(supervisor: Supervisor) -> object:
    try:
        return told(f"{supervisor.url}/readyz")
    except OSError:
        return None
