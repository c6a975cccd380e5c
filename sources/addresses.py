"""Which IP addresses the fetcher may contact: the IANA special-purpose registries, written down.

The standard library's `is_global` is not the policy: on Python 3.11 it passes 192.0.0.192 (a cloud's metadata service),
64:ff9b::/96 (which reaches any IPv4 address behind a NAT64), 2002::/16 and multicast. Read 2026-11 from
https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IPAddress = IPv4Address | IPv6Address

# IPv4 is a deny-list: what is not special is public.
IPV4_REFUSED: dict[IPv4Network, str] = {
    IPv4Network(network): what
    for network, what in {
        "0.0.0.0/8": "this network",
        "10.0.0.0/8": "a private network",
        "100.64.0.0/10": "a provider's shared network",
        "127.0.0.0/8": "this machine itself",
        "169.254.0.0/16": "a link-local address, where clouds keep their metadata",
        "172.16.0.0/12": "a private network",
        "192.0.0.0/24": "reserved for protocols, where one cloud keeps its metadata",
        "192.0.2.0/24": "reserved for documentation",
        "192.31.196.0/24": "reserved for name service (AS112)",
        "192.52.193.0/24": "reserved for multicast tunnels",
        "192.88.99.0/24": "a 6to4 relay",
        "192.168.0.0/16": "a private network",
        "192.175.48.0/24": "reserved for name service (AS112)",
        "198.18.0.0/15": "reserved for benchmarks",
        "198.51.100.0/24": "reserved for documentation",
        "203.0.113.0/24": "reserved for documentation",
        "224.0.0.0/4": "a multicast address",
        "240.0.0.0/4": "reserved, or the broadcast address",
        # Not in the registry: looks public, yet every Azure machine reaches its host's control service there.
        "168.63.129.16/32": "a cloud's control service",
    }.items()
}

# IPv6 is an allow-list: IANA hands out global unicast from 2000::/3 only, and a few blocks of it are special.
IPV6_PUBLIC = IPv6Network("2000::/3")
IPV6_REFUSED: dict[IPv6Network, str] = {
    IPv6Network(network): what
    for network, what in {
        "2001::/23": "reserved for protocols (Teredo, ORCHID, benchmarks)",
        "2001:db8::/32": "reserved for documentation",
        "2002::/16": "a 6to4 address, which embeds an IPv4 address",
        "2620:4f:8000::/48": "reserved for name service (AS112)",
        "3ffe::/16": "the former test network 6bone",
        "3fff::/20": "reserved for documentation",
    }.items()
}


def why_refused(address: IPAddress) -> str:
    """What kind of address it is when it is not public, as words for a sentence; "" when it may be contacted."""
    if isinstance(address, IPv4Address):
        return next((what for network, what in IPV4_REFUSED.items() if address in network), "")
    if address not in IPV6_PUBLIC:
        return "not a public IPv6 address"
    return next((what for network, what in IPV6_REFUSED.items() if address in network), "")
