"""Whether what answered is the page that was cited, or something that stands in front of it. Plain Python, no Django.

A server that wants a login, a payment, a consent or a human being seldom says so with a status; it sends 200 and
another page. The rules go by how much there is to read and by what the short lines of a page say: a heading, a
button, a sentence that stands alone. An article about walls says the same words in paragraphs, and a page with a
cookie banner has its whole article beside it, so neither is taken for one. Where it is unclear, nothing is said.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from sources import wall_words as said

# Words of a page below which it can hold no more than a wall and its small print; of an article, below which it may be
# the part that everybody may read. A character of a script without spaces counts as half a word.
FEW = 150
A_STUB = 260
HARDLY_ANY = 25
# Below this share of a line its words on walls are a mention.
A_MENTION = 0.35
# A page with at most so much prose has no article, however short; a notice may be as long.
A_NOTICE = 60
# From so many words on a line is a sentence.
A_SENTENCE = 8
# A line up to this many words is a heading, a button or a notice, not prose.
SHORT_LINE = 22
# How much of the page is looked through for such lines.
MOST_LINES = 400
# Of a text so long that no wall has as much, the rest is not counted.
LOOKED_AT = 20_000

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]")
_FRONT = re.compile(r"/?([a-z]{2}([-_][a-z]{2})?/?)?(index\.\w+|home/?)?", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"/(login|log-in|signin|sign-in|sso|auth|account/login|anmelden|connexion)\b", re.IGNORECASE)
_CONSENT_HOST = re.compile(r"(^|\.)(consent|cmp|privacy-mgmt)\.", re.IGNORECASE)
_MISSING_PATH = re.compile(r"/(404|not-?found|page-?not-?found|error404)([./]|$)", re.IGNORECASE)
# Nobody puts his own notice in quotation marks, so what stands in them is a mention.
_MENTIONED = re.compile(r"„[^“”]*[“”]|“[^”]*”|«[^»]*»|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"")
_NUMBER = re.compile(r"404\s*([|–—:·-]|$)")
_CLOSED = re.compile(r"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What the page's elements tell, beside its text."""

    passwords: int = 0
    images: int = 0
    scripts: int = 0
    # Lower case: addresses of scripts and frames, ids and classes that name a check for robots.
    marks: str = ""
    # Without scripts: what is shown then.
    fallback: str = ""
    headings: Sequence[str] = ()
    # An empty element into which scripts are to write the page.
    mount: bool = False
    # The page tells machines that its article is not free to read.
    closed: bool = False


NO_FACTS = Facts()


@dataclass(frozen=True)
class Answer:
    """What came. `asked` and `final` are addresses, `headers` have lower-case names."""

    text: str
    title: str = ""
    body: str = ""
    facts: Facts = NO_FACTS
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    final: str = ""


@dataclass(frozen=True)
class Wall:
    """`kind` is one of Snapshot.Wall, `reason` a sentence for whoever wants to cite the page."""

    kind: str
    reason: str


def look(document: LexborHTMLParser) -> Facts:
    """The facts of a page, before its text is taken out of it."""
    sources = [node.attributes.get("src") or "" for node in document.css("script[src], iframe[src]")]
    named = [
        f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''} {node.attributes.get('action') or ''}"
        for node in document.css("form, [id*=captcha i], [class*=captcha i]")
    ]
    inline = [node.text(deep=True)[:20_000] for node in document.css("script:not([src])")[:50]]
    return Facts(
        passwords=len(document.css("input[type=password i]")),
        images=len(document.css("img, picture, video, svg image")),
        scripts=len(document.css("script")),
        marks=" ".join([*sources, *named, *(i for i in inline if "challenge" in i or "captcha" in i.lower())]).lower(),
        fallback=" ".join(node.text(deep=True, separator=" ") for node in document.css("noscript")).lower()[:5000],
        headings=tuple(node.text(deep=True).strip().lower() for node in document.css("h1, h2")[:20]),
        mount=any(not node.text(deep=True).strip() for node in document.css("body > div[id], body > main[id]")),
        closed=any(_CLOSED.search(text) for text in inline),
    )


