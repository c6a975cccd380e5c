"""A fact sheet as JSON: a shape that others build on, and a digest that anybody can compute."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess

import pytest
from pytest_django import Settings

from claims import fact_sheets
from claims.exports import fact_sheet
from claims.models import Claim, FactSheetVersion
from factcheck.audit.models import Event
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.reading import HOSTILE


def version_of(room: Newsroom, *claims: Claim) -> FactSheetVersion:
    sheet = fact_sheets.create(by=room.editor, title="After Geneva")
    numbers = [claim.pk for claim in claims]
    fact_sheets.arrange(sheet, by=room.editor, claims=numbers, title="After Geneva", language="en")
    return fact_sheets.publish(sheet, by=room.editor)


def test_has_this_shape(room: Newsroom, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    claim = make.published(room)
    snapshot = claim.evidence.get().snapshot_id
    version = version_of(room, claim)
    assert json.loads(fact_sheet.as_text(version)) == {
        "format": "factcheck-fact-sheet/1",
        "url": "https://facts.example/facts/after-geneva/v1/",
        "latest_url": "https://facts.example/facts/after-geneva/",
        "markdown_url": "https://facts.example/facts/after-geneva/v1.md",
        "newsroom": "The Newsroom",
        "version": 1,
        "note": "",
        "published_at": version.published_at.isoformat(),
        "published_by": "Editor",
        "content_sha256": Event.objects.get(type="fact_sheet.published").data["content_sha256"],
        "content": version.content,
        "links": {
            "claims": {str(claim.pk): f"https://facts.example/checked/{claim.pk}/v1/"},
            "archived_copies": {str(snapshot): f"https://facts.example/archive/{snapshot}/"},
        },
    }


def test_the_content_of_a_claim_has_this_shape(room: Newsroom) -> None:
    content = version_of(room, make.published(room)).content
    (item,) = content["claims"]
    assert set(content) == {"title", "intro", "language", "claims"}
    assert set(item) == {"version", "kind", "note", "published_at", "content"}
    assert set(item["content"]) == {
        "claim", "statement", "language", "context", "claimed_on", "claimant", "rating", "summary", "method",
        "reasons", "round", "reviewers", "adjudicator", "dissent", "gaps", "signed_by", "appearances", "evidence",
    }  # fmt: skip
    (quote,) = item["content"]["evidence"]
    assert set(quote) == {
        "id", "exact", "prefix", "suffix", "start", "end", "stands_in", "page", "stance", "note", "snapshot",
    }  # fmt: skip


def test_anybody_can_compute_the_digest_from_the_file(room: Newsroom) -> None:
    claims = [make.published(room, statement=text) for text in HOSTILE]
    file = json.loads(fact_sheet.as_text(version_of(room, *claims)))
    text = json.dumps(file["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == file["content_sha256"]


def test_the_one_line_of_the_documentation_computes_it_as_well(room: Newsroom) -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed (apt-get install jq).")
    version = version_of(room, make.published(room, statement="商务部 said “<b>”."))
    file = fact_sheet.as_text(version)
    canonical = subprocess.run(["jq", "-cjS", ".content"], input=file.encode(), capture_output=True, check=True).stdout
    assert hashlib.sha256(canonical).hexdigest() == json.loads(file)["content_sha256"]
