"""The page of a published claim: what readers see, for ever, and what it says of what happened since."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims import evidence, workflow
from claims.models import Claim, Claimant
from claims.states import PUBLIC, Status
from tests import factories as make
from tests.factories import Newsroom
from tests.pages.conftest import SignIn
from tests.pages.reading import HOSTILE, scripts, source, visible, words

pytestmark = pytest.mark.django_db


def address(claim: Claim, *version: int) -> str:
    return reverse("public:claim", args=[claim.pk, *version])


def read(client: Client, claim: Claim, *version: int) -> str:
    answer = client.get(address(claim, *version))
    assert answer.status_code == 200
    return words(answer)


def test_shows_claim_rating_reasons_quotes_and_who_checked(client: Client, room: Newsroom) -> None:
    page = read(client, make.published(room))
    for said in [
        "China maintained rare earth controls despite the Geneva deal.",
        "Said by An official, 9 June 2025",
        "Our rating: True",
        "The evidence supports the claim as it was made. 5 on the scale “Five steps”, from 1 (worst) to 5 (best).",
        "The rule stayed in force.",
        f"Supports the claim {make.QUOTE} Licences",
        "Our archived copy",
        "Alice, Bob reviewed it independently, without seeing each other’s verdict, and agreed.",
        "Editor, who took no part, signed it.",
        "Version 1, shown here",
    ]:
        assert said in page


def test_shows_dissent_gaps_and_the_reasons_of_the_third_person(client: Client, room: Newsroom) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice, "true", gaps="How many licences were refused.")
    make.seal(claim, room.bob, "outdated", reasons="It was lifted since.")
    workflow.adjudicate(claim, by=room.third, rating="true", reasons="It was in force on that day.")
    workflow.publish(claim, by=room.editor, summary="It was.")
    page = read(client, claim)
    assert "They differed, and Third decided. Editor, who took no part" in page
    assert "Why it was decided so It was in force on that day." in page
    assert "Bob rated it Outdated: It was lifted since." in page
    assert "What could not be established How many licences were refused." in page


def test_gives_a_nominal_rating_no_place_on_the_scale(client: Client, room: Newsroom) -> None:
    claim = make.in_review(room)
    for reviewer in (room.alice, room.bob):
        make.seal(claim, reviewer, "unproven")
    workflow.publish(claim, by=room.editor, summary="Nobody knows.")
    assert "A value of the scale “Five steps” that has no place between its worst and its best." in read(client, claim)


def test_links_each_quote_to_the_page_and_to_our_copy_with_its_digest(client: Client, room: Newsroom) -> None:
    claim = make.published(room)
    snapshot = claim.evidence.get().snapshot
    page = source(client.get(address(claim)))
    assert f'href="{snapshot.final_url}"' in page
    assert f'href="/archive/{snapshot.pk}/"' in page
    assert f"<summary>SHA-256 <code>{snapshot.payload_sha256[:12]}…</code></summary>" in page
    assert f'<code class="hash">{snapshot.payload_sha256}</code>' in page


def test_every_version_keeps_its_words_and_names_the_newer_one(client: Client, room: Newsroom) -> None:
    claim = make.corrected(room)
    old, new = read(client, claim, 1), read(client, claim)
    assert "A newer version exists. This is version 1; version 2 is of" in old
    assert "A date was wrong." in old
    assert "The rule stayed in force." in old
    assert "A newer version exists" not in new
    assert "The rule stayed. Where it was said" in new
    assert "Version 2, shown here Correction" in new
    assert read(client, claim, 2) == new


def test_stays_as_it_was_when_the_records_change(client: Client, room: Newsroom) -> None:
    claim = make.published(room)
    before = source(client.get(address(claim)))
    Claim.objects.filter(pk=claim.pk).update(statement="Another wording.", context="Other.")
    Claimant.objects.update(name="Somebody else")
    room.alice.name, room.editor.name = "Renamed", "Renamed as well"
    room.alice.save()
    room.editor.save()
    assert source(client.get(address(claim))) == before


def test_a_retracted_verdict_stays_and_says_so_on_every_version(client: Client, room: Newsroom) -> None:
    claim = make.retracted(room)
    newest = read(client, claim)
    assert "The verdict below is no longer ours" in newest
    assert "The page was forged." in newest
    assert "Until then: True" in newest
    first = read(client, claim, 1)
    assert "This verdict was retracted on" in first
    assert "The page was forged." in first


def test_says_that_a_claim_is_looked_at_again(client: Client, room: Newsroom) -> None:
    claim = make.published(room)
    assert "We are looking at this claim again." not in read(client, claim)
    workflow.reopen(claim, by=room.editor, reason="Secret reason for colleagues.")
    page = read(client, claim)
    assert "We are looking at this claim again." in page
    assert "Secret reason for colleagues." not in page
    assert "The rule stayed in force." in page


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLIC))
def test_does_not_even_hint_at_a_claim_that_is_not_published(client: Client, room: Newsroom, status: Status) -> None:
    claim = make.REACH[status](room)
    hidden, missing = client.get(address(claim)), client.get("/checked/987654/")
    assert hidden.status_code == missing.status_code == 404
    assert source(hidden) == source(missing)
    assert "Nothing has been published at this address" in words(hidden)
    assert "Cache-Control" not in hidden


@pytest.mark.parametrize("path", ["/checked/1/v0/", "/checked/99999999999999999999999/", "/checked/x/", "/checked/-1/"])
def test_knows_no_other_addresses(client: Client, room: Newsroom, path: str) -> None:
    make.published(room)
    assert client.get(path).status_code == 404


def test_knows_no_version_that_never_was(client: Client, room: Newsroom) -> None:
    assert client.get(address(make.published(room), 2)).status_code == 404


def test_is_the_same_for_readers_and_for_colleagues(room: Newsroom, signed_in: SignIn) -> None:
    claim = make.published(room)
    assert source(signed_in(room.editor).get(address(claim))) == source(Client().get(address(claim)))


def test_names_its_canonical_address(client: Client, room: Newsroom) -> None:
    claim = make.published(room)
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/checked/{claim.pk}/">' in source(
        client.get(address(claim))
    )


def test_is_kept_by_caches_for_a_minute_and_checked_by_digest(client: Client, room: Newsroom) -> None:
    claim = make.published(room)
    answer = client.get(address(claim))
    assert answer["Cache-Control"] == "public, max-age=60"
    assert client.get(address(claim), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    workflow.retract(claim, by=room.editor, note="Forged.")
    assert client.get(address(claim), headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_shows_times_in_the_zone_of_the_newsroom(client: Client, room: Newsroom) -> None:
    claim = make.published(room)
    here = source(client.get(address(claim)))
    client.cookies["time_zone"] = "Pacific/Kiritimati"
    assert source(client.get(address(claim))) == here


def test_cannot_be_written_to(client: Client, room: Newsroom) -> None:
    assert client.post(address(make.published(room))).status_code == 405


@pytest.mark.parametrize("text", HOSTILE)
def test_shows_what_anybody_typed_as_text(client: Client, room: Newsroom, text: str) -> None:
    claim = make.with_evidence(
        room, statement=text, context=text, claimant_name=text[:200].strip(), appearance_words=text
    )
    evidence.withdraw(claim.evidence.get(), by=room.researcher)
    page = make.archived_page(room.researcher, text=f"Before. {text} After.")
    evidence.cite_source(claim, page.url, by=room.researcher)
    evidence.pin_quote(claim, page, text, by=room.researcher, stance="refutes", note=text)
    claim = workflow.send_to_review(claim, by=room.researcher)
    make.seal(claim, room.alice, "true", reasons=text, gaps=text)
    make.seal(claim, room.bob, "false", reasons=text, gaps=text)
    workflow.adjudicate(claim, by=room.third, rating="true", reasons=text)
    workflow.publish(claim, by=room.editor, summary=text)
    answer = client.get(address(claim))
    # Statement, context, words, quote, note, reasons, dissent, two gaps and the short why.
    assert words(answer).count(visible(text)) >= 10
    assert scripts(answer) == ['<script type="application/ld+json">']
    assert "<img" not in source(answer)


def test_takes_the_same_queries_for_one_version_and_for_many(
    client: Client, room: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, many = make.published(room), make.published(room)
    for n in range(4):
        workflow.correct(many, by=room.editor, summary="So.", note=f"Again, {n}.")
    for claim in (one, many):
        with django_assert_num_queries(1):
            client.get(address(claim))
