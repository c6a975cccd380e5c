"""Writes the text of a PDF to standard output, a line of JSON a page. Runs as a process of its own, with limits.

Started by `sources.documents`, for PDFium is quick and reads well, but a made-up file can make it take memory for ever
or end the process it runs in. Reads the file from standard input. First line: what the document says of itself, or
``{"error": …}``; then a text a page; at the end ``{"end": true}`` unless something stopped it.
"""

import contextlib
import json
import resource
import sys
import unicodedata
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
OUTPUT_BYTES = 64 * 1024 * 1024
# What is read of a document at most, in characters.
MOST_CHARACTERS = 5_000_000
# PDFium marks so the hyphen of a word that goes on in the next line.
_HYPHENS = ("\x02", "\ufffe")
SOFT_HYPHEN = "\u00ad"

# A character and where it stands: left and right edge.
Placed = tuple[str, float, float]


def main() -> None:
    limit = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: OUTPUT_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limit.items():
        # Where the system knows no such limit, the time that the parent waits is one.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        _write({"error": "locked" if locked else "broken"})
        return
    _write({"pages": len(document)} | document.get_metadata_dict(skip_empty=True))
    left = MOST_CHARACTERS
    for number in range(len(document)):
        text = page_text(document, number)[:left]
        _write(text)
        left -= len(text)
        if left <= 0:
            return
    _write({"end": True})


def _write(line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """ "" for a page that cannot be read: the others still can."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    read = page.get_textpage()
    try:
        text: str = read.get_text_bounded()
        if any(map(_is_rtl, text)):
            text = _in_reading_order(_placed(read))
    finally:
        read.close()
        page.close()
    for hyphen in _HYPHENS:
        text = text.replace(f"{hyphen}\r\n", SOFT_HYPHEN).replace(hyphen, SOFT_HYPHEN)
    return text.replace("\r\n", "\n")


def _placed(read: pypdfium2.PdfTextPage) -> Iterator[Placed]:
    for index in range(read.count_chars()):
        left, _, right, _ = read.get_charbox(index)
        yield chr(pdfium.FPDFText_GetUnicode(read, index)), left, right


def _in_reading_order(characters: Iterator[Placed]) -> str:
    """PDFium gives right-to-left words in reading order, but not always the letters in them: see decision 0024.

    The letters of a ligature share one box and come in the wrong order; some words come as they look, left to right.
    """
    parts: list[str] = []
    word: list[Placed] = []
    for placed in characters:
        # Vowel signs belong to the word, but begin none: other scripts have such signs too.
        if _is_rtl(placed[0]) or (word and unicodedata.category(placed[0]) == "Mn"):
            word.append(placed)
            continue
        parts += [_word(word), placed[0]]
        word = []
    return "".join([*parts, _word(word)])


def _word(letters: list[Placed]) -> str:
    clusters = [list(same) for _, same in groupby(letters, key=lambda placed: placed[1:])]
    steps = [after[0][1] - before[0][1] for before, after in pairwise(clusters)]
    looks = sum(step > 0 for step in steps) > sum(step < 0 for step in steps)
    if looks:
        # As it looks: the last letter first, ligatures as they are read.
        return "".join(char for cluster in reversed(clusters) for char, _, _ in cluster)
    return "".join(char for cluster in clusters for char, _, _ in reversed(cluster))


def _is_rtl(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


if __name__ == "__main__":
    main()
