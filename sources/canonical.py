"""The one reading of a web address: what is stored is what is contacted.

Browsers mend sloppy addresses (tabs, backslashes, octal hosts); two programs that mend differently disagree about
which host is meant, and that is how a fetcher is led astray. So an address is either unambiguous or refused with a
sentence that says how to write it.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import urljoin, urlsplit

# PostgreSQL's unique index takes about 2,700 bytes; browsers and servers stop near 2,000 too.
MAX_LENGTH = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_PORT = re.compile(r"[0-9]{1,5}")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_LOOKS_LIKE_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NOT_IN_ADDRESS = re.compile("[\x00-\x20\x7f\u2028\u2029\ud800-\udfff]")
_TAB_OR_LINE_BREAK = re.compile(r"[\t\n\r]")
# What browsers drop at both ends: the URL standard's C0 controls, and the space.
_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_TRIPLET = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# All but these letters, which is a tenth of the work for re of naming the million others.
_PATH_ESCAPED = re.compile(r"[^!#-;=?-\[\]_a-z~]")
_QUERY_ESCAPED = re.compile(r"[^!#-&(-;=?-\[\]-_a-~]")

_OTHER_SCHEMES = {
    "ftp": "Addresses that begin with ftp: cannot be archived. Cite the page on the web, with https:// or http://.",
    "file": "A file on your computer cannot be cited by its address. Give the address at which readers find it.",
    "javascript": "This is a script, not an address. Copy the page's address from the address bar.",
    "data": "This holds the content itself, not its address. Give the address of the page on the web.",
    "mailto": "This is an e-mail address. Give the address of a page on the web.",
}


class BadAddress(ValueError):
    """`str(error)` is a sentence that says what is wrong with the address and how to write it."""


@dataclass(frozen=True)
class Address:
    """A checked http or https address. `host` is lower-case ASCII, IPv6 without brackets; `target` begins with /."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_ip(self) -> bool:
        return ":" in self.host or _looks_like_ipv4(self.host)

    @property
    def endpoint(self) -> str:
        """host:port, as an operator writes it in the list of allowed private hosts."""
        return f"{self._bracketed}:{self.port}"

    @property
    def authority(self) -> str:
        """What the Host header carries: the port only where it is not the scheme's own."""
        return self._bracketed if self.port == DEFAULT_PORTS[self.scheme] else self.endpoint

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        return self.url


def parse(text: str) -> Address:
    """The address in canonical form; the fragment is dropped. Raises BadAddress."""
    text = text.strip()
    if not text:
        raise BadAddress("Give the address of the page, beginning with https:// or http://.")
    if _NOT_IN_ADDRESS.search(text):
        raise BadAddress("The address has a space or a line break in it. Paste one address, without the text round it.")
    scheme, rest = _scheme(text)
    before, _, query = rest[2:].partition("#")[0].partition("?")
    authority, _, path = before.partition("/")
    host, port = _authority(authority, scheme)
    address = Address(scheme, host, port, _path(path) + _query(query))
    if len(address.url) > MAX_LENGTH:
        raise BadAddress(f"The address is longer than {MAX_LENGTH:,} characters. Cite a shorter address of the page.")
    return address


def follow(base: Address, location: str) -> Address:
    """Where a redirect from `base` leads. Raises BadAddress."""
    # Before anything is looked at: urljoin drops them too, and would then see a scheme or a host where we saw none.
    location = _TAB_OR_LINE_BREAK.sub("", location).strip(_CONTROLS_AND_SPACE).replace(" ", "%20")
    if location.startswith("//") or _SCHEME.match(location):
        return parse(f"{base.scheme}:{location}" if location.startswith("//") else location)
    return parse(urljoin(base.url, location or base.url))


def endpoint(text: str) -> str:
    """An entry of the operator's allow-list, `host:port`, in the form of Address.endpoint. Raises BadAddress."""
    parts = urlsplit(f"//{text.strip()}")
    if parts.path or parts.query or parts.fragment or not re.search(r":[0-9]+$", text.strip()):
        raise BadAddress(f"“{text}” is not host:port, such as 127.0.0.1:8000 or [::1]:8000.")
    return parse(f"http://{text.strip()}/").endpoint


