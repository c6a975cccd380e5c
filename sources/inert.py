"""An archived page made so that it shows and does nothing. Plain Python, no Django.

The page is parsed as browsers do and written anew from two lists, of elements and of attributes that only show. Nothing
is cleaned: what is not on the lists is not written, and no character of the page can begin a tag in what is, whichever
way it is read again. Addresses are led to the archive's own copies, links to a page that says where they go.

This is the second wall. The first is the Content-Security-Policy of each response (`sources.replay`).
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Protocol

from selectolax.lexbor import LexborNode

from sources import markup, styles
from sources.canonical import Address
from sources.extract import VOID, is_trap


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHOWN = _words(
    "html head body title a abbr acronym address area article aside b bdi bdo big blockquote br button canvas caption "
    "center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure "
    "font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd label legend li main map mark marquee menu meter nav "
    "nobr ol optgroup option output p picture pre progress q rb rp rt rtc ruby s samp search section select slot small "
    "span strike strong sub summary sup table tbody td textarea tfoot th thead time tr tt u ul var video wbr"
)
_DRAWN = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan textPath defs symbol use linearGradient "
    "radialGradient stop clipPath mask pattern image filter feGaussianBlur feOffset feBlend feColorMatrix feFlood "
    "feComposite feMerge feMergeNode"
)
_INSTEAD = {"form": "div", "xmp": "pre", "plaintext": "pre", "listing": "pre", "frameset": "body"}
#: Their content is no part of what is shown.
_GONE = _words("script template math audio embed noembed noframes base source track param")
_ATTRIBUTES = _words(
    "abbr align alt axis bgcolor border cellpadding cellspacing char charoff checked class clear color cols colspan "
    "compact coords datetime dir disabled face headers height hidden high hspace id label lang low max maxlength min "
    "multiple name noshade nowrap open optimum placeholder readonly reversed role rows rowspan rules scope selected "
    "shape size span start summary text title translate type usemap valign value vspace width wrap"
)
_DRAWING = _words(
    "viewBox preserveAspectRatio d x y x1 y1 x2 y2 cx cy r rx ry dx dy fx fy points transform fill fill-opacity "
    "fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-opacity "
    "stroke-miterlimit opacity clip-path clip-rule mask color offset stop-color stop-opacity gradientUnits "
    "gradientTransform spreadMethod patternUnits patternTransform patternContentUnits clipPathUnits maskUnits "
    "text-anchor font-size font-family font-weight font-style dominant-baseline letter-spacing rotate textLength "
    "filterUnits in in2 result stdDeviation mode operator values flood-color flood-opacity width height id class "
    "filter role visibility display overflow vector-effect shape-rendering"
)
_INPUTS = _words("text search email url tel number checkbox radio submit button reset range date color")
_METAS = frozenset({"viewport", "color-scheme"})
_CUSTOM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_NOT_CUSTOM = frozenset(
    {"annotation-xml", "color-profile", "font-face", "font-face-src", "font-face-uri", "missing-glyph"}
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_INERT_DATA = re.compile(r"data:(image/(?!svg)|font/|application/(x-)?font)[^<>\"]*", re.IGNORECASE)
_DRAWN_DATA = re.compile(r"data:image/svg\+xml[^<>\"]*", re.IGNORECASE)

Piece = LexborNode | str


class Way(Protocol):
    """Where addresses of the page lead in the replay."""

    def requisite(self, url: str) -> str:
        """Our own copy; "" where there is none, so that nothing is asked for."""

    def link(self, url: str) -> str:
        """The page that says where the link goes."""


class Unshowable(Exception):
    """`str(error)` is a sentence: why the page is not shown."""


def page(source: str, address: Address, way: Way) -> str:
    """The whole page, as UTF-8 text to be served as text/html. Raises Unshowable."""
    if is_trap(source):
        raise Unshowable("The page is built so that showing it would take too long. Its text and its file are here.")
    return _Page(source, address, way).written()


def sheet(css: str, address: Address, way: Way) -> str:
    """A style sheet that was fetched from `address`."""
    return styles.rewritten(css, lambda written, kind: _led(written, address, way))


def _led(written: str, base: Address, way: Way) -> str:
    if _INERT_DATA.fullmatch(written) or _DRAWN_DATA.fullmatch(written):
        return written
    address = markup.address(base, written)
    return way.requisite(address.url) if address else ""


class _Page:
    def __init__(self, source: str, address: Address, way: Way) -> None:
        self._document = markup.parsed(source)
        self._standards = source[:2000].lstrip("\ufeff \t\r\n").lower().startswith("<!doctype html")
        self._address = address
        self._base = markup.base(self._document, address)
        self._way = way
        self._out: list[str] = []

    def written(self) -> str:
        if self._standards:
            self._out.append("<!doctype html>")
        root = self._document.root
        todo: list[Piece] = [root] if root is not None else []
        while todo:
            piece = todo.pop()
            if isinstance(piece, str):
                self._out.append(piece)
            else:
                todo += reversed(self._pieces(piece))
        return "".join(self._out)

    def _pieces(self, node: LexborNode) -> list[Piece]:
        """What stands for the node: text that is written as it is, and nodes that are still to be."""
        tag = node.tag or ""
        if tag == "-text":
            return [escape(node.text_content or "", quote=False)]
        special = getattr(self, f"_{tag}", None) if tag in _SPECIAL else None
        if special is not None:
            return list(special(node))
        if tag in _GONE or tag.startswith(("-", "!")):
            return []
        tag = _INSTEAD.get(tag, tag)
        if tag in _SHOWN or (_CUSTOM.fullmatch(tag) and tag not in _NOT_CUSTOM):
            return self._element(tag, node, self._attributes(node))
        # What nobody knows shows its content, as in a browser.
        return list(node.iter(include_text=True))

    def _element(self, tag: str, node: LexborNode, attributes: str) -> list[Piece]:
        if tag in VOID:
            return [f"<{tag}{attributes}>"]
        # The reader drops one line break after this; the page's own must not be the one.
        opening = f"<{tag}{attributes}>" + ("\n" if tag in ("pre", "textarea") else "")
        return [opening, *node.iter(include_text=True), f"</{tag}>"]

    def _attributes(self, node: LexborNode) -> str:
        return "".join(_attribute(name, value) for name, value in self._kept(node))

    def _kept(self, node: LexborNode) -> Iterator[tuple[str, str]]:
        for name, value in node.attributes.items():
            if name == "style":
                yield name, self._style_text(value or "")
            elif name == "background" and (led := _led(value or "", self._base, self._way)):
                yield name, led
            elif name in _ATTRIBUTES or (name.startswith(("data-", "aria-")) and _NAME.fullmatch(name)):
                yield name, value or ""

    def _style_text(self, css: str) -> str:
        return styles.rewritten(css, lambda written, kind: _led(written, self._base, self._way))

    # Elements that are not written as they stand.

    def _head(self, node: LexborNode) -> Iterator[Piece]:
        yield '<head><meta charset="utf-8">'
        yield from node.iter(include_text=False)
        yield "</head>"

    def _meta(self, node: LexborNode) -> Iterator[Piece]:
        name = (node.attributes.get("name") or "").lower()
        if name in _METAS:
            yield f"<meta{_attribute('name', name)}{_attribute('content', node.attributes.get('content') or '')}>"

    def _link(self, node: LexborNode) -> Iterator[Piece]:
        attributes = node.attributes
        rel = set((attributes.get("rel") or "").lower().split())
        kind = "stylesheet" if "stylesheet" in rel else "icon" if "icon" in rel else ""
        led = _led(attributes.get("href") or "", self._base, self._way) if kind and "alternate" not in rel else ""
        if led:
            media = _attribute("media", attributes.get("media") or "") if attributes.get("media") else ""
            yield f'<link rel="{kind}"{_attribute("href", led)}{media}>'

    def _style(self, node: LexborNode) -> Iterator[Piece]:
        media = node.attributes.get("media")
        css = self._style_text(node.text(deep=True))
        yield f"<style{_attribute('media', media) if media else ''}>{css}</style>"

    def _a(self, node: LexborNode) -> Iterator[Piece]:
        yield from self._element(node.tag or "a", node, self._attributes(node) + self._href(node))

    _area = _a

    def _href(self, node: LexborNode) -> str:
        written = (node.attributes.get("href") or "").strip()
        if written.startswith("#"):
            return _attribute("href", written)
        address = markup.address(self._base, written)
        if address is None:
            return ""
        _, mark, fragment = written.partition("#")
        within = mark and address.url == self._address.url
        return _attribute("href", f"#{fragment}" if within else self._way.link(address.url + mark + fragment))

    def _img(self, node: LexborNode) -> Iterator[Piece]:
        led = _led(markup.picture(node), self._base, self._way)
        yield f"<img{self._attributes(node)}{_attribute('src', led) if led else ''}>"

    def _video(self, node: LexborNode) -> Iterator[Piece]:
        led = _led(node.attributes.get("poster") or "", self._base, self._way)
        yield f"<video{self._attributes(node)}{_attribute('poster', led) if led else ''}></video>"

    def _input(self, node: LexborNode) -> Iterator[Piece]:
        told = (node.attributes.get("type") or "text").lower()
        if told == "image":
            led = _led(node.attributes.get("src") or "", self._base, self._way)
            yield f"<img{self._attributes(node)}{_attribute('src', led) if led else ''}>"
        elif told != "hidden":
            shown = {**node.attributes, "type": told if told in _INPUTS else "text"}
            kept = ((name, value or "") for name, value in shown.items() if name in _ATTRIBUTES)
            yield f"<input{''.join(_attribute(name, value) for name, value in kept)}{self._only_style(node)}>"

    def _only_style(self, node: LexborNode) -> str:
        css = node.attributes.get("style")
        return _attribute("style", self._style_text(css)) if css else ""

    def _iframe(self, node: LexborNode) -> Iterator[Piece]:
        """A box in its place, that says what was there."""
        address = markup.address(self._base, node.attributes.get("src") or "")
        if address is None:
            return
        size = [
            f"{name}:{value}px;"
            for name in ("width", "height")
            if (value := node.attributes.get(name) or "").isdecimal()
        ]
        box = "display:inline-block;box-sizing:border-box;max-width:100%;padding:8px;border:1px dashed;overflow:auto;"
        link = f"<a{_attribute('href', self._way.link(address.url))}>"
        yield f'<span style="{box}{"".join(size)}">Not archived: {link}a frame from {escape(address.host)}</a></span>'

    _frame = _iframe

    def _svg(self, node: LexborNode) -> Iterator[Piece]:
        """A drawing without anything that could hold HTML, a style sheet, a script, a link or an animation."""
        todo: list[Piece] = [node]
        while todo:
            piece = todo.pop()
            if isinstance(piece, str):
                yield piece
            elif piece.tag == "-text":
                yield escape(piece.text_content or "", quote=False)
            elif piece.tag in _DRAWN:
                yield f"<{piece.tag}{self._drawn_attributes(piece)}>"
                todo += [f"</{piece.tag}>", *reversed(list(piece.iter(include_text=True)))]

    def _drawn_attributes(self, node: LexborNode) -> str:
        kept = []
        for name, value in node.attributes.items():
            if name == "style" or (name in _DRAWING and "(" in (value or "")):
                kept.append(_attribute(name, self._style_text(value or "")))
            elif name in _DRAWING:
                kept.append(_attribute(name, value or ""))
        return "".join(kept) + self._drawn_href(node)

    def _drawn_href(self, node: LexborNode) -> str:
        written = (node.attributes.get("href") or node.attributes.get("xlink:href") or "").strip()
        if written.startswith("#"):
            return _attribute("href", written)
        led = _led(written, self._base, self._way) if node.tag == "image" else ""
        return _attribute("href", led) if led else ""


_SPECIAL = _words("head meta link style a area img video input iframe frame svg")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"'
