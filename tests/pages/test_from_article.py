"""From an article to several claims at once."""

from __future__ import annotations

from typing import Any

from claims.models import Appearance, Claim
from tests.factories import Newsroom
from tests.pages.conftest import SignIn

ARTICLE = """Talks begin in London
The talks began on Monday. Controls stayed in place, industry said. A truce of ninety days was agreed.
双方在伦敦会面。磋商持续两天。
Nobody said when they would end!"""
SENTENCES = [
    "Talks begin in London",
    "The talks began on Monday.",
    "Controls stayed in place, industry said.",
    "A truce of ninety days was agreed.",
    "双方在伦敦会面。",
    "磋商持续两天。",
    "Nobody said when they would end!",
]
SAID: dict[str, Any] = {
    "article": ARTICLE,
    "address": "https://press.example.org/london",
    "language": "en",
    "claimant_name": "The Daily",
    "claimant_kind": "organisation",
    "claimed_on": "2025-06-09",
}
ADDRESS = "/claims/from-article/"


def test_shows_the_sentences_to_tick(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.author).post(ADDRESS, SAID | {"read": "1"})
    assert answer.status_code == 200
    assert [line.text for line in answer.context["lines"]] == SENTENCES
    assert Claim.objects.count() == 0


def test_leaves_out_the_bullet_of_a_list(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.author).post(ADDRESS, SAID | {"article": "• Talks began.\n- Controls stayed.", "read": "1"})
    assert [(line.text, line.statement) for line in answer.context["lines"]] == [
        ("• Talks began.", "Talks began."),
        ("- Controls stayed.", "Controls stayed."),
    ]


def test_makes_five_claims_of_five_ticked_sentences(room: Newsroom, signed_in: SignIn) -> None:
    ticked = ["1", "2", "3", "4", "5"]
    edits = {"statement-2": "Export controls stayed in place.", "claimant-2": "An industry body"}
    answer = signed_in(room.author).post(ADDRESS, SAID | {"take": ticked, "submit": "1"} | edits)
    assert answer.headers["Location"] == "/"
    made = list(Claim.objects.order_by("id").select_related("claimant"))
    assert [claim.statement for claim in made] == [
        SENTENCES[1],
        "Export controls stayed in place.",
        *SENTENCES[3:6],
    ]
    assert [claim.claimant.name for claim in made] == [
        "The Daily",
        "An industry body",
        "The Daily",
        "The Daily",
        "The Daily",
    ]
    places = Appearance.objects.order_by("claim_id").values_list("words", "url", "is_first")
    assert list(places) == [(SENTENCES[n], "https://press.example.org/london", True) for n in range(1, 6)]


def test_makes_none_of_them_when_one_is_wrong(room: Newsroom, signed_in: SignIn) -> None:
    sent = SAID | {"take": ["1", "2"], "submit": "1", "statement-2": "  "}
    answer = signed_in(room.author).post(ADDRESS, sent)
    assert answer.status_code == 422
    assert Claim.objects.count() == 0
    assert answer.context["form"].non_field_errors() == ["Write the statement that is to be checked."]


def test_keeps_article_ticks_and_edits_when_something_is_missing(room: Newsroom, signed_in: SignIn) -> None:
    sent = SAID | {"take": ["2"], "submit": "1", "statement-2": "My wording.", "claimed_on": ""}
    answer = signed_in(room.author).post(ADDRESS, sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"claimed_on": ["Give the day on which it was said."]}
    ticked = [line for line in answer.context["lines"] if line.ticked]
    assert [(line.text, line.statement) for line in ticked] == [(SENTENCES[2], "My wording.")]


def test_asks_for_ticks_when_there_are_none(room: Newsroom, signed_in: SignIn) -> None:
    answer = signed_in(room.author).post(ADDRESS, SAID | {"submit": "1"})
    assert (answer.status_code, Claim.objects.count()) == (422, 0)
    assert answer.context["form"].non_field_errors() == ["Tick the sentences that are claims."]


def test_refuses_an_article_without_text_or_with_too_much(room: Newsroom, signed_in: SignIn) -> None:
    client = signed_in(room.author)
    for article, sentence in [
        (" \n ", "Paste the text of the article."),
        ("One. \n" * 301, "This has 301 sentences. Paste at most 300 at a time."),
    ]:
        answer = client.post(ADDRESS, SAID | {"article": article, "read": "1"})
        assert answer.status_code == 422
        assert answer.context["form"].errors["article"] == [sentence]


def test_takes_a_text_of_three_hundred_sentences_in_one_form(room: Newsroom, signed_in: SignIn) -> None:
    sent: dict[str, Any] = SAID | {"article": "One. \n" * 300, "take": ["299"], "submit": "1"}
    for number in range(300):
        sent |= {f"statement-{number}": "One.", f"claimant-{number}": ""}
    assert signed_in(room.author).post(ADDRESS, sent).status_code == 302
    assert Claim.objects.count() == 1


def test_tells_somebody_without_a_role_why_not(room: Newsroom, signed_in: SignIn) -> None:
    client = signed_in(room.nobody)
    assert b"Your account has no role yet" in client.get(ADDRESS).content
    assert client.post(ADDRESS, SAID | {"take": ["1"], "submit": "1"}).status_code == 403
    assert Claim.objects.count() == 0
