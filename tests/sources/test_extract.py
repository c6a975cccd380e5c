"""The text of a page under the written rule, and what the page says of itself."""

from __future__ import annotations

import codecs
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.charset import decode
from sources.extract import BODY_BYTES, DEEP, EMPTY, MOST_TAGS, SHORTENED, TEXT_BYTES, extract
from sources.imprint import Imprint


def text_of(html: str) -> str:
    return extract(html.encode(), "text/html; charset=utf-8").text


def told(html: str) -> Imprint:
    return extract(html.encode(), "text/html; charset=utf-8").imprint


class TestText:
    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<p>one</p><p>two</p>", "one\ntwo"),
            ("one<br>two<hr>three", "one\ntwo\nthree"),
            ("<div>a<div>b</div>c</div>", "a\nb\nc"),
            ("<p>an <b>in</b><i>line</i> word</p>", "an inline word"),
            ("<p>中方<b>一贯</b>主张</p>", "中方一贯主张"),
            ("<p>희토류<a href=/x>수출</a></p>", "희토류수출"),
            ("<ul><li>a<li>b</ul>", "a\nb"),
            ("<table><tr><td>1<td>2<tr><td>3</table>", "1\n2\n3"),
            ("<p>  white \n\t space\u00a0here  </p>", "white space here"),
            ("<pre>a\n  b</pre>", "a b"),
            ("<p>Cafe\u0301</p>", "Café"),
            ("<p>a&amp;b &lt;c&gt; &#8220;d&#8221;</p>", "a&b <c> “d”"),
            ("<p>a</p><script>b</script><style>c</style><noscript>d</noscript><template><p>e</p></template>", "a"),
            ("<title>not this</title><p>this</p>", "this"),
            ("<p>a\u0000b\u001ec\u0007d</p>", "ab c d"),
            ("<p>a<!-- b -->c</p>", "ac"),
            ("<p hidden>still in the page</p>", "still in the page"),
            ("<p>אב<span dir=ltr>ab</span>גד</p>", "אבabגד"),
            ("<details><summary>more</summary>inside</details>", "more\ninside"),
            ("<select><option>a<option>b</select>", "a\nb"),
            ("words after</body></html> the end", "words after the end"),
            ("plain words", "plain words"),
        ],
    )
    def test_follows_the_rule(self, html: str, text: str) -> None:
        assert text_of(html) == text

    def test_of_a_plain_file_keeps_its_lines(self) -> None:
        found = extract(b"one  two\r\nthree\n\n\nfour", "text/plain")
        assert (found.text, found.note, found.imprint) == ("one two\nthree\nfour", "", Imprint())

    @pytest.mark.parametrize("html", ["", "<html></html>", "<script>draw()</script>", "<p> \u00a0 </p>"])
    def test_that_is_not_there_says_so(self, html: str) -> None:
        found = extract(html.encode(), "text/html")
        assert (found.text, found.note) == ("", EMPTY)

    def test_of_a_very_long_page_ends_and_says_so(self) -> None:
        line = b"<p>" + b"long " * 200 + b"</p>"
        found = extract(line * (TEXT_BYTES // len(line) + 1), "text/html")
        assert found.note == SHORTENED
        assert len(found.text) == pytest.approx(TEXT_BYTES * 1000 / len(line), rel=0.01)

    def test_of_a_page_with_more_tags_than_are_read_ends_and_says_so(self) -> None:
        found = extract(b"<p>long" * (MOST_TAGS + 1), "text/html")
        assert (found.note, found.text) == (SHORTENED, "\n".join(["long"] * MOST_TAGS))
        assert extract(b"<p>long" * MOST_TAGS, "text/html") == replace(found, note="", whole=True)

    def test_holds_the_article_apart(self) -> None:
        words = [
            f"On day {n} the ministry said that the licences stay as they are, and gave no date." for n in range(5)
        ]
        article = "".join(f"<p>{line}</p>" for line in words)
        html = f"<nav>Home About</nav><article><h1>Licences</h1>{article}</article><footer>Imprint</footer>"
        found = extract(html.encode(), "text/html")
        assert found.text.startswith("Home About\nLicences\n")
        assert found.body == "\n".join(["Licences", *words])


class TestKinds:
    @pytest.mark.parametrize(
        ("data", "content_type", "kind", "note"),
        [
            (b"%PDF-1.7", "application/pdf", "application/pdf", "This PDF is damaged"),
            (b"%PDF-1.7", "application/octet-stream", "application/pdf", "This PDF is damaged"),
            (b"\x89PNG\r\n", "", "image/png", "This is an image."),
            (b"GIF89a", "image/gif", "image/gif", "This is an image."),
            (
                b"<svg><text>a</text></svg>",
                "image/svg+xml",
                "image/svg+xml",
                "This is an",
            ),
            (b"\0\0\0\x20ftyp", "video/mp4", "video/mp4", "This is a video."),
            (b"ID3", "audio/mpeg", "audio/mpeg", "This is a recording."),
            (b"\0\1\2", "", "application/octet-stream", "This file is archived."),
        ],
    )
    def test_without_text_say_why(self, data: bytes, content_type: str, kind: str, note: str) -> None:
        found = extract(data, content_type)
        assert (found.content_type, found.text) == (kind, "")
        assert found.note.startswith(note)

    @pytest.mark.parametrize("data", [b"<!DOCTYPE html><p>a", b"  <html><p>a", b"<head></head><p>a"])
    def test_a_page_without_a_type_is_recognised(self, data: bytes) -> None:
        assert (extract(data, "").content_type, extract(data, "").text) == ("text/html", "a")


class TestCharsets:
    @pytest.mark.parametrize(
        ("text", "encoding", "content_type", "head"),
        [
            ("Grüße – “ja”", "cp1252", "text/html; charset=iso-8859-1", ""),
            ("Grüße", "utf-8", 'text/html; charset="UTF-8"', ""),
            ("中方一贯主张", "gb18030", "text/html; charset=gb2312", ""),
            ("中方一贯主张", "gb18030", "text/html", "<meta charset=gbk>"),
            (
                "희토류 수출",
                "cp949",
                "text/html",
                '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">',
            ),
            ("희토류 똠방", "cp949", "text/html; charset=ks_c_5601-1987", ""),
            ("日本語", "cp932", "text/html; charset=Shift_JIS", ""),
            ("日本語", "euc_jp", "text/html; charset=EUC-JP", ""),
            ("繁體", "big5hkscs", "text/html; charset=big5", ""),
            ("القيود", "cp1256", "text/html; charset=windows-1256", ""),
            ("Привет", "koi8-r", "text/html; charset=koi8-r", ""),
            ("中方", "utf-8", "text/html", ""),
            ("中方", "utf-8", "text/html; charset=no-such-thing", ""),
            ("中方", "utf-8", "text/html; charset=rot13", ""),
            ("中方", "utf-8", "text/html; charset=hex", '<meta charset="utf-16">'),
            ("中方", "utf-8", "text/html; charset=idna", ""),
            ("中方", "utf-8", "text/html; charset=punycode", ""),
            ("中方", "utf-8", "text/html; charset=undefined", ""),
            (r"中\ud800方", "utf-8", "text/html; charset=raw_unicode_escape", ""),
            ("+ADw-p+AD4-", "utf-8", "text/html; charset=utf-7", ""),
            ("Città", "mac-roman", "text/html; charset=macintosh", ""),
            ("שלום", "iso8859-8", "text/html; charset=iso-8859-8", ""),
            ("Grüße", "cp1252", "text/html", ""),
        ],
    )
    def test_are_read_as_browsers_read_them(self, text: str, encoding: str, content_type: str, head: str) -> None:
        page = f"{head}<p>{text}</p>".encode(encoding)
        assert extract(page, content_type).text == text

    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
    )
    def test_a_byte_order_mark_goes_before_the_header(self, mark: bytes, encoding: str) -> None:
        assert extract(mark + "<p>中方</p>".encode(encoding), "text/html; charset=latin-1").text == "中方"

    def test_a_character_cut_in_half_is_no_reason_to_guess_another(self) -> None:
        assert decode("中方".encode()[:-1], "text/html") == "中\ufffd"


class TestImprint:
    def test_is_read_from_json_ld(self) -> None:
        entry = {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "Organization", "name": "Not this"},
                {
                    "@type": ["NewsArticle", "Thing"],
                    "headline": " Licences\n stay ",
                    "author": [{"@type": "Person", "name": "Kim Ji-woo"}, "Li Wei"],
                    "datePublished": "2025-06-03T08:00:00Z",
                    "inLanguage": "zh-Hans",
                    "publisher": {"name": "The Daily"},
                },
            ],
        }
        html = f'<title>Other</title><script type="application/ld+json">{json.dumps(entry)}</script><p>a</p>'
        assert told(html) == Imprint("Licences stay", "Kim Ji-woo, Li Wei", date(2025, 6, 3), "zh-Hans", "The Daily")

    def test_is_read_from_open_graph_and_meta(self) -> None:
        html = (
            '<html lang="en-GB"><meta property="og:title" content="Licences stay"><meta name="author" content="Kim">'
            '<meta property="article:published_time" content="2025-06-03T08:00:00+09:00">'
            '<meta property="og:site_name" content="The Daily"><p>a'
        )
        assert told(html) == Imprint("Licences stay", "Kim", date(2025, 6, 3), "en-GB", "The Daily")

    def test_is_read_from_the_page_itself(self) -> None:
        html = (
            '<title>Licences stay</title><p>By <a rel="author">Kim</a>, <time datetime="2025-06-03">3 June</time></p>'
        )
        assert told(html) == Imprint("Licences stay", "Kim", date(2025, 6, 3))

    @pytest.mark.parametrize(
        ("html", "modified"),
        [
            (('<script type="application/ld+json">{"@type": "Article", "datePublished": "2025-06-03", '
             '"dateModified": "2025-06-05T10:00:00Z"}</script>'
             '<meta property="article:modified_time" content="2025-06-09">'), date(2025, 6, 5)),
            ('<meta property="article:modified_time" content="2025-06-09T08:00:00+09:00">', date(2025, 6, 9)),
            ('<meta property="og:updated_time" content="2025-06-09">', date(2025, 6, 9)),
            # Who says when it was published and nothing of a change, changed nothing.
            ('<meta property="article:published_time" content="2025-06-03"><p>Updated 9 June 2025</p>', None),
            ('<p>Nothing of any day.</p>', None),
            ('<meta property="article:modified_time" content="soon">', None),
        ],
    )  # fmt: skip
    def test_tells_when_the_page_was_changed(self, html: str, modified: date | None) -> None:
        assert told(html).modified_on == modified

    @pytest.mark.parametrize(
        ("html", "address"),
        [
            ('<link rel="canonical" href="https://example.org/a"><meta property="og:url" content="https://b.example/">',
             "https://example.org/a"),
            ('<link rel="alternate Canonical" href=" /a ">', "/a"),
            ('<meta property="og:url" content="https://example.org/b">', "https://example.org/b"),
            (('<script type="application/ld+json">{"@type": "Article", "mainEntityOfPage": {"@id": "https://c.example/"}}'
             '</script>'), "https://c.example/"),
            (('<script type="application/ld+json">{"@type": "Article", "url": ["x"], "mainEntityOfPage": {"@id": 5}}'
             '</script>'), ""),
            ('<link rel="stylesheet" href="https://example.org/a.css">', ""),
        ],
    )  # fmt: skip
    def test_tells_the_address_that_the_page_gives_as_its_own(self, html: str, address: str) -> None:
        assert told(html).canonical == address

    def test_a_heading_is_the_title_when_there_is_no_other(self) -> None:
        assert told("<h1>Licences <b>stay</b></h1>").title == "Licences stay"

    @pytest.mark.parametrize(
        "script",
        ["{", "[]", "null", '{"@type": "NewsArticle", "headline": 5, "author": {"name": {}}, "datePublished": "soon"}',
         "[" * 100_000, '{"@graph": ' * 500 + "1" + "}" * 500, '{"@type": "NewsArticle", "publisher": [null, []]}'],
    )  # fmt: skip
    def test_nonsense_in_json_ld_is_passed_over(self, script: str) -> None:
        assert told(f'<script type="application/ld+json">{script}</script><title>T</title>') == Imprint("T")

    @pytest.mark.parametrize(
        "html",
        ['<html lang="e<n">', '<html lang="x">', '<meta name="author" content="https://example.org/kim">',
         '<meta name="date" content="0001-01-01">', '<meta name="date" content="31 February">'],
    )  # fmt: skip
    def test_nonsense_is_not_told(self, html: str) -> None:
        assert told(html) == Imprint()

    def test_half_a_character_is_left_out_for_it_cannot_be_stored(self) -> None:
        entry = r'{"@type": "Report", "headline": "a\ud83d b", "author": "K\udc00im", "publisher": "\ud800"}'
        assert told(f'<script type="application/ld+json">{entry}</script><p>a') == Imprint("a b", "Kim")

    def test_names_in_lists_without_bottom_are_passed_over(self) -> None:
        entry = '{"@type": "Report", "author": ' + "[" * 900 + '"Kim"' + "]" * 900 + "}"
        assert told(f'<script type="application/ld+json">{entry}</script><p>a') == Imprint()

    def test_is_never_endless(self) -> None:
        assert len(told(f"<title>{'a' * 100_000}</title>").title) == 500


