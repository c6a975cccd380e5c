"""The text of a PDF, page by page, read by a process with limits. Plain Python, no Django.

What stops that process (memory, time, a fault in the library) costs the pages that were not read yet, and nothing else.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

READER = Path(__file__).with_name("pdf_pages.py")
# Longer than the CPU time that the reader allows itself: for machines with much else to do.
WAIT_SECONDS = 60
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")

LOCKED = "This PDF is locked with a password. The file is archived; its text cannot be read, so it cannot be quoted."
BROKEN = "This PDF is damaged, and its text cannot be read. The file is archived as it came, but cannot be quoted."
COSTLY = "This PDF is built so that its text cannot be read safely. It is archived, but cannot be quoted."
SCANNED = "This PDF has no text, as scanned pages have none. The file is archived, but cannot be quoted."
SHORTENED = "Only the first pages of this PDF could be read ({read} of {all}) and can be quoted; the whole is archived."


@dataclass(frozen=True)
class Document:
    """``pages`` has a text for each page that was read; ``note`` is a sentence where there is something to know."""

    pages: list[str] = field(default_factory=list)
    title: str = ""
    author: str = ""
    modified_on: date | None = None
    note: str = ""


def read_pdf(file: BinaryIO) -> Document:
    """``file`` has a file descriptor; it is read from its beginning. Never raises for what it holds."""
    file.seek(0)
    with tempfile.TemporaryFile(prefix="factcheck-") as answer:
        _run(file, answer)
        answer.seek(0)
        lines = [line for line in map(_line, answer) if line is not None]
    if not lines or not isinstance(lines[0], dict):
        return Document(note=COSTLY)
    about, rest = lines[0], lines[1:]
    if "error" in about:
        return Document(note=LOCKED if about["error"] == "locked" else BROKEN)
    pages = [line for line in rest if isinstance(line, str)]
    return Document(
        pages,
        title=str(about.get("Title", "")),
        author=str(about.get("Author", "")),
        modified_on=_day(str(about.get("ModDate", ""))),
        note=_note(pages, about, whole={"end": True} in rest),
    )


def _run(file: BinaryIO, answer: BinaryIO) -> None:
    # -I: neither the environment nor the working directory has a say in what it imports.
    command = [sys.executable, "-I", str(READER)]
    process = subprocess.Popen(command, stdin=file, stdout=answer, stderr=subprocess.DEVNULL)
    try:
        process.wait(WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    except BaseException:
        # The worker's own time limit: the reader must not outlive it.
        process.kill()
        process.wait()
        raise


def _line(written: bytes) -> Any:
    """None for what broke off in the middle."""
    try:
        return json.loads(written)
    except ValueError:
        return None


def _note(pages: list[str], about: dict[str, Any], *, whole: bool) -> str:
    if not whole and not any(page.strip() for page in pages):
        return COSTLY
    if not whole:
        return SHORTENED.format(read=len(pages), all=about.get("pages", "?"))
    return "" if any(page.strip() for page in pages) else SCANNED


def _day(text: str) -> date | None:
    match = _DATE.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
