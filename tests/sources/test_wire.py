"""TLS: a page that could have been altered on its way is no evidence."""

from __future__ import annotations

import io
import ssl
from collections.abc import Iterator
from contextlib import closing
from ipaddress import ip_address

import pytest
import trustme
from warcio.archiveiterator import ArchiveIterator

from sources import wire
from sources.canonical import parse
from sources.fetcher import Fetched, Limits, fetch
from sources.reasons import FetchFailed
from sources.warc import WarcFile
from sources.wire import Policy
from tests.sources.raw_server import RawServer, page, raw_server, unwatched

AUTHORITY = trustme.CA()


def certificate(*names: str, by: trustme.CA = AUTHORITY) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    by.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture(autouse=True)
def trusted() -> Iterator[None]:
    """The authority is known to the fetcher for the time of a test, as an operator's own would be."""
    wire._context.cache_clear()
    AUTHORITY.configure_trust(wire._context())
    yield
    wire._context.cache_clear()


def get(server: RawServer, host: str = "127.0.0.1") -> Fetched:
    allowed = Policy(allow_private=frozenset({f"{host}:{server.port}"}), resolver=lambda name, port: ["127.0.0.1"])
    limits = Limits(connect_seconds=2, first_byte_seconds=2, total_seconds=5)
    return fetch(parse(f"https://{host}:{server.port}/"), allowed, limits, "factcheck-test", unwatched)


def test_keeps_the_certificates_that_the_server_sent() -> None:
    issued = AUTHORITY.issue_cert("inside.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    with raw_server(page("hello"), context) as server, closing(get(server, "inside.example")) as fetched:
        peer = fetched.page.peer
    sent = [ssl.PEM_cert_to_DER_cert(certificate.bytes().decode()) for certificate in issued.cert_chain_pems]
    assert [ssl.PEM_cert_to_DER_cert(certificate) for certificate in peer.chain] == sent
    assert list(peer.seconds) == ["lookup", "connect", "tls"]


def test_a_secure_page_is_kept_with_its_protocol_and_cipher() -> None:
    with (
        raw_server(page("hello"), certificate("inside.example")) as server,
        closing(get(server, "inside.example")) as fetched,
    ):
        peer = fetched.page.peer
        target = io.BytesIO()
        WarcFile(target, [], fetched.page.asked_at).exchange(fetched.page)
    assert (peer.ip, peer.tls) == ("127.0.0.1", "TLSv1.3")
    *_, response = ArchiveIterator(io.BytesIO(target.getvalue()), no_record_parse=True)
    headers = [pair for pair in response.rec_headers.headers if pair[0] in ("WARC-Protocol", "WARC-Cipher-Suite")]
    assert headers == [
        ("WARC-Protocol", "http/1.1"),
        ("WARC-Protocol", "tls/1.3"),
        ("WARC-Cipher-Suite", peer.cipher),
    ]


def test_an_address_in_numbers_may_have_a_certificate_too() -> None:
    with raw_server(page("hello"), certificate("127.0.0.1")) as server:
        get(server).close()


@pytest.mark.parametrize(
    ("context", "why"),
    [
        (certificate("inside.example", by=trustme.CA()), "unable to get local issuer certificate"),
        (certificate("other.example"), "Hostname mismatch"),
        (certificate("*.example.org"), "Hostname mismatch"),
    ],
    ids=["by nobody we know", "for another host", "for another domain"],
)
def test_a_certificate_that_does_not_hold_is_refused(context: ssl.SSLContext, why: str) -> None:
    with raw_server(page("hello"), context) as server, pytest.raises(FetchFailed) as caught:
        get(server, "inside.example")
    assert (caught.value.reason, server.requests) == ("certificate", [])
    assert why in caught.value.sentence


def test_an_outdated_protocol_is_refused() -> None:
    context = certificate("inside.example")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-SHA")
    with raw_server(page("hello"), context) as server, pytest.raises(FetchFailed) as caught:
        get(server, "inside.example")
    assert caught.value.reason == "tls"


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with raw_server(page("by a proxy")) as proxy, raw_server(page("hello")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        allowed = Policy(allow_private=frozenset({server.endpoint}))
        fetch(parse(server.url()), allowed, Limits(), "factcheck-test", unwatched).close()
        assert (len(server.requests), proxy.requests) == (1, [])


def test_another_peer_than_the_checked_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a transparent proxy on the way would have it: the connection ends somewhere else."""
    connect = wire._connected
    with raw_server(page("by another")) as other:
        elsewhere = ip_address("127.0.0.1")
        monkeypatch.setattr(wire, "_connected", lambda ip, port, seconds: connect(elsewhere, other.port, seconds))
        policy = Policy(resolver=lambda host, port: ["93.184.216.34"])
        with pytest.raises(FetchFailed) as caught:
            fetch(parse("http://example.org/"), policy, Limits(), "factcheck-test", unwatched)
        assert (caught.value.reason, other.requests) == ("wrong_peer", [])
