"""Citing a source on a claim, and what the page says while it is fetched."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from claims.models import Claim
from claims.obstacles import nothing_is_being_fetched
from sources.models import Capture, Source
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import HTMX, SignIn
from tests.pages.reading import words


def cite(room: Newsroom, signed_in: SignIn, url: str = "https://example.org/page") -> Claim:
    claim = factories.researching(room)
    answer = signed_in(room.researcher).post(f"/claims/{claim.pk}/sources/", {"url": url})
    assert answer.headers["Location"] == f"/claims/{claim.pk}/#sources"
    return claim


def test_adds_a_source_and_has_it_fetched(room: Newsroom, signed_in: SignIn) -> None:
    claim = cite(room, signed_in)
    source = Source.objects.get()
    assert [citation.source for citation in claim.citations.all()] == [source]
    assert [capture.state for capture in source.captures.all()] == ["queued"]


def test_refuses_what_cannot_be_fetched_and_keeps_what_was_typed(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    client = signed_in(room.researcher)
    for url in ("", "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "no address"):
        answer = client.post(f"/claims/{claim.pk}/sources/", {"url": url})
        assert answer.status_code == 422, url
        assert list(answer.context["source_form"].errors) == ["url"], url
        assert f'value="{url}"'.encode() in answer.content or not url
    assert Source.objects.count() == 0


def test_answers_htmx_with_the_part_the_head_and_the_message(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    content = (
        signed_in(room.researcher)
        .post(f"/claims/{claim.pk}/sources/", {"url": "https://example.org/page"}, headers=HTMX)
        .content.decode()
    )
    assert content.count("hx-swap-oob") == 2
    assert content.strip().startswith('<section class="part" id="sources"')
    assert ("https://example.org/page" in content, "<html" in content) == (True, False)
    assert "Pin at least one quote from an archived page as evidence." in content


def test_asks_again_every_two_seconds_only_while_something_is_fetched(room: Newsroom, signed_in: SignIn) -> None:
    claim = cite(room, signed_in)
    client = signed_in(room.researcher)
    address = f"/claims/{claim.pk}/sources/"
    assert b'hx-trigger="every 2s' in client.get(address, headers=HTMX).content
    Capture.objects.update(
        state="failed",
        reason="http_404",
        detail="The server answered 404 (page not found). Check the address, or cite an archived copy.",
        finished_at=timezone.now(),
    )
    content = client.get(address, headers=HTMX).content
    assert b'hx-trigger="every' not in content
    assert b"The server answered 404 (page not found)." in content


def test_leads_to_the_page_without_javascript(room: Newsroom, signed_in: SignIn) -> None:
    claim = cite(room, signed_in)
    answer = signed_in(room.researcher).get(f"/claims/{claim.pk}/sources/")
    assert answer.headers["Location"] == f"/claims/{claim.pk}/#sources"


def test_says_each_state_in_a_word(room: Newsroom, signed_in: SignIn) -> None:
    claim = cite(room, signed_in)
    client = signed_in(room.researcher)
    assert b'data-state="queued">queued<' in client.get(f"/claims/{claim.pk}/").content
    now = timezone.now()
    Capture.objects.update(
        state="running", lease="0" * 32, lease_until=now, started_at=now, step="reading", received_bytes=2048
    )
    content = client.get(f"/claims/{claim.pk}/").content.decode()
    assert ('data-state="running">fetching<' in content, "reading, 2.0" in content) == (True, True)
    Capture.objects.update(state="done", lease=None, lease_until=None, finished_at=now)
    assert b'data-state="done">archived<' in client.get(f"/claims/{claim.pk}/").content


def test_tries_again(room: Newsroom, signed_in: SignIn) -> None:
    claim = cite(room, signed_in)
    Capture.objects.update(state="failed", reason="timeout", detail="It took too long.", finished_at=timezone.now())
    citation = claim.citations.get()
    client = signed_in(room.researcher)
    address = f"/claims/{claim.pk}/sources/{citation.pk}/retry/"
    assert address in client.get(f"/claims/{claim.pk}/").content.decode()
    assert client.post(address).headers["Location"] == f"/claims/{claim.pk}/#sources"
    assert sorted(citation.source.captures.values_list("state", flat=True)) == ["failed", "queued"]


def test_refuses_another_try_to_somebody_who_may_not_research(room: Newsroom, signed_in: SignIn) -> None:
    claim = cite(room, signed_in)
    Capture.objects.update(state="failed", reason="timeout", detail="It took too long.", finished_at=timezone.now())
    citation = claim.citations.get()
    answer = signed_in(room.nobody).post(f"/claims/{claim.pk}/sources/{citation.pk}/retry/")
    assert (answer.status_code, Capture.objects.count()) == (403, 1)


def test_tries_no_source_of_another_claim(room: Newsroom, signed_in: SignIn) -> None:
    claim, other = cite(room, signed_in), factories.researching(room)
    address = f"/claims/{other.pk}/sources/{claim.citations.get().pk}/retry/"
    assert signed_in(room.researcher).post(address).status_code == 404


def test_refuses_a_source_from_somebody_who_may_not_research(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    answer = signed_in(room.nobody).post(f"/claims/{claim.pk}/sources/", {"url": "https://example.org/page"})
    assert (answer.status_code, Source.objects.count()) == (403, 0)


def test_one_that_waits_to_be_tried_again_holds_nothing_up_and_can_be_tried_now(
    room: Newsroom, signed_in: SignIn
) -> None:
    claim = cite(room, signed_in)
    assert not nothing_is_being_fetched(claim).met
    later = timezone.now() + timedelta(hours=1)
    Capture.objects.update(setback="http_5xx", setback_detail="The server answered 503.", not_before=later)
    assert nothing_is_being_fetched(claim).met
    client = signed_in(room.researcher)
    answer = client.get(f"/claims/{claim.pk}/")
    assert "because: The server answered 503." in words(answer)
    assert 'hx-trigger="every 2s' not in answer.content.decode()
    client.post(f"/claims/{claim.pk}/sources/{claim.citations.get().pk}/retry/")
    assert Capture.objects.get().not_before <= timezone.now()
