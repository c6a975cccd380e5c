"""Bytes of a page to characters, as browsers do it (WHATWG Encoding): mark, header, meta, guess."""

import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A browser looks for the declaration in the first 1,024 bytes; real pages have it somewhat later.
META_BYTES = 4096
# What pages mean by the older names: each a superset that decodes the named one too.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
# The encodings that browsers know, by Python's names. Python knows more, and some of those are no charset (rot13, hex),
# refuse to go on after a wrong byte (idna, punycode), or make characters that cannot be stored (raw_unicode_escape).
KNOWN = frozenset(
    ["utf-8", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp866", "cp874"]
    + [f"cp{number}" for number in range(1250, 1259)]
    + [f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
    + ["gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"]
)

_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def decode(data: bytes, content_type: str) -> str:
    """The characters of a page; what cannot be read becomes U+FFFD."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    name = _known(_IN_HEADER.search(content_type)) or _declared(data)
    return data.decode(name, "replace") if name else _guess(data)


def _declared(data: bytes) -> str:
    name = _known(_IN_META.search(data[:META_BYTES]))
    # A declaration that could be read as bytes cannot be in UTF-16, whatever it says.
    return "utf-8" if name.startswith("utf-16") else name


def _known(match: re.Match[str] | re.Match[bytes] | None) -> str:
    if match is None:
        return ""
    label = match[1].decode("ascii", "replace") if isinstance(match[1], bytes) else match[1]
    label = {"ks_c_5601-1987": "euc_kr", "x-sjis": "shift_jis", "x-gbk": "gbk", "utf8": "utf-8"}.get(
        label.lower(), label
    )
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    name = MEANT.get(codec.name, codec.name)
    return name if name in KNOWN else ""


def _guess(data: bytes) -> str:
    """UTF-8 if it can be, for other encodings hardly ever look like it; else the web's oldest default."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # The end of a page that was cut off may stand in the middle of a character.
        if error.start >= len(data) - 3:
            return data.decode("utf-8", "replace")
        return data.decode("cp1252", "replace")
