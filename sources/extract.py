"""The text of an archived page, under one written rule. Plain Python, no Django; nothing here touches the network.

The rule, on which the judgement "this quote is there" rests: the text is what the body's elements contain, in the order
of the source. Block elements and line breaks end a line; inline elements add nothing, not even a space, for that would
break words in scripts that write none. Scripts, styles, templates and fallbacks for missing scripts do not count.
White space within a line is one space, empty lines go, letters are composed (NFC).
"""

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, islice
from threading import Lock
from typing import BinaryIO

import lxml.html
from lxml.etree import _Element as Element
from lxml.etree import iterwalk
from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction
from trafilatura.utils import trim

from sources import documents, imprint, prose, walls
from sources.charset import decode
from sources.folding import END, folded
from sources.imprint import Imprint

# Above this a page is a dump; its first part is read, and the note says so.
TEXT_BYTES = 5_000_000
# A parsed tag takes up to a kilobyte of memory, however short it is; the longest articles have some ten thousand.
MOST_TAGS = 100_000
# Guessing which part is the article takes long on long pages and helps least there.
BODY_BYTES = 1_500_000
BODY_TAGS = 20_000
# The parser's time grows with the square of the depth and of the attributes: 100,000 nested elements take 5 s and more.
DEEPEST = 5_000
MOST_ATTRIBUTES = 1_000

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search",
    "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul"
])  # fmt: skip
LEFT_OUT = "script,style,template,noscript,noembed,noframes,iframe,object,svg style"
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# These close themselves; to nest one, something between them must nest too, and that is counted.
SELF_CLOSING = frozenset(
    ["p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup", "rp", "rt"]
)
# The elements that trafilatura makes of them.
BODY_BLOCKS = frozenset(["ab", "cell", "code", "div", "head", "item", "lb", "list", "p", "quote", "row", "table"])
PDF = "application/pdf"
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WRITTEN = re.compile(r"\S+")

NO_TEXT = {
    "image": "This is an image. It is archived and has no text that could be quoted.",
    "video": "This is a video. The file is archived and has no text that could be quoted.",
    "audio": "This is a recording. The file is archived and has no text that could be quoted.",
}
NO_TEXT_OTHER = "This file is archived. It is no web page, and has no text that could be quoted."
EMPTY = "The page has no text. It may need scripts to show any, or stand behind a login: open it and compare."
DEEP = "The page is built so that its text cannot be read safely. It is archived, but cannot be quoted."
SHORTENED = "The page is very long. Only its first part is shown here and can be quoted; the whole is archived."
INCOMPLETE = "The page's data was damaged on its way; the text stops where the damage begins."


NOTHING_TOLD = Imprint()


@dataclass(frozen=True)
class Extract:
    """`text` is the whole page's, `body` the article's as far as it can be told; `note` is a sentence or ""."""

    content_type: str
    text: str = ""
    body: str = ""
    imprint: Imprint = NOTHING_TOLD
    note: str = ""
    facts: walls.Facts = walls.NO_FACTS
    # Of a paged document: where in `text` each page begins.
    pages: tuple[int, ...] = ()
    # False where more may stand on the page than in `text`: it was too long, built to burden us, damaged, or locked.
    whole: bool = True


# Of a worker's threads only one takes a page apart at a time, for that is what takes memory.
ONE_AT_A_TIME = Lock()


def extract(data: bytes, content_type: str, *, damaged: bool = False, whole: BinaryIO | None = None) -> Extract:
    """What a person may read and quote of a page. `data` is the unpacked content; never raises for what it holds.

    `whole` is the file that `data` is the beginning of: a PDF is read to its end, for there its contents are listed.
    """
    media_type = _media_type(data, content_type)
    if media_type == PDF:
        return _pdf(data, whole, damaged=damaged)
    if media_type not in HTML_TYPES and not _is_plain(media_type):
        kind = media_type if media_type in NO_TEXT else media_type.partition("/")[0]
        return Extract(media_type, note=NO_TEXT.get(kind, NO_TEXT_OTHER))
    source, is_shortened = page_source(data, content_type)
    notes = [SHORTENED] * is_shortened + [INCOMPLETE] * damaged
    if media_type in HTML_TYPES:
        with ONE_AT_A_TIME:
            return _html(source, media_type, notes)
    text = folded(source.replace("\r\n", "\n").replace("\r", "\n").replace("\n", END))
    return Extract(media_type, text, note=" ".join(notes) or ("" if text else EMPTY), whole=not notes)


def page_source(data: bytes, content_type: str) -> tuple[str, bool]:
    """As much of a page as is read, and whether that is not all of it."""
    source = decode(data[:TEXT_BYTES], content_type)
    end = -1
    if source.count("<") > MOST_TAGS:
        tags = islice(re.finditer("<", source), MOST_TAGS, None)
        end = next(tags).start()
    return (source[:end], True) if end >= 0 else (source, len(data) > TEXT_BYTES)


