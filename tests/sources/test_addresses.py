"""The table of addresses: edges of each block, and what the standard library lets through."""

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

import pytest

from sources.addresses import IPV4_REFUSED, IPV6_REFUSED, why_refused


@pytest.mark.parametrize("block", [*IPV4_REFUSED, *IPV6_REFUSED], ids=str)
def test_refuses_the_first_and_last_address_of_each_block(block: IPv4Network | IPv6Network) -> None:
    assert why_refused(block[0])
    assert why_refused(block[-1])


@pytest.mark.parametrize(
    "text",
    [
        "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "93.184.216.34",
        "2000::1", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700::1111", "3ffd:ffff::1",
    ],
)  # fmt: skip
def test_passes_public_addresses_next_to_the_blocks(text: str) -> None:
    assert why_refused(ip_address(text)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "0.0.0.0", "169.254.169.254", "192.0.0.192", "100.100.100.200", "168.63.129.16", "224.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:93.184.216.34", "::93.184.216.34", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "5f00::1", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1", "1fff:ffff::1",
    ],
)  # fmt: skip
def test_refuses_what_is_not_public(text: str) -> None:
    assert why_refused(ip_address(text))


def test_says_what_kind_of_address_it_is() -> None:
    assert why_refused(IPv4Address("10.1.2.3")) == "a private network"
