"""The verbs of the workflow as buttons."""

from __future__ import annotations

from claims.states import Status
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import SignIn


def test_accepts_at_a_click(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    answer = signed_in(room.editor).post(f"/claims/{claim.pk}/act/accept/")
    assert answer.headers["Location"] == f"/claims/{claim.pk}/"
    claim.refresh_from_db()
    assert claim.status == Status.ACCEPTED


def test_goes_from_acceptance_to_review(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.accepted(room)
    client = signed_in(room.researcher)
    client.post(f"/claims/{claim.pk}/act/start-research/")
    factories.pinned(room, claim)
    client.post(f"/claims/{claim.pk}/act/send-to-review/")
    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW


def test_changes_nothing_by_a_link(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    answer = signed_in(room.editor).get(f"/claims/{claim.pk}/act/accept/")
    assert b"The claim will be researched." in answer.content
    claim.refresh_from_db()
    assert claim.status == Status.SUBMITTED


def test_declines_with_a_reason_only(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    client = signed_in(room.editor)
    answer = client.post(f"/claims/{claim.pk}/act/decline/", {"reason": " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reason": ["Say why the claim is declined."]}
    client.post(f"/claims/{claim.pk}/act/decline/", {"reason": "A matter of taste."})
    claim.refresh_from_db()
    assert claim.status == Status.DECLINED
    assert b"A matter of taste." in client.get(f"/claims/{claim.pk}/history/").content


def test_reopens_with_a_reason(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.decided(room)
    signed_in(room.editor).post(f"/claims/{claim.pk}/act/reopen/", {"reason": "A new document."})
    claim.refresh_from_db()
    assert claim.status == Status.RESEARCHING


def test_says_before_the_click_who_may_not(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.published(room)
    content = signed_in(room.alice).get(f"/claims/{claim.pk}/act/retract/").content
    assert (b"Only an editor can do this." in content, b"<textarea" in content) == (True, False)


def test_refuses_whom_the_rules_refuse(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    answer = signed_in(room.author).post(f"/claims/{claim.pk}/act/accept/")
    assert answer.status_code == 403
    claim.refresh_from_db()
    assert claim.status == Status.SUBMITTED


def test_says_that_somebody_was_faster(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.accepted(room)
    answer = signed_in(room.editor).post(f"/claims/{claim.pk}/act/decline/", {"reason": "Too late."})
    assert answer.status_code == 409
    assert "“Decline” is for claims that are submitted. This one is accepted." in answer.content.decode()


def test_knows_no_other_verbs(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.decided(room)
    client = signed_in(room.editor)
    for verb in ("publish", "correct", "seal-review", "adjudicate", "explode"):
        assert client.post(f"/claims/{claim.pk}/act/{verb}/").status_code == 404, verb
