"""Files of others are the ones that were released, to the byte."""

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTES = {"SHA256SUMS", "README.md"}


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_every_vendored_file_matches_its_sum(folder: str) -> None:
    lines = (ROOT / folder / "SHA256SUMS").read_text().splitlines()
    said = {name: digest for digest, name in (line.split("  ") for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / folder).iterdir()
        if path.name not in NOTES
    }
    assert found == said != {}


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_every_vendored_file_has_its_version_and_licence_written_down(folder: str) -> None:
    notes = (ROOT / folder / "README.md").read_text()
    names = [path.name for path in (ROOT / folder).iterdir() if path.name not in NOTES]
    assert [name for name in names if f"`{name}`" not in notes] == []
