"""The text of PDFs, page by page; what is made to do harm costs its own pages and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sources import documents, quotes
from sources.documents import BROKEN, COSTLY, LOCKED, SCANNED, Document, read_pdf
from sources.extract import extract
from sources.reading import page_at
from tests.sources import pdfs

ARABIC = "قال المتحدث إن القيود على تصدير المعادن النادرة لا تزال قائمة، رغم اتفاق جنيف"
HEBREW = "הדובר אמר כי ההגבלות על יצוא מתכות נדירות עדיין בתוקף"
CHINESE = "商务部发言人表示，中方一贯主张通过平等磋商解决分歧。有关出口管制措施（稀土）没有改变。"
KOREAN = "정부 관계자는 “희토류 수출 통제는 그대로다”라고 말했다."
RUSSIAN = "Министерство сохранило правило о лицензиях."
ENGLISH = "The efficient office’s “fluffy” waffle is final."


def read(data: bytes) -> Document:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return read_pdf(file)


def test_reads_each_page_and_what_the_file_says_of_itself() -> None:
    info = b"<< /Title (Licences in May) /Author (The ministry) /ModDate (D:20250602120000+02'00') >>"
    found = read(pdfs.pdf("The first page.", "", "The third (and last).", info=info))
    assert found == Document(
        ["The first page.", "", "The third (and last)."], "Licences in May", "The ministry", date(2025, 6, 2)
    )


def test_a_page_number_is_found_by_the_place_of_the_quote() -> None:
    read = extract(pdfs.pdf("", "The first words.", "", "The rule stays.", ""), "application/pdf")
    assert (read.text, read.note) == ("The first words.\nThe rule stays.", "")
    assert read.pages == (0, 0, 17, 17, 33)
    found = [quotes.find(read.text, words) for words in ("The first words.", "The rule stays.")]
    assert [page_at(read.pages, place.start) for place in found if place] == [2, 4]


def test_the_whole_file_is_read_though_only_its_beginning_is_given() -> None:
    data = pdfs.pdf(*["A page."] * 20)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        assert len(extract(data[:500], "application/pdf", whole=file).pages) == 20


def test_is_recognised_by_its_first_bytes() -> None:
    assert extract(pdfs.pdf("The rule stays."), "application/octet-stream").text == "The rule stays."


def test_a_word_divided_at_the_end_of_a_line_is_found_whole() -> None:
    content = pdfs.shown("The ministry kept its licen-", y=700) + pdfs.shown("ces for rare earths.", y=685)
    text = extract(pdfs.with_contents(pdfs.stream(content)), "application/pdf").text
    assert quotes.find(text, "kept its licences for rare earths") is not None
    assert quotes.find(text, "kept its licenses for rare earths") is None


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, BROKEN),
        (pdfs.pdf("The rule stays.")[:300], BROKEN),
        (b"", BROKEN),
        (pdfs.circle(), BROKEN),
        (pdfs.locked(), LOCKED),
        (pdfs.pdf("", ""), SCANNED),
    ],
    ids=["junk", "cut off", "empty", "circle", "locked", "scanned"],
)
def test_says_why_there_is_no_text(data: bytes, note: str) -> None:
    read = extract(data, "application/pdf")
    assert (read.text, read.note) == ("", note)


@pytest.mark.slow
@pytest.mark.parametrize("make", [pdfs.bomb, pdfs.endless_text, pdfs.laughing])
def test_what_is_made_to_do_harm_is_given_up(make: Callable[[], bytes]) -> None:
    assert read(make()) == Document(note=COSTLY)


@pytest.mark.slow
def test_pages_before_the_harm_are_kept() -> None:
    bomb = pdfs.packed(pdfs.shown("Hello") * 3_000_000)
    found = read(pdfs.with_contents(pdfs.stream(pdfs.shown("The rule stays.")), bomb, pdfs.stream(b"")))
    assert found.pages == ["The rule stays."]
    assert found.note == documents.SHORTENED.format(read=1, all=3)


def test_what_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader = tmp_path / "reader.py"
    reader.write_text('import time\nprint(\'{"pages": 2}\\n"one"\', flush=True)\ntime.sleep(600)\n')
    monkeypatch.setattr(documents, "READER", reader)
    monkeypatch.setattr(documents, "WAIT_SECONDS", 3)
    assert read(b"x") == Document(["one"], note=documents.SHORTENED.format(read=1, all=2))


@pytest.mark.slow
def test_a_thousand_pages() -> None:
    found = read(pdfs.pdf(*[f"Page {number} of the report." for number in range(1, 1001)]))
    assert (len(found.pages), found.pages[-1], found.note) == (1000, "Page 1000 of the report.", "")


@pytest.fixture(scope="module")
def printed(browser: Browser) -> str:
    """The text of a PDF as a browser prints it, in many scripts."""
    page = browser.new_page()
    lines = [("ar", ARABIC), ("he", HEBREW), ("zh", CHINESE), ("ko", KOREAN), ("ru", RUSSIAN), ("en", ENGLISH)]
    body = "".join(f'<p lang="{tag}" dir="auto">{words}</p>' for tag, words in lines)
    # Narrow, so that lines break within sentences; not within Korean words, where the file does not say that it is one.
    body += "<style>[lang=ko] { word-break: keep-all }</style>"
    page.set_content(f'<!doctype html><meta charset="utf-8"><div style="width: 260px">{body}</div>')
    data = page.pdf()
    page.close()
    return extract(data, "application/pdf").text


@pytest.mark.browser
@pytest.mark.parametrize("words", [ARABIC, HEBREW, CHINESE, KOREAN, RUSSIAN, ENGLISH])
def test_quotes_are_found_in_every_script(printed: str, words: str) -> None:
    assert quotes.find(printed, words) is not None


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "right", "wrong"),
    [
        (ARABIC, "النادرة", "الثمينة"),
        (HEBREW, "נדירות", "יקרות"),
        (CHINESE, "平等", "友好"),
        (RUSSIAN, "сохранило", "отменило"),
    ],
)
def test_a_word_changed_is_not_found(printed: str, words: str, right: str, wrong: str) -> None:
    assert right in words
    assert quotes.find(printed, words.replace(right, wrong)) is None


def test_an_image_is_kept_and_has_no_text() -> None:
    read = extract(b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png")
    assert (read.text, read.pages) == ("", ())
    assert read.note == "This is an image. It is archived and has no text that could be quoted."
