"""Whatever a cited address turns out to be, page and API say it in the same sentence, in its place."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from pytest_django import Settings

from claims.models import Claim
from sources import capturing
from sources.models import Capture
from tests import factories
from tests.api.conftest import Api
from tests.factories import Newsroom
from tests.pages.conftest import SignIn
from tests.sources.raw_server import Talk, page, raw_server

GIGABYTES = 3 * 1024**3
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PIECE = b"<p>and on</p>" * 1000


def chunked(connection: socket.socket, request: bytes) -> None:
    connection.sendall(HTML + b"Transfer-Encoding: chunked\r\n\r\n")
    for _ in range(GIGABYTES // len(PIECE)):
        connection.sendall(b"%x\r\n%s\r\n" % (len(PIECE), PIECE))
    connection.sendall(b"0\r\n\r\n")


def endless(connection: socket.socket, request: bytes) -> None:
    connection.sendall(HTML + b"\r\n")
    while True:
        connection.sendall(b"<p>and on</p>")
        time.sleep(0.05)


FAILS: dict[str, tuple[bytes | Talk, str]] = {
    "three gigabytes": (
        HTML + b"Content-Length: %d\r\n\r\n" % GIGABYTES,
        "The file is 3.2 GB; factcheck keeps at most 1 MB of one. Cite the page that describes it, or an excerpt.",
    ),
    "404": (
        page("gone", status="404 Not Found"),
        "The server answered 404 (page not found). Check the address, or cite an archived copy.",
    ),
    "500": (
        page("oops", status="500 Internal Server Error"),
        "The server answered 500: an error of its own. Try again later.",
    ),
    "silence": (
        lambda connection, request: time.sleep(3),
        "127.0.0.1 took the request and sent nothing for 1 seconds. Try again later.",
    ),
}
IS_KEPT: dict[str, tuple[bytes | Talk, str]] = {
    "three gigabytes in chunks": (chunked, "The page was longer than what is kept; what is archived ends early."),
    "a page that never ends": (
        endless,
        "The server sent the page too slowly; what is archived ends early. Another capture may get all of it.",
    ),
    "a PDF": (
        page(b"%PDF-1.7\n", "application/pdf"),
        "This PDF is damaged, and its text cannot be read. The file is archived as it came, but cannot be quoted.",
    ),
    "an image": (
        page(b"\x89PNG\r\n\x1a\n", "image/png"),
        "This is an image. It is archived and has no text that could be quoted.",
    ),
    "a page with no text": (
        page("<div id=app></div><script>draw()</script>"),
        "The page is empty without its scripts, which are to write it in the reader's browser.",
    ),
}


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    settings.FETCH_TOTAL_SECONDS, settings.FETCH_FIRST_BYTE_SECONDS, settings.FETCH_MAX_HTML_BYTES = 2, 1, 1_000_000
    # What is said while a page waits for another try: tests/sources/test_setbacks.py.
    settings.CAPTURE_RETRY_HOURS = 0


@contextmanager
def cited(
    room: Newsroom, signed_in: SignIn, settings: Settings, answer: bytes | Talk
) -> Iterator[tuple[Claim, Capture]]:
    """A claim whose researcher has cited, on the page, what answers like that; the worker has been there."""
    with raw_server(answer) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
        claim = factories.researching(room)
        signed_in(room.researcher).post(f"/claims/{claim.pk}/sources/", {"url": server.url()})
        capture = Capture.objects.get()
        capturing.run(capture.pk)
        capture.refresh_from_db()
        yield claim, capture


def shown(room: Newsroom, signed_in: SignIn, claim: Claim) -> str:
    return unescape(signed_in(room.researcher).get(f"/claims/{claim.pk}/").content.decode())


def told(room: Newsroom, claim: Claim) -> dict[str, object]:
    """The capture as the API tells it, at the claim."""
    (item,) = Api(room.researcher).get(f"claims/{claim.pk}/sources/").body["items"]
    capture: dict[str, object] = item["source"]["capture"]
    return capture


@pytest.mark.parametrize("case", FAILS)
def test_one_that_fails_says_why(room: Newsroom, signed_in: SignIn, settings: Settings, case: str) -> None:
    answer, sentence = FAILS[case]
    with cited(room, signed_in, settings, answer) as (claim, capture):
        assert (capture.state, capture.detail) == ("failed", sentence)
        assert f'<p class="wrong">{sentence}</p>' in shown(room, signed_in, claim)
        capture_told = told(room, claim)
    assert (capture_told["state"], capture_told["detail"], capture_told["snapshot"]) == ("failed", sentence, None)


def test_one_that_refuses_the_connection_says_so(room: Newsroom, signed_in: SignIn, settings: Settings) -> None:
    sentence = "127.0.0.1 refused the connection. Check the address, or try again later."
    with raw_server(b"") as gone:
        settings.FETCH_ALLOW_PRIVATE = [gone.endpoint]
    claim = factories.researching(room)
    signed_in(room.researcher).post(f"/claims/{claim.pk}/sources/", {"url": gone.url()})
    capturing.run(Capture.objects.get().pk)
    assert f'<p class="wrong">{sentence}</p>' in shown(room, signed_in, claim)
    assert (told(room, claim)["state"], told(room, claim)["detail"]) == ("failed", sentence)


@pytest.mark.parametrize("case", IS_KEPT)
def test_one_that_is_kept_says_what_there_is_to_know(
    room: Newsroom, signed_in: SignIn, settings: Settings, case: str
) -> None:
    answer, sentence = IS_KEPT[case]
    with cited(room, signed_in, settings, answer) as (claim, capture):
        assert (capture.state, capture.detail) == ("done", "")
        note = capture.snapshot.note
        assert f'<p class="hint">{note}</p>' in shown(room, signed_in, claim)
        snapshot = told(room, claim)["snapshot"]
    assert note.startswith(sentence)
    assert isinstance(snapshot, dict)
    assert snapshot["note"] == note


@pytest.mark.parametrize("case", ["a PDF", "an image", "a page with no text"])
def test_one_without_text_cannot_be_quoted_and_says_why(
    room: Newsroom, signed_in: SignIn, settings: Settings, case: str
) -> None:
    answer, sentence = IS_KEPT[case]
    with cited(room, signed_in, settings, answer) as (claim, capture):
        quote = {"quote": "the licences stay", "stance": "supports", "note": "It says so."}
        on_page = signed_in(room.researcher).post(f"/claims/{claim.pk}/evidence/{capture.snapshot.pk}/", quote)
        by_api = Api(room.researcher).post(f"claims/{claim.pk}/evidence/", snapshot=capture.snapshot.pk, **quote)
    assert (on_page.status_code, on_page.context["quote_form"].errors) == (422, {"quote": [sentence]})
    assert (by_api.status, by_api.errors) == (422, {"quote": sentence})
