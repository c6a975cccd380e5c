"""How long to wait: for a host's bucket, for what a server asks, before the next try. Plain Python, no Django."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# More digits than any wait has; int() of a megabyte of them would take seconds.
MOST_DIGITS = 9
LONGEST_PAUSE = timedelta(hours=4)


@dataclass(frozen=True)
class Bucket:
    """The generic cell rate algorithm: `burst` visits at once, then one in each `gap`.

    Its whole state is the moment from which it is full again, so that it fits one column and needs no clean-up.
    """

    gap: timedelta
    burst: int

    def free_at(self, full_at: datetime | None, now: datetime) -> datetime:
        """When the next visit may begin: `now`, or later."""
        return now if full_at is None else max(now, full_at - self.gap * (self.burst - 1))

    def after_visit(self, full_at: datetime | None, now: datetime) -> datetime:
        """When the bucket is full again, a visit later."""
        return max(full_at or now, now) + self.gap


def asked_for(retry_after: str, now: datetime, longest: timedelta) -> datetime | None:
    """Until when a server asks to be left alone: the header's value, seconds or a date. None when it asks for nothing.

    What is nonsense, or over already, asks for nothing; nobody is obeyed for more than `longest`.
    """
    value = retry_after.strip()
    if value.isascii() and value.isdigit():
        seconds = min(int(value[:MOST_DIGITS]), longest.total_seconds())
        return now + timedelta(seconds=seconds) if seconds else None
    date = _date(value)
    return min(date, now + longest) if date and date > now else None


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def before_try(tries: int, first: timedelta, chance: float) -> timedelta:
    """The pause after so many tries: twice as long each time, up to four hours, and shorter by up to half by `chance`
    (0 to 1), so that what failed together is not tried again together."""
    whole = min(first * 2 ** min(tries - 1, 30), LONGEST_PAUSE) if tries else first
    return whole * (1 - chance / 2)
