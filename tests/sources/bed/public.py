"""What is public, written down once more from the IANA registries and not taken from the code that is tested.

https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry, …/ipv6-address-space and
…/multicast-addresses, read 2026-11. First and last address of each block that must never be contacted. Blocks that the
registry calls globally reachable are here as well where they lead to relays, name servers or another address.
"""

from ipaddress import ip_address

BLOCKS = """
0.0.0.0 0.255.255.255
10.0.0.0 10.255.255.255
100.64.0.0 100.127.255.255
127.0.0.0 127.255.255.255
169.254.0.0 169.254.255.255
172.16.0.0 172.31.255.255
192.0.0.0 192.0.0.255
192.0.2.0 192.0.2.255
192.31.196.0 192.31.196.255
192.52.193.0 192.52.193.255
192.88.99.0 192.88.99.255
192.168.0.0 192.168.255.255
192.175.48.0 192.175.48.255
198.18.0.0 198.19.255.255
198.51.100.0 198.51.100.255
203.0.113.0 203.0.113.255
224.0.0.0 255.255.255.255
168.63.129.16 168.63.129.16
:: 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
2001:: 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff
2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
2002:: 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff
2620:4f:8000:: 2620:4f:8000:ffff:ffff:ffff:ffff:ffff
3ffe:: 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff
3fff:: 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff
4000:: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
"""
# Public by the registry, and refused by decision: every Azure machine reaches its host's control service there.
BY_DECISION = "168.63.129.16"

EDGES = [edge for line in BLOCKS.split("\n") for edge in line.split()]
_RANGES = [
    (first.version, int(first), int(last))
    for first, last in (map(ip_address, line.split()) for line in BLOCKS.strip().split("\n"))
]


def is_public(text: str) -> bool:
    """Whether the fetcher may contact it."""
    ip = ip_address(text)
    return not any(version == ip.version and first <= int(ip) <= last for version, first, last in _RANGES)
