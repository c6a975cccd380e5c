"""The Celery application. Tasks live in the apps (`sources/tasks.py`) and are found by name."""

import fcntl
import gc
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


@signals.worker_init.connect
def spare_what_stays(**_: Any) -> None:
    """What was imported lives as long as the worker, and need not be looked through for garbage with every page."""
    gc.freeze()


@signals.beat_init.connect
def be_the_only_scheduler(sender: Any, **_: Any) -> None:
    """Waits until no other scheduler uses the same schedule file: two would send everything twice, and tear it."""
    file = Path(f"{sender.schedule_filename}.lock")
    lock = file.open("a")
    fcntl.flock(lock, fcntl.LOCK_EX)
    _held.append(lock)
