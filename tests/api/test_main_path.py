"""The whole mission by the API alone: five sentences become a published fact sheet."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from claims.models import Claim
from factcheck.audit.models import Event
from factcheck.audit.verify import faults
from sources.models import Source
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import QUOTE, Newsroom

STATEMENTS = [
    ("China maintained rare earth controls despite the Geneva deal.", "en"),
    ("제네바 합의 뒤에도 희토류 허가 규정은 유지되었다.", "ko"),
    ("会谈之后稀土许可规定依然有效。", "zh-Hans"),
    ("بقيت قاعدة الترخيص سارية بعد المحادثات.", "ar"),
    ("Exports fell in May.", "en"),
]


def arrive(url: str, room: Newsroom) -> None:
    """The worker's part: the first attempt failed, the second one got the page."""
    waiting = Source.objects.get(canonical_url=url).captures
    waiting.update(state="failed", reason="unreachable", finished_at=timezone.now())
    make.archived_page(room.researcher, url=url)


def test_from_five_sentences_to_a_fact_sheet(room: Newsroom) -> None:
    cms, researcher, editor, third = Api(room.robot), Api(room.researcher), Api(room.editor), Api(room.third)
    alice, bob = Api(room.alice), Api(room.bob)

    claims = []
    for number, (statement, language) in enumerate(STATEMENTS):
        made = cms.post(
            "claims/",
            statement=statement,
            language=language,
            claimant_name="A ministry",
            claimant_kind="organisation",
            claimed_on="2025-06-09",
            appearance_url=f"https://example.org/said/{number}",
            external_id=f"cms-{number}",
        )
        assert made.status == 201
        claims.append(made.body["id"])

    for number, claim in enumerate(claims):
        assert editor.post(f"claims/{claim}/accept/").body["status"] == "accepted"
        assert researcher.post(f"claims/{claim}/start-research/").body["status"] == "researching"
        url = f"https://example.org/rule/{number}"
        cited = researcher.post(f"claims/{claim}/sources/", url=url)
        assert cited.body["source"]["capture"]["state"] == "queued"
        waiting = researcher.post(f"claims/{claim}/send-to-review/")
        assert waiting.problem[:2] == (409, "not_ready")
        arrive(url, room)
        capture = researcher.get(f"claims/{claim}/sources/").body["items"][0]["source"]["capture"]
        assert capture["state"] == "done"
        snapshot = researcher.get(f"snapshots/{capture['snapshot']['id']}/").body
        assert QUOTE in snapshot["text"]
        pinned = researcher.post(f"claims/{claim}/evidence/", snapshot=snapshot["id"], quote=QUOTE, stance="supports")
        assert pinned.status == 201
        assert researcher.post(f"claims/{claim}/send-to-review/").body["status"] == "in_review"

    for number, claim in enumerate(claims):
        said: dict[str, Any] = {"confidence": "high", "reasons": "The rule is quoted."}
        alice.put(f"claims/{claim}/review/", rating="true", **said)
        assert alice.post(f"claims/{claim}/review/seal/").status == 200
        assert bob.get(f"claims/{claim}/").body["status"] == "in_review"
        second = "mixed" if number == 0 else "true"
        assert bob.post(f"claims/{claim}/review/seal/", rating=second, **said).status == 200

    differing, *agreed = claims
    assert cms.get(f"claims/{differing}/").body["status"] == "adjudicating"
    decided = third.post(f"claims/{differing}/adjudicate/", rating="true", reasons="In June it was in force.")
    assert decided.body["rounds"][0]["decision"]["method"] == "adjudication"
    assert {cms.get(f"claims/{claim}/").body["status"] for claim in agreed} == {"decided"}

    for claim in claims:
        published = editor.post(f"claims/{claim}/publish/", summary="The licence rule stayed in force.")
        assert (published.body["status"], published.body["rating"]["slug"]) == ("published", "true")

    sheet = editor.post("fact-sheets/", title="Trade talks").body["id"]
    editor.put(f"fact-sheets/{sheet}/", title="Trade talks", claims=claims)
    version = editor.post(f"fact-sheets/{sheet}/publish/").body
    assert [item["content"]["statement"] for item in version["content"]["claims"]] == [s for s, _ in STATEMENTS]
    assert version["content"]["claims"][0]["content"]["dissent"][0]["reviewer"] == "Bob"

    verdicts = cms.get("claims/", status="published").body["items"]
    assert {verdict["external_id"] for verdict in verdicts} == {f"cms-{number}" for number in range(5)}
    assert all(editor.client.get(verdict["public_url"]).status_code == 200 for verdict in verdicts)
    told = cms.get("events/", type="claim.published").body["items"]
    assert [event["subject"] for event in told] == [f"claim:{claim}" for claim in claims]
    assert Claim.objects.filter(status="published").count() == 5
    assert list(faults(Event.objects.order_by("subject", "seq").iterator())) == []
