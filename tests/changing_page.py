"""A page on a real server that says what a test wants it to say now, and a claim that quotes it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from claims import evidence, workflow
from claims.models import Claim
from sources import archive, capturing, watch
from sources.models import Capture, Source
from tests import factories as make
from tests.factories import QUOTE, Newsroom
from tests.sources.raw_server import RawServer, page, raw_server

MORE = (
    "Officials met in the capital for two days and left without a joint statement. Traders had expected it to go. "
    "Customs figures of the weeks before show fewer shipments than in any month since the spring, and companies that "
    "wait for a licence say that forms are returned for small errors. A spokesman said that applications are read in "
    "the order in which they come. Two of the seven metals are used in magnets, and prices in Europe doubled. "
)
#: The page as it was when it was cited.
AS_CITED = f"<h1>Licences stay</h1><p>The ministry {QUOTE} after the talks.</p><p>{MORE}</p>"
OTHER_WORDS = f"<h1>Licences stay</h1><p>The ministry {QUOTE} after the talks.</p><p>{MORE} It rained.</p>"
WITHOUT_QUOTE = f"<h1>Licences go</h1><p>The ministry dropped its rule.</p><p>{MORE}</p>"


@dataclass
class ChangingPage:
    """`answer` is what the server sends from now on."""

    server: RawServer
    answer: bytes = b""

    def says(self, body: str, status: str = "200 OK") -> None:
        self.answer = page(f"<!doctype html><html lang=en><title>Licences</title>{body}</html>", status=status)

    @property
    def url(self) -> str:
        return self.server.url("/licences")


@contextmanager
def changing_page(settings: Any) -> Iterator[ChangingPage]:
    shown: list[ChangingPage] = []

    def talk(connection: socket.socket, request: bytes) -> None:
        connection.sendall(shown[0].answer)

    with raw_server(talk) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
        settings.CAPTURE_RETRY_HOURS = 0
        shown.append(ChangingPage(server))
        shown[0].says(AS_CITED)
        yield shown[0]


def cited(room: Newsroom, url: str, quote: str = QUOTE, **said: Any) -> Claim:
    """A claim in research that quotes the page, which is really fetched."""
    claim = make.researching(room, **said)
    source = evidence.cite_source(claim, url, by=room.researcher).source
    if not source.snapshots.exists():
        captured(source)
    if quote:
        evidence.pin_quote(claim, source.snapshots.latest("pk"), quote, by=room.researcher, stance="supports")
    return claim


def published(room: Newsroom, url: str, quote: str = QUOTE, **said: Any) -> Claim:
    claim = cited(room, url, quote, **said)
    if not quote:
        make.pinned(room, claim)
    workflow.send_to_review(claim, by=room.researcher)
    make.seal(claim, room.alice)
    make.seal(claim, room.bob)
    return workflow.publish(claim, by=room.editor, summary="The rule stayed in force.")


def captured(source: Source) -> Capture:
    """What the worker does with the capture that waits, or with a new one."""
    capture = archive.request_capture(source, by=None)
    assert capturing.run(capture.pk)
    watch.observe(capture.pk)
    capture.refresh_from_db()
    assert capture.compared_at is not None
    return capture
