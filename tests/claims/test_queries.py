"""The queue and the history: what is shown to whom, in which order, with how many queries."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from claims import discussion, history, queries
from claims.queries import Filters
from factcheck.errors import NotFound
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db


def statements(room_user: object, **filters: str) -> list[str]:
    return [claim.statement for claim in queries.queue(room_user, Filters(**filters))]  # type: ignore[arg-type]


class TestQueue:
    def test_mine_first_then_what_waits_for_others_then_the_rest(self, room: Newsroom) -> None:
        make.published(room, statement="done")
        make.submitted(room, statement="for the desk")
        make.in_review(room, statement="to review")
        assert statements(room.alice) == ["to review", "for the desk", "done"]
        assert queries.counts(room.alice) == {"mine": 1, "others": 1, "rest": 1}

    def test_the_most_urgent_of_mine_is_on_top(self, room: Newsroom) -> None:
        make.in_review(room, statement="some day")
        make.in_review(room, statement="next week", due_on=date(2025, 7, 8))
        make.in_review(room, statement="tomorrow", due_on=date(2025, 7, 1))
        assert statements(room.alice) == ["tomorrow", "next week", "some day"]

    def test_what_is_assigned_to_another_is_not_mine(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        discussion.assign(claim, room.bob, "reviewer", by=room.editor)
        assert queries.counts(room.alice) == {"mine": 0, "others": 1, "rest": 0}
        assert queries.counts(room.bob) == {"mine": 1, "others": 0, "rest": 0}

    def test_what_i_sealed_waits_for_others(self, room: Newsroom) -> None:
        make.seal(make.in_review(room), room.alice)
        assert queries.counts(room.alice) == {"mine": 0, "others": 1, "rest": 0}

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("희토류", ["중국은 희토류 통제를 유지했다."]),
            ("TARIFFS cut", ["Tariffs were cut by 115 points."]),
            ("cut nothing", []),
            ("%", []),
            ("\x00", ["중국은 희토류 통제를 유지했다.", "Tariffs were cut by 115 points."]),
        ],
    )
    def test_finds_words_in_any_script(self, room: Newsroom, text: str, found: list[str]) -> None:
        make.submitted(room, statement="Tariffs were cut by 115 points.")
        make.submitted(room, statement="중국은 희토류 통제를 유지했다.")
        assert statements(room.alice, text=text) == found

    def test_finds_a_claim_by_its_number_and_its_claimant(self, room: Newsroom) -> None:
        claim = make.submitted(room, statement="a", claimant_name="He Lifeng")
        make.submitted(room, statement="b")
        assert statements(room.alice, text=f"#{claim.pk}") == ["a"]
        assert statements(room.alice, text="lifeng") == ["a"]

    def test_filters_by_state_language_and_group(self, room: Newsroom) -> None:
        make.submitted(room, statement="a", language="ko")
        make.declined(room, statement="b")
        assert statements(room.editor, status="declined") == ["b"]
        assert statements(room.editor, language="ko") == ["a"]
        assert statements(room.editor, group="rest") == ["b"]
        assert statements(room.editor, group="no such group") == ["a", "b"]

    def test_takes_one_query_however_many_claims(
        self, room: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(3):
            make.decided(room)
        with django_assert_num_queries(1):
            rows = [
                (c.claimant.name, str(c.decision and c.decision.rating), c.owed) for c in queries.queue(room.editor)
            ]
        assert rows == [("An official", "True", "publish")] * 3


def test_a_claim_that_is_not_there(room: Newsroom) -> None:
    with pytest.raises(NotFound, match=r"^There is no claim 4711\.$"):
        queries.claim_or_404(4711)


class TestRounds:
    def test_shows_my_own_sealed_review_and_no_others(self, room: Newsroom) -> None:
        claim = make.seal(make.in_review(room), room.alice)
        seen = {
            name: [r.reviewer for r in queries.rounds_of(claim, getattr(room, name))[0].visible]  # type: ignore[attr-defined]
            for name in ("alice", "bob", "editor")
        }
        assert seen == {"alice": [room.alice], "bob": [], "editor": []}

    def test_my_review_is_that_of_the_newest_round(self, room: Newsroom) -> None:
        claim = make.seal(make.in_review(room), room.alice)
        mine = queries.my_review(claim, room.alice)
        assert mine is not None
        assert mine.reviewer == room.alice
        assert queries.my_review(claim, room.bob) is None


class TestHistory:
    def test_tells_the_whole_way_in_sentences(self, room: Newsroom) -> None:
        claim = make.corrected(room)
        told = [f"{e.who} {e.sentence}" for e in history.entries(history.events_of(claim, room.editor))]
        assert told[::-1] == [
            "Author submitted the claim",
            "Admin accepted it for checking",
            "Researcher started the research",
            f"Researcher added the source {claim.citations.get().source.canonical_url}",
            f"Researcher pinned “\u2068{make.QUOTE}\u2069” as evidence (supports)",
            "Researcher sent it to review, round 1",
            "Alice sealed a review in round 1",
            "Bob sealed a review in round 1",
            "factcheck closed round 1: the reviewers agree on “True”",
            "Editor signed it off and published version 1 with “True”",
            "Editor published a correction as version 2",
        ]

    def test_shows_from_and_to_and_what_was_said(self, room: Newsroom) -> None:
        claim = make.declined(room)
        entry = history.entries(history.events_of(claim, room.alice))[0]
        assert (entry.changes, entry.said) == ([("status", "Submitted", "Declined")], "A matter of taste.")

    def test_a_seal_is_told_to_nobody_else_before_its_time(self, room: Newsroom) -> None:
        claim = make.seal(make.in_review(room), room.alice)
        told = {
            name: "review.sealed" in history.events_of(claim, getattr(room, name)).values_list("type", flat=True)
            for name in ("alice", "bob", "editor", "admin")
        }
        assert told == {"alice": True, "bob": False, "editor": False, "admin": False}

    def test_the_feed_hides_the_same_seals(self, room: Newsroom) -> None:
        claim = make.seal(make.in_review(room), room.alice)
        seen = {
            name: history.visible_events(getattr(room, name)).filter(type="review.sealed").count()
            for name in ("alice", "bob", "editor")
        }
        assert seen == {"alice": 1, "bob": 0, "editor": 0}
        make.seal(claim, room.bob)
        assert history.visible_events(room.editor).filter(type="review.sealed").count() == 2

    def test_takes_three_queries_however_long_it_is(
        self, room: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        claim = make.published(room)
        discussion.assign(claim, room.alice, "researcher", by=room.admin)
        with django_assert_num_queries(3):
            entries = history.entries(history.events_of(claim, room.editor))
        assert entries[0].sentence == "gave \u2068Alice\u2069 the part of researcher"
