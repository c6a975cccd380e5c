"""One letter that differs from the key that a reader makes is a page that is not found: so pywb is asked."""

from __future__ import annotations

import random

import pytest

from sources import surt
from tests.pywb import Pywb

ADDRESSES = [
    "http://example.org",
    "http://www.example.org/A/b/",
    "https://www2.Example.org:443/x?b=2&a=1",
    "http://wwwx.example.org/",
    "http://127.0.0.1:8080/a",
    "http://10.0.0.1/",
    "http://[2001:db8::1]/x",
    "http://[2001:db8::1]:8080/x",
    "http://example.org/a/../b/./c//d/",
    "http://example.org/../../x",
    "http://example.org/%7Eme/%25C3%A9?q=%E4%B8%AD",
    "http://xn--fsq.cn/a",
    "http://例え.jp/x",
    "http://example.org/?jsessionid=0123456789abcdef0123456789abcdef&a=1",
    "http://example.org/?a=1&sid=0123456789abcdef0123456789abcdef",
    "http://example.org/?cfid=1&cftoken=2",
    "http://example.org/(S(4hqa0555fwsecu455xqckv45))/mileg.aspx",
    "http://example.org/(4hqa0555fwsecu455xqckv45)/mileg.aspx",
    "http://example.org/?a&b=&c",
    "http://example.org/?&&a",
    "http://example.org?x=1",
    "http://example.org/?",
    "http://example.org/a#b?c",
    "http://user:pw@example.org/x",
    "http://example.org./x",
    "http://example.org:/x",
    "urn:text:http://127.0.0.1:8080/Old?b=1&a=2",
    "urn:text:https://www.example.org/",
]
STARTS = ["http://example.org/", "https://www.a.b.co:8443/", "http://1.2.3.4/", "urn:text:http://h/"]
PIECES = [*"abAB01/./.%&=?;:@!$'()*+,-_~|^`{}[]<>\"\\", "%20", "%2F", "%25", "/../", "//", "&a=", "ü", "www."]


def test_is_spelt_as_pywb_spells_it(pywb: Pywb) -> None:
    chance = random.Random(4)  # noqa: S311
    urls = ADDRESSES + [
        chance.choice(STARTS) + "".join(chance.choices(PIECES, k=chance.randrange(25))) for _ in range(3000)
    ]
    assert [surt.key(url) for url in urls] == pywb.keys(urls)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/A?b=2&a=1", "org,example)/a?a=1&b=2"),
        ("http://192.0.2.7:8080/", "7,2,0,192:8080)/"),
        ("urn:text:http://Example.org/A", "urn:text:http://example.org/a"),
    ],
)
def test_begins_with_the_host_backwards(url: str, key: str) -> None:
    assert surt.key(url) == key


def test_of_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="no address"):
        surt.key("example.org/a")
