"""Re-compute the chains, trusting nothing but the leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from factcheck.audit.log import hash_of
from factcheck.audit.models import Event


@dataclass(frozen=True)
class Fault:
    """The first event of a chain that does not hold, and the sentence that says why."""

    event: Event
    sentence: str


def faults(events: Iterator[Event]) -> Iterator[Fault]:
    """The first fault of each chain. ``events`` come ordered by subject and seq."""
    subject, seq, prev, broken = "", 0, "", False
    for event in events:
        if event.subject != subject:
            subject, seq, prev, broken = event.subject, 0, "", False
        if broken:
            continue
        sentence = fault_of(event, seq + 1, prev)
        if sentence:
            broken = True
            yield Fault(event, sentence)
        seq, prev = event.seq, event.hash


def fault_of(event: Event, seq: int, prev: str) -> str:
    """What is wrong with ``event`` as the entry ``seq`` after the hash ``prev``; "" if nothing."""
    if event.seq != seq:
        return f"entry {seq} is missing: the next one is entry {event.seq}"
    if event.prev != prev:
        return "it does not name the entry before it"
    if hash_of(event.leaf) != event.hash:
        return "its text does not have the hash that is recorded for it"
    if not reads_as(event):
        return "its columns differ from the text that was hashed"
    return ""


def reads_as(event: Event) -> bool:
    """Whether the columns of the event say what its leaf says. A leaf that nobody can read says nothing."""
    try:
        entry = json.loads(event.leaf)
        at = datetime.fromisoformat(entry["at"])
    except (ValueError, TypeError, KeyError):
        return False
    columns = {
        "actor": event.actor_id,
        "at": entry["at"],
        "data": event.data,
        "prev": event.prev,
        "seq": event.seq,
        "subject": event.subject,
        "type": event.type,
    }
    return at == event.at and _text(entry) == _text(columns)


def _text(entry: Any) -> str:
    """Compared as text: to Python ``1``, ``1.0`` and ``True`` are the same."""
    return json.dumps(entry, sort_keys=True)
