"""The log: what is recorded, that it chains, and that a change in it is found."""

from __future__ import annotations

import hashlib
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from factcheck.audit.log import OutsideTransaction, hash_of, record
from factcheck.audit.models import Event
from factcheck.database import as_owner
from tests import factories as make

pytestmark = pytest.mark.django_db

# What an attacker with the owner's rights does to a row, and what the check then says of it.
TAMPERED = [
    ({"leaf": "{}"}, "its text does not have the hash that is recorded for it"),
    ({"data": {"n": 99}}, "its columns differ from the text that was hashed"),
    ({"data": {"n": True}}, "its columns differ from the text that was hashed"),
    ({"at": "2025-06-09T12:00:00Z"}, "its columns differ from the text that was hashed"),
    ({"subject": "claim:3"}, "entry 1 is missing: the next one is entry 3"),
    ({"hash": "0" * 64}, "its text does not have the hash that is recorded for it"),
    ({"type": "claim.accepted"}, "its columns differ from the text that was hashed"),
    ({"prev": "0" * 64}, "it does not name the entry before it"),
]


def chain(length: int, subject: str = "claim:1") -> list[Event]:
    with transaction.atomic():
        return [record(subject, "claim.edited", by=None, data={"n": n}) for n in range(1, length + 1)]


def verify() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, stderr=out)
    return out.getvalue().strip()


def faults_found() -> list[str]:
    out = StringIO()
    with pytest.raises(CommandError, match="of the chains do not hold"):
        call_command("verify_audit", stdout=out, stderr=out)
    return out.getvalue().strip().splitlines()


def as_attacker(statement: str, *values: Any) -> None:
    """What the owner of the tables can do: switch the triggers off and write."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def tamper(event: Event, **columns: Any) -> None:
    for column, value in columns.items():
        as_attacker(
            f'UPDATE audit_event SET "{column}" = %s WHERE id = %s',
            json.dumps(value) if isinstance(value, dict) else value,
            event.pk,
        )


def test_the_hash_is_that_of_the_leaf_as_it_is_stored() -> None:
    event = chain(1)[0]
    event.refresh_from_db()
    assert hashlib.sha256(event.leaf.encode()).hexdigest() == event.hash


def test_the_leaf_says_everything_that_the_row_says() -> None:
    room = make.newsroom()
    with transaction.atomic():
        event = record("claim:7", "claim.edited", by=room.alice, data={"to": "희토류"})
    assert json.loads(event.leaf) == {
        "actor": room.alice.pk,
        "at": event.at.isoformat(),
        "data": {"to": "희토류"},
        "prev": "",
        "seq": 1,
        "subject": "claim:7",
        "type": "claim.edited",
    }


def test_each_subject_has_a_chain_of_its_own() -> None:
    chain(2, "claim:1")
    chain(2, "claim:2")
    seen = Event.objects.order_by("subject", "seq").values_list("subject", "seq")
    assert list(seen) == [("claim:1", 1), ("claim:1", 2), ("claim:2", 1), ("claim:2", 2)]


def test_each_event_names_the_one_before() -> None:
    first, second, third = chain(3)
    assert [first.prev, second.prev, third.prev] == ["", first.hash, second.hash]


def test_an_untouched_log_holds() -> None:
    chain(3)
    chain(2, "source:1")
    assert verify() == "5 events in 2 chains: every one of them holds."


def test_an_empty_log_holds() -> None:
    assert verify() == "0 events in 0 chains: every one of them holds."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("columns", "sentence"), TAMPERED)
def test_the_first_bad_event_is_named(columns: dict[str, Any], sentence: str) -> None:
    events = chain(3)
    chain(2, "claim:2")
    tamper(events[2], **columns)
    events[2].refresh_from_db()
    assert faults_found() == [f"{events[2]} (event {events[2].pk}): {sentence}."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "leaf", ["no JSON", "[]", "1", "{}", '{"at":1}', '{"at":"noon"}', '{"n":NaN}', '{"n":"\\ud800"}']
)
def test_a_leaf_that_cannot_be_read_is_named_and_the_rest_is_checked(leaf: str) -> None:
    """The attacker gave it the hash that fits."""
    broken, other = chain(2)[1], chain(2, "claim:2")[1]
    tamper(broken, leaf=leaf, hash=hash_of(leaf))
    tamper(other, type="claim.accepted")
    broken.refresh_from_db()
    other.refresh_from_db()
    sentence = "its columns differ from the text that was hashed"
    assert faults_found() == [f"{event} (event {event.pk}): {sentence}." for event in (broken, other)]


@pytest.mark.django_db(transaction=True)
def test_an_event_that_was_written_anew_with_its_hash_breaks_the_next() -> None:
    _, second, third = chain(3)
    leaf = second.leaf.replace('"n":2', '"n":99')
    tamper(second, leaf=leaf, data={"n": 99}, hash=hash_of(leaf))
    assert faults_found() == [f"{third} (event {third.pk}): it does not name the entry before it."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [1, 2])
def test_a_removed_event_is_missed(place: int) -> None:
    events = chain(3)
    as_attacker("DELETE FROM audit_event WHERE id = %s", events[place - 1].pk)
    after = events[place]
    assert faults_found() == [
        f"{after} (event {after.pk}): entry {place} is missing: the next one is entry {place + 1}."
    ]


def test_the_application_changes_and_removes_nothing() -> None:
    event = chain(1)[0]
    for refused in (lambda: Event.objects.update(type="x"), lambda: Event.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()
    event.refresh_from_db()
    assert event.type == "claim.edited"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"hash": "0" * 64}, "event 3 of claim:1 does not have the hash of its leaf"),
        ({"prev": "0" * 64}, "event 3 of claim:1 does not follow the one before it"),
        ({"seq": 4}, "event 4 of claim:1 does not follow the one before it"),
    ],
)
def test_the_database_takes_no_event_that_breaks_its_chain(changed: dict[str, Any], sentence: str) -> None:
    last = chain(2)[1]
    leaf = "{}"
    row: dict[str, Any] = {"seq": 3, "prev": last.hash, "leaf": leaf, "hash": hash_of(leaf)}
    event = Event(subject="claim:1", type="claim.edited", at=last.at, data={}, **(row | changed))
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        event.save()
    assert str(error.value).splitlines()[0] == sentence


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_mistake_of_ours() -> None:
    with pytest.raises(OutsideTransaction):
        record("claim:1", "claim.edited", by=None, data={})
    assert not Event.objects.exists()
