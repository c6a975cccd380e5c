"""The many ways to write one IP address, of which each is understood by some program."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

DIGITS = {
    "fullwidth": "０１２３４５６７８９",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "arabic-indic": "٠١٢٣٤٥٦٧٨٩",
    "devanagari": "०१२३४५६७८९",
    "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "parenthesized": "0⑴⑵⑶⑷⑸⑹⑺⑻⑼",
    "with stop": "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐",
}
DOTS = ("。", "．", "｡", "․", "·", "‧", "٠", "%2e", "%E3%80%82", "%252e", "..", ".%00.", ",", ":", "_")
#: What many programs drop, or do not see.
UNSEEN = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u034f", "\u200f", "\u202e", "\ufe0f", "\u180e")
SPACES = ("\t", "\n", "\r", "\r\n", "\0", "\x0b", "\x1f", " ", "\u00a0", "\u3000", "\u2028", "\x7f", "\x85")


def of_v4(text: str) -> Iterator[str]:
    """Hosts that mean the IPv4 address to somebody; the first is the plain one."""
    yield text
    yield from _numbers(text)
    yield from _dressed(text)
    for digits in DIGITS.values():
        yield text.translate({ord("0") + n: digit for n, digit in enumerate(digits)})
    for dot in DOTS:
        yield text.replace(".", dot)
    for unseen in (*UNSEEN, *SPACES):
        yield text[0] + unseen + text[1:]
    for space in SPACES:
        yield text + space
        yield space + text


def _numbers(text: str) -> Iterator[str]:
    whole = int(IPv4Address(text))
    a, b, c, d = IPv4Address(text).packed
    yield from (
        str(whole),
        hex(whole),
        f"0X{whole:X}",
        f"0{whole:o}",
        f"0o{whole:o}",
        f"0b{whole:b}",
        f"0x{whole:012x}",
    )
    yield from (str(whole + 2**32), hex(whole + 2**32), hex(whole + 2**64), f"0{whole + 2**32:o}", f"-{2**32 - whole}")
    yield from (f"{a}.{whole % 2**24}", f"{a}.{b}.{whole % 2**16}", f"{a}.{hex(whole % 2**24)}", f"0x{a:x}.{b}.{c}")
    yield from (".".join(hex(n) for n in (a, b, c, d)), ".".join(f"0{n:o}" for n in (a, b, c, d)))
    yield from (f"{a}.0x{b:x}.0{c:o}.{d}", f"{hex(a)}.{b}.{c}.{d}", f"0{a:o}.{b}.{c}.{d}", f"{a}.{b}.{c}.0{d:o}")
    yield from (".".join(f"{n:03}" for n in (a, b, c, d)), ".".join(f"{n:08o}" for n in (a, b, c, d)))
    yield from (".".join(str(n + 256) for n in (a, b, c, d)), f"{a}.{b}.{c}.{d + 256}", f"{a + 2**32}.{b}.{c}.{d}")
    yield from (
        f"{a}.{b}.{c}",
        f"{a}.{b}.{c}.{d}.0",
        f"{a}.{b}.{c}.{d}e0",
        f"{whole}.0",
        f"{float(whole):e}",
        f"0x.{b}.{c}.{d}",
    )


def _dressed(text: str) -> Iterator[str]:
    a, b, c, d = text.split(".")
    yield from (f"{text}.", f"{text}..", f".{text}", f"{text}%2e", f"[{text}]", f"{{{text}}}", f"({text})", f"<{text}>")
    yield from (
        f"+{text}",
        f"-{text}",
        f"{a}_.{b}.{c}.{d}",
        f"{a}.{b}.{c}.{d}_",
        f"{text}%00",
        f"{text}%0a",
        f"%20{text}",
    )
    yield from ("".join(f"%{ord(one):02x}" for one in text), "".join(f"%25{ord(one):02x}" for one in text))
    yield from (
        f"{text}.nip.example",
        f"{a}-{b}-{c}-{d}.nip.example",
        f"www.{text}.sslip.example",
        f"xn--{text}-",
        f"{text}\\",
    )
    yield from (
        f"{text}%3a80",
        f"{text}%40public.example",
        f"{text};",
        f"{text},public.example",
        f"{text}'",
        f'{text}"',
    )


def of_v6(text: str) -> Iterator[str]:
    """Hosts, with brackets or wrongly without, that mean the IPv6 address to somebody."""
    ip = IPv6Address(text)
    tail = ".".join(map(str, ip.packed[12:]))
    full = ip.exploded
    yield from (
        f"[{ip.compressed}]",
        f"[{full}]",
        f"[{full.upper()}]",
        f"[{full.rpartition(':')[0].rpartition(':')[0]}:{tail}]",
    )
    yield from (
        f"[{ip}%25lo]",
        f"[{ip}%lo]",
        f"[{ip}%1]",
        f"[{ip}%251]",
        f"[{ip}%]",
        f"[{ip}%25]",
        f"[{ip}].",
        f"[{ip}]x",
    )
    yield from (
        str(ip),
        f"[{ip}",
        f"{ip}]",
        f"[[{ip}]]",
        f"[{ip}]]",
        f"[v6.{ip}]",
        f"[{ip}/128]",
        f"[{ip} ]",
        f"[ {ip}]",
    )
    yield from (f"[{ip}].public.example", f"[{ip}]@public.example", f"[{ip}\t]", f"%5B{ip}%5D", f"［{ip}］")
    yield from (f"[{ip}]".replace(":", "："), f"[{ip}]".replace(":", "%3a"), f"[{ip}0000]", f"[0{ip}]", f"[{ip}.]")


def embedding(text: str) -> Iterator[str]:
    """IPv6 addresses that carry the IPv4 address, and lead to it where such a way exists."""
    a, b, c, d = IPv4Address(text).packed
    high, low = f"{a:x}{b:02x}", f"{c:x}{d:02x}"
    inverted_high, inverted_low = f"{a ^ 255:x}{b ^ 255:02x}", f"{c ^ 255:x}{d ^ 255:02x}"
    yield from (f"::ffff:{high}:{low}", f"::{high}:{low}", f"::ffff:0:{high}:{low}", f"64:ff9b::{high}:{low}")
    yield from (
        f"64:ff9b:1::{high}:{low}",
        f"64:ff9b:1:ffff::{high}:{low}",
        f"2002:{high}:{low}::",
        f"2002:{high}:{low}::1",
    )
    yield from (f"2001:0:{high}:{low}::1", f"2001::{inverted_high}:{inverted_low}", f"fe80::5efe:{high}:{low}")
    yield from (f"fe80::200:5efe:{high}:{low}", f"fec0::5efe:{high}:{low}", f"fd00::5efe:{high}:{low}")
    yield from (f"2001:db8::{high}:{low}", f"100::{high}:{low}", f"5f00::{high}:{low}", f"::1:{high}:{low}")
