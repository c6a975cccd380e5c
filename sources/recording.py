"""A fetched page made into a snapshot: its WARC in storage, its digests, its text. No row is written here."""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from django.conf import settings

from sources import canonical, fetching, walls, warc
from sources.blobs import Blobs
from sources.browser import Sight
from sources.extract import EMPTY, HTML_TYPES, TEXT_BYTES, Extract, extract
from sources.fetcher import MEMORY_BYTES, Fetched, Hop
from sources.models import Record, Snapshot
from sources.requisites import Got

Part = Record.Part

CUT = {
    "length": "The page was longer than what is kept; what is archived ends early.",
    "time": "The server sent the page too slowly; what is archived ends early. Another capture may get all of it.",
    "disconnect": "The connection broke off; what is archived ends early. Another capture may get all of it.",
}


@dataclass
class Recorded:
    """What a capture left, not saved yet: the snapshot, the records of its file, the publisher as the page tells it."""

    snapshot: Snapshot
    publisher: str
    records: list[Record] = field(default_factory=list)


def record(
    fetched: Fetched,
    blobs: Blobs,
    *,
    purpose: str,
    sight: Sight,
    robots: Sequence[dict[str, Any]] = (),
    requisites: Iterable[Got] = (),
    supplied: dict[str, Any] | None = None,
) -> Recorded:
    """The whole capture, its file in storage; `sight` is how the page looked. OSError when storage refuses.

    `robots`: see sources.manners. `supplied` says who gave us the page as which file, where it was not fetched
    (sources.copies). The requisites are taken one by one and written as they come, so that they never wait in memory
    together.
    """
    page = fetched.page
    fetched.content.seek(0)
    # One byte more than is read, so that the text can say that it is not the whole.
    read = extract(
        fetched.content.read(TEXT_BYTES + 1), page.content_type, damaged=bool(fetched.damage), whole=fetched.content
    )
    snapshot = Snapshot(
        final_url=page.address.url,
        fetched_at=page.asked_at,
        http_status=page.status,
        content_type=read.content_type[:200],
        truncated=page.truncated,
        note=" ".join(filter(None, [CUT.get(page.truncated, ""), read.note])),
        no_picture=sight.why_not,
        read_whole=read.whole,
    )
    _take_text(snapshot, read)
    _take_wall(snapshot, read, fetched)
    recorded = Recorded(snapshot, read.imprint.publisher)
    told = _facts(fetched, purpose) | {"canonical": snapshot.canonical_link}
    # A file that a person gave us says nothing of what a host asks of programs.
    told |= {"robots": list(robots)} if supplied is None else {"supplied": supplied}
    told["browser"] = sight.facts | {"why_not": sight.why_not}
    _write(recorded, fetched, blobs, told, sight, requisites)
    return recorded


def _take_text(snapshot: Snapshot, read: Extract) -> None:
    snapshot.text, snapshot.body, snapshot.pages = read.text, read.body, list(read.pages)
    snapshot.text_sha256 = hashlib.sha256(read.text.encode()).hexdigest()
    snapshot.title, snapshot.byline = read.imprint.title, read.imprint.byline
    snapshot.published_on, snapshot.language = read.imprint.published_on, read.imprint.language[:35]
    snapshot.modified_on = read.imprint.modified_on
    snapshot.canonical_link = _own_address(snapshot, read.imprint.canonical)


def _own_address(snapshot: Snapshot, told: str) -> str:
    """The address that the page gives as its own, in our spelling; "" when it gives none that could be cited."""
    try:
        return canonical.follow(canonical.parse(snapshot.final_url), told).url if told else ""
    except canonical.BadAddress:
        return ""


def _take_wall(snapshot: Snapshot, read: Extract, fetched: Fetched) -> None:
    """What stands in the page's place, if anything does, with the reason before whatever else there is to know."""
    if read.content_type not in HTML_TYPES:
        return
    page = fetched.page
    headers = {name.lower(): value for name, value in page.headers}
    asked = fetched.hops[0].address.url
    wall = walls.recognise(
        walls.Answer(
            read.text, read.imprint.title, read.body, read.facts, page.status, headers, asked, page.address.url
        )
    )
    if wall:
        # That there is no text is what the reason explains.
        known = snapshot.note.replace(EMPTY, "").strip()
        snapshot.wall, snapshot.note = wall.kind, " ".join(filter(None, [wall.reason, known]))


