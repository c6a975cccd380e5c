"""The settings as they are, with what a run of the tests sends and stores in a place of its own.

Servers that a test starts use these settings too.
"""

import os
import tempfile
from pathlib import Path

# Each process that runs tests has its own place; the servers that it starts inherit it.
RUNNER = os.environ.get("PYTEST_XDIST_WORKER", "the only one")
if os.environ.get("TESTS_RUN_BY") != RUNNER:
    os.environ["TESTS_RUN_BY"] = RUNNER
    SESSION = tempfile.TemporaryDirectory(prefix="factcheck-tests-")
    os.environ["BROKER_FOLDER"] = str(Path(SESSION.name) / "broker")
    os.environ["ARCHIVE_ROOT"] = str(Path(SESSION.name) / "archive")
os.environ.setdefault("DATABASE_POOL", "0")  # Here connections belong to threads of tests.
os.environ.setdefault("STATIC_MANIFEST", "no")  # Nothing has been collected.
os.environ.setdefault("FETCH_HOST_PER_MINUTE", "0")  # All tests share the host 127.0.0.1; test_manners.py has a rate.
os.environ.setdefault("BROWSER", "no")  # Pictures are made where a test asks for them.

from factcheck.settings import *  # noqa: E402, F403
from factcheck.settings import TEMPLATES  # noqa: E402

# Two runners have a scheduler each; on one schedule the second would wait for the first.
CELERY_BEAT_SCHEDULE_FILENAME = str(Path(os.environ["BROKER_FOLDER"]).parent / "scheduler")
PASSWORD_HASHERS = ["tests.passwords.Quick"]
TEMPLATES[0]["OPTIONS"]["debug"] = True  # Without it no coverage of templates is measured.
