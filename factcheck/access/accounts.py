"""What people may change about their own account. Each change is an event of "user:<id>"."""

from __future__ import annotations

import zoneinfo

from django.db import transaction
from django.utils import timezone

from factcheck.access.models import Token, User
from factcheck.audit.log import record
from factcheck.errors import Invalid, NotFound


@transaction.atomic
def change_account(user: User, *, name: str, time_zone: str) -> User:
    """Raise Invalid for a name without a letter or a zone that nobody knows."""
    person = _locked(user)
    name = name.strip()
    if not name:
        raise Invalid({"name": "Write the name under which colleagues and readers see your work."})
    if time_zone and time_zone not in zoneinfo.available_timezones():
        raise Invalid({"time_zone": "Choose a time zone from the list."})
    before = {"name": person.name, "time_zone": person.time_zone}
    after = {"name": name, "time_zone": time_zone}
    if before != after:
        person.name, person.time_zone = name, time_zone
        person.save(update_fields=["name", "time_zone"])
        record(f"user:{person.pk}", "user.changed", by=person, data={"from": before, "to": after})
    return person


@transaction.atomic
def issue_token(user: User, *, name: str) -> tuple[Token, str]:
    """The token and its secret, which is shown this once and nowhere stored."""
    person = _locked(user)
    name = name.strip()
    if not name:
        raise Invalid({"name": "Name the system that will use the token, so that you know what you revoke later."})
    token, secret = Token.issue(person, name)
    record(f"user:{person.pk}", "user.token_issued", by=person, data={"token": token.pk, "name": name})
    return token, secret


@transaction.atomic
def revoke_token(user: User, token_id: int) -> Token:
    person = _locked(user)
    token = Token.objects.filter(user=person, pk=token_id).first()
    if token is None:
        raise NotFound("You have no such token.")
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(f"user:{person.pk}", "user.token_revoked", by=person, data={"token": token.pk, "name": token.name})
    return token


def _locked(user: User) -> User:
    # The lock orders the events of one person: two tabs at once would fork the chain.
    return User.objects.select_for_update().get(pk=user.pk)
