"""Runs of plain paragraphs, handed to trafilatura as one. Plain Python, no Django.

trafilatura looks at every element a dozen times, which was a third of what a capture costs. Paragraphs of prose with
nothing in them but text, and with no attribute that its rules heed, come out of it as they went in. So a run of them
goes in as one paragraph, with a mark where each ends; what comes out is the same (tests/sources/test_prose.py).
"""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement, fragment_fromstring
from trafilatura import xpaths

#: No newsroom writes it; whoever parses a page takes it out first.
MARK = "\u2e4b"
# What is shorter may be a button or a caption, which trafilatura judges by its words.
PROSE_LETTERS = 100
# What it drops, or takes for the whole article, by nothing but the attributes of the element itself.
_RULES = [
    *xpaths.RAW_TREE_PRUNE_XPATH,
    *xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
    *xpaths.OVERALL_DISCARD_XPATH,
    *xpaths.TEASER_DISCARD_XPATH,
    *xpaths.DISCARD_IMAGE_ELEMENTS,
    *xpaths.BODY_XPATH,
]

# What lxml reads of a page, but refuses to be given: such a paragraph is left as it is.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

Attributes = tuple[tuple[str, str], ...]


def join(tree: HtmlElement) -> None:
    """Makes one paragraph of each run, but leaves the first apart: a page of one paragraph is none to trafilatura."""
    paragraphs = [p for p in tree.iter("p") if not len(p) and _is_prose(p.text or "", p.tail or "")]
    kinds = [tuple(p.items()) for p in paragraphs]
    plain = _plain({kind for kind in kinds if all(_NAME.fullmatch(name) and _is_writable(told) for name, told in kind)})
    for run in list(_runs(p for p, kind in zip(paragraphs, kinds, strict=True) if kind in plain)):
        second, *others = run[1:] or run
        if others:
            second.text, second.tail = MARK.join(p.text or "" for p in (second, *others)), others[-1].tail
            _remove(others)


def _remove(side_by_side: list[HtmlElement]) -> None:
    """At once, for one by one each would be looked for; what stands behind them goes with them."""
    parent = side_by_side[0].getparent()
    assert parent is not None  # They are not the page itself, for a paragraph stands before them.
    begins = parent.index(side_by_side[0])
    del parent[begins : begins + len(side_by_side)]


def _is_prose(text: str, tail: str) -> bool:
    return len(text) >= PROSE_LETTERS and _is_writable(text) and _is_writable(tail)


def _is_writable(text: str) -> bool:
    # What can be printed can be written, and is told ten times faster.
    return text.isprintable() or not _UNWRITABLE.search(text)


def _runs(paragraphs: Iterable[HtmlElement]) -> Iterator[list[HtmlElement]]:
    """Those that stand side by side, with nothing between them."""
    run: list[HtmlElement] = []
    for paragraph in paragraphs:
        if run and (paragraph.getprevious() is not run[-1] or (run[-1].tail or "").strip()):
            yield run
            run = []
        run.append(paragraph)
    if run:
        yield run


def _plain(kinds: set[Attributes]) -> set[Attributes]:
    """Those that none of the rules heeds: they are asked of a page with one paragraph of each kind."""
    page = fragment_fromstring("<div></div>")
    asked = {kind: page.makeelement("p", dict(kind)) for kind in kinds}
    page.extend(asked.values())
    heeded = {element for rule in _RULES for element in rule(page)}
    return {kind for kind, element in asked.items() if element not in heeded}
