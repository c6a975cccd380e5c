"""White space folded, as the text of a page has it: within a line it is one space, empty lines go, letters are composed
(NFC). Plain Python, no Django.
"""

import re
import unicodedata

# A character no page text has after it was read: marks the end of a line until white space is folded.
END = "\x1e"
# Of a longer line the words are not taken apart, for a million of them would be in memory at once.
LONG_LINE = 100_000

_PRINTED = bytes(range(0x20, 0x7F))
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1d\x1f\x7f\ufffe\uffff]")


def folded(text: str) -> str:
    """The lines of a text in which END stands between them."""
    text = unicodedata.normalize("NFC", text).replace("\n", " ")
    lines = text.split(END)
    in_order = "  " not in text and _can_be_printed("".join(lines))
    return "\n".join(filter(None, map(str.strip if in_order else _on_one, lines)))


def is_in_order(line: str) -> bool:
    """Whether nothing is to be folded but at the ends, as in most lines."""
    return "  " not in line and _can_be_printed(line)


def _can_be_printed(text: str) -> bool:
    """But for the space, white space and control characters are what cannot."""
    # ASCII is told six times faster by what is left without it.
    return not text.encode("ascii").translate(None, _PRINTED) if text.isascii() else text.isprintable()


def _on_one(line: str) -> str:
    if is_in_order(line):
        return line.strip()
    line = _CONTROL.sub(" ", line)
    return " ".join(line.split()) if len(line) < LONG_LINE else _SPACE.sub(" ", line).strip()
