"""Thousands of hostile addresses against the fetcher, in a network where each would answer."""

from typing import Any

import pytest

from tests.sources.bed import namespace
from tests.sources.bed.cases import PUBLIC_V6
from tests.sources.bed.named import HARMLESS, MANY, RULES
from tests.sources.bed.names import PUBLIC
from tests.sources.bed.public import BLOCKS, BY_DECISION, is_public

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(namespace.why_not()), reason=namespace.why_not() or "it can be made"),
]
PORTS = (80, 443, 8080, 8443)
HOSTILE = ("direct", "redirected", "named", "rebound", "refreshed", "robots", "requisites")
Attempt = dict[str, Any]


@pytest.fixture(scope="module")
def told() -> dict[str, list[Attempt]]:
    report = namespace.inside("tests.sources.bed.fetching")
    assert report["missed"] == 0
    parts: dict[str, list[Attempt]] = report["told"]
    return parts


def all_of(told: dict[str, list[Attempt]], *parts: str) -> list[Attempt]:
    return [attempt for part in parts or HOSTILE for attempt in told[part]]


def wrong(contact: list[Any]) -> bool:
    way, ip, port = contact
    return way != "tcp" or port not in PORTS or not is_public(ip)


class TestTheBed:
    def test_lets_through_what_is_public(self, told: dict[str, list[Attempt]]) -> None:
        reached = [contact for attempt in told["controls"] for contact in attempt["contacts"]]
        ips = [PUBLIC, PUBLIC_V6, PUBLIC, reached[6][1], "1.1.1.1", "223.255.255.255", "2a00:1450::1"]
        assert reached == [["tcp", ip, port] for ip in ips for port in (80, 8080)]
        assert reached[6][1] in (PUBLIC, PUBLIC_V6)
        assert {len(attempt["hops"]) for attempt in told["controls"]} == {1}

    def test_notices_whom_a_naive_program_contacts(self, told: dict[str, list[Attempt]]) -> None:
        for kind in ("led", "plain"):
            leaked = {c[1] for attempt in told["naive"] if attempt["kind"] == kind for c in attempt["contacts"]}
            assert {"127.0.0.1", "10.0.0.1", "169.254.169.254", "100.100.100.200"} - leaked == set()
        leaks = {tuple(contact) for attempt in told["naive"] for contact in attempt["contacts"] if wrong(contact)}
        assert {ip for _, ip, _ in leaks} >= {"::1", "fd00:ec2::254", "64:ff9b::7f00:1", "192.0.0.192", BY_DECISION}
        assert {port for _, _, port in leaks} >= {22, 6379, 65535}

    def test_has_thousands_of_addresses(self, told: dict[str, list[Attempt]]) -> None:
        assert len({attempt["text"] for attempt in told["direct"]}) > 9000
        assert len({attempt["text"] for attempt in told["redirected"]}) > 2000

    def test_has_a_table_without_gaps(self) -> None:
        assert [is_public(ip) for ip in ("192.0.1.0", "128.0.0.0", "2000::", "3ffd::", "9.255.255.255")] == [True] * 5
        assert not any(is_public(edge) for edge in BLOCKS.split())


class TestNobodyContacts:
    def test_an_address_or_a_port_that_is_not_public(self, told: dict[str, list[Attempt]]) -> None:
        assert [(a["kind"], a["text"], c) for a in all_of(told) for c in a["contacts"] if wrong(c)] == []

    def test_anybody_before_an_address_is_refused(self, told: dict[str, list[Attempt]]) -> None:
        """What was spoken to, and gave no page, was the last of the way; only TLS fails after that."""
        for part, before in (("direct", []), ("redirected", [["tcp", PUBLIC, 80]])):
            refused = [a for a in told[part] if "reason" in a and a["reason"] not in ("tls", "malformed")]
            assert [a for a in refused if a["contacts"] != before] == []
            assert len(refused) > 1500

    def test_whom_a_page_leads_to_by_itself(self, told: dict[str, list[Attempt]]) -> None:
        assert [a["contacts"] for a in told["refreshed"]] == [[["tcp", PUBLIC, 80]]] * 8


class TestEachAttempt:
    def test_ends_with_a_sentence_or_a_page(self, told: dict[str, list[Attempt]]) -> None:
        attempts = all_of(told)
        assert [(a["text"], a["bug"]) for a in attempts if "bug" in a] == []
        refused = [a for a in attempts if "reason" in a]
        assert [a for a in refused if not a["sentence"].endswith((".", "…")) or "hops" in a] == []
        assert {a["reason"] for a in refused} == {
            "address", "malformed", "not_found", "port", "private", "redirect_address", "redirect_nowhere", "tls",
        }  # fmt: skip

    def test_is_recorded_as_what_was_contacted(self, told: dict[str, list[Attempt]]) -> None:
        pages = [a for a in all_of(told, "controls", "direct", "redirected", "named") if "hops" in a]
        assert len(pages) > 500
        for attempt in pages:
            hops = attempt["hops"]
            assert [["tcp", hop["peer"], hop["port"]] for hop in hops] == attempt["contacts"]
            assert [hop["authority"] for hop in hops] == attempt["hosts"]
            by_number = [hop for hop in hops if ":" in hop["host"] or hop["host"].replace(".", "").isdecimal()]
            assert [hop["host"] for hop in by_number] == [hop["peer"] for hop in by_number]

    def test_brings_along_only_what_is_public(self, told: dict[str, list[Attempt]]) -> None:
        pages = told["requisites"]
        assert len(pages) > 80
        assert [page["text"] for page in pages if not {"/a.css", "/a.png", "/there.png"} <= set(page["paths"])] == []

    def test_reads_rules_of_public_hosts_alone(self, told: dict[str, list[Attempt]]) -> None:
        """robots.txt is there to be read, so that an address which it leads to was followed as far as it may be."""
        led = [a for a in told["robots"] if ["tcp", PUBLIC, 80] in a["contacts"]]
        assert len(led) > 400


class TestNames:
    def test_with_one_answer_that_is_not_public_are_refused(self, told: dict[str, list[Attempt]]) -> None:
        fetched = {a["text"] for a in told["named"] if "hops" in a}
        assert fetched == HARMLESS - {"nothing.example"}
        refused = {a["text"]: a["reason"] for a in told["named"] if "reason" in a}
        assert refused == dict.fromkeys(RULES.keys() - fetched, "private") | {"nothing.example": "not_found"}

    def test_are_looked_up_once(self, told: dict[str, list[Attempt]]) -> None:
        """What is too long for one packet is asked for again by the system's resolver."""
        short = [name for name in RULES if not name.startswith("many")]
        lookups = {a["text"]: a["lookups"] for a in told["named"]}
        assert {name: lookups[name] for name in short} == dict.fromkeys(short, 1)

    def test_with_many_answers_come_whole(self, told: dict[str, list[Attempt]]) -> None:
        (many,) = [a for a in told["named"] if a["text"] == "many.public.example"]
        assert many["hops"][0]["peer"] in MANY

    def test_that_change_between_two_requests_are_refused_at_the_second(self, told: dict[str, list[Attempt]]) -> None:
        assert [(a["reason"], a["contacts"]) for a in told["rebound"]] == [("private", [["tcp", PUBLIC, 80]])] * len(
            [name for name in RULES if name.startswith("rebound-")]
        )
