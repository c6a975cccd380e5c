"""Hostile addresses against a real Chromium behind the gate, in a network where each would answer."""

from typing import Any

import pytest

from sources.canonical import DEFAULT_PORTS, BadAddress, follow, parse
from tests.browser import HOW_TO_GET_IT, find_chromium
from tests.sources import ways_out
from tests.sources.bed import namespace
from tests.sources.bed.names import PUBLIC
from tests.sources.bed.public import is_public

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(namespace.why_not()), reason=namespace.why_not() or "it can be made"),
]
PORTS = (80, 443, 8080, 8443)
BASE = f"http://{PUBLIC}/page"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    program = find_chromium()
    if program is None:
        pytest.skip(HOW_TO_GET_IT)
    report: dict[str, Any] = namespace.inside("tests.sources.bed.browsing", program)
    assert [report[part]["missed"] for part in ("control", "comparison")] == [0, 0]
    assert report["missed"] == 0
    return report


def read(text: str, *, led: bool) -> list[str] | None:
    """Scheme, host and port as the fetcher reads them; None when it refuses."""
    try:
        address = follow(parse(BASE), text) if led else parse(text)
    except BadAddress:
        return None
    host = f"[{address.host}]" if ":" in address.host else address.host
    return [f"{address.scheme}:", host, "" if address.port == DEFAULT_PORTS[address.scheme] else str(address.port)]


class TestTheBed:
    def test_is_reached_by_every_way_when_the_address_is_public(self, told: dict[str, Any]) -> None:
        came = {path.strip("/") for path in told["control"]["paths"]}
        assert {*ways_out.MARKUP, *ways_out.SCRIPT} - came == set()
        assert told["control"]["contacts"] == [["tcp", PUBLIC, 80]]

    def test_notices_a_browser_that_finds_another_way_out(self, told: dict[str, Any]) -> None:
        assert ["udp", "10.0.0.1", 3478] in told["comparison"]["contacts"]
        assert ["udp", "fd00:ec2::254", 3478] in told["comparison"]["contacts"]


class TestNobodyContacts:
    def test_an_address_or_a_port_that_is_not_public(self, told: dict[str, Any]) -> None:
        assert [(page["whole"], page["why_not"]) for page in told["pages"]] == [(True, "")] * len(told["pages"])
        assert len(told["pages"]) > 1
        assert {reason for page in told["pages"] for reason in page["refused"]} >= {"address", "port", "private"}
        contacts = told["contacts"]
        assert [[w, ip, p] for w, ip, p in contacts if w != "tcp" or p not in PORTS or not is_public(ip)] == []
        assert ["tcp", PUBLIC, 80] in contacts

    def test_the_name_service_but_the_gate(self, told: dict[str, Any]) -> None:
        assert told["asked_by_others"] == []

    def test_anybody_for_the_browser_itself(self, told: dict[str, Any]) -> None:
        assert told["let_through"] == []


def test_the_browser_reads_the_host_that_we_read(told: dict[str, Any]) -> None:
    """Both as a person gives the address and as a page leads to it. What either refuses is nobody's host; a dot at the
    end of a name says that it is whole, which every name of ours is."""
    compared, differ = 0, []
    for text, readings in told["understood"]:
        for led, theirs in zip((False, True), readings, strict=True):
            ours = read(text, led=led)
            if ours and theirs:
                compared += 1
                differ += [] if ours == [theirs[0], theirs[1].removesuffix("."), theirs[2]] else [(text, ours, theirs)]
    assert differ == []
    assert compared > 5000
