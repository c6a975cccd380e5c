"""The key under which web archives look an address up (SURT), spelt as pywb spells it. Plain Python, no Django.

The host comes first and backwards, so that a site's pages stand together: http://www.example.org/A is org,example)/a.
Whoever asks for a page folds the address in the same way, so one letter that differs here is a page that is not found;
therefore tests compare with pywb itself. The octets of an IPv4 address are turned round like any other host's.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, unquote_to_bytes

DEFAULT_PORTS = {b"http": b"80", b"https": b"443"}
#: What stays as it is when an address is escaped anew; "%" and "#" do not.
_AS_IT_IS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "%#")

_SPLIT = re.compile(rb"([a-z][a-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?", re.IGNORECASE | re.DOTALL)
_NUMBERED_WWW = re.compile(rb"^www\d*\.")
_SESSION_IN_PATH = [
    re.compile(rb"(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx.*)", re.IGNORECASE),
    re.compile(rb"(.*/)(?:\([0-9a-z]{24}\)/)([^?]+\.aspx.*)", re.IGNORECASE),
]
_SESSION_IN_QUERY = [
    re.compile(rb"(.*)" + name + rb"(?:&(.*))?", re.IGNORECASE)
    for name in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
]


def key(url: str) -> str:
    """The key of an absolute address, or of a urn. ValueError for what is neither."""
    parts = _SPLIT.match(url.strip().encode())
    if parts is None:
        raise ValueError(f"{url!r} is no address")
    scheme, authority, path, query = parts.group(1).lower(), parts.group(2), parts.group(3), parts.group(4)
    if authority is None:
        start = scheme + b":"
        path = _escaped(path)
    else:
        start = _host(scheme, authority) + b")"
        path = _escaped(b"/" + b"/".join(_steps(_unescaped(path))))
    return (start + _folded_path(path) + _folded_query(query or b"")).decode("ascii")


def _host(scheme: bytes, authority: bytes) -> bytes:
    """Backwards, with the port where it is not the usual one. Of an IPv6 address the brackets go."""
    host, port = _apart(authority.rpartition(b"@")[2])
    host = _NUMBERED_WWW.sub(b"", _ascii(_unescaped(host)).lower(), count=1)
    turned = b",".join(reversed(_escaped(host).split(b".")))
    return turned + (b":" + port if port not in (b"", DEFAULT_PORTS.get(scheme)) else b"")


def _apart(place: bytes) -> tuple[bytes, bytes]:
    if place.startswith(b"["):
        host, _, rest = place[1:].partition(b"]")
        return host, rest.lstrip(b":")
    host, _, port = place.partition(b":")
    return host, port


def _ascii(host: bytes) -> bytes:
    host = host.replace(b"..", b".").strip(b".")
    return host if host.isascii() else host.decode("utf-8", "ignore").encode("idna")


def _steps(path: bytes) -> Iterator[bytes]:
    """The path without "." and "..", and without empty steps but the last."""
    kept: list[bytes] = []
    for step in path.split(b"/")[1:]:
        if step == b".." and kept:
            kept.pop()
        elif step != b".":
            kept.append(step)
    yield from (step for step in kept[:-1] if step)
    yield from kept[-1:]


def _folded_path(path: bytes) -> bytes:
    path = path.lower()
    for session in _SESSION_IN_PATH:
        if found := session.fullmatch(path):
            path = found.group(1) + found.group(2)
    return path[:-1] if path.endswith(b"/") and len(path) > 1 else path


def _folded_query(query: bytes) -> bytes:
    """In the order of the alphabet, so that it does not matter how a site orders it."""
    query = _escaped(query)
    for session in _SESSION_IN_QUERY:
        if found := session.fullmatch(query):
            query = found.group(1) + (found.group(2) or b"")
    named = sorted(tuple(pair.split(b"=", 1)) for pair in query.lower().split(b"&"))
    return b"?" + b"&".join(b"=".join(pair) for pair in named) if query else b""


def _escaped(part: bytes) -> bytes:
    """Escaped once, however often it was before."""
    return quote_from_bytes(_unescaped(part), safe=_AS_IT_IS).encode("ascii")


def _unescaped(part: bytes) -> bytes:
    while (less := unquote_to_bytes(part)) != part:
        part = less
    return part
