"""How often one account may ask."""

from __future__ import annotations

from django.conf import settings
from rest_framework.throttling import UserRateThrottle


class PerCaller(UserRateThrottle):
    """A client in a loop must not slow the newsroom down. Counted in each web process by itself: a brake, no quota."""

    def get_rate(self) -> str | None:
        rate: int = settings.API_REQUESTS_PER_MINUTE
        return f"{rate}/min" if rate else None
