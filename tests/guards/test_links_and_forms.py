"""Everything that htmx does a plain link or form does as well, so that all of it works without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
OPENING = re.compile(r"<(\w+)\s((?:[^<>{]|\{%.*?%\}|\{\{.*?\}\})*)>", re.DOTALL)
FILES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def opening_tags(template: str) -> list[tuple[str, str]]:
    return OPENING.findall((TEMPLATES / template).read_text())


def value(attributes: str, name: str) -> str | None:
    found = re.search(rf'(?<![\w-]){name}="((?:[^"{{]|{{%.*?%}}|{{{{.*?}}}})*)"', attributes, re.DOTALL)
    return found.group(1) if found else None


@pytest.mark.parametrize("template", FILES)
def test_every_get_has_the_same_address_as_its_link_or_form(template: str) -> None:
    wrong = [
        attributes
        for _, attributes in opening_tags(template)
        if (address := value(attributes, "hx-get"))
        and address not in (value(attributes, "href"), value(attributes, "action"))
    ]
    assert wrong == []


@pytest.mark.parametrize("template", FILES)
def test_every_post_is_a_form_or_part_of_one(template: str) -> None:
    wrong = [
        attributes
        for tag, attributes in opening_tags(template)
        if (address := value(attributes, "hx-post"))
        and (tag == "form" or value(attributes, "hx-include") is None)
        and (value(attributes, "action") or "").partition("#")[0] != address
    ]
    assert wrong == []


@pytest.mark.parametrize("template", FILES)
def test_no_post_waits_behind_another_of_its_form(template: str) -> None:
    """By itself htmx sends a second click after the first: everything that is written would be written twice."""
    wrong = [
        attributes
        for _, attributes in opening_tags(template)
        if value(attributes, "hx-post") and value(attributes, "hx-sync") not in ("drop", "replace")
    ]
    assert wrong == []


@pytest.mark.parametrize("template", FILES)
def test_no_style_and_no_script_stands_in_a_page(template: str) -> None:
    text = (TEMPLATES / template).read_text()
    inline = re.findall(r"<style|\sstyle=|\son\w+=|hx-on|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)", text)
    assert inline == []


def test_reads_the_templates() -> None:
    assert sum('hx-post="' in (TEMPLATES / template).read_text() for template in FILES) > 5
    assert ("form", True) in [(tag, "hx-get" in attributes) for tag, attributes in opening_tags("claims/queue.html")]
