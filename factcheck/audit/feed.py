"""The log as a feed: read in the order of its rows, without ever passing over one."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet

from factcheck.audit.models import Event

#: An event is dated just before its row is numbered; this is far more than what can lie between.
MARGIN = timedelta(seconds=5)

#: The newest number, and since when the oldest transaction that is still writing events has been at it. A writer
#: holds this lock from before it is given a number until its row can be seen. The number is read first: the
#: snapshot of the statement is older than the look at the locks.
_HORIZON = """
    SELECT (SELECT max(id) FROM {table}),
           (SELECT min(coalesce(activity.xact_start, now() - interval '1 hour'))
              FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
             WHERE pg_locks.relation = '{table}'::regclass
               AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND pg_locks.mode = 'RowExclusiveLock'
               AND pg_locks.pid <> pg_backend_pid())
"""


def settled() -> QuerySet[Event]:
    """The events before which no other can appear any more: who has read these by id has missed none.

    A row has its number when it is written and is seen when its transaction ends, so number 12 may appear after
    number 13, and who had noted 13 would never read it. While somebody is writing, what is newer than their
    transaction is held back. The numbers of transactions would not do: the one that began later may write first.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON.format(table=connection.ops.quote_name(Event._meta.db_table)))
        newest, writing_since = cursor.fetchone()
    events = Event.objects.filter(id__lte=newest or 0)
    return events.filter(at__lt=writing_since - MARGIN) if writing_since else events
