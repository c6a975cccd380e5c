"""The claim's page: what do we know, and what is missing?"""

from __future__ import annotations

import html

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import discussion, evidence
from claims.models import Claim, Evidence
from claims.states import Status
from claims.views import reading
from sources.models import Snapshot
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import SignIn

#: Session and user, claim, my part, evidence, citations, their captures, the text read, appearances, comments,
#: assignments, rounds, changes of the evidence, events, people and quotes they name, and two for what the next step
#: needs.
QUERIES = 17


def text_of(client: Client, claim: Claim, query: str = "") -> str:
    answer = client.get(f"/claims/{claim.pk}/{query}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("status", list(Status))
def test_shows_a_claim_in_every_state(status: Status, room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.REACH[status](room)
    text = text_of(signed_in(room.admin), claim)
    assert claim.statement in text
    assert f'data-status="{status.value}"' in text


def test_knows_no_claim_that_is_not_there(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.alice).get("/claims/999999/")
    assert answer.status_code == 404
    assert b"There is no claim 999999." in answer.content


def test_is_for_people_who_have_signed_in(room: Newsroom) -> None:
    claim = factories.submitted(room)
    assert Client().get(f"/claims/{claim.pk}/").headers["Location"] == f"/sign-in/?next=/claims/{claim.pk}/"


def test_offers_the_next_step_as_one_button(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    step = signed_in(room.researcher).get(f"/claims/{claim.pk}/").context["step"]
    assert (step.label, step.address, step.why) == ("Send to review", f"/claims/{claim.pk}/act/send-to-review/", "")


def test_says_what_stands_in_the_way_of_the_next_step(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    sentence = "Pin at least one quote from an archived page as evidence."
    text = text_of(signed_in(room.researcher), claim)
    assert f'<p class="hint" id="why-not">{sentence}</p>' in text
    assert 'aria-disabled="true" aria-describedby="why-not">Send to review</button>' in text


def test_offers_other_steps_to_those_who_may_take_them(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room)
    address = f"/claims/{claim.pk}/act/decline/"
    assert address in text_of(signed_in(room.editor), claim)
    assert address not in text_of(signed_in(room.author), claim)


def test_leads_to_the_page_that_corrects(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.published(room)
    others = signed_in(room.editor).get(f"/claims/{claim.pk}/").context["other_steps"]
    assert [(step.label, step.address) for step in others] == [
        ("Publish a correction", f"/claims/{claim.pk}/sign-off/"),
        ("Retract", f"/claims/{claim.pk}/act/retract/"),
        ("Re-open", f"/claims/{claim.pk}/act/reopen/"),
    ]


def test_shows_the_archived_text_with_each_pinned_quote_marked(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    pinned = claim.evidence.get()
    text = text_of(signed_in(room.alice), claim)
    assert f'The ministry <mark id="passage-{pinned.pk}">{factories.QUOTE}</mark> after the talks.' in text


def test_marks_quotes_that_overlap(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    first = claim.evidence.get()
    evidence.pin_quote(claim, first.snapshot, "seven rare earths after the talks", by=room.researcher, stance="context")
    [_, line] = signed_in(room.alice).get(f"/claims/{claim.pk}/").context["lines"]
    assert [(passage.text, passage.pinned) for passage in line.passages] == [
        ("The ministry ", False),
        ("kept its licence rule for ", True),
        ("seven rare earths", True),
        (" after the talks", True),
        (".", False),
    ]


def test_marks_a_quote_that_runs_over_lines(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    snapshot = factories.archived_page(room.researcher)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    evidence.pin_quote(claim, snapshot, "fell in May. The ministry", by=room.researcher, stance="context")
    lines = signed_in(room.alice).get(f"/claims/{claim.pk}/").context["lines"]
    assert [[passage.text for passage in line.passages if passage.pinned] for line in lines] == [
        ["fell in May."],
        ["The ministry"],
    ]


def test_sets_back_what_is_not_the_article(room: Newsroom) -> None:
    page = Snapshot(text="Home More\nHead\nA bold word.\nImprint", body="Head\nA\nbold\nword.")
    assert [(line.passages[0].text, line.beside) for line in reading.lines(page, [])] == [
        ("Home More", True),
        ("Head", False),
        ("A bold word.", False),
        ("Imprint", True),
    ]


def test_shows_the_beginning_of_a_very_long_page_and_every_quote_of_it() -> None:
    page = Snapshot(pk=1, text="\n".join(f"line {number}" for number in range(10_000)))
    assert len(reading.lines(page, [])) == 3_000
    start = page.text.index("line 5000\n")
    quote = Evidence(snapshot=page, exact="line 5000", start=start, end=start + 9)
    shown = reading.lines(page, [quote])
    assert (len(shown), shown[-1].passages[0].text, shown[-1].passages[0].pinned) == (5_001, "line 5000", True)


def test_reads_the_copy_that_the_address_names(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.with_evidence(room)
    other = factories.archived_page(room.researcher, "另一份文件说明了情况。")
    evidence.cite_source(claim, other.url, by=room.researcher)
    client = signed_in(room.alice)
    assert "另一份文件说明了情况。" in text_of(client, claim, f"?snapshot={other.pk}")
    assert "另一份文件说明了情况。" not in text_of(client, claim)


def test_shows_no_copy_of_another_claim(room: Newsroom, signed_in: SignIn) -> None:
    claim, other = factories.with_evidence(room), factories.researching(room)
    secret = factories.archived_page(room.researcher, "A page of the other claim.")
    evidence.cite_source(other, secret.url, by=room.researcher)
    client = signed_in(room.alice)
    for asked in (str(secret.pk), "nonsense", "9" * 30, "-1"):
        assert "A page of the other claim." not in text_of(client, claim, f"?snapshot={asked}")


def test_shows_no_sealed_review_before_its_round_is_complete(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    factories.seal(claim, room.alice, reasons="Nobody may read this yet.")
    before = text_of(signed_in(room.bob), claim)
    assert ("Nobody may read this yet." in before, "Alice" in before) == (False, False)
    factories.seal(claim, room.bob, "mixed")
    assert "Nobody may read this yet." in text_of(signed_in(room.bob), claim)


def test_tells_a_reviewer_that_the_review_is_sealed(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    factories.seal(claim, room.alice)
    step = signed_in(room.alice).get(f"/claims/{claim.pk}/").context["step"]
    assert step.why == "Your review is sealed. The claim moves on when the round is complete."


def test_offers_no_form_when_research_is_closed(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.in_review(room)
    text = text_of(signed_in(room.researcher), claim)
    assert "Research on this claim is closed" in text
    assert ('name="quote"' in text, 'id="source_url"' in text) == (False, False)


def test_shows_content_as_text_and_never_as_markup(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.submitted(room, statement="<script>alert(1)</script>", claimant_name="<b>bold</b>")
    content = signed_in(room.alice).get(f"/claims/{claim.pk}/").content
    assert (b"<script>alert" in content, b"<b>bold" in content) == (False, False)


def test_takes_as_many_queries_for_fifty_of_everything_as_for_one(
    room: Newsroom, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim = factories.with_evidence(room)
    client = signed_in(room.alice)
    with django_assert_num_queries(QUERIES):
        client.get(f"/claims/{claim.pk}/")
    page = "\n".join(f"Sentence number {number} of the page." for number in range(50))
    snapshot = factories.archived_page(room.researcher, page)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    for number in range(50):
        words = f"Sentence number {number} of the page."
        evidence.pin_quote(claim, snapshot, words, by=room.researcher, stance="context")
        evidence.cite_source(claim, factories.archived_page(room.researcher).url, by=room.researcher)
        evidence.add_appearance(claim, by=room.researcher, url=f"https://example.org/place/{number}")
        discussion.comment(claim, f"Comment {number}", by=room.alice)
    with django_assert_num_queries(QUERIES):
        client.get(f"/claims/{claim.pk}/")
