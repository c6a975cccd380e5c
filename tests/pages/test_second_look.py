"""The evidence changed since the verdict: what changed, and does the verdict stand?"""

from __future__ import annotations

from claims.models import Claim
from sources.models import Observation
from tests import factories
from tests.factories import QUOTE, Newsroom
from tests.pages.conftest import SignIn

CHANGED = "The evidence changed since the verdict"


def test_the_claim_says_so_and_leads_there(room: Newsroom, flagged: Claim, signed_in: SignIn) -> None:
    content = signed_in(room.alice).get(f"/claims/{flagged.pk}/").content.decode()
    assert CHANGED in content
    assert f'href="/claims/{flagged.pk}/second-look/"' in content
    other = factories.published(room, statement="Nothing changed.")
    assert CHANGED not in signed_in(room.alice).get(f"/claims/{other.pk}/").content.decode()


def test_shows_what_is_lost_and_how_to_compare(room: Newsroom, flagged: Claim, signed_in: SignIn) -> None:
    content = signed_in(room.editor).get(f"/claims/{flagged.pk}/second-look/").content.decode()
    observation = Observation.objects.get()
    assert "<b>A quote is gone</b>" in content
    assert f">{QUOTE}</blockquote>" in content
    address = f"/sources/{observation.source_id}/compare/?from={observation.before_id}&amp;to={observation.after_id}"
    assert f'href="{address}"' in content
    assert signed_in(room.editor).get(address.replace("&amp;", "&")).status_code == 200


def test_lets_the_verdict_stand(room: Newsroom, flagged: Claim, signed_in: SignIn) -> None:
    editor = signed_in(room.editor)
    answer = editor.post(f"/claims/{flagged.pk}/second-look/", {"reason": "Our copy bears it."})
    assert (answer.status_code, answer["Location"]) == (302, f"/claims/{flagged.pk}/")
    assert flagged.changes.get().settlement == "stands"
    assert CHANGED not in editor.get(f"/claims/{flagged.pk}/").content.decode()
    history = editor.get(f"/claims/{flagged.pk}/history/").content.decode()
    assert "let the verdict stand although its evidence changed" in history
    assert "noticed that the evidence changed since the verdict (a quote is gone)" in history
    assert "Our copy bears it." in editor.get(f"/claims/{flagged.pk}/second-look/").content.decode()


def test_wants_a_reason(room: Newsroom, flagged: Claim, signed_in: SignIn) -> None:
    answer = signed_in(room.editor).post(f"/claims/{flagged.pk}/second-look/", {"reason": " "})
    assert answer.status_code == 422
    assert "Say why the verdict stands although the page changed." in answer.content.decode()
    assert flagged.changes.get().settlement == ""


def test_says_who_may_not(room: Newsroom, flagged: Claim, signed_in: SignIn) -> None:
    client = signed_in(room.alice)
    content = client.get(f"/claims/{flagged.pk}/second-look/").content.decode()
    assert "Only an editor can do this." in content
    assert "<textarea" not in content
    assert client.post(f"/claims/{flagged.pk}/second-look/", {"reason": "Fine."}).status_code == 403


def test_says_when_there_is_nothing(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.published(room)
    content = signed_in(room.editor).get(f"/claims/{claim.pk}/second-look/").content.decode()
    assert "Nothing waits to be looked at." in content
    assert "No change of the evidence waits to be looked at." in content


def test_the_claim_still_shows_the_copy_that_is_quoted(room: Newsroom, flagged: Claim, signed_in: SignIn) -> None:
    content = signed_in(room.alice).get(f"/claims/{flagged.pk}/").content.decode()
    assert f">{QUOTE}</mark>" in content
    assert "The ministry dropped its rule." not in content


def test_stands_in_the_queue(room: Newsroom, flagged: Claim, signed_in: SignIn) -> None:
    factories.published(room, statement="Nothing changed.")
    answer = signed_in(room.editor).get("/?evidence=changed")
    [group] = answer.context["groups"]
    [row] = group.rows
    assert (group.name, row.claim, row.owed) == ("mine", flagged, "Look at what changed")
    answer = signed_in(room.alice).get("/?evidence=changed")
    assert "Evidence changed</span>" in answer.content.decode()
    [group] = answer.context["groups"]
    assert (group.name, group.rows[0].owed, group.rows[0].waits) == ("others", "", "waits for an editor to look at it")
