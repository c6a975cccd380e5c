"""Runs of plain paragraphs, handed to trafilatura as one. Plain Python, no Django.

trafilatura looks at every element a dozen times, which was a third of what a capture costs. Paragraphs of prose with
nothing in them but text, and with no attribute that its rules heed, come out of it as they went in. So a run of them
goes in as one paragraph, with a mark where each ends; what comes out is the same (tests/sources/test_prose.py).
"""

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

Attributes = tuple[tuple[str, str], ...]


def join(tree: HtmlElement) -> None:
    """Makes one paragraph of each run, but leaves the first apart: a page of one paragraph is none to trafilatura."""
    paragraphs = [p for p in tree.iter("p") if not len(p) and p.text and len(p.text) >= PROSE_LETTERS]
    kinds = [tuple(p.items()) for p in paragraphs]
    plain = _plain(set(kinds))
    for run in list(_runs(p for p, kind in zip(paragraphs, kinds, strict=True) if kind in plain)):
        second, *others = run[1:] or run
        second.text = MARK.join(p.text or "" for p in (second, *others))
        for paragraph in others:
            paragraph.drop_tree()


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
