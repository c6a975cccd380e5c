"""The same people in every test, and claims that reached their state by the real verbs."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from claims import evidence, workflow
from claims.models import Claim, Evidence
from claims.states import Status
from factcheck.access.models import Role, User
from sources import archive
from sources.models import Capture, Snapshot

PASSWORD = "correct horse battery"
#: The text of an archived page, and words that stand in it.
PAGE = "Exports fell in May.\nThe ministry kept its licence rule for seven rare earths after the talks."
QUOTE = "kept its licence rule for seven rare earths"

_numbers = itertools.count(1)


def person(name: str, *roles: Role) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name.capitalize(), roles=list(roles))


@dataclass
class Newsroom:
    """Everybody who is needed to take a claim from a sentence to a verdict."""

    author: User
    researcher: User
    alice: User
    bob: User
    third: User
    editor: User
    admin: User
    robot: User
    nobody: User


def newsroom() -> Newsroom:
    return Newsroom(
        author=person("author", Role.CONTRIBUTOR),
        researcher=person("researcher", Role.REVIEWER),
        alice=person("alice", Role.REVIEWER),
        bob=person("bob", Role.REVIEWER),
        third=person("third", Role.REVIEWER, Role.EDITOR),
        editor=person("editor", Role.EDITOR),
        admin=person("admin", Role.ADMINISTRATOR),
        robot=person("robot", Role.INTEGRATION),
        nobody=person("nobody"),
    )


def archived_page(by: User, text: str = PAGE, url: str = "", **facts: Any) -> Snapshot:
    """A snapshot as the worker leaves it, without a fetch: tests/sources fetch for real. `facts` are more fields."""
    source = archive.add_source(url or f"https://example.org/page/{next(_numbers)}", by=by)
    now = timezone.now()
    supplied = {
        "purpose": Capture.Purpose.SUPPLIED,
        "requested_by": facts.get("supplied_by"),
        "supplied_as": facts.get("supplied_as"),
        "supplied_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    capture = Capture.objects.create(
        source=source,
        state=Capture.State.DONE,
        requested_at=now,
        started_at=now,
        finished_at=now,
        attempts=1,
        **(supplied if "supplied_as" in facts else {}),
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Snapshot.objects.create(
        capture=capture,
        source=source,
        url=source.url,
        final_url=source.canonical_url,
        fetched_at=now,
        http_status=200,
        content_type="text/html",
        payload_sha256=digest,
        payload_length=len(text.encode()),
        warc_sha256=digest,
        warc_length=len(text.encode()),
        text=text,
        text_sha256=digest,
        **({"title": "Licences", "note": "" if text else "Nothing to read."} | facts),
    )


def submitted(room: Newsroom, **changed: Any) -> Claim:
    said: dict[str, Any] = {
        "by": room.author,
        "statement": "China maintained rare earth controls despite the Geneva deal.",
        "claimant_name": "An official",
        "claimed_on": date(2025, 6, 9),
        "appearance_url": "https://example.org/said",
    }
    said |= changed
    return workflow.submit(**said)


def accepted(room: Newsroom, **said: Any) -> Claim:
    return workflow.accept(submitted(room, **said), by=room.admin)


def researching(room: Newsroom, **said: Any) -> Claim:
    return workflow.start_research(accepted(room, **said), by=room.researcher)


def with_evidence(room: Newsroom, **said: Any) -> Claim:
    claim = researching(room, **said)
    pinned(room, claim)
    return claim


def pinned(room: Newsroom, claim: Claim, quote: str = QUOTE) -> Evidence:
    snapshot = archived_page(room.researcher)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    return evidence.pin_quote(claim, snapshot, quote, by=room.researcher, stance="supports")


def in_review(room: Newsroom, **said: Any) -> Claim:
    return workflow.send_to_review(with_evidence(room, **said), by=room.researcher)


def seal(claim: Claim, by: User, rating: str = "true", **said: Any) -> Claim:
    said = {"confidence": "high", "reasons": "The licence rule is quoted in full."} | said
    return workflow.seal_review(claim, by=by, rating=rating, **said)


def adjudicating(room: Newsroom, **said: Any) -> Claim:
    claim = in_review(room, **said)
    seal(claim, room.alice, "true")
    return seal(claim, room.bob, "mixed")


def decided(room: Newsroom, **said: Any) -> Claim:
    claim = in_review(room, **said)
    seal(claim, room.alice)
    return seal(claim, room.bob)


def published(room: Newsroom, **said: Any) -> Claim:
    return workflow.publish(decided(room, **said), by=room.editor, summary="The rule stayed in force.")


def corrected(room: Newsroom, **said: Any) -> Claim:
    claim = published(room, **said)
    return workflow.correct(claim, by=room.editor, summary="The rule stayed.", note="A date was wrong.")


def retracted(room: Newsroom, **said: Any) -> Claim:
    return workflow.retract(published(room, **said), by=room.editor, note="The page was forged.")


def declined(room: Newsroom, **said: Any) -> Claim:
    return workflow.decline(submitted(room, **said), by=room.editor, reason="A matter of taste.")


#: How to reach each state.
REACH = {
    Status.SUBMITTED: submitted,
    Status.DECLINED: declined,
    Status.ACCEPTED: accepted,
    Status.RESEARCHING: with_evidence,
    Status.IN_REVIEW: in_review,
    Status.ADJUDICATING: adjudicating,
    Status.DECIDED: decided,
    Status.PUBLISHED: published,
    Status.CORRECTED: corrected,
    Status.RETRACTED: retracted,
}
