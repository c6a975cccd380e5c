"""What the sample shows: every state, both scales, quotes in four languages."""

from __future__ import annotations

from claims.scales import SHIPPED
from factcheck.sample import press
from factcheck.sample.newsroom import PEOPLE
from factcheck.sample.stories import STORIES


def test_no_two_stories_share_a_key_or_a_statement() -> None:
    assert len({story.key for story in STORIES}) == len({story.statement for story in STORIES}) == len(STORIES)


def test_both_scales_are_used_with_ratings_that_they_have() -> None:
    ratings = {slug: {rating[0] for rating in ratings} for slug, _, _, ratings in SHIPPED}
    assert {story.scale for story in STORIES} == set(ratings)
    for story in STORIES:
        said = [*story.reviews, *filter(None, [story.adjudication])]
        assert {verdict.rating for verdict in said} <= ratings[story.scale], story.key


def test_quotes_are_in_four_languages() -> None:
    pages = (press.page_at(*quote.page.split("/")) for story in STORIES for quote in story.quotes)
    assert {page.outlet.language for page in pages if page} == {"en", "ko", "zh-Hans", "ar"}


def test_everybody_named_works_in_the_newsroom() -> None:
    for story in STORIES:
        named = {story.author, *(name for name, _ in (*story.assigned, *story.comments))}
        named |= {verdict.by for verdict in story.reviews}
        assert named <= set(PEOPLE), story.key
