"""One reading of an address, or a sentence that says how to write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.canonical import BadAddress, endpoint, follow, parse


@pytest.mark.parametrize(
    ("given_", "canonical"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("  HTTP://example.org/a#part  ", "http://example.org/a"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://example.org:/", "http://example.org/"),
        ("http://example.org./", "http://example.org/"),
        ("http://a_b.example.org/", "http://a_b.example.org/"),
        ("http://example.org/a/../b/./c/%2e%2E/d", "http://example.org/b/d"),
        ("http://example.org/../../etc", "http://example.org/etc"),
        ("http://example.org/a/..", "http://example.org/"),
        ("http://example.org/%7euser/%c3%bc%2f", "http://example.org/~user/%C3%BC%2F"),
        ("http://example.org/ü?q=ü'\\", "http://example.org/%C3%BC?q=%C3%BC%27%5C"),
        ("http://example.org/100%", "http://example.org/100%"),
        ("http://example.org?a=b", "http://example.org/?a=b"),
        ("http://münchen.de/", "http://xn--mnchen-3ya.de/"),
        ("http://faß.de/", "http://xn--fa-hia.de/"),
        ("http://日本。jp/", "http://xn--wgv71a.jp/"),
        ("http://한국.kr/뉴스", "http://xn--3e0b707e.kr/%EB%89%B4%EC%8A%A4"),
        ("http://１９２.0.2.1/", "http://192.0.2.1/"),
        ("http://[2001:DB8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
    ],
)
def test_gives_one_form(given_: str, canonical: str) -> None:
    assert parse(given_).url == canonical


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ("", "Give the address of the page"),
        ("the Geneva deal", "has a space"),
        ("Geneva", "This is not a web address. Write it in full, such as https://example.org/page."),
        ("www.example.org/page", "Write it in full"),
        ("localhost:8000/page", "Write it in full"),
        ("ftp://example.org/a", "Addresses that begin with ftp: cannot be archived."),
        ("file:///etc/passwd", "A file on your computer cannot be cited"),
        ("javascript:alert(1)", "This is a script, not an address."),
        ("JavaScript:alert(1)", "This is a script, not an address."),
        ("data:text/html,x", "holds the content itself"),
        ("mailto:desk@example.org", "an e-mail address"),
        ("gopher://example.org/", "Addresses that begin with gopher: cannot be archived."),
        ("http:/example.org/", "two slashes"),
        ("http:example.org", "two slashes"),
        ("http:///example.org/", "two slashes"),
        ("http:\\\\example.org\\", "two slashes"),
        ("http://", "is not a host name"),
        ("http://user@example.org/", "user name in front"),
        ("http://example.org:80@127.0.0.1/", "user name in front"),
        ("http://example.org\\@127.0.0.1/", "user name in front"),
        ("http://example.org\\.evil.example/", "is not a host name"),
        ("http://example.org/a\\b", "backslash"),
        ("http://example.org:0/", "“0” is not a port"),
        ("http://example.org:65536/", "“65536” is not a port"),
        ("http://example.org:８０/", "is not a port"),
        ("http://example.org:80:80/", "is not a host name"),
        ("http://exa mple.org/", "space or a line break"),
        ("http://example.org/a\nb", "space or a line break"),
        ("http://example.org/\t", None),
        ("http://exa%6dple.org/", "is not a host name"),
        ("http://a..b/", "is not a host name"),
        ("http://-a.example/", "is not a host name"),
        ("http://" + "a" * 64 + ".example/", "is not a host name"),
        ("http://" + "a." * 127 + "example/", "is not a host name"),
        ("http://xn--a/", "is not a host name"),
        ("http://💩.example/", "is not a host name"),
        ("http://2130706433/", "four plain numbers"),
        ("http://127.1/", "four plain numbers"),
        ("http://0x7f.0.0.1/", "four plain numbers"),
        ("http://0177.0.0.1/", "four plain numbers"),
        ("http://127.0.0.1.0x1/", "four plain numbers"),
        ("http://256.0.0.1/", "four plain numbers"),
        ("http://[::1", "is not an IPv6 address"),
        ("http://[fe80::1%25eth0]/", "is not an IPv6 address"),
        ("http://[::ffff:127.0.0.1.2]/", "is not an IPv6 address"),
        ("http://example.org/" + "a" * 2000, "longer than 2,000 characters"),
        ("http://example.org/\ud800", "space or a line break"),
    ],
)
def test_refuses_with_a_sentence(given_: str, says: str | None) -> None:
    if says is None:
        assert parse(given_).url == given_.strip()
        return
    with pytest.raises(BadAddress) as caught:
        parse(given_)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/b", "https://example.org/b"),
        ("b", "https://example.org/a/b"),
        ("../b?c", "https://example.org/b?c"),
        ("?c", "https://example.org/a/?c"),
        ("#part", "https://example.org/a/"),
        ("", "https://example.org/a/"),
        ("//other.example/", "https://other.example/"),
        ("http://other.example/x y", "http://other.example/x%20y"),
        ("\x01/\t/other.example/", "https://other.example/"),
        ("ht\ntp://other.example/ ", "http://other.example/"),
    ],
)
def test_follows_a_redirect(location: str, leads_to: str) -> None:
    assert follow(parse("https://example.org/a/"), location).url == leads_to


@pytest.mark.parametrize(
    "location",
    [
        "http:\\\\evil.example", "/\\evil.example", "//user@evil.example", "//", "ht\ttp:///evil.example", "/\t/[::1",
        "\x01//[",
    ],
)  # fmt: skip
def test_follows_no_ambiguous_redirect(location: str) -> None:
    with pytest.raises(BadAddress):
        follow(parse("https://example.org/a/"), location)


def is_address(text: str) -> bool:
    """Whether the text after http:// is one; a refusal must be a sentence."""
    try:
        parse(f"http://{text}")
    except BadAddress as error:
        return not str(error).endswith((".", "…"))
    return True


@given(st.text())
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    if is_address(text):
        address = parse(f"http://{text}")
        assert parse(address.url) == address
        assert address.url.isascii()


@pytest.mark.parametrize(
    ("text", "form"),
    [("127.0.0.1:8000", "127.0.0.1:8000"), (" Press.Example:80 ", "press.example:80"), ("[::1]:80", "[::1]:80")],
)
def test_reads_an_entry_of_the_allow_list(text: str, form: str) -> None:
    assert endpoint(text) == form


@pytest.mark.parametrize("text", ["", "127.0.0.1", "127.0.0.1:80/x", "a@b:80", "10.0.0.0/8", "*:80", "http://a:80"])
def test_refuses_an_entry_that_names_more_than_one_host_and_port(text: str) -> None:
    with pytest.raises(BadAddress):
        endpoint(text)
