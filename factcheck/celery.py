"""The Celery application. Tasks live in the apps (`sources/tasks.py`) and are found by name."""

import fcntl
import os
from pathlib import Path
from typing import IO, Any

from celery import Celery, signals
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

TRANSPORT_ALIASES["files"] = "factcheck.file_broker:Transport"

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_held: list[IO[str]] = []


@signals.beat_init.connect
def be_the_only_scheduler(sender: Any, **_: Any) -> None:
    """Waits until no other scheduler uses the same schedule file: two would send everything twice, and tear it."""
    file = Path(f"{sender.schedule_filename}.lock")
    lock = file.open("a")
    fcntl.flock(lock, fcntl.LOCK_EX)
    _held.append(lock)
