"""A copy that seems to show a wall is no evidence until a person says that the page shows this all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from claims import evidence, obstacles, workflow
from claims.models import Claim, Evidence
from claims.states import Verb
from factcheck.audit.models import Event
from sources.models import Snapshot
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import QUOTE, Newsroom
from tests.pages.conftest import HTMX

pytestmark = pytest.mark.django_db
REASON = "The page seems to be a login: it says “please log in” and holds little else."
CONFIRM = "This is what the page shows all the same"


@pytest.fixture
def walled(room: Newsroom) -> tuple[Claim, Snapshot]:
    claim = make.researching(room)
    snapshot = make.archived_page(room.researcher, wall="login", note=REASON)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    return claim, snapshot


def pin(room: Newsroom, claim: Claim, snapshot: Snapshot, **said: Any) -> Evidence:
    return evidence.pin_quote(claim, snapshot, QUOTE, by=room.researcher, stance="supports", **said)


class TestPinning:
    def test_is_refused_with_the_reason(self, room: Newsroom, walled: tuple[Claim, Snapshot]) -> None:
        with pytest.raises(evidence.Walled) as refusal:
            pin(room, *walled)
        assert REASON in refusal.value.fields["despite_wall"]
        assert not Evidence.objects.exists()

    def test_is_possible_for_whoever_confirms(self, room: Newsroom, walled: tuple[Claim, Snapshot]) -> None:
        pinned = pin(room, *walled, despite_wall=True)
        assert (pinned.despite_wall, pinned.added_by) == (True, room.researcher)
        assert Event.objects.get(type="evidence.pinned").data["despite_wall"] == "login"

    def test_of_a_page_itself_confirms_nothing(self, room: Newsroom) -> None:
        claim = make.researching(room)
        snapshot = make.archived_page(room.researcher)
        evidence.cite_source(claim, snapshot.url, by=room.researcher)
        assert pin(room, claim, snapshot, despite_wall=True).despite_wall is False
        assert "despite_wall" not in Event.objects.get(type="evidence.pinned").data

    @pytest.mark.parametrize("wall", ["login", ""])
    def test_the_database_refuses_the_contrary(self, room: Newsroom, wall: str) -> None:
        claim = make.researching(room)
        snapshot = make.archived_page(room.researcher, wall=wall, note=REASON)
        evidence.cite_source(claim, snapshot.url, by=room.researcher)
        start = snapshot.text.index(QUOTE)
        row = Evidence(
            claim=claim,
            snapshot=snapshot,
            exact=QUOTE,
            start=start,
            end=start + len(QUOTE),
            stance="supports",
            despite_wall=not wall,
            added_by=room.researcher,
        )
        with pytest.raises(DatabaseError, match="needs somebody who confirms it"), transaction.atomic():
            row.save()

    def test_a_confirmation_cannot_be_taken_back_behind_the_log(
        self, room: Newsroom, walled: tuple[Claim, Snapshot]
    ) -> None:
        pinned = pin(room, *walled, despite_wall=True)
        with pytest.raises(DatabaseError, match="is what was pinned: withdraw it"), transaction.atomic():
            Evidence.objects.filter(pk=pinned.pk).update(despite_wall=False)


class TestTheSignOff:
    def test_names_whoever_confirmed(self, room: Newsroom, walled: tuple[Claim, Snapshot], client: Any) -> None:
        claim, snapshot = walled
        pin(room, claim, snapshot, despite_wall=True)
        workflow.send_to_review(claim, by=room.researcher)
        make.seal(claim, room.alice)
        make.seal(claim, room.bob)
        label = (
            "1 quote comes from a copy that seems to show a wall; confirmed as what the page shows all the same "
            "by Researcher"
        )
        [line] = [c for c in obstacles.conditions(Verb.PUBLISH, claim) if c.label.startswith("1 quote")]
        assert (line.label, line.met) == (label, True)
        client.force_login(room.editor)
        assert label in client.get(f"/claims/{claim.pk}/sign-off/").content.decode()

    def test_says_that_every_copy_is_the_page(self, room: Newsroom) -> None:
        labels = [condition.label for condition in obstacles.conditions(Verb.PUBLISH, make.decided(room))]
        assert "Every quote comes from a copy that shows the page itself" in labels


class TestThePages:
    def test_show_the_wall_with_its_reason_wherever_the_copy_is_shown(
        self, room: Newsroom, walled: tuple[Claim, Snapshot], client: Any
    ) -> None:
        claim, snapshot = walled
        client.force_login(room.researcher)
        for path in (
            f"/claims/{claim.pk}/",
            f"/sources/{snapshot.source_id}/",
            f"/snapshots/{snapshot.pk}/",
            f"/archive/{snapshot.pk}/",
        ):
            content = client.get(path).content.decode()
            assert "eems not to be the page: a login" in content, path
            assert REASON in content, path

    def test_ask_for_the_confirmation(self, room: Newsroom, walled: tuple[Claim, Snapshot], client: Any) -> None:
        claim, snapshot = walled
        client.force_login(room.researcher)
        said = {"quote": QUOTE, "stance": "supports"}
        answer = client.post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said, headers=HTMX)
        assert answer.status_code == 422
        assert CONFIRM in answer.content.decode()
        assert "Capture it again or cite another copy" in answer.content.decode()
        answer = client.post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said | {"despite_wall": "on"})
        assert answer.status_code == 302
        content = client.get(f"/claims/{claim.pk}/?snapshot={snapshot.pk}").content.decode()
        assert "confirmed that the page shows this all the same" in content

    def test_ask_nothing_of_a_page_itself(self, room: Newsroom, client: Any) -> None:
        client.force_login(room.researcher)
        claim = make.with_evidence(room)
        content = client.get(f"/claims/{claim.pk}/").content.decode()
        assert "Pin as evidence" in content
        assert CONFIRM not in content


class TestTheApi:
    def test_refuses_and_takes_the_confirmation(self, room: Newsroom, walled: tuple[Claim, Snapshot]) -> None:
        claim, snapshot = walled
        api = Api(room.researcher)
        said = {"snapshot": snapshot.pk, "quote": QUOTE, "stance": "supports"}
        refused = api.post(f"claims/{claim.pk}/evidence/", **said)
        assert (refused.problem[:2], list(refused.errors)) == ((422, "walled"), ["despite_wall"])
        taken = api.post(f"claims/{claim.pk}/evidence/", **said, despite_wall=True)
        assert (taken.status, taken.body["despite_wall"], taken.body["snapshot"]["wall"]) == (201, True, "login")
        assert api.get(f"snapshots/{snapshot.pk}/").body["wall"] == "login"


def test_what_is_published_says_that_a_copy_seems_to_show_a_wall(
    room: Newsroom, walled: tuple[Claim, Snapshot], client: Any
) -> None:
    claim, snapshot = walled
    pin(room, claim, snapshot, despite_wall=True)
    workflow.send_to_review(claim, by=room.researcher)
    make.seal(claim, room.alice)
    make.seal(claim, room.bob)
    workflow.publish(claim, by=room.editor, summary="So.")
    (quote,) = claim.publications.get().content["evidence"]
    assert (quote["snapshot"]["wall"], quote["snapshot"]["truncated"]) == (snapshot.wall, "")
    assert "This copy seems not to show the page itself" in client.get(f"/checked/{claim.pk}/").content.decode()
