"""Runs of plain paragraphs, for which one word stands before trafilatura. Plain Python, no Django.

trafilatura looks at every element a dozen times and takes each text apart word by word, which was a third of what a
capture costs. Paragraphs of prose with nothing in them but text, and with no attribute that its rules heed, come out
of it as they went in. So for a run of them goes in one paragraph with one word, as long as they are together: its rules
for such paragraphs are about lengths and repetitions. What comes out is the same (tests/sources/test_prose.py), but for
what docs/decisions/0027-what-a-capture-costs.md names.
"""

import re
from collections.abc import Iterable, Iterator
from uuid import uuid4

from lxml.html import HtmlElement, fragment_fromstring
from trafilatura import xpaths

from sources.folding import is_in_order

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

# What lxml reads of a page, but refuses to be given.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

Attributes = tuple[tuple[str, str], ...]


class StandIns:
    """The words that stand for runs in one page; the page cannot know their beginning, and so cannot name one."""

    def __init__(self) -> None:
        self._key = f"run{uuid4().hex}"
        self._runs: dict[tuple[str, ...], int] = {}

    def word(self, run: tuple[str, ...], letters: int) -> str:
        """For these paragraphs, of so many letters; the same for the same ones, for trafilatura drops a repetition."""
        number = self._runs.setdefault(run, len(self._runs))
        return f"{self._key}-{number}-".ljust(letters + len(run) - 2, "x") + "."

    def put_back(self, text: str, between: str) -> str:
        """The text with its paragraphs, and `between` each two of them."""
        runs = list(self._runs)
        return re.sub(rf"{self._key}-(\d+)-x*\.", lambda word: between.join(runs[int(word[1])]), text)


def join(tree: HtmlElement) -> StandIns:
    """Makes one paragraph of each run, but leaves the first apart: a page of one paragraph is none to trafilatura."""
    long = [(p, tuple(p.items())) for p in tree.iter("p") if not len(p) and len(p.text or "") >= PROSE_LETTERS]
    plain = _plain({kind for _, kind in long})
    counted = _counted([p for p, kind in long if kind in plain])
    stand_ins = StandIns()
    for _, *run in list(_runs(p for p, letters in counted.items() if letters >= PROSE_LETTERS)):
        if len(run) > 1 and _is_writable(run[-1].tail or ""):
            # As long as they are with white space folded, and as long as with it: trafilatura measures both.
            word = stand_ins.word(tuple(p.text or "" for p in run), sum(map(counted.__getitem__, run)))
            run[0].text, run[0].tail = word.ljust(_length(run)), run[-1].tail
            _remove(run[1:])
    return stand_ins


def _length(run: list[HtmlElement]) -> int:
    return sum(len(p.text or "") for p in run) + sum(len(p.tail or "") for p in run[:-1])


def _counted(paragraphs: list[HtmlElement]) -> dict[HtmlElement, int]:
    """How many letters each has when every run of white space is one."""
    texts = [p.text or "" for p in paragraphs]
    # Most pages are in order, which is told of all of them in a third of the time.
    trimmed = map(str.strip if is_in_order("".join(texts)) else _trimmed, texts)
    return dict(zip(paragraphs, map(len, trimmed), strict=True))


def _trimmed(text: str) -> str:
    """As trafilatura has it, whose own function would keep the text in memory."""
    return text.strip() if is_in_order(text) else " ".join(text.split())


def _remove(side_by_side: list[HtmlElement]) -> None:
    """At once, for one by one each would be looked for; what stands behind them goes with them."""
    parent = side_by_side[0].getparent()
    assert parent is not None  # They are not the page itself, for a paragraph stands before them.
    begins = parent.index(side_by_side[0])
    del parent[begins : begins + len(side_by_side)]


def _is_writable(text: str) -> bool:
    return not _UNWRITABLE.search(text)


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
    asked = {kind: page.makeelement("p", dict(kind)) for kind in filter(_can_be_asked, kinds)}
    page.extend(asked.values())
    heeded = {element for rule in _RULES for element in rule(page)}
    return {kind for kind, element in asked.items() if element not in heeded}


def _can_be_asked(kind: Attributes) -> bool:
    return all(_NAME.fullmatch(name) and _is_writable(told) for name, told in kind)
