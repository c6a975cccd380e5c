"""The only writer of the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from factcheck.audit.models import Event

if TYPE_CHECKING:
    from factcheck.access.models import User


class OutsideTransaction(RuntimeError):
    """An event without its change, or a change without its event, would be a lie."""


def record(subject: str, type: str, *, by: User | None, data: Mapping[str, Any]) -> Event:
    """Append one event to the chain of ``subject`` ("claim:12").

    Call it inside the transaction of the change, while the subject's row is locked:
    the lock orders the writers, UNIQUE(subject, seq) is behind it. ``by`` is None when
    factcheck itself acts. ``data`` holds JSON values; private text goes in as a digest.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{type} on {subject} must be recorded inside a transaction.")
    last = Event.objects.filter(subject=subject).order_by("-seq").values("seq", "hash").first()
    seq, prev = (last["seq"] + 1, last["hash"]) if last else (1, "")
    at = timezone.now()
    leaf = leaf_of(subject=subject, seq=seq, prev=prev, type=type, at=at, actor=by.pk if by else None, data=data)
    return Event.objects.create(
        subject=subject,
        seq=seq,
        prev=prev,
        type=type,
        at=at,
        actor=by,
        data=data,
        leaf=leaf,
        hash=hash_of(leaf),
    )


def leaf_of(
    *,
    subject: str,
    seq: int,
    prev: str,
    type: str,
    at: datetime,
    actor: int | None,
    data: Mapping[str, Any],
) -> str:
    """The text that is hashed: JSON with sorted keys and no spaces (RFC 8785 for what we store)."""
    entry = {
        "actor": actor,
        "at": at.isoformat(),
        "data": data,
        "prev": prev,
        "seq": seq,
        "subject": subject,
        "type": type,
    }
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(leaf: str) -> str:
    return hashlib.sha256(leaf.encode()).hexdigest()
