"""A fetched page made into a snapshot: its WARC in storage, its digests, its text. No row is written here."""

import hashlib
import tempfile
from typing import BinaryIO, cast

from django.conf import settings

from sources import fetching, warc
from sources.blobs import Blobs
from sources.extract import TEXT_BYTES, Extract, extract
from sources.fetcher import MEMORY_BYTES, Fetched
from sources.models import Snapshot

CUT = {
    "length": "The page was longer than what is kept; what is archived ends early.",
    "time": "The server sent the page too slowly; what is archived ends early. Another capture may get all of it.",
    "disconnect": "The connection broke off; what is archived ends early. Another capture may get all of it.",
}


def snapshot_of(fetched: Fetched, blobs: Blobs) -> tuple[Snapshot, str]:
    """The snapshot, not saved yet, and the publisher's name as the page tells it. OSError when storage refuses."""
    page = fetched.page
    fetched.content.seek(0)
    # One byte more than is read, so that the text can say that it is not the whole.
    read = extract(fetched.content.read(TEXT_BYTES + 1), page.content_type, damaged=bool(fetched.damage))
    payload, warc_sha256, warc_length = _write(fetched, blobs)
    snapshot = Snapshot(
        final_url=page.address.url,
        fetched_at=page.asked_at,
        http_status=page.status,
        content_type=read.content_type[:200],
        payload_sha256=payload.sha256.hex(),
        payload_length=payload.length,
        warc_sha256=warc_sha256.hex(),
        warc_length=warc_length,
        truncated=page.truncated,
        note=" ".join(filter(None, [CUT.get(page.truncated, ""), read.note])),
    )
    _take_text(snapshot, read)
    return snapshot, read.imprint.publisher


def _take_text(snapshot: Snapshot, read: Extract) -> None:
    snapshot.text, snapshot.body = read.text, read.body
    snapshot.text_sha256 = hashlib.sha256(read.text.encode()).hexdigest()
    snapshot.title, snapshot.byline = read.imprint.title, read.imprint.byline
    snapshot.published_on, snapshot.language = read.imprint.published_on, read.imprint.language[:35]


def _write(fetched: Fetched, blobs: Blobs) -> tuple[warc.Digest, bytes, int]:
    """The WARC goes to storage before a row can name it. Returns the payload's digest, the file's digest and length."""
    about = [
        ("software", "factcheck/1"),
        ("operator", settings.NEWSROOM_NAME),
        ("http-header-user-agent", fetching.user_agent()),
    ]
    with tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES, prefix="factcheck-") as spool:
        target = cast(BinaryIO, spool)
        payload = warc.write(target, fetched.hops, about)
        digest, length = blobs.put(target)
    return payload, digest, length
