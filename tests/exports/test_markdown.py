"""A fact sheet as Markdown, read by a CommonMark parser: what others wrote is text in it and nothing else."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from claims import evidence, fact_sheets, workflow
from claims.exports import markdown
from claims.models import Claim, FactSheetVersion
from sources.models import Source
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.reading import HOSTILE

#: With the extensions that readers of Markdown most often switch on.
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def version_of(room: Newsroom, *claims: Claim, title: str = "After Geneva", intro: str = "") -> FactSheetVersion:
    sheet = fact_sheets.create(by=room.editor, title=title)
    fact_sheets.arrange(
        sheet, by=room.editor, claims=[claim.pk for claim in claims], title=title, intro=intro, language="en"
    )
    return fact_sheets.publish(sheet, by=room.editor)


def tokens(text: str) -> list[Token]:
    return [inner for token in PARSER.parse(text) for inner in (token, *(token.children or []))]


def plain(text: str) -> str:
    """What a reader of the rendered text sees, with single spaces."""
    parts = [token.content if token.type in {"text", "code_inline"} else " " for token in tokens(text)]
    return " ".join("".join(parts).split())


def test_says_what_the_page_says(room: Newsroom) -> None:
    claim = make.published(room)
    version = version_of(room, claim, intro="What was said.")
    snapshot = claim.evidence.get().snapshot
    text = markdown.as_text(version)
    assert text.startswith("# After Geneva\n\nThe Newsroom, ")
    for block in [
        "What was said.",
        "## 1. China maintained rare earth controls despite the Geneva deal.",
        "Said by An official on 9 June 2025 ([where it was said](<https://example.org/said>)).",
        "**Rating: True** (Five steps): The evidence supports the claim as it was made.",
        "The rule stayed in force.",
        f"> {make.QUOTE}",
        f"> Supports the claim. [Licences](<{snapshot.final_url}>); ",
        f"[archived copy](<http://127.0.0.1:8000/archive/{snapshot.pk}/>) of",
        f"SHA-256 `{snapshot.payload_sha256}`",
        "Reviewed independently by Alice, Bob. Signed by Editor.",
        f"[Version 1 of this check](<http://127.0.0.1:8000/checked/{claim.pk}/v1/>)",
    ]:
        assert block in text


def test_tells_of_a_retraction(room: Newsroom) -> None:
    text = markdown.as_text(version_of(room, make.retracted(room)))
    assert re.search(r"\*\*Retracted on \d+ \w+ \d{4}:\*\* The page was forged\.", text)
    assert "Verdict until then: **True** (Five steps)" in text


def test_tells_of_dissent_and_gaps(room: Newsroom) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice, "true", gaps="The date.")
    make.seal(claim, room.bob, "mixed", reasons="Some were granted.")
    workflow.adjudicate(claim, by=room.third, rating="true", reasons="So.")
    workflow.publish(claim, by=room.editor, summary="It was.")
    text = markdown.as_text(version_of(room, claim))
    assert "**Dissent:** Bob rated it “Mixed”: Some were granted." in text
    assert "**Could not be established:** The date." in text
    assert "Decided by Third." in text


def test_says_what_changed_in_a_later_version(room: Newsroom) -> None:
    sheet = version_of(room, make.published(room)).sheet
    later = fact_sheets.publish(sheet, by=room.editor, note="A date was wrong.")
    assert "**Changed in this version:** A date was wrong." in markdown.as_text(later)


MARKUP = [
    *HOSTILE,
    "1. not a list",
    "- nor this",
    "> nor a quote",
    "=====",
    "    four spaces",
    "***",
    "![pixel](https://evil.example/p.png)",
    "<https://evil.example>",
    "https://evil.example/_x_",
    "a\\\nb  \nc",
    "&lt;b&gt; &#x41;",
    "[x]: https://evil.example",
    "~~struck~~ ```code```",
    "---\ntitle: front matter\n---",
    "$x$ \\(y\\)",
]


@pytest.mark.parametrize("text", MARKUP)
def test_what_others_wrote_is_text_and_nothing_else(room: Newsroom, text: str) -> None:
    words = " ".join(text.split())
    claim = make.with_evidence(
        room, statement=text, context=text, claimant_name=words[:200].strip(), appearance_words=text
    )
    page = make.archived_page(room.researcher, text=f"Before. {text} After.")
    evidence.cite_source(claim, page.url, by=room.researcher)
    evidence.pin_quote(claim, page, text, by=room.researcher, stance="refutes", note=text)
    workflow.send_to_review(claim, by=room.researcher)
    make.seal(claim, room.alice, "true", reasons=text, gaps=text)
    make.seal(claim, room.bob, "false", reasons=text, gaps=text)
    workflow.adjudicate(claim, by=room.third, rating="true", reasons=text)
    workflow.publish(claim, by=room.editor, summary=text)
    version = version_of(room, claim, title=words[:200].strip(), intro=text)
    ours = version_of(room, make.published(room, context="x"), intro="x")
    written = markdown.as_text(version)
    kinds = {token.type for token in tokens(written)}
    assert kinds - {token.type for token in tokens(markdown.as_text(ours))} <= {"hardbreak"}
    links = [str(token.attrs["href"]) for token in tokens(written) if token.type == "link_open"]
    assert [link for link in links if not link.startswith(("http://127.0.0.1:8000/", "https://example.org/"))] == []
    # Statement, context, short why, quote, note, dissent and two gaps; the intro above them.
    assert plain(written).count(words) >= 9


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a", "[x](<https://example.org/a>)"),
        ("https://example.org/a>b c\\", "[x](<https://example.org/a%3Eb%20c%5C>)"),
        ("javascript:alert(1)", "x"),
        ("", "x"),
    ],
)
def test_links_lead_to_the_web_alone(address: str, written: str) -> None:
    assert markdown.link("x", address) == written


def test_a_name_written_right_to_left_does_not_turn_the_sentence() -> None:
    assert markdown.isolated("متحدث رسمي") == "\u2068متحدث رسمي\u2069"
    assert markdown.isolated("Alice") == "Alice"


def test_a_name_cannot_end_its_isolation() -> None:
    assert markdown.isolated("a\u2069\u202eb") == "\u2068a\u202eb\u2069"


def test_a_page_written_right_to_left_does_not_turn_the_line_of_its_quote(room: Newsroom) -> None:
    claim = make.researching(room)
    evidence.add_appearance(claim, by=room.researcher, citation="نشرة الثامنة")
    page = make.archived_page(room.researcher)
    Source.objects.filter(pk=page.source_id).update(publisher="مرسى الأخبار")
    evidence.cite_source(claim, page.url, by=room.researcher)
    evidence.pin_quote(claim, page, make.QUOTE, by=room.researcher, stance="context", note="ملاحظة")
    workflow.send_to_review(claim, by=room.researcher)
    make.seal(claim, room.alice)
    make.seal(claim, room.bob)
    workflow.publish(claim, by=room.editor, summary="It was.")
    text = markdown.as_text(version_of(room, claim))
    assert "), \u2068نشرة الثامنة\u2069)." in text
    assert "> Context. \u2068ملاحظة\u2069 [Licences](<" in text
    assert ">), \u2068مرسى الأخبار\u2069; [archived copy](<" in text
    assert markdown.link("عنوان", "https://example.org/") == "[\u2068عنوان\u2069](<https://example.org/>)"
