"""Two copies of a source, word for word, and what became of it on its time line."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sources import archive
from sources.models import Observation, Source
from tests import factories
from tests.changing_page import OTHER_WORDS, WITHOUT_QUOTE, ChangingPage, captured, published
from tests.factories import QUOTE, Newsroom
from tests.pages.conftest import SignIn


@pytest.fixture
def source(room: Newsroom, site: ChangingPage) -> Source:
    """Watched, and changed twice since."""
    published(room, site.url)
    source = Source.objects.get(canonical_url=site.url)
    for body in (OTHER_WORDS, WITHOUT_QUOTE):
        site.says(body)
        captured(source)
    return source


def address(source: Source, *copies: int) -> str:
    query = f"?from={copies[0]}&to={copies[1]}" if copies else ""
    return reverse("sources:compare", args=[source.pk]) + query


def test_marks_what_was_taken_out_and_put_in(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    content = signed_in(room.alice).get(address(source)).content.decode()
    assert '<del><span class="away">removed: </span>stay<span class="away">; </span></del>' in content
    assert '<ins><span class="away">added: </span>go<span class="away">; </span></ins>' in content
    assert "<b>Removed:</b> struck out" in content


def test_compares_any_two(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    first, second, _ = source.snapshots.order_by("id").values_list("pk", flat=True)
    content = signed_in(room.alice).get(address(source, first, second)).content.decode()
    assert f'<option value="{second}" selected>' in content
    assert '<ins><span class="away">added: </span> It rained.' in content
    assert '<del><span class="away">' not in content


def test_says_when_nothing_differs(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    first = source.snapshots.order_by("id")[0].pk
    content = signed_in(room.alice).get(address(source, first, first)).content.decode()
    assert "This is one and the same copy. Choose two." in content


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999999", "-1"])
def test_knows_only_copies_of_this_source(room: Newsroom, source: Source, signed_in: SignIn, number: str) -> None:
    answer = signed_in(room.alice).get(f"{address(source)}?from={number}")
    assert answer.status_code == 404
    assert "This source has no copy with that number." in answer.content.decode()


def test_shows_no_copy_of_another_source(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    other = factories.archived_page(room.researcher)
    assert signed_in(room.alice).get(f"{address(source)}?to={other.pk}").status_code == 404


def test_needs_a_copy(room: Newsroom, signed_in: SignIn) -> None:
    bare = archive.add_source("https://example.org/never", by=room.researcher)
    answer = signed_in(room.alice).get(address(bare))
    assert answer.status_code == 404
    assert "No copy of this source is archived yet" in answer.content.decode()


def test_markup_of_a_page_is_text_here(room: Newsroom, source: Source, site: ChangingPage, signed_in: SignIn) -> None:
    site.says("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    captured(source)
    content = signed_in(room.alice).get(address(source)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "<script>alert(1)" not in content


def test_the_time_line_shows_what_became_of_it(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    content = signed_in(room.alice).get(f"/sources/{source.pk}/").content.decode()
    assert content.index("<b>A quote is gone</b>") < content.index("<b>Changed, every quote still there</b>")
    assert f">{QUOTE}</blockquote>" in content
    gone = Observation.objects.get(outcome="quote_gone")
    assert f'href="{address(source, gone.before_id, gone.after_id or 0).replace("&", "&amp;")}"' in content
    assert "it is watched since" in content
    assert "Look again now</button>" in content


def test_a_source_that_nothing_published_cites_is_not_watched(room: Newsroom, signed_in: SignIn) -> None:
    snapshot = factories.archived_page(room.researcher)
    content = signed_in(room.alice).get(f"/sources/{snapshot.source_id}/").content.decode()
    assert "it is watched since" not in content