@pytest.mark.parametrize(
    "html",
    ["<div>" * 200_000, "<b><p>" * 100_000, "<div></x>" * 100_000, f"<a {' '.join(f'a{n}' for n in range(50_000))}>"],
)
def test_a_page_made_to_hold_up_the_parser_is_not_parsed(html: str) -> None:
    assert extract(html.encode(), "text/html").note == DEEP


@pytest.mark.parametrize(
    "html",
    [
        "<p>para" * 40_000,
        "<table><tr><td>1" * 4000,
        "<br>" * 200_000,
        "<li>item" * 50_000,
        f'<img src="data:image/png;base64,{"A" * 500_000}"><p>para',
        "<div><p>text</p></div>" * 40_000,
        "&" * 500_000,
        "<!--" * 100_000 + "--><p>para",
        "<" * 500_000,
    ],
    ids=lambda html: html[:12],
)
def test_a_strange_page_is_read(html: str) -> None:
    assert extract(html.encode(), "text/html").note != DEEP


@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain", "", "text/html; charset=utf-16"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_a_text_or_a_sentence(data: bytes, content_type: str) -> None:
    found = extract(data, content_type)
    assert found.text or found.note
    assert not {"\x00", "\x1e"} & set(found.text + found.body)


def test_a_long_page_is_read_without_the_guess_at_its_article() -> None:
    found = extract(b"<p>long enough to be an article of its own, surely</p>" * (BODY_BYTES // 50), "text/html")
    assert (found.body, found.text.startswith("long enough")) == ("", True)
