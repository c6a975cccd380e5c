"""Who may do what in the archive beyond what everybody who works here may: action → the roles that may, one table."""

from __future__ import annotations

from factcheck.access.models import Role, User
from factcheck.errors import NotAllowed

#: The roles, and the sentence for everybody else.
PERMISSIONS: dict[str, tuple[frozenset[Role], str]] = {
    "see_archive_at_work": (
        frozenset({Role.ADMINISTRATOR}),
        "Only an administrator sees how the archive is doing. Each source's own page says what it waits for.",
    ),
    "read_archive_state": (
        frozenset({Role.ADMINISTRATOR, Role.INTEGRATION}),
        "Only an administrator or an integration reads how the archive is doing.",
    ),
}


def may(user: User, action: str) -> bool:
    roles, _ = PERMISSIONS[action]
    return user.has_role(*roles)


def require(user: User, action: str) -> None:
    if not may(user, action):
        raise NotAllowed(PERMISSIONS[action][1])