def _pdf(data: bytes, whole: BinaryIO | None, *, damaged: bool) -> Extract:
    with tempfile.TemporaryFile(prefix="factcheck-") as file:
        if whole is None:
            file.write(data)
            file.flush()
        found = documents.read_pdf(file if whole is None else whole)
    texts = [folded(page.replace("\n", END)) for page in found.pages]
    # An empty page begins where the next one does.
    lengths = [len(text) + 1 if text else 0 for text in texts]
    return Extract(
        PDF,
        "\n".join(filter(None, texts)),
        imprint=Imprint(folded(found.title), folded(found.author), modified_on=found.modified_on),
        note=" ".join(filter(None, [found.note, INCOMPLETE if damaged else ""])),
        pages=tuple(accumulate(lengths[:-1], initial=0)) if texts else (),
        whole=found.note in ("", documents.SCANNED) and not damaged,
    )


def full_text(document: LexborHTMLParser) -> str:
    """The text under the rule above. Changes the document."""
    for node in document.css(LEFT_OUT):
        node.decompose()
    # By name, for the parser takes ten times as long to match each element with fifty selectors.
    for node in [node for node in document.css("*") if node.tag in BLOCKS]:
        node.insert_before(END)
        node.insert_after(END)
    body = document.body
    return folded(body.text(deep=True, separator="")) if body is not None else ""


def _html(source: str, media_type: str, notes: list[str]) -> Extract:
    if is_trap(source):
        return Extract(media_type, note=DEEP, whole=False)
    source = source.replace(END, " ")
    document = LexborHTMLParser(source)
    told, facts = imprint.read(document, source), walls.look(document)
    text, whole = full_text(document), not notes
    if not text:
        notes.append(EMPTY)
    return Extract(media_type, text, _body(_tree(source)), told, " ".join(notes), facts, whole=whole)


def _tree(source: str) -> lxml.html.HtmlElement | None:
    too_long = len(source) > BODY_BYTES or source.count("<") > BODY_TAGS
    return None if too_long else imprint.parsed(source)


def _body(tree: lxml.html.HtmlElement | None) -> str:
    if tree is None:
        return ""
    stand_ins = prose.join(tree)
    try:
        # A tree, not text: text that looks like an address would be fetched. As XML, of which only elements are made.
        found = bare_extraction(
            tree, fast=True, include_comments=False, with_metadata=False, include_formatting=False, output_format="xml"
        )
    finally:
        # It remembers the last thousand texts that it trimmed, which would be those of other people's pages.
        trim.cache_clear()
    body = getattr(found, "body", None)
    return "" if body is None else folded(stand_ins.put_back(_text_of(body), END))


def _text_of(body: Element) -> str:
    """The text of what trafilatura found, its lines ended as those of the whole page are."""
    parts: list[str] = []
    # Read, not written to: lxml refuses to be given some of the characters that it reads.
    for event, element in iterwalk(body, events=("start", "end")):
        parts += [END] if element.tag in BODY_BLOCKS else []
        parts.append((element.text if event == "start" else element.tail) or "")
    return "".join(parts)


def _media_type(data: bytes, content_type: str) -> str:
    """What the server says; where it says nothing of use, what the first bytes say."""
    told = content_type.partition(";")[0].strip().lower()
    if told and told not in ("application/octet-stream", "binary/octet-stream", "unknown/unknown"):
        return told
    start = data[:1024].lstrip().lower()
    known = {b"%pdf-": "application/pdf", b"\x89png": "image/png", b"\xff\xd8\xff": "image/jpeg", b"gif8": "image/gif"}
    for mark, media_type in known.items():
        if start.startswith(mark):
            return media_type
    if b"<html" in start or start.startswith((b"<!doctype html", b"<head", b"<body")):
        return "text/html"
    return told or ("application/octet-stream" if b"\x00" in data[:1024] else "text/plain")


def _is_plain(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type in ("application/json", "application/ld+json")


def is_trap(source: str) -> bool:
    """Whether the parser would need more than a moment."""
    return any(_has_many(_QUOTED.sub("", tag[0])) for tag in _LONG_TAG.finditer(source)) or _is_deep(source)


def _has_many(attributes: str) -> bool:
    return next(islice(_WRITTEN.finditer(attributes), MOST_ATTRIBUTES, None), None) is not None


def _is_deep(source: str) -> bool:
    if source.count("<") < DEEPEST:
        return False
    open_: Counter[str] = Counter()
    for match in _TAG.finditer(source):
        name = match[2].lower()
        if name in VOID or name in SELF_CLOSING:
            continue
        # An end without its beginning closes nothing, so it must not hide the depth.
        if match[1]:
            open_[name] = max(0, open_[name] - 1)
        else:
            open_[name] += 1
            if open_[name] > DEEPEST // 10 and open_.total() > DEEPEST:
                return True
    return False
