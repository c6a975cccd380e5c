"""manage.py verify_archive: one changed byte anywhere is found and named."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from pytest_django import Settings

from factcheck.access.models import User
from sources import checking, fetching
from tests import database
from tests.sources.archived import Archived, archived, file_of
from tests.sources.raw_server import page, raw_server, redirect

AT = datetime(2025, 6, 9, 12, tzinfo=UTC)
PACKED = gzip.compress(b"<p>The ministry kept its licence rule.</p>" * 30, mtime=0)


def answer(connection: socket.socket, request: bytes) -> None:
    moved = b"GET /old" in request
    connection.sendall(redirect("/new") if moved else page(PACKED, content_encoding="gzip"))


@pytest.fixture
def fetch(db: None, settings: Settings) -> Iterator[Archived]:
    by = User.objects.create_user("reporter@example.org", name="Reporter", roles=["contributor"])
    with raw_server(answer) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
        yield lambda path, at=AT: archived(server.url(path), by, at)


def faults() -> list[str]:
    found = (
        checking.check(snapshot, fetching.blobs(), every_record=True)
        for snapshot in checking.snapshots(every_record=True)
    )
    return [str(fault) for fault in found if fault]


def change(path: Path, place: int, bit: int = 1) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= bit
    path.write_bytes(data)


def test_an_archive_that_is_as_it_was_holds(fetch: Archived) -> None:
    fetch("/old")
    fetch("/new", AT + timedelta(days=1))
    said = StringIO()
    call_command("verify_archive", stdout=said)
    call_command("verify_archive", records=True, stdout=StringIO())
    assert re.fullmatch(r"2 archived pages, 0\.0 MB in [\d.]+ s: all of it holds\.\n", said.getvalue())


def test_a_number_without_a_snapshot_is_no_success(fetch: Archived) -> None:
    snapshot = fetch("/old")
    call_command("verify_archive", snapshot.pk, stdout=StringIO())
    with pytest.raises(CommandError, match=f"There is no snapshot {snapshot.pk + 1}. Nothing was verified."):
        call_command("verify_archive", snapshot.pk, snapshot.pk + 1)


@pytest.mark.slow
def test_a_changed_byte_is_found_wherever_it_is(fetch: Archived) -> None:
    """Every third byte of the file. The record is named unless the bit is one that no unpacker looks at."""
    snapshot = fetch("/old")
    path = file_of(snapshot)
    whole = path.read_bytes()
    (snapshot,) = checking.snapshots()
    places = {record.offset: record for record in snapshot.records.all()}
    unnamed = []
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        fault = str(checking.check(snapshot, fetching.blobs()))
        assert f"snapshot {snapshot.pk}, " in fault
        assert snapshot.warc_sha256 in fault
        holder = next((r for r in places.values() if r.offset <= place < r.offset + r.length), None)
        if "no single record" in fault:
            unnamed.append(place)
        elif holder:
            assert holder.record_id in fault, place
    assert len(unnamed) <= len(whole) // 300
    path.write_bytes(whole)
    assert checking.check(snapshot, fetching.blobs()) is None


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "it is missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:-20]), "the file ends in the middle of it"),
        (lambda path: path.write_bytes(path.read_bytes() + b"\0"), "it cannot be unpacked|ends in the middle"),
        (lambda path: path.write_bytes(b""), "it is not where it was recorded"),
    ],
)
def test_a_file_that_is_gone_or_cut_or_longer_is_named(
    spoil: Callable[[Path], object], said: str, fetch: Archived
) -> None:
    snapshot = fetch("/new")
    spoil(file_of(snapshot))
    (fault,) = faults()
    assert re.search(said, fault)
    assert snapshot.warc_sha256 in fault


def test_the_command_names_each_bad_page_and_fails(fetch: Archived) -> None:
    first, good, last = fetch("/old"), fetch("/1"), fetch("/2")
    for snapshot in (first, last):
        record = snapshot.records.get(part="facts")
        change(file_of(snapshot), record.offset + record.length - 3)
    said = StringIO()
    with pytest.raises(CommandError, match="2 of 3 archived pages are not what was recorded"):
        call_command("verify_archive", stderr=said)
    lines = said.getvalue().splitlines()
    assert [line.split(",")[0] for line in lines] == [f"snapshot {first.pk}", f"snapshot {last.pk}"]
    assert all("(how it was got, urn:metadata:" in line for line in lines)
    call_command("verify_archive", good.pk, stdout=StringIO())


def test_another_file_under_the_same_name_is_found(fetch: Archived) -> None:
    # So that no record of the one lies where one of the other does.
    first, second = fetch("/1"), fetch("/" + "".join(map(str, range(200))))
    shutil.copy(file_of(first), file_of(second))
    (fault,) = faults()
    assert f"snapshot {second.pk}" in fault
    assert "it is not where it was recorded" in fault


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE sources_snapshot SET text = 'Other.'", "the text in the database does not have the digest"),
        (
            "UPDATE sources_snapshot SET payload_sha256 = repeat('0', 64)",
            "does not have the payload that the snapshot has",
        ),
        ("UPDATE sources_record SET payload_length = 1 WHERE part = 'page'", "another record than the one"),
        ("UPDATE sources_record SET record_id = 'x' WHERE part = 'facts'", "another record than the one"),
        ("UPDATE sources_record SET \"offset\" = 3 WHERE part = 'text'", "it is not where it was recorded"),
    ],
)
def test_what_somebody_with_all_rights_changed_in_the_database_is_found(sql: str, said: str, fetch: Archived) -> None:
    fetch("/1")
    as_owner(sql)
    (fault,) = faults()
    assert said in fault


def as_owner(sql: str) -> None:
    """Past the triggers, which only the owner of the tables can put aside."""
    table = sql.split()[1]
    name = connections["default"].settings_dict["NAME"]
    with database._server(name) as server:
        server.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        server.execute(sql)
        server.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
