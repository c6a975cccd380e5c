"""A person compares a quote with the newer copy of its page, and says that it is the same."""

from __future__ import annotations

import pytest

from claims import evidence, workflow
from claims.models import Claim, Evidence
from sources.models import Snapshot
from tests import factories
from tests.browser import axe_findings
from tests.factories import PAGE, QUOTE, Newsroom
from tests.pages.conftest import DESK, PHONE, SignIn, Visit

NOW = QUOTE.replace("seven", "nine")


def copies(room: Newsroom, text: str = "") -> tuple[Claim, Evidence, Snapshot]:
    claim = factories.researching(room)
    old = factories.pinned(room, claim)
    newer = factories.archived_page(room.researcher, text=text or PAGE.replace("seven", "nine"), url=old.snapshot.url)
    return claim, old, newer


def test_the_workspace_leads_to_the_newer_copy(room: Newsroom, signed_in: SignIn) -> None:
    claim, old, newer = copies(room)
    client = signed_in(room.researcher)
    link = f'href="/evidence/{old.pk}/carry-over/?snapshot={newer.pk}"'
    assert link in client.get(f"/claims/{claim.pk}/").content.decode()
    newer_still_unread = factories.archived_page(room.researcher, text="", url=old.snapshot.url)
    assert newer_still_unread.pk > newer.pk
    assert link in client.get(f"/claims/{claim.pk}/").content.decode()


def test_shows_both_passages_with_the_score_and_carries_over(room: Newsroom, signed_in: SignIn) -> None:
    claim, old, newer = copies(room)
    client = signed_in(room.researcher)
    answer = client.get(f"/evidence/{old.pk}/carry-over/?snapshot={newer.pk}")
    content = answer.content.decode()
    assert f"<mark>{QUOTE}</mark>" in content
    assert f"<mark>{NOW}</mark>" in content
    best = answer.context["anchor"]
    assert f'<b class="num">{best.score}</b> of 100 alike' in content
    sent = {"snapshot": newer.pk, "start": best.found.start, "end": best.found.end}
    answer = client.post(f"/evidence/{old.pk}/carry-over/", sent)
    new = Evidence.objects.get(withdrawn_at=None)
    assert (new.exact, answer.headers["Location"]) == (
        NOW,
        f"/claims/{claim.pk}/?snapshot={newer.pk}#evidence-{new.pk}",
    )
    history = client.get(f"/claims/{claim.pk}/history/").content.decode()
    assert f"carried “\u2068{NOW}\u2069” over from another copy of its page ({best.score} of 100 alike)" in history


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_can_be_read_by_everybody(room: Newsroom, visit: Visit, viewport: dict[str, int], color_scheme: str) -> None:
    _, old, newer = copies(room)
    address = f"/evidence/{old.pk}/carry-over/?snapshot={newer.pk}"
    tab = visit(room.researcher, f"/claims/{old.claim_id}/", viewport=viewport, color_scheme=color_scheme)
    tab.goto(tab.url.replace(f"/claims/{old.claim_id}/", address))
    assert axe_findings(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    tab.get_by_role("button", name="Carry it over").click()
    tab.get_by_text("The quote stands in the newer copy now").wait_for()


def test_says_when_nothing_alike_stands_there(room: Newsroom, signed_in: SignIn) -> None:
    _, old, newer = copies(room, text="Gone.")
    content = signed_in(room.researcher).get(f"/evidence/{old.pk}/carry-over/?snapshot={newer.pk}").content.decode()
    assert "Neither the quote nor words like it stand in this copy." in content
    assert '<form method="post" action="/evidence/' not in content


def test_tells_why_one_may_not(room: Newsroom, signed_in: SignIn) -> None:
    _, old, newer = copies(room)
    client = signed_in(room.nobody)
    address = f"/evidence/{old.pk}/carry-over/"
    content = client.get(f"{address}?snapshot={newer.pk}").content.decode()
    assert "aria-disabled" in content
    assert f'action="{address}"' not in content
    assert client.post(address, {"snapshot": newer.pk, "start": 0, "end": 5}).status_code == 403


def test_there_is_no_such_copy(room: Newsroom, signed_in: SignIn) -> None:
    _, old, _ = copies(room)
    other = factories.archived_page(room.researcher)
    client = signed_in(room.researcher)
    for number in (str(other.pk), "99999", "", "x"):
        assert client.get(f"/evidence/{old.pk}/carry-over/?snapshot={number}").status_code == 404, number
    assert client.get(f"/evidence/{old.pk}/carry-over/?snapshot={old.snapshot_id}").status_code == 409


TWICE = "Menu: the rule stays\nThe minister said 🇨🇭 that the rule stays. Nobody spoke.\nMore: the rule stays"


def test_words_that_stand_more_than_once_are_chosen_from(room: Newsroom, signed_in: SignIn) -> None:
    claim, page = several(room)
    client, sent = signed_in(room.researcher), {"quote": "the rule stays", "stance": "supports", "note": "Look."}
    answer = client.post(f"/claims/{claim.pk}/evidence/{page.pk}/", sent)
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "These words stand in the page 3 times. Choose the place you mean." in content
    second = TWICE.index("that the rule") + len("that ")
    assert [place.start for place in answer.context["places"]] == [6, second, TWICE.rindex("the rule")]
    assert f'name="place" value="{second}"' in content
    client.post(f"/claims/{claim.pk}/evidence/{page.pk}/", sent | {"start": "", "place": str(second)})
    assert [item.start for item in Evidence.objects.all()] == [second]


def test_a_selection_takes_its_own_place(room: Newsroom, visit: Visit) -> None:
    claim, _ = several(room)
    tab = visit(room.researcher, f"/claims/{claim.pk}/")
    tab.evaluate(
        """() => {
          const words = document.querySelectorAll("[data-quotable] p")[1].firstChild;
          const at = words.data.indexOf("the rule");
          getSelection().setBaseAndExtent(words, at, words, at + "the rule stays".length);
          document.dispatchEvent(new PointerEvent("pointerup"));
        }"""
    )
    tab.get_by_text("The selected words are in the quote field.").wait_for(state="attached")
    tab.get_by_label("supports").check()
    tab.get_by_role("button", name="Pin as evidence").click()
    tab.get_by_text("The quote is pinned.").wait_for()
    assert [item.start for item in Evidence.objects.all()] == [TWICE.index("that the rule") + len("that ")]


def several(room: Newsroom) -> tuple[Claim, Snapshot]:
    claim = factories.researching(room)
    page = factories.archived_page(room.researcher, text=TWICE)
    evidence.cite_source(claim, page.url, by=room.researcher)
    return claim, page


def test_says_that_a_quote_stands_beside_the_article_and_on_which_page(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    page = factories.archived_page(room.researcher, body="Exports fell in May.", pages=[0, 21])
    evidence.cite_source(claim, page.url, by=room.researcher)
    evidence.pin_quote(claim, page, QUOTE, by=room.researcher, stance="supports")
    evidence.pin_quote(claim, page, "Exports fell", by=room.researcher, stance="context")
    assert [(item.stands_in, item.page) for item in Evidence.objects.all()] == [("beside", 2), ("article", 1)]
    client = signed_in(room.researcher)
    content = client.get(f"/claims/{claim.pk}/").content.decode()
    workflow.send_to_review(claim, by=room.researcher)
    for shown in (content, signed_in(room.alice).get(f"/claims/{claim.pk}/review/").content.decode()):
        assert shown.count("beside the article</span>") == 1
        assert [f'page <span class="num">{number}</span>' in shown for number in (1, 2, 3)] == [True, True, False]
    assert '<div class="leaf">Page 2</div>' in content