def _scheme(text: str) -> tuple[str, str]:
    match = _SCHEME.match(text)
    scheme = match[1].lower() if match else ""
    if match and scheme in DEFAULT_PORTS:
        rest = text[match.end() :]
        if not rest.startswith("//") or rest.startswith("///"):
            raise BadAddress(f"Write the address with two slashes: {scheme}://…")
        return scheme, rest
    if scheme in _OTHER_SCHEMES:
        raise BadAddress(_OTHER_SCHEMES[scheme])
    if match and "." not in scheme and not _PORT.match(text[match.end() :]):
        raise BadAddress(f"Addresses that begin with {scheme}: cannot be archived. Give one with https:// or http://.")
    raise BadAddress("This is not a web address. Write it in full, such as https://example.org/page.")


def _authority(text: str, scheme: str) -> tuple[str, int]:
    if "@" in text:
        raise BadAddress("The address has a user name in front of the host. Give it without “name@”.")
    host, _, port = text.rpartition(":") if re.search(r":[^\]]*$", text) else (text, "", "")
    return _host(host), _port(port, scheme)


def _port(text: str, scheme: str) -> int:
    if not text:
        return DEFAULT_PORTS[scheme]
    if not _PORT.fullmatch(text) or not 0 < int(text) < 65536:
        raise BadAddress(f"“{text}” is not a port. A port is a number from 1 to 65535; most addresses need none.")
    return int(text)


def _host(text: str) -> str:
    if text.startswith("["):
        return _ipv6(text)
    name = (text if text.isascii() else _idna(text)).lower().removesuffix(".")
    labels = name.split(".")
    if _LOOKS_LIKE_NUMBER.fullmatch(labels[-1]):
        return _ipv4(name)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadAddress(f"“{text}” is not a host name. Copy the page's address from the address bar.")
    if any(label.startswith("xn--") for label in labels):
        _idna(name)
    return name


def _idna(name: str) -> str:
    """UTS 46 without transitional mappings, as browsers do; IDNA 2008 refuses what is not a registrable label."""
    import idna  # noqa: PLC0415 -- its tables are a tenth of what starting to fetch takes, and few names need them

    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadAddress(f"“{name}” is not a host name. Copy the page's address from the address bar.") from error


def _ipv4(name: str) -> str:
    """Only four plain numbers: 0x7f.1, 017700000001 and 2130706433 all mean 127.0.0.1 to some programs."""
    try:
        return str(IPv4Address(name))
    except AddressValueError as error:
        raise BadAddress(f"“{name}” is not an IP address of four plain numbers, such as 192.0.2.1.") from error


def _ipv6(text: str) -> str:
    try:
        if not text.endswith("]") or "%" in text:
            raise AddressValueError(text)
        return str(IPv6Address(text[1:-1]))
    except AddressValueError as error:
        raise BadAddress(f"“{text}” is not an IPv6 address such as [2001:db8::1].") from error


def _looks_like_ipv4(host: str) -> bool:
    return bool(_LOOKS_LIKE_NUMBER.fullmatch(host.rpartition(".")[2]))


def _path(text: str) -> str:
    if "\\" in text:
        raise BadAddress("The address has a backslash in it. Write it with forward slashes.")
    segments: list[str] = []
    parts = _normal(text, _PATH_ESCAPED).split("/")
    for part in parts:
        if part == "..":
            del segments[-1:]
        elif part != ".":
            segments.append(part)
    if parts[-1] in (".", ".."):
        segments.append("")
    return "/" + "/".join(segments)


def _query(text: str) -> str:
    return f"?{_normal(text, _QUERY_ESCAPED)}" if text else ""


def _normal(text: str, escaped: re.Pattern[str]) -> str:
    """One spelling for the same bytes: %7e and ~ are the same resource (RFC 3986, 6.2.2)."""
    text = escaped.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), text)
    return _TRIPLET.sub(lambda m: _decoded(int(m[1], 16)), text)


def _decoded(byte: int) -> str:
    return chr(byte) if chr(byte) in _UNRESERVED else f"%{byte:02X}"
