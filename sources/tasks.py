"""What the worker does. Each task may run twice; the capture's row decides (`sources.capturing`)."""

from celery import shared_task

from sources import capturing, messages, orphans, watch

# Far beyond what the fetcher's own deadline and a page's text take: it frees a process that hangs. A pool of threads
# knows no such limit; there the lease runs out and another worker takes over.
HARD_SECONDS = 300
SWEEP_SECONDS = 3600


@shared_task(ignore_result=True, time_limit=HARD_SECONDS, soft_time_limit=HARD_SECONDS - 10)
def capture(capture_id: int) -> None:
    ended = capturing.run(capture_id)
    if ended and ended.compared_at is None:
        watch.observe(capture_id)


@shared_task(ignore_result=True, time_limit=60, soft_time_limit=50)
def sweep() -> None:
    messages.sweep()


@shared_task(ignore_result=True, time_limit=SWEEP_SECONDS, soft_time_limit=SWEEP_SECONDS - 10)
def sweep_archive() -> None:
    """Once a day. What it does not get through today it finds tomorrow."""
    for name in orphans.orphans(orphans.old_enough()):
        orphans.remove(name)


@shared_task(ignore_result=True, time_limit=60, soft_time_limit=50)
def due_watches() -> None:
    watch.look_at_what_is_due()
    watch.catch_up()
