"""The addresses in a style sheet: to fetch what they name, and to lead them elsewhere. Plain Python, no Django.

tinycss2 tokenises as browsers do, escapes included (`\\75rl(` is an address, `/*url(*/` is none), and what comes out is
made of its tokens again. A sheet stands inside a page sometimes, so nothing that comes out can begin a tag.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tinycss2
from tinycss2 import ast

# Beyond this a sheet is made to burden us, not to be looked at.
SHEET_CHARACTERS = 800_000
DEEPEST = 60
IMAGE, FONT, STYLE = "image", "font", "style"
NOWHERE = "data:,"

# What takes addresses as plain strings.
_STRING_IS_ADDRESS = frozenset({"image-set", "-webkit-image-set"})
# Dead in today's browsers, scripts in yesterday's.
_SCRIPTS = frozenset({"behavior", "-moz-binding", "-ms-behavior"})
_BEGINS_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_FORMATS = ("woff2", "woff", "opentype", "truetype")

Lead = Callable[[str, str], str]


@dataclass(frozen=True)
class Named:
    """An address as it is written in a sheet, and what it is for: IMAGE, FONT or STYLE.

    `letters` are the code points for which a font is meant, as ranges; none where it does not say.
    """

    address: str
    kind: str
    letters: tuple[tuple[int, int], ...] = ()


def named(css: str) -> list[Named]:
    """What the sheet would make a browser fetch; of the forms of one font the smallest."""
    return list(_named(_parsed(css)))


def rewritten(css: str, lead: Lead) -> str:
    """The sheet with each address replaced by `lead(address, kind)`; "" is an address that leads nowhere.

    Addresses that are only a fragment stay: they name a part of the page itself.
    """
    tokens = _parsed(css)
    _lead_all(tokens, lead, IMAGE, 0)
    return _BEGINS_TAG.sub(r"\\3c ", tinycss2.serialize(tokens))


def _parsed(css: str) -> list[Any]:
    tokens: list[Any] = tinycss2.parse_component_value_list(css[:SHEET_CHARACTERS], skip_comments=True)
    return tokens


def _blocks(token: Any) -> Any:
    """What is inside a function or a bracket; None for anything else."""
    if isinstance(token, ast.FunctionBlock):
        return token.arguments
    return getattr(token, "content", None)


def _named(tokens: list[Any], depth: int = 0) -> Iterator[Named]:
    before = ""
    for token in tokens:
        if before == "font-face" and isinstance(token, ast.CurlyBracketsBlock):
            yield from _font(token.content)
        elif (address := _address(token, before)) and before != "namespace":
            yield Named(address, STYLE if before == "import" else IMAGE)
        elif (inside := _blocks(token)) is not None and depth < DEEPEST:
            yield from _strings(token)
            yield from _named(inside, depth + 1)
        before = _keyword(token, before)


def _keyword(token: Any, before: str) -> str:
    """The at-keyword that what follows belongs to: white space does not end it."""
    if isinstance(token, ast.AtKeywordToken):
        return str(token.lower_value)
    return before if isinstance(token, ast.WhitespaceToken) else ""


def _address(token: Any, before: str) -> str:
    if isinstance(token, ast.URLToken) or (before == "import" and isinstance(token, ast.StringToken)):
        return str(token.value)
    if isinstance(token, ast.FunctionBlock) and token.lower_name in ("url", "src"):
        return next((str(part.value) for part in token.arguments if isinstance(part, ast.StringToken)), "")
    return ""


def _strings(token: Any) -> Iterator[Named]:
    if isinstance(token, ast.FunctionBlock) and token.lower_name in _STRING_IS_ADDRESS:
        yield from (Named(part.value, IMAGE) for part in token.arguments if isinstance(part, ast.StringToken))


def _font(tokens: list[Any]) -> Iterator[Named]:
    letters = tuple((t.start, t.end) for t in tokens if isinstance(t, ast.UnicodeRangeToken))
    forms: list[tuple[int, str]] = []
    for token, following in pairwise([*(t for t in tokens if not isinstance(t, ast.WhitespaceToken)), None]):
        if address := _address(token, ""):
            forms.append((_rank(address, following), address))
    if forms:
        yield Named(min(forms)[1], FONT, letters)


def _rank(address: str, following: Any) -> int:
    """How much a form of a font is wanted; the lowest first."""
    told = tinycss2.serialize(following.arguments) if isinstance(following, ast.FunctionBlock) else ""
    ends = {"opentype": ".otf", "truetype": ".ttf"}
    path = re.sub(r"[?#].*", "", address).lower()
    for rank, form in enumerate(_FORMATS):
        if form == told.strip("\"' ").removesuffix("-variations") or path.endswith(ends.get(form, f".{form}")):
            return rank
    return len(_FORMATS)


def _lead_all(tokens: list[Any], lead: Lead, kind: str, depth: int) -> None:
    before = ""
    for place, token in enumerate(tokens):
        here = STYLE if before == "import" else FONT if before == "font-face" else kind
        if _address(token, before):
            tokens[place] = _led(token, _address(token, before), lead, here)
        elif _is_script(token):
            tokens[place] = ast.WhitespaceToken(token.source_line, token.source_column, " ")
        elif (inside := _blocks(token)) is not None:
            _lead_inside(token, inside, lead, here, depth)
        before = _keyword(token, before)


def _lead_inside(token: Any, inside: list[Any], lead: Lead, kind: str, depth: int) -> None:
    if depth >= DEEPEST:
        inside.clear()
        return
    if isinstance(token, ast.FunctionBlock) and token.lower_name in _STRING_IS_ADDRESS:
        inside[:] = [_as_address(part) for part in inside]
    _lead_all(inside, lead, kind, depth + 1)


def _as_address(part: Any) -> Any:
    if not isinstance(part, ast.StringToken):
        return part
    return ast.URLToken(part.source_line, part.source_column, part.value, part.representation)


def _led(token: Any, address: str, lead: Lead, kind: str) -> ast.URLToken:
    led = address if address.strip().startswith("#") else lead(address, kind) or NOWHERE
    quoted = "".join(c if " " <= c <= "~" and c not in '"\\<>' else f"\\{ord(c):x} " for c in led)
    return ast.URLToken(token.source_line, token.source_column, led, f'url("{quoted}")')


def _is_script(token: Any) -> bool:
    if isinstance(token, ast.IdentToken):
        return token.lower_value in _SCRIPTS
    return isinstance(token, ast.FunctionBlock) and token.lower_name == "expression"


def wants(letters: Sequence[tuple[int, int]], present: set[int]) -> bool:
    """Whether a font that is meant for these letters is needed for those that are there."""
    return any(start <= letter <= end for start, end in letters for letter in present)
