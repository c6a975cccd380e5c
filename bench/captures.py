"""An archive to measure with: captures of articles as the worker leaves them, in a database of its own."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:  # Django must be set up before its models are imported.
    from sources.fetcher import Hop
    from sources.recording import Recorded

WORDS = 4000
AT = datetime(2025, 6, 9, 12, tzinfo=UTC)


@contextmanager
def archive() -> Iterator[str]:
    """An empty archive and database for as long as the measurement runs; gives the archive's folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from factcheck import embedded

    with embedded.running():
        django.setup()
        from django.conf import settings

        from tests import database

        with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder, database.made():
            settings.ARCHIVE_ROOT = folder
            yield folder


class Press:
    """Articles of 50 to 300 KB, every second one sent gzip-encoded, and pictures of up to 60 KB."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._words = [
            "".join(self._chance.choices("etaoinshrdlucmfwyp", k=self._chance.randrange(2, 11))) for _ in range(WORDS)
        ]
        self._number = 0

    def article(self) -> tuple[bytes, str]:
        """HTML and its text."""
        size, lines = self._chance.randrange(50_000, 300_000), []
        while size > 0:
            lines.append(" ".join(self._chance.choices(self._words, k=60)))
            size -= len(lines[-1]) + 60
        html = "".join(f'<p class="article-body__paragraph" data-id="{n}">{line}</p>\n' for n, line in enumerate(lines))
        return f"<!doctype html><title>Article</title><body>{html}".encode(), "\n".join(lines)

    def capture(self, pictures_bytes: int) -> int:
        """Archive an article with pictures of so many bytes in all; gives the length of its file."""
        from sources import fetching, warc
        from sources.models import Record, Snapshot
        from sources.recording import Recorded, _note

        self._number += 1
        url = f"http://press.example/{self._number}"
        html, text = self.article()
        target = io.BytesIO()
        file = warc.WarcFile(target, [("software", "factcheck/1")], AT)
        snapshot = Snapshot(final_url=url, url=url, fetched_at=AT, http_status=200, content_type="text/html", text=text)
        snapshot.text_sha256 = hashlib.sha256(text.encode()).hexdigest()
        recorded = Recorded(snapshot, "")
        packed = self._number % 2 == 0
        body, more = (gzip.compress(html, 6), [("Content-Encoding", "gzip")]) if packed else (html, [])
        page = file.exchange(_hop(url, body, "text/html; charset=utf-8", more))
        _note(recorded, page, Record.Part.PAGE)
        while pictures_bytes > 0:
            data = self._chance.randbytes(min(pictures_bytes, self._chance.randrange(5_000, 60_000)))
            pictures_bytes -= len(data)
            place = f"{url}/{pictures_bytes}.jpg"
            _note(recorded, file.exchange(_hop(place, data, "image/jpeg", [])), Record.Part.REQUISITE)
        said = file.resource(f"urn:text:{url}", "text/plain; charset=utf-8", text.encode(), of=page)
        _note(recorded, said, Record.Part.TEXT)
        facts = file.metadata("application/json", json.dumps({"why": "cited", "hops": []}).encode(), of=page)
        _note(recorded, facts, Record.Part.FACTS)
        digest, snapshot.warc_length = fetching.blobs().put(target)
        snapshot.warc_sha256, snapshot.payload_sha256 = digest.hex(), page.payload.sha256.hex()
        snapshot.payload_length = page.payload.length
        _save(recorded)
        return snapshot.warc_length


def _hop(url: str, body: bytes, kind: str, more: list[tuple[str, str]]) -> Hop:
    from sources.canonical import parse
    from sources.fetcher import Hop
    from sources.wire import Peer

    address = parse(url)
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Server", "nginx"), *more]
    head = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
    request = f"GET / HTTP/1.1\r\nHost: {address.host}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    return Hop(address, Peer("192.0.2.7", ("192.0.2.7",)), AT, request, head.encode(), 200, headers, io.BytesIO(body))


def _save(recorded: Recorded) -> None:
    from factcheck.access.models import User
    from sources import archive
    from sources.models import Capture, Record

    snapshot = recorded.snapshot
    by, _ = User.objects.get_or_create(email="bench@example.org", defaults={"name": "Bench", "roles": ["contributor"]})
    source = archive.add_source(snapshot.url, by=by)
    snapshot.source = source
    snapshot.capture = Capture.objects.create(source=source, state="done", finished_at=AT)
    snapshot.save(force_insert=True)
    for record in recorded.records:
        record.snapshot = snapshot
    Record.objects.bulk_create(recorded.records)