def _write(
    recorded: Recorded,
    fetched: Fetched,
    blobs: Blobs,
    facts: dict[str, Any],
    sight: Sight,
    requisites: Iterable[Got],
) -> None:
    """The WARC goes to storage before a row can name it."""
    snapshot = recorded.snapshot
    with tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES, prefix="factcheck-") as spool:
        target = cast(BinaryIO, spool)
        file = warc.WarcFile(target, _about(), fetched.hops[0].asked_at, fast=settings.ARCHIVE_FAST)
        page = _exchanges(recorded, file, fetched)
        # What can be made again from the page is worth bytes rather than time.
        text = file.resource(
            f"urn:text:{snapshot.final_url}", "text/plain; charset=utf-8", snapshot.text.encode(), of=page, fast=True
        )
        _note(recorded, text, Part.TEXT)
        _looks(recorded, file, sight, of=page)
        facts = facts | {"requisites": [_requisite(recorded, file, got) for got in requisites]}
        told = json.dumps(facts, ensure_ascii=False, indent=1).encode()
        _note(recorded, file.metadata("application/json", told, of=page), Part.FACTS)
        digest, snapshot.warc_length = blobs.put(target)
    snapshot.warc_sha256 = digest.hex()
    snapshot.payload_sha256, snapshot.payload_length = page.payload.sha256.hex(), page.payload.length


def _looks(recorded: Recorded, file: warc.WarcFile, sight: Sight, *, of: warc.Written) -> None:
    """What the browser made of the page, as far as there is any."""
    url = recorded.snapshot.final_url
    for part, name, content_type, data in (
        (Part.PICTURE, "view", "image/jpeg", sight.picture),
        (Part.PRINT, "pdf", "application/pdf", sight.print),
        (Part.DOM, "dom", "text/html; charset=utf-8", sight.dom),
    ):
        if data:
            _note(recorded, file.resource(f"urn:{name}:{url}", content_type, data, of=of), part)


def _about() -> warc.Fields:
    return [
        ("software", "factcheck/1"),
        ("operator", settings.NEWSROOM_NAME),
        ("http-header-user-agent", fetching.user_agent()),
    ]


def _exchanges(recorded: Recorded, file: warc.WarcFile, fetched: Fetched) -> warc.Written:
    """Each hop; the last one is the page."""
    *redirects, page = fetched.hops
    for hop in redirects:
        _exchange(recorded, file, hop, Part.REDIRECT)
    return _exchange(recorded, file, page, Part.PAGE)


def _exchange(recorded: Recorded, file: warc.WarcFile, hop: Hop, part: Part) -> warc.Written:
    payload = warc.digest_of(warc.pieces(hop.body))
    held = _held(hop, payload)
    known = warc.Held(held.record_id, held.url, held.at) if held else None
    written = file.exchange(hop, known, payload)
    _note(recorded, written, part, held)
    return written


def _requisite(recorded: Recorded, file: warc.WarcFile, got: Got) -> dict[str, Any]:
    """Written, redirects included, and what is told of it; of one that failed only that, for nothing hangs on it."""
    url, kind = got.wanted.address.url, got.wanted.kind
    if got.fetched is None:
        return {"url": url, "kind": kind, "left_out": got.why}
    with closing(got.fetched):
        for hop in got.fetched.hops:
            _exchange(recorded, file, hop, Part.REQUISITE)
        seconds = round(sum(hop.seconds.get("last_byte", 0) for hop in got.fetched.hops), 4)
        return {"url": url, "kind": kind, "ip": got.fetched.page.peer.ip, "seconds": seconds}


def _held(hop: Hop, payload: warc.Digest) -> Record | None:
    """The response that has this payload already. What came whole is kept whole once; what broke off is its own.

    Nothing that was fetched hangs on a file that a person supplied.
    """
    if hop.truncated or not payload.length:
        return None
    same = Record.objects.filter(
        kind=Record.Kind.RESPONSE, payload_sha256=payload.sha256.hex(), payload_length=payload.length
    )
    # Most payloads are new, and whether there is one is asked in half the time of which one it is.
    if not same.exists():
        return None
    return same.filter(snapshot__truncated="", snapshot__supplied_as="").order_by("id").first()


def _note(recorded: Recorded, written: warc.Written, part: Part, held: Record | None = None) -> None:
    recorded.records.append(
        Record(
            kind=written.kind,
            part=part,
            url=written.url,
            record_id=written.record_id,
            at=written.at,
            offset=written.offset,
            length=written.length,
            status=written.status or None,
            content_type=written.content_type[:200],
            payload_sha256=written.payload.sha256.hex(),
            payload_length=written.payload.length,
            held_in=held,
        )
    )


def _facts(fetched: Fetched, purpose: str) -> dict[str, Any]:
    """How the page was got: the metadata record. docs/archive.md says what each member means."""
    return {"why": purpose, "hops": [_facts_of(hop) for hop in fetched.hops]}


def _facts_of(hop: Hop) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "url": hop.address.url,
        "ip": hop.peer.ip,
        "dns": list(hop.peer.answers),
        "seconds": hop.peer.seconds | hop.seconds,
    }
    if hop.peer.tls:
        # The fetcher goes no further with a certificate that is not valid.
        facts["tls"] = {
            "protocol": hop.peer.tls,
            "cipher": hop.peer.cipher,
            "valid": True,
            "chain": list(hop.peer.chain),
        }
    return facts
