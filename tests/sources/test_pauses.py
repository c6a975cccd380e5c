"""How long to wait, as plain arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.pauses import LONGEST_PAUSE, Bucket, asked_for, before_try

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


class TestRetryAfter:
    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("120", 120),
            (" 7 ", 7),
            ("Tue, 24 Nov 2026 12:05:00 GMT", 300),
            ("Tuesday, 24-Nov-26 12:05:00 GMT", 300),
            ("Tue Nov 24 12:05:00 2026", 300),
            ("Tue, 24 Nov 2026 13:05:00 +0100", 300),
            ("86400", 86400),
            ("999999999999999999999", 86400),
            ("1" * 100_000, 86400),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 86400),
        ],
    )
    def test_is_seconds_or_a_date_and_capped(self, value: str, seconds: int) -> None:
        assert asked_for(value, NOW, DAY) == NOW + timedelta(seconds=seconds)

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "0",
            "-5",
            "1.5",
            "soon",
            "٣",
            "Tue, 24 Nov 2026 11:59:00 GMT",
            "Tue, 99 Nov 2026 12:05:00 GMT",
            "120, 60",
        ],
    )
    def test_that_is_nonsense_or_over_asks_for_nothing(self, value: str) -> None:
        assert asked_for(value, NOW, DAY) is None

    @given(st.text())
    def test_never_raises_and_never_goes_beyond_the_cap(self, value: str) -> None:
        until = asked_for(value, NOW, DAY)
        assert until is None or NOW < until <= NOW + DAY


class TestTheBucket:
    def visits(self, bucket: Bucket, at: list[datetime]) -> list[bool]:
        full_at, allowed = None, []
        for now in at:
            allowed.append(bucket.free_at(full_at, now) <= now)
            if allowed[-1]:
                full_at = bucket.after_visit(full_at, now)
        return allowed

    def test_lets_a_burst_through_and_then_one_in_each_gap(self) -> None:
        bucket = Bucket(10 * SECOND, burst=3)
        asked = [NOW] * 4 + [NOW + 9 * SECOND, NOW + 10 * SECOND, NOW + 10 * SECOND, NOW + 20 * SECOND]
        assert self.visits(bucket, asked) == [True, True, True, False, False, True, False, True]

    def test_fills_up_to_its_burst_and_no_further(self) -> None:
        bucket = Bucket(SECOND, burst=2)
        later = NOW + timedelta(hours=1)
        assert self.visits(bucket, [NOW, NOW, later, later, later]) == [True, True, True, True, False]

    def test_says_when_the_next_may_go(self) -> None:
        bucket = Bucket(10 * SECOND, burst=1)
        full_at = bucket.after_visit(None, NOW)
        assert bucket.free_at(full_at, NOW + 3 * SECOND) == NOW + 10 * SECOND

    @given(
        st.lists(st.integers(0, 5_000), min_size=1, max_size=60),
        st.integers(1, 2_000),
        st.integers(1, 8),
    )
    def test_never_lets_through_more_than_burst_and_rate_together(
        self, pauses: list[int], gap_ms: int, burst: int
    ) -> None:
        gap = timedelta(milliseconds=gap_ms)
        times = [NOW]
        for pause in pauses:
            times.append(times[-1] + timedelta(milliseconds=pause))
        allowed = [t for t, let in zip(times, self.visits(Bucket(gap, burst), times), strict=True) if let]
        for first in range(len(allowed)):
            for last in range(first, len(allowed)):
                assert last - first + 1 <= burst + (allowed[last] - allowed[first]) / gap


class TestThePauseBeforeATry:
    def test_doubles_up_to_four_hours(self) -> None:
        minutes = [before_try(tries, timedelta(minutes=1), 0) / timedelta(minutes=1) for tries in (1, 2, 3, 8, 9, 5000)]
        assert minutes == [1, 2, 4, 128, 240, 240]

    @given(st.integers(1, 10_000), st.floats(0, 1))
    def test_is_shorter_by_up_to_half_by_chance(self, tries: int, chance: float) -> None:
        whole = before_try(tries, timedelta(minutes=1), 0)
        assert whole / 2 <= before_try(tries, timedelta(minutes=1), chance) <= whole <= LONGEST_PAUSE
