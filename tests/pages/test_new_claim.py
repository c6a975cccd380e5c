"""Put a claim in, or change its wording."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from claims.models import Claim
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import SignIn

SAID = {
    "statement": "중국은 희토류 수출 통제를 유지했다.",
    "language": "ko",
    "claimant_name": "한국경제",
    "claimant_kind": "organisation",
    "claimed_on": "2025-06-09",
    "due_on": "",
    "context": "",
    "appearance_url": "https://example.org/said",
    "appearance_words": "",
}


def test_puts_a_claim_in(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.author).post("/claims/new/", SAID)
    claim = Claim.objects.get()
    assert answer.headers["Location"] == f"/claims/{claim.pk}/"
    assert (claim.statement, claim.language, claim.claimant.name) == (SAID["statement"], "ko", "한국경제")
    assert [appearance.url for appearance in claim.appearances.all()] == ["https://example.org/said"]


def test_refuses_a_claim_without_text_and_keeps_the_rest(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.author).post("/claims/new/", SAID | {"statement": " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"statement": ["Write the statement that is to be checked."]}
    content = answer.content.decode()
    assert 'value="한국경제"' in content
    assert 'aria-describedby="id_statement_helptext id_statement_error"' in content
    assert Claim.objects.count() == 0


def test_refuses_a_day_in_the_future_beside_its_field(room: Newsroom, signed_in: SignIn) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = signed_in(room.author).post("/claims/new/", SAID | {"claimed_on": tomorrow})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "claimed_on": [f"{tomorrow} is in the future. Give a day up to today."],
    }
    assert str(SAID["statement"]) in answer.content.decode()


def test_refuses_an_address_that_nobody_could_fetch(room: Newsroom, signed_in: SignIn) -> None:
    client = signed_in(room.author)
    for address in ("javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/a", "no address"):
        answer = client.post("/claims/new/", SAID | {"appearance_url": address})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["appearance_url"]), address
    assert Claim.objects.count() == 0


def test_tells_somebody_without_a_role_why_not(room: Newsroom, signed_in: SignIn) -> None:
    client = signed_in(room.nobody)
    assert b"Your account has no role yet" in client.get("/claims/new/").content
    answer = client.post("/claims/new/", SAID)
    assert (answer.status_code, Claim.objects.count()) == (403, 0)
    assert b"Your account has no role yet" in answer.content


def test_changes_the_wording_and_keeps_the_earlier_one(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    client = signed_in(room.researcher)
    form = client.get(f"/claims/{claim.pk}/edit/").context["form"]
    said = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    answer = client.post(f"/claims/{claim.pk}/edit/", said | {"statement": "China kept its controls."})
    assert answer.headers["Location"] == f"/claims/{claim.pk}/"
    history = client.get(f"/claims/{claim.pk}/history/").content.decode()
    assert '<del dir="auto">China maintained rare earth controls despite the Geneva deal.</del>' in history
    assert '<ins dir="auto">China kept its controls.</ins>' in history


def test_keeps_a_changed_wording_that_is_refused(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    answer = signed_in(room.researcher).post(f"/claims/{claim.pk}/edit/", SAID | {"claimed_on": "2999-01-01"})
    assert answer.status_code == 422
    assert str(SAID["statement"]) in answer.content.decode()


def test_offers_no_change_when_research_is_closed(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    content = signed_in(room.researcher).get(f"/claims/{claim.pk}/edit/").content
    assert b"Research on this claim is closed" in content
    assert b"<textarea" not in content


def test_keeps_a_language_that_the_list_does_not_have(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room, language="yue-Hant")
    content = signed_in(room.author).get(f"/claims/{claim.pk}/edit/").content
    assert b'<option value="yue-Hant" selected>' in content