def recognise(answer: Answer) -> Wall | None:
    """The wall that stands in the page's place; None when it is the page, or when one cannot tell."""
    page = _Page(replace(answer, text=answer.text[:LOOKED_AT], body=answer.body[:LOOKED_AT]))
    for rule in (_bot, _moved_away, _not_found, _consent, _login, _paywall, _empty):
        wall = rule(page)
        if wall:
            return wall
    return None


class _Page:
    """The answer with what several rules ask of it."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.facts = answer, answer.facts
        lines = answer.text.split("\n")
        weights = list(map(weight, lines))
        self.words = sum(weights)
        short = [line.lower() for line, words in zip(lines[:MOST_LINES], weights, strict=False) if words <= SHORT_LINE]
        self.lines = [_MENTIONED.sub("", line) for line in short]
        # What is said first and loudest: the title and the headings.
        self.loud = [_MENTIONED.sub("", line) for line in (answer.title.lower(), *answer.facts.headings)]
        self.prose = sum(words for words in weights if words >= A_SENTENCE)
        # Beside prose, a heading that only mentions a wall is the heading of a report about walls.
        self.share = A_MENTION if self.prose > HARDLY_ANY else 0


def weight(text: str) -> int:
    """About how many words there are, in any script."""
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + unspaced // 2


def _says(lines: Iterable[str], phrases: Sequence[str], share: float = 0) -> str:
    """The first of the lines that has one of the phrases, as at least this share of it; "" when none has."""
    return next((line for line in lines if any(_is_said(p, line, share) for p in phrases)), "")


def _is_said(phrase: str, line: str, share: float) -> bool:
    return phrase in line and len(phrase) >= share * len(line)


def _pair(lines: Iterable[str], pairs: said.Pairs) -> str:
    """The first of the lines that has both sides of a pair."""
    return next((line for line in lines if any(_says([line], a) and _says([line], b) for a, b in pairs)), "")


def _count(lines: Iterable[str], phrases: Sequence[str]) -> int:
    """How many of the lines say such a thing."""
    return sum(any(phrase in line for phrase in phrases) for line in lines)


def _quoted(line: str) -> str:
    line = " ".join(line.split())
    return f"“{line if len(line) <= 80 else line[:79] + '…'}”"


def _bot(page: _Page) -> Wall | None:
    sent = page.answer.headers
    header = next((n for n, value in said.CHALLENGE_HEADERS.items() if n in sent and value in sent[n].lower()), "")
    if header:
        return Wall("bot", f"The server checks for robots instead of showing the page: its answer says {header}.")
    if page.words > FEW:
        return None
    everywhere = [*page.loud, *page.lines]
    line = _says(everywhere, said.BOT, page.share)
    if not line and page.prose <= A_NOTICE:
        line = _pair(everywhere, said.ACCESS_IS_REFUSED)
    mark = next((mark for mark in said.CHALLENGE_MARKS if mark in page.facts.marks), "")
    if line:
        return Wall("bot", f"The page seems to be a check for robots: it says {_quoted(line)} and little else.")
    if mark and page.prose < HARDLY_ANY and not page.facts.passwords:
        return Wall("bot", f"The page seems to be a check for robots: it holds one ({mark}) and hardly any text.")
    return None


def _moved_away(page: _Page) -> Wall | None:
    """A page that was taken down often leads to the front page, or to one that says so in its address."""
    asked, final = urlsplit(page.answer.asked), urlsplit(page.answer.final)
    if not asked.netloc or not final.netloc or asked.path == final.path:
        return None
    if _MISSING_PATH.search(final.path):
        return Wall("not_found", f"The address leads to a page that is named for what is missing ({final.path}).")
    same = asked.hostname and final.hostname and _site(asked.hostname) == _site(final.hostname)
    if same and not final.query and _FRONT.fullmatch(final.path) and not _FRONT.fullmatch(asked.path):
        return Wall(
            "not_found", "The address leads to the front page of the site, as it does where a page was taken down."
        )
    return None


def _site(host: str) -> str:
    return host.lower().removeprefix("www.").removeprefix("m.")


def _not_found(page: _Page) -> Wall | None:
    if page.prose > FEW or weight(page.answer.body) > FEW:
        return None
    loud = _says(page.loud, said.NOT_FOUND, page.share)
    line = loud or (_says(page.lines, said.NOT_FOUND, page.share) if page.words <= FEW else "")
    if not line and page.words <= FEW and page.prose <= A_NOTICE:
        line = _pair([*page.loud, *page.lines], said.PAGE_IS_MISSING)
    if not line and page.words <= FEW:
        line = next((text for text in (*page.loud, *page.lines) if _NUMBER.match(text.strip())), "")
    if not line:
        return None
    return Wall("not_found", f"The server says that all is well, and the page says {_quoted(line)}.")


def _consent(page: _Page) -> Wall | None:
    final = urlsplit(page.answer.final)
    if final.hostname and _CONSENT_HOST.search(final.hostname) and final.hostname not in page.answer.asked:
        return Wall(
            "consent", f"The address leads to {final.hostname}, which asks for consent before it shows the page."
        )
    if page.facts.passwords or page.prose > FEW:
        return None
    # Consent is asked for at length; a page that has nothing beside it has few other lines.
    if page.words <= FEW and _mostly_cookies(page):
        line = _says(page.answer.text.lower().split("\n"), said.COOKIES)
        return Wall("consent", f"The page seems to be a request for consent: it says {_quoted(line)} and little else.")
    asking = _count(page.lines, said.CONSENT)
    if asking >= 2 and asking * 4 >= len(page.lines) and _says(page.loud + page.lines[:6], said.CONSENT):
        line = _says([*page.loud, *page.lines], said.CONSENT)
        return Wall("consent", f"The page seems to be a request for consent: it says {_quoted(line)} and little else.")
    return None


def _mostly_cookies(page: _Page) -> bool:
    """Half of what there is to read is about cookies and partners, and there is a button to agree."""
    lines = page.answer.text.lower().split("\n")
    about = sum(weight(line) for line in lines if _says([line], said.COOKIES))
    return about * 2 >= page.words and any(weight(line) <= 4 and _says([line], said.AGREE) for line in lines)


def _login(page: _Page) -> Wall | None:
    if page.words > FEW or page.prose > A_NOTICE:
        return None
    everywhere = [*page.loud, *page.lines]
    line = _says(everywhere, said.LOGIN, page.share) or _pair(everywhere, said.LOGIN_IS_NEEDED)
    final, asked = urlsplit(page.answer.final).path, urlsplit(page.answer.asked).path
    if final != asked and _LOGIN_PATH.search(final):
        return Wall("login", f"The address leads to a login ({final}).")
    if page.facts.passwords and (page.prose <= HARDLY_ANY or line):
        seen = f"says {_quoted(line)}" if line else "has a field for a password"
        return Wall("login", f"The page seems to be a login: it {seen} and holds little else.")
    if line and _says(page.loud, said.LOGIN):
        return Wall("login", f"The page seems to be a login: it says {_quoted(line)} and holds little else.")
    if line and page.prose <= HARDLY_ANY and page.words <= FEW // 2:
        return Wall("login", f"The page seems to be a login: it says {_quoted(line)} and holds little else.")
    return None


def _paywall(page: _Page) -> Wall | None:
    if page.prose > A_STUB:
        return None
    line = _says(page.lines, said.PAYWALL) or _pair(page.lines, said.READING_COSTS)
    line = line or _pair(page.lines, said.FOR_SUBSCRIBERS)
    if line:
        return Wall("paywall", f"Only the beginning of the article was sent, and then {_quoted(line)}.")
    if page.facts.closed and page.prose <= FEW:
        return Wall(
            "paywall", "Only the beginning of an article was sent that, as the page tells machines, is not free."
        )
    return None


def _empty(page: _Page) -> Wall | None:
    if page.words > HARDLY_ANY or not page.facts.scripts or page.facts.images > 1:
        return None
    line = _says([*page.lines, page.facts.fallback], said.SCRIPTS)
    if line:
        return Wall("empty", f"The page is empty without its scripts: it says {_quoted(line)}.")
    if page.facts.mount or _says(page.lines, said.LOADING) or not page.answer.text:
        return Wall("empty", "The page is empty without its scripts, which are to write it in the reader's browser.")
    return None
