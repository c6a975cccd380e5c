"""A fact sheet as JSON. The shape is a promise (docs/exports.md): it may grow; nothing in it changes its meaning."""

from __future__ import annotations

import json

from django.conf import settings

from claims.exports import links
from claims.exports.versions import in_sheet
from claims.frozen import Json, digest_of
from claims.models import FactSheetVersion

FORMAT = "factcheck-fact-sheet/1"


def fact_sheet(version: FactSheetVersion) -> Json:
    """``content`` is what was frozen; everything beside it can be computed from it or is an address."""
    slug = version.sheet.slug
    return {
        "format": FORMAT,
        "url": links.sheet(slug, version.number),
        "latest_url": links.sheet(slug),
        "markdown_url": links.sheet_file(slug, "md", version.number),
        "newsroom": settings.NEWSROOM_NAME,
        "version": version.number,
        "note": version.note,
        "published_at": version.published_at.isoformat(),
        "published_by": version.published_by.name,
        "content_sha256": digest_of(version.content),
        "content": version.content,
        "links": {
            "claims": {str(each.claim): links.claim(each.claim, each.number) for each in in_sheet(version)},
            "archived_copies": {
                str(quote["snapshot"]["id"]): links.archived_copy(quote["snapshot"]["id"])
                for each in in_sheet(version)
                for quote in each.content["evidence"]
            },
        },
    }


def as_text(version: FactSheetVersion) -> str:
    return json.dumps(fact_sheet(version), ensure_ascii=False, indent=2) + "\n"
