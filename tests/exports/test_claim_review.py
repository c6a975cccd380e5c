"""The ClaimReview on the page of a published claim: one, valid, and no more than what was published."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator
from pytest_django import Settings

from claims import evidence, workflow
from claims.models import Claim
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.reading import HOSTILE

PROFILE = Draft202012Validator(json.loads((Path(__file__).parent / "claim_review.schema.json").read_text()))
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def review_of(client: Client, claim: Claim, *version: int) -> dict[str, Any]:
    """The one ClaimReview of the page; it meets the profile."""
    page = client.get(reverse("public:claim", args=[claim.pk, *version])).content.decode()
    (text,) = SCRIPT.findall(page)
    review: dict[str, Any] = json.loads(text)
    assert [error.message for error in PROFILE.iter_errors(review)] == []
    return review


def rated(room: Newsroom, rating: str, scale: str = "five-step") -> Claim:
    claim = make.in_review(room, scale=scale)
    for reviewer in (room.alice, room.bob):
        make.seal(claim, reviewer, rating)
    return workflow.publish(claim, by=room.editor, summary="So it is.")


def test_says_everything_that_was_published(client: Client, room: Newsroom, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    settings.NEWSROOM_NAME = "The Daily Check"
    settings.NEWSROOM_CONTACT = "corrections@facts.example"
    claim = make.published(room, appearance_words="They kept them.")
    publication = claim.publications.get()
    snapshot = claim.evidence.get().snapshot
    newsroom = {
        "@type": "Organization",
        "name": "The Daily Check",
        "url": "https://facts.example/facts/",
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "corrections",
            "email": "corrections@facts.example",
        },
    }
    place = {
        "@type": "CreativeWork",
        "url": "https://example.org/said",
        "text": "They kept them.",
        "inLanguage": "en",
        "datePublished": "2025-06-09",
    }
    assert review_of(client, claim) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"https://facts.example/checked/{claim.pk}/v1/",
        "url": f"https://facts.example/checked/{claim.pk}/",
        "version": 1,
        "creativeWorkStatus": "Published",
        "datePublished": publication.published_at.isoformat(),
        "dateModified": publication.published_at.isoformat(),
        "inLanguage": "en",
        "author": newsroom,
        "publisher": newsroom,
        "claimReviewed": "China maintained rare earth controls despite the Geneva deal.",
        "itemReviewed": {
            "@type": "Claim",
            "text": "China maintained rare earth controls despite the Geneva deal.",
            "inLanguage": "en",
            "author": {"@type": "Person", "name": "An official"},
            "datePublished": "2025-06-09",
            "appearance": [place],
            "firstAppearance": place,
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "True",
            "ratingExplanation": "The rule stayed in force.",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 1,
        },
        "reviewBody": "The rule stayed in force.",
        "citation": [
            {
                "@type": "CreativeWork",
                "url": snapshot.final_url,
                "name": "Licences",
                "archivedAt": f"https://facts.example/archive/{snapshot.pk}/",
                "encoding": [
                    {
                        "@type": "MediaObject",
                        "name": "Body of the page as it was received",
                        "sha256": snapshot.payload_sha256,
                    },
                    {
                        "@type": "MediaObject",
                        "name": "Archived copy",
                        "encodingFormat": "application/warc",
                        "contentUrl": f"https://facts.example/archive/{snapshot.pk}/warc",
                        "sha256": snapshot.warc_sha256,
                    },
                ],
                "hasPart": [{"@type": "Quotation", "text": make.QUOTE}],
            }
        ],
    }


@pytest.mark.parametrize(
    ("scale", "rating", "numbers"),
    [
        ("five-step", "false", (1, 5, 1)),
        ("five-step", "mostly-true", (4, 5, 1)),
        ("six-step", "absurd", (1, 6, 1)),
        ("six-step", "true", (6, 6, 1)),
    ],
)
def test_gives_ordinal_ratings_their_number(
    client: Client, room: Newsroom, scale: str, rating: str, numbers: tuple[int, int, int]
) -> None:
    found = review_of(client, rated(room, rating, scale))["reviewRating"]
    assert (found["ratingValue"], found["bestRating"], found["worstRating"]) == numbers


@pytest.mark.parametrize(
    ("rating", "label"), [("unproven", "Unproven"), ("outdated", "Outdated"), ("satire", "Satire")]
)
def test_gives_nominal_ratings_a_label_alone(client: Client, room: Newsroom, rating: str, label: str) -> None:
    assert review_of(client, rated(room, rating))["reviewRating"] == {
        "@type": "Rating",
        "alternateName": label,
        "ratingExplanation": "So it is.",
    }


def test_names_an_organisation_and_the_language_of_the_claim(client: Client, room: Newsroom) -> None:
    claim = make.published(room, claimant_name="한국무역협회", claimant_kind="organisation", language="ko")
    item = review_of(client, claim)["itemReviewed"]
    assert item["author"] == {"@type": "Organization", "name": "한국무역협회"}
    assert item["inLanguage"] == "ko"


def test_cites_a_page_once_with_all_its_quotes(client: Client, room: Newsroom) -> None:
    claim = make.with_evidence(room)
    snapshot = claim.evidence.get().snapshot
    evidence.pin_quote(claim, snapshot, "Exports fell in May.", by=room.researcher, stance="context")
    make.pinned(room, claim)
    workflow.send_to_review(claim, by=room.researcher)
    make.seal(claim, room.alice)
    make.seal(claim, room.bob)
    workflow.publish(claim, by=room.editor, summary="So it is.")
    first, second = review_of(client, claim)["citation"]
    assert [quote["text"] for quote in first["hasPart"]] == [make.QUOTE, "Exports fell in May."]
    assert [quote["text"] for quote in second["hasPart"]] == [make.QUOTE]


def test_a_place_that_was_not_on_the_web_has_a_name_instead_of_an_address(client: Client, room: Newsroom) -> None:
    claim = make.decided(room, appearance_url="")
    evidence.add_appearance(claim, by=room.researcher, citation="Evening news, 9 June 2025")
    workflow.publish(claim, by=room.editor, summary="So it is.")
    assert review_of(client, claim)["itemReviewed"]["firstAppearance"] == {
        "@type": "CreativeWork",
        "name": "Evening news, 9 June 2025",
    }


def test_a_correction_says_what_changed_and_when(client: Client, room: Newsroom) -> None:
    claim = make.corrected(room)
    first, second = claim.publications.order_by("number")
    review = review_of(client, claim)
    assert (review["version"], review["datePublished"], review["dateModified"]) == (
        2,
        first.published_at.isoformat(),
        second.published_at.isoformat(),
    )
    assert review["correction"] == [
        {"@type": "CorrectionComment", "text": "A date was wrong.", "datePublished": second.published_at.isoformat()}
    ]
    old = review_of(client, claim, 1)
    assert (old["version"], old["creativeWorkStatus"], "correction" in old) == (1, "Obsolete", False)
    assert old["url"] == f"http://127.0.0.1:8000/checked/{claim.pk}/v1/"


def test_a_retracted_verdict_spreads_no_rating(client: Client, room: Newsroom) -> None:
    claim = make.retracted(room)
    review = review_of(client, claim)
    assert review["creativeWorkStatus"] == "Retracted"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Retracted",
        "ratingExplanation": "The page was forged.",
    }
    assert review_of(client, claim, 1)["creativeWorkStatus"] == "Retracted"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_script_or_changes_on_its_way(client: Client, room: Newsroom, text: str) -> None:
    claim = make.decided(room, statement=text, claimant_name=text[:200].strip(), appearance_words=text)
    workflow.publish(claim, by=room.editor, summary=text)
    page = client.get(reverse("public:claim", args=[claim.pk])).content.decode()
    (script,) = SCRIPT.findall(page)
    assert set(script) & set("<>&") == set()
    review = review_of(client, claim)
    assert (review["claimReviewed"], review["reviewBody"], review["itemReviewed"]["appearance"][0]["text"]) == (
        text,
        text,
        text,
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"claimReviewed": ""}, "does not match"),
        ({"url": "/checked/1/"}, "does not match"),
        ({"reviewRating": {"@type": "Rating", "ratingValue": 1}}, "required"),
        (
            {"reviewRating": {"@type": "Rating", "alternateName": "x", "ratingExplanation": "x", "ratingValue": 1}},
            "dep",
        ),
        ({"itemReviewed": {"@type": "CreativeWork"}}, "was expected"),
        ({"bogus": 1}, "Additional properties"),
    ],
)
def test_the_profile_refuses_what_is_wrong(
    client: Client, room: Newsroom, change: dict[str, Any], complaint: str
) -> None:
    review = review_of(client, make.published(room)) | change
    assert any(complaint in error.message for error in PROFILE.iter_errors(review))
