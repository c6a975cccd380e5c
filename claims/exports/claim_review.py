"""A published claim as schema.org ClaimReview (JSON-LD). docs/exports.md says what each property means here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from claims.exports import links
from claims.exports.versions import Since, Version
from claims.frozen import Json
from claims.models import Publication

CONTEXT = "https://schema.org"
#: Ends neither the script element nor begins another, whatever somebody claimed.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_KINDS = {"person": "Person", "organisation": "Organization"}


def claim_review(version: Version, since: Since, history: Iterable[Publication], url: str) -> Json:
    """One ClaimReview of ``version`` as it is shown at ``url``. ``history`` has every version of the claim."""
    history = sorted(history, key=lambda publication: publication.number)
    until_now = [p for p in history if p.number <= version.number]
    content = version.content
    said: Json = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": links.claim(version.claim, version.number),
        "url": url,
        "version": version.number,
        "creativeWorkStatus": status_of(version, since),
        "datePublished": history[0].published_at.isoformat(),
        "dateModified": version.published_at.isoformat(),
        "inLanguage": settings.LANGUAGE_CODE,
        "author": newsroom(),
        "publisher": newsroom(),
        "claimReviewed": content["statement"],
        "itemReviewed": item_reviewed(content),
        "reviewRating": rating(version),
        "reviewBody": content["summary"],
        "citation": [citation(quotes) for quotes in by_snapshot(content["evidence"])],
    }
    corrections = [correction(p) for p in until_now if p.note]
    return said | ({"correction": corrections} if corrections else {})


def status_of(version: Version, since: Since) -> str:
    if since.retracted:
        return "Retracted"
    return "Obsolete" if version.number < since.newest else "Published"


def newsroom() -> Json:
    said: Json = {"@type": "Organization", "name": settings.NEWSROOM_NAME, "url": links.index()}
    contact = settings.NEWSROOM_CONTACT
    if contact:
        said["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "corrections",
            **({"url": contact} if "://" in contact else {"email": contact.removeprefix("mailto:")}),
        }
    return said


def item_reviewed(content: Json) -> Json:
    appearances = [appearance(each) for each in content["appearances"]]
    first = [appearance(each) for each in content["appearances"] if each["is_first"]]
    said: Json = {
        "@type": "Claim",
        "text": content["statement"],
        "inLanguage": content["language"],
        "author": {"@type": _KINDS[content["claimant"]["kind"]], "name": content["claimant"]["name"]},
        "datePublished": content["claimed_on"],
        "appearance": appearances,
    }
    return said | ({"firstAppearance": first[0]} if first else {})


def appearance(each: Json) -> Json:
    return filled(
        {
            "@type": "CreativeWork",
            "url": each["url"],
            "name": each["citation"],
            "text": each["words"],
            "inLanguage": each["language"],
            "datePublished": each["appeared_on"],
        }
    )


def rating(version: Version) -> Json:
    """The label always, numbers for ordinal values alone: "Outdated" is not a little false."""
    frozen = version.content["rating"]
    if version.is_retraction:
        # Whoever reads nothing but the rating must not go on spreading one that was taken back.
        return {"@type": "Rating", "alternateName": "Retracted", "ratingExplanation": version.note}
    said: Json = {
        "@type": "Rating",
        "alternateName": frozen["label"],
        "ratingExplanation": version.content["summary"],
    }
    if frozen["value"] is not None:
        said |= {"ratingValue": frozen["value"], "bestRating": frozen["best"], "worstRating": frozen["worst"]}
    return said


def by_snapshot(evidence: Iterable[Json]) -> list[list[Json]]:
    """The quotes of each archived page, in the order in which the pages are first quoted."""
    pages: dict[int, list[Json]] = {}
    for quote in evidence:
        pages.setdefault(quote["snapshot"]["id"], []).append(quote)
    return list(pages.values())


WALLED = "The archived copy seems not to show the page itself; the newsroom confirmed the quote all the same"


def citation(quotes: list[Json]) -> Json:
    """A page that was read, our copy of it with its digests, and the words that were quoted."""
    page = quotes[0]["snapshot"]
    supplied = page.get("supplied", False)
    return filled(
        {
            "@type": "CreativeWork",
            "url": page["final_url"] or page["url"],
            "name": page["title"],
            "creditText": page["byline"],
            "publisher": {"@type": "Organization", "name": page["publisher"]} if page["publisher"] else None,
            "datePublished": page["published_on"],
            "inLanguage": page["language"],
            "creativeWorkStatus": WALLED if page.get("wall") else None,
            "archivedAt": links.archived_copy(page["id"]),
            "encoding": [
                {
                    "@type": "MediaObject",
                    "name": "The page as the newsroom supplied it"
                    if supplied
                    else "Body of the page as it was received",
                    "sha256": page["payload_sha256"],
                },
                {
                    "@type": "MediaObject",
                    "name": "Copy supplied by the newsroom, not fetched by it" if supplied else "Archived copy",
                    "encodingFormat": "application/warc",
                    "contentUrl": links.warc(page["id"]),
                    "sha256": page["warc_sha256"],
                },
            ],
            "hasPart": [{"@type": "Quotation", "text": quote["exact"]} for quote in quotes],
        }
    )


def correction(publication: Publication) -> Json:
    return {
        "@type": "CorrectionComment",
        "text": publication.note,
        "datePublished": publication.published_at.isoformat(),
    }


def filled(said: dict[str, Any]) -> Json:
    """Without what is not known: an empty string is not a name."""
    return {name: value for name, value in said.items() if value}


def as_script(review: Json) -> SafeString:
    """The data block of a page. The browser runs nothing of this type, and no text of it ends the element."""
    text = json.dumps(review, ensure_ascii=False).translate(_ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')
