"""No parser touches the network: hostile pages name a server that listens and waits for somebody to call."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator

import pytest

from sources.charset import decode
from sources.extract import extract
from tests.sources import pdfs

#: What Python itself tells of, whoever calls; C libraries are caught by the server.
CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "http.client.connect")
_heard: list[str] | None = None


def _listen(event: str, _: object) -> None:
    if _heard is not None and event in CALLS:
        _heard.append(event)


sys.addaudithook(_listen)


@pytest.fixture
def calls() -> Iterator[list[str]]:
    global _heard  # noqa: PLW0603
    _heard = []
    yield _heard
    _heard = None


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Listens on loopback; what called has to be accepted, so nothing is missed by looking late."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


def called(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


BODY = "<article><h1>Licences stay</h1>" + "<p>The ministry kept its rule for rare earths, it said on Monday.</p>" * 9
ENTRY = {"@type": "NewsArticle", "headline": "URL", "image": "URL", "author": {"@id": "URL"}, "datePublished": "URL"}
PAGES = {
    "an address alone": "URL",
    "pictures and styles": f'<img src="URL"><img srcset="URL 2x"><link rel="stylesheet" href="URL">{BODY}',
    "a base and links": f'<base href="URL"><link rel="canonical" href="URL"><link rel="prefetch" href="URL">{BODY}',
    "meta": f'<meta property="og:image" content="URL"><meta name="date" content="URL">'
    f'<meta name="author" content="URL"><meta http-equiv="refresh" content="0; url=URL">{BODY}',
    "json-ld": f'<script type="application/ld+json">{json.dumps(ENTRY)}</script>{BODY}',
    "json-ld context": f'<script type="application/ld+json">{{"@context": "URL", "@type": "WebPage"}}</script>{BODY}',
    "a document type": f'<!DOCTYPE html SYSTEM "URL">{BODY}',
    "an entity": f'<!DOCTYPE html [<!ENTITY x SYSTEM "URL"><!ENTITY % y SYSTEM "URL"> %y;]><html>&x;{BODY}</html>',
    "xinclude": f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="URL"/>{BODY}</html>',
    "a style sheet of xml": f'<?xml version="1.0"?><?xml-stylesheet href="URL"?><html>{BODY}</html>',
    "frames and objects": f'<iframe src="URL"></iframe><object data="URL"></object><embed src="URL">{BODY}',
    "svg": f'<svg><use href="URL"/><image href="URL"/><style>@import "URL";</style></svg>{BODY}',
    "scripts and forms": f'<script src="URL"></script><form action="URL"><input type="image" src="URL"></form>{BODY}',
    "next pages": f'<a rel="next" href="URL">Next</a><a class="nextpage" href="URL">2</a>{BODY}',
    "a picture as text": f"<article><p>URL</p><p>URL</p></article>{BODY}",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("content_type", ["text/html", "application/xhtml+xml", "text/plain", "application/json", ""])
def test_no_page_makes_a_parser_call(page: str, content_type: str, server: socket.socket, calls: list[str]) -> None:
    url = f"http://127.0.0.1:{server.getsockname()[1]}/x.html"
    data = page.replace("URL", url).encode()
    read = extract(data, content_type)
    assert read.text
    assert decode(data, content_type) == data.decode()
    assert (calls, called(server)) == ([], False)


def test_no_pdf_makes_the_reader_call(server: socket.socket, calls: list[str]) -> None:
    url = b"http://127.0.0.1:%d/x" % server.getsockname()[1]
    action = b"<< /S /URI /URI (%s) >>" % url
    files = b"<< /Type /Filespec /FS /URL /F (%s) >>" % url
    outside = pdfs.stream(b"", b"/F %s" % files)
    document = pdfs.with_contents(
        pdfs.stream(pdfs.shown("The rule stays.")),
        outside,
        more=(b"<< /Type /Action /S /SubmitForm /F %s >>" % files,),
    ).replace(b"/Type /Catalog", b"/OpenAction %s /AA << /WC %s >> /Type /Catalog" % (action, action), 1)
    assert extract(document, "application/pdf").text == "The rule stays."
    assert (calls, called(server)) == ([], False)


def test_a_call_would_be_heard(server: socket.socket, calls: list[str]) -> None:
    with socket.create_connection(server.getsockname()):
        assert "socket.connect" in calls
        assert called(server)
