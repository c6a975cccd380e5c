"""Quotes become evidence where they stand, or are refused with the nearest passage that does."""

from __future__ import annotations

from typing import Any

from claims import evidence
from claims.models import Claim, Evidence
from sources.models import Snapshot
from tests import factories
from tests.factories import QUOTE, Newsroom
from tests.pages.conftest import HTMX, SignIn


def read(room: Newsroom) -> tuple[Claim, Snapshot]:
    claim = factories.researching(room)
    snapshot = factories.archived_page(room.researcher)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    return claim, snapshot


def said(**more: Any) -> dict[str, Any]:
    return {"quote": QUOTE, "stance": "supports", "note": "It says so."} | more


def test_pins_a_quote(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = read(room)
    answer = signed_in(room.researcher).post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said())
    pinned = Evidence.objects.get()
    assert (pinned.exact, pinned.stance, pinned.note) == (QUOTE, "supports", "It says so.")
    assert answer.headers["Location"] == f"/claims/{claim.pk}/?snapshot={snapshot.pk}#evidence-{pinned.pk}"


def test_answers_htmx_with_both_panes_and_the_next_step(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = read(room)
    content = (
        signed_in(room.researcher)
        .post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said(), headers=HTMX)
        .content.decode()
    )
    assert content.strip().startswith('<div class="panes" id="evidence"')
    assert f">{QUOTE}</mark>" in content
    assert 'data-key="s">Send to review</button>' in content
    assert '<p class="message success" dir="auto">The quote is pinned.</p>' in content


def test_refuses_a_quote_that_is_not_there_and_offers_the_nearest(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = read(room)
    wrong = "kept its licensing rule for seven rare earths"
    answer = signed_in(room.researcher).post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said(quote=wrong))
    assert answer.status_code == 422
    assert Evidence.objects.count() == 0
    content = answer.content.decode()
    assert "These words do not stand in the archived page." in content
    assert wrong in content
    assert answer.context["nearest"] in snapshot.text
    assert f'name="passage" value="{answer.context["nearest"]}"'.replace("\n", "\n") in content


def test_pins_the_nearest_passage_at_the_press_of_its_button(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = read(room)
    sent = said(quote="something else", passage="Exports fell in May.")
    signed_in(room.researcher).post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", sent)
    assert [item.exact for item in Evidence.objects.all()] == ["Exports fell in May."]


def test_keeps_what_was_typed_when_the_stance_is_missing(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = read(room)
    answer = signed_in(room.researcher).post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said(stance=""))
    assert answer.status_code == 422
    assert answer.context["quote_form"].errors == {"stance": ["Say what the quote does: supports, refutes or context."]}
    assert 'value="It says so."' in answer.content.decode()


def test_says_that_a_passage_is_pinned_already(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = read(room)
    client = signed_in(room.researcher)
    client.post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said())
    answer = client.post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said())
    assert answer.status_code == 409
    assert b"This passage is pinned to the claim already." in answer.content
    assert Evidence.objects.count() == 1


def test_says_a_refusal_above_the_page_to_htmx(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = read(room)
    client = signed_in(room.researcher)
    client.post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said())
    answer = client.post(f"/claims/{claim.pk}/evidence/{snapshot.pk}/", said(), headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#messages")
    sentence = "This passage is pinned to the claim already."
    assert answer.content.decode().strip() == f'<p class="message error" dir="auto">{sentence}</p>'


def test_withdraws_and_restores(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    pinned = claim.evidence.get()
    client = signed_in(room.researcher)
    client.post(f"/evidence/{pinned.pk}/withdraw/")
    pinned.refresh_from_db()
    assert pinned.withdrawn_by == room.researcher
    assert f"/evidence/{pinned.pk}/restore/" in client.get(f"/claims/{claim.pk}/").content.decode()
    client.post(f"/evidence/{pinned.pk}/restore/")
    pinned.refresh_from_db()
    assert pinned.withdrawn_at is None


def test_refuses_those_who_may_not_research(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    pinned = claim.evidence.get()
    client = signed_in(room.nobody)
    for address in (f"/claims/{claim.pk}/evidence/{pinned.snapshot_id}/", f"/evidence/{pinned.pk}/withdraw/"):
        assert client.post(address, said(quote="Exports fell in May.")).status_code == 403, address
    assert [item.withdrawn_at for item in claim.evidence.all()] == [None]


def test_pins_nothing_from_a_page_that_the_claim_does_not_cite(room: Newsroom, signed_in: SignIn) -> None:
    claim, _ = read(room)
    other = factories.archived_page(room.researcher)
    answer = signed_in(room.researcher).post(f"/claims/{claim.pk}/evidence/{other.pk}/", said())
    assert (answer.status_code, Evidence.objects.count()) == (404, 0)


def test_changes_nothing_by_a_link(room: Newsroom, signed_in: SignIn) -> None:
    pinned = factories.with_evidence(room).evidence.get()
    client = signed_in(room.researcher)
    for address in (f"/evidence/{pinned.pk}/withdraw/", f"/evidence/{pinned.pk}/restore/"):
        assert client.get(address).status_code == 405, address
