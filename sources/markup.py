"""What a page's elements show, and from which address: which of several pictures, which base. Plain Python, no Django.

Capturing asks here what to fetch and replay what to show, so that both choose the same of a picture's sizes.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.canonical import Address, BadAddress, follow

# The window for which sizes are chosen, in CSS pixels, and how wide a picture in it usually is.
WINDOW = 1280
WIDE_ENOUGH = 800
# Where pages that fill in their pictures by script keep the address until then.
LATER = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url")
LATER_SETS = ("data-srcset", "data-lazy-srcset")
SHOWN_TYPES = frozenset({"image/avif", "image/webp", "image/jpeg", "image/png", "image/gif", "image/svg+xml"})
# A page of a hundred sizes a picture exists; one of ten thousand is a trap.
LONGEST_SET = 20_000

_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)\s*(px|em|rem)\s*\)")

_NOSCRIPT = re.compile(r"<(/?)noscript\b[^>]{0,500}>", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^>]{1,5000}>", re.IGNORECASE)

Attributes = Mapping[str, str | None]


def parsed(source: str) -> LexborHTMLParser:
    """The page as its readers had it: with scripts on, what stands in for them is no part of the page.

    Only pictures are taken from there, for those are the page's own, which a script would have put in their place.
    """
    return LexborHTMLParser("".join(_without_noscript(source)))


def _without_noscript(source: str) -> Iterator[str]:
    body = _BODY.search(source)
    begins, done, opened = body.start() if body else 0, 0, -1
    for tag in _NOSCRIPT.finditer(source):
        if tag[1] and opened >= 0:
            # In the head a picture would end the head.
            yield from _IMG.findall(source[opened : tag.start()]) if opened > begins else []
            done, opened = tag.end(), -1
        elif not tag[1] and opened < 0:
            yield source[done : tag.start()]
            opened = tag.end()
    yield source[done if opened < 0 else opened :]


def base(document: LexborHTMLParser, page: Address) -> Address:
    """What addresses of the page are relative to."""
    node = document.css_first("base[href]")
    return (address(page, node.attributes.get("href") or "") if node is not None else None) or page


def address(base: Address, written: str) -> Address | None:
    """Where an attribute leads as browsers read it; None where it is no web address."""
    written = re.sub(r"[\t\n\r]", "", written).strip(" \x0c")
    if not written or written.startswith("#"):
        return None
    try:
        return follow(base, written)
    except (BadAddress, ValueError):
        return None


def picture(node: LexborNode) -> str:
    """The address of an img as it is written, chosen among its sizes and, in a picture element, among its sources."""
    for source in _sources(node):
        if chosen := _from_set(source):
            return chosen
    return _from_set(node.attributes) or _plain(node.attributes)


def is_pixel(node: LexborNode) -> bool:
    """Whether it is no picture but a counter of readers."""
    return all((node.attributes.get(side) or "").strip() in ("0", "1", "0px", "1px") for side in ("width", "height"))


def _sources(node: LexborNode) -> Iterator[Attributes]:
    if node.parent is None or node.parent.tag != "picture":
        return
    for sibling in node.parent.iter(include_text=False):
        if sibling.mem_id == node.mem_id:
            return
        if sibling.tag == "source" and _suits(sibling.attributes):
            yield sibling.attributes


def _suits(attributes: Attributes) -> bool:
    type_ = (attributes.get("type") or "").partition(";")[0].strip().lower()
    media = (attributes.get("media") or "").lower()
    if (type_ and type_ not in SHOWN_TYPES) or "dark" in media or media.startswith("print"):
        return False
    limits = ((end, float(number) * (1 if unit == "px" else 16)) for end, number, unit in _WIDTH.findall(media))
    return all(width <= WINDOW if end == "min" else width >= WINDOW for end, width in limits)


def _from_set(attributes: Attributes) -> str:
    sets = (attributes.get(name) for name in ("srcset", *LATER_SETS))
    return next((chosen for text in sets if text and (chosen := _chosen(text))), "")


def _chosen(srcset: str) -> str:
    """The narrowest candidate that is wide enough, else the widest; of densities the plain one."""
    found = [(_weight(size), address) for address, size in _candidates(srcset[:LONGEST_SET])]
    enough = [candidate for candidate in found if candidate[0] >= WIDE_ENOUGH]
    return min(enough)[1] if enough else max(found, default=(0, ""))[1]


def _candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Each address and its size ("" where there is none). A comma inside an address is part of it."""
    words = deque(srcset.split())
    while words:
        address = words.popleft().lstrip(",")
        size = ""
        if not address.endswith(",") and words:
            size, _, rest = words.popleft().partition(",")
            if rest:
                words.appendleft(rest)
        if (address := address.rstrip(",")) and not address.startswith("data:"):
            yield address, size


def _weight(size: str) -> float:
    number, unit = size[:-1] or "1", size[-1:] or "x"
    try:
        value = float(number)
    except ValueError:
        return 0
    # "1x" is wide enough, and so is each denser one, so that the plain one is the narrowest.
    return value if unit == "w" else WIDE_ENOUGH * value


def _plain(attributes: Attributes) -> str:
    told = attributes.get("src") or ""
    later = next((value for name in LATER if (value := attributes.get(name))), "")
    return later if later and (not told or told.startswith("data:")) else told
