"""A fact sheet as Markdown (CommonMark). Nothing that somebody wrote can become a heading, a link or HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from claims.exports import links
from claims.exports.versions import Version, in_sheet
from claims.frozen import Json, digest_of
from claims.models import FactSheetVersion

#: Letters that mean something to Markdown anywhere in a line.
_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>&#|~$!])")
#: What begins a list, a heading or a rule when it stands first.
_FIRST = re.compile(r"^(?:([-+=:])|(\d+)([.)]))")
_ISOLATE, _POP = "\u2068", "\u2069"
_STANCES = {"supports": "Supports the claim", "refutes": "Refutes the claim", "context": "Context"}


def as_text(version: FactSheetVersion) -> str:
    """The text of the file, ending in a newline."""
    content = version.content
    blocks = [f"# {inline(content['title'])}", _imprint(version)]
    if version.note:
        blocks.append(f"**Changed in this version:** {inline(version.note)}")
    blocks += paragraphs(content["intro"])
    for number, each in enumerate(in_sheet(version), start=1):
        blocks += _claim(number, each)
    blocks.append(
        f"Digest of this version: SHA-256 `{digest_of(version.content)}`. [How to check it](<{_file(version, 'json')}>)"
    )
    return "\n\n".join(blocks) + "\n"


def _file(version: FactSheetVersion, form: str) -> str:
    return links.sheet_file(version.sheet.slug, form, version.number)


def _imprint(version: FactSheetVersion) -> str:
    address = links.sheet(version.sheet.slug, version.number)
    day = date_format(timezone.localtime(version.published_at), "j F Y")
    return f"{inline(settings.NEWSROOM_NAME)}, {day}. [Version {version.number}](<{address}>)"


def _claim(number: int, version: Version) -> Iterator[str]:
    said = version.shown
    yield f"## {number}. {inline(said['statement'])}"
    yield f"{_said_by(said)}"
    yield from paragraphs(said["context"])
    yield _verdict(version)
    yield from paragraphs(said["summary"])
    for quote in said["evidence"]:
        yield _quote(quote)
    for opinion in said["dissent"]:
        yield (
            f"**Dissent:** {isolated(inline(opinion['reviewer']))} rated it “{inline(opinion['rating'])}”: "
            f"{inline(opinion['reasons'])}"
        )
    for gap in said["gaps"]:
        yield f"**Could not be established:** {inline(gap)}"
    yield _colophon(version)


def _said_by(said: Json) -> str:
    where = [_appearance(each) for each in said["appearances"]]
    places = f" ({', '.join(where)})" if where else ""
    return f"Said by {isolated(inline(said['claimant']['name']))} on {_day(said['claimed_on'])}{places}."


def _appearance(each: Json) -> str:
    return link("where it was said", each["url"]) if each["url"] else isolated(inline(each["citation"]))


def _verdict(version: Version) -> str:
    rating = version.content["rating"]
    words = f"{inline(rating['label'])}** ({inline(rating['scale']['name'])}): {inline(rating['meaning'])}"
    if version.is_retraction:
        day = date_format(timezone.localtime(version.published_at), "j F Y")
        return f"**Retracted on {day}:** {inline(version.note)}\n\nVerdict until then: **{words}"
    return f"**Rating: {words}"


def _quote(quote: Json) -> str:
    page = quote["snapshot"]
    facts = [link(page["title"] or page["final_url"], page["final_url"]), isolated(inline(page["publisher"]))]
    facts.append(_day(page["published_on"]) if page["published_on"] else "")
    facts.append(f"page {quote['page']}" if quote.get("page") else "")
    archived = link("archived copy", links.archived_copy(page["id"]))
    supplied = " (supplied by the newsroom, not fetched by it)" if page.get("supplied") else ""
    walled = " (seems not to show the page itself; confirmed by the newsroom all the same)" if page.get("wall") else ""
    words = "\n>\n".join(f"> {block}" for block in paragraphs(quote["exact"]))
    note = f" {isolated(inline(quote['note']))}" if quote["note"] else ""
    return (
        f"{words}\n>\n> {_STANCES[quote['stance']]}.{note} {', '.join(filter(None, facts))}; {archived} of "
        f"{_day(page['fetched_at'].date())}{supplied}{walled}, SHA-256 `{page['payload_sha256']}`"
    )


def _colophon(version: Version) -> str:
    said = version.content
    reviewers = ", ".join(isolated(inline(name)) for name in said["reviewers"])
    decided = f" Decided by {isolated(inline(said['adjudicator']))}." if said["adjudicator"] else ""
    address = links.claim(version.claim, version.number)
    return (
        f"Reviewed independently by {reviewers}.{decided} Signed by {isolated(inline(said['signed_by']))}. "
        f"[Version {version.number} of this check](<{address}>)"
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


# --- what others wrote, as text and nothing else -------------------------------------------


def inline(text: str) -> str:
    """One line: line breaks become spaces, every letter that Markdown would read is escaped."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return _FIRST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, with the line breaks inside them kept."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return ["\\\n".join(inline(line) for line in block.splitlines() if line.strip()) for block in blocks if block]


def isolated(text: str) -> str:
    """What stands in a sentence of ours, kept from turning the words round it when it is written right to left."""
    turns = any(unicodedata.bidirectional(letter) in _TURNING for letter in text)
    return f"{_ISOLATE}{text.translate(_OWN_ISOLATES)}{_POP}" if turns else text


#: An end of isolation inside the text would be taken for ours. These letters cannot be seen.
_OWN_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
_TURNING = frozenset({"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})


def link(words: str, address: str) -> str:
    """A link to a web address; anything else stays text."""
    if not re.match(r"https?://", address, re.IGNORECASE):
        return isolated(inline(words))
    safe = re.sub(r"[\s<>\\]", lambda found: f"%{ord(found[0]):02X}", address)
    return f"[{isolated(inline(words))}](<{safe}>)"
