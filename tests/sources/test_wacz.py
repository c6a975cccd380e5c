"""What is handed out is judged by others: pywb replays every record byte for byte, zipfile and warcio read the rest."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import socket
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from warcio.archiveiterator import ArchiveIterator

from factcheck.access.models import User
from factcheck.errors import NotFound
from sources import packaging, wacz
from sources.models import Snapshot
from tests import factories
from tests.pywb import Pywb, Replay
from tests.sources import archived as fetch
from tests.sources.archived import Archived, file_of
from tests.sources.raw_server import RawServer, page, raw_server, redirect

AT = datetime(2025, 6, 9, 12, tzinfo=UTC)
LATER = AT + timedelta(days=3)
ARTICLE = "<title>Licences</title><p>“희토류 수출 통제는 그대로다” – the rule stays.</p>" * 40
GZIPPED = gzip.compress(ARTICLE.encode() + b"<p>packed</p>", mtime=0)
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (b"<p>in two", b" pieces</p>")) + b"0\r\n\r\n"
ANSWERS = {
    "/old": redirect("/new"),
    "/new": page(ARTICLE),
    "/same": page(ARTICLE),
    "/gzip": page(GZIPPED, content_encoding="gzip"),
    "/chunked": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED,
    "/cut": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>Half a sentence",
    "/A/b/?z=2&y=%C3%A9&x": page("<p>With a query.</p>"),
    "/picture": page(bytes(range(256)) * 64, "image/png"),
}
BODIES = {
    "/new": ARTICLE.encode(),
    "/same": ARTICLE.encode(),
    "/gzip": GZIPPED,
    "/chunked": b"<p>in two pieces</p>",
    "/cut": b"<p>Half a sentence",
    "/A/b/?z=2&y=%C3%A9&x": b"<p>With a query.</p>",
    "/picture": bytes(range(256)) * 64,
}


def answer(connection: socket.socket, request: bytes) -> None:
    connection.sendall(ANSWERS[request.split()[1].decode()])


@pytest.fixture
def press(settings: Settings) -> Iterator[RawServer]:
    with raw_server(answer) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
        yield server


@pytest.fixture
def archived(press: RawServer, reporter: User) -> Archived:
    """The page at that path, fetched for real, on the day that one says."""

    return lambda path, at=AT: fetch.archived(press.url(path), reporter, at)


def written(*snapshots: Snapshot, title: str = "") -> bytes:
    package = packaging.package([snapshot.pk for snapshot in snapshots], title)
    data = b"".join(package.pieces())
    assert len(data) == package.length
    return data


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert {info.compress_type for info in file.infolist()} == {zipfile.ZIP_STORED}
        return {info.filename: file.read(info) for info in file.infolist()}


def lines(data: bytes) -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for line in unzipped(data)["indexes/index.cdx"].decode().splitlines():
        key, timestamp, facts = line.split(" ", 2)
        found.append((key, timestamp, json.loads(facts)))
    return found


class TestTheFile:
    def test_holds_the_warc_its_index_its_page_and_their_digests(self, archived: Archived) -> None:
        snapshot = archived("/new")
        files = unzipped(written(snapshot))
        warc = f"archive/archived-{snapshot.pk}.warc.gz"
        assert list(files) == [
            "datapackage.json", "datapackage-digest.json", "indexes/index.cdx", "pages/pages.jsonl", warc,
        ]  # fmt: skip
        assert hashlib.sha256(files[warc]).hexdigest() == snapshot.warc_sha256
        about = json.loads(files["datapackage.json"])
        assert (about["profile"], about["wacz_version"], about["created"], about["mainPageUrl"]) == (
            "data-package", "1.1.1", "2025-06-09T12:00:00Z", snapshot.final_url,
        )  # fmt: skip
        assert {each["path"]: (each["hash"], each["bytes"]) for each in about["resources"]} == {
            name: (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
            for name, data in files.items()
            if not name.startswith("datapackage")
        }
        assert json.loads(files["datapackage-digest.json"]) == {
            "path": "datapackage.json",
            "hash": f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}",
        }

    def test_lists_its_pages(self, archived: Archived) -> None:
        first, second = archived("/new"), archived("/gzip", LATER)
        listed = unzipped(written(second, first, title="The talks"))["pages/pages.jsonl"].decode().splitlines()
        assert [json.loads(line) for line in listed] == [
            {"format": "json-pages-1.0", "id": "pages", "title": "Pages"},
            {"id": str(first.pk), "url": first.final_url, "ts": "2025-06-09T12:00:00Z", "title": "Licences"},
            {"id": str(second.pk), "url": second.final_url, "ts": "2025-06-12T12:00:00Z", "title": "Licences"},
        ]

    def test_is_the_same_whenever_it_is_made(self, archived: Archived) -> None:
        first, second = archived("/new"), archived("/gzip")
        assert written(first, second) == written(second, first)

    def test_has_an_index_as_pywb_writes_it(self, archived: Archived, pywb: Pywb, tmp_path: Path) -> None:
        for path in ANSWERS:
            snapshot = archived(path)
            warc = tmp_path / packaging.name_of(snapshot.pk)
            warc.write_bytes(unzipped(written(snapshot))[f"archive/{warc.name}"])
            ours = unzipped(written(snapshot))["indexes/index.cdx"].decode().splitlines()
            assert [line for line in ours if packaging.PAYLOADS not in line] == pywb.index(warc)

    def test_of_a_file_that_has_changed_is_not_made(self, archived: Archived) -> None:
        snapshot = archived("/new")
        path = file_of(snapshot)
        data = bytearray(path.read_bytes())
        data[100] ^= 1
        path.write_bytes(data)
        with pytest.raises(wacz.Damaged, match="has changed since it was recorded"):
            packaging.package([snapshot.pk])

    def test_of_a_file_that_is_cut_off_is_not_made(self, archived: Archived) -> None:
        snapshot = archived("/new")
        path = file_of(snapshot)
        path.write_bytes(path.read_bytes()[:-7])
        with pytest.raises(wacz.Damaged, match="ends 7 bytes before it should"):
            packaging.package([snapshot.pk])

    def test_of_a_page_without_records_says_so(self, reporter: User) -> None:
        with pytest.raises(NotFound, match="Fetch the page again"):
            packaging.package([factories.archived_page(reporter).pk])


class TestAPayloadThatIsKeptElsewhere:
    def test_comes_along_as_the_one_record_that_has_it(self, archived: Archived) -> None:
        kept = archived("/old")
        snapshot = archived("/same", LATER)
        assert [record.kind for record in snapshot.records.filter(part="page")] == ["revisit"]
        payloads = unzipped(written(snapshot))["archive/payloads.warc.gz"]
        (record,) = ArchiveIterator(io.BytesIO(payloads), check_digests="raise")
        assert record.rec_headers.get_header("WARC-Record-ID") == kept.records.get(part="page").record_id
        assert [facts["mime"] for _, _, facts in lines(written(snapshot)) if "payloads" in facts["filename"]] == [
            "text/html"
        ]

    def test_does_not_come_twice(self, archived: Archived) -> None:
        kept, snapshot = archived("/new"), archived("/same", LATER)
        assert "archive/payloads.warc.gz" not in unzipped(written(kept, snapshot))


@pytest.mark.slow
class TestPywb:
    def test_serves_every_record_to_the_byte(
        self, archived: Archived, press: RawServer, pywb: Pywb, tmp_path: Path
    ) -> None:
        snapshots = [archived(path) for path in ANSWERS]
        with replayed(pywb, tmp_path, written(*snapshots)) as replay:
            for path, body in BODIES.items():
                got = replay.get(press.url(path), "20250609120000")
                assert (path, got.status, got.body) == (path, 200, body)
            moved = replay.get(press.url("/old"), "20250609120000")
            assert (moved.status, dict(moved.headers)["Location"].endswith("/new")) == (302, True)
            for snapshot in snapshots:
                text = replay.get(f"urn:text:{snapshot.final_url}", "20250609120000")
                facts = replay.get(f"urn:metadata:{snapshot.final_url}", "20250609120000")
                assert (text.body, json.loads(facts.body)["why"]) == (snapshot.text.encode(), "cited")

    def test_serves_what_only_refers_to_a_payload_of_another_capture(
        self, archived: Archived, press: RawServer, pywb: Pywb, tmp_path: Path
    ) -> None:
        archived("/old")
        again, elsewhere = archived("/new", LATER), archived("/same", LATER)
        with replayed(pywb, tmp_path, written(again, elsewhere)) as replay:
            for path in ("/new", "/same"):
                got = replay.get(press.url(path), "20250612120000")
                assert (path, got.status, got.body) == (path, 200, BODIES[path])
                assert dict(got.headers)["Memento-Datetime"] == "Thu, 12 Jun 2025 12:00:00 GMT"


@contextmanager
def replayed(pywb: Pywb, folder: Path, data: bytes) -> Iterator[Replay]:
    file = folder / "archived.wacz"
    file.write_bytes(data)
    with pywb.replay(file, folder) as replay:
        yield replay
