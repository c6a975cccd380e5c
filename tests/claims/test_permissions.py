"""The rules that are tables agree with each other."""

from __future__ import annotations

from itertools import combinations

import pytest

from claims import permissions, queries, workflow
from claims.models import Review
from claims.permissions import Part, visible_reviews
from claims.states import Status, Verb
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", list(Status))
def test_the_queue_says_i_owe_exactly_what_i_may_do(room: Newsroom, status: Status) -> None:
    """``queries.owed_by`` is the permission table as SQL; here it meets the table itself."""
    claim = make.REACH[status](room)
    if status == Status.IN_REVIEW:
        make.seal(claim, room.alice)
    next_verb = {
        Status.SUBMITTED: Verb.ACCEPT,
        Status.ACCEPTED: Verb.START_RESEARCH,
        Status.RESEARCHING: Verb.SEND_TO_REVIEW,
        Status.IN_REVIEW: Verb.SEAL_REVIEW,
        Status.ADJUDICATING: Verb.ADJUDICATE,
        Status.DECIDED: Verb.PUBLISH,
    }.get(status)
    for name in Newsroom.__dataclass_fields__:
        user = getattr(room, name)
        owed = queries.queue(user).get(pk=claim.pk).owed
        sealed = Review.objects.filter(reviewer=user, sealed_at__isnull=False, round__completed_at=None).exists()
        may = next_verb and not sealed and not workflow.why_not(user, next_verb, claim)
        assert owed == (next_verb if may else ""), f"{name} in {status}"


def test_the_sentence_is_that_of_the_way_that_came_furthest(room: Newsroom) -> None:
    assert permissions.why_not(room.author, Verb.START_RESEARCH, Part()) == permissions.NOT_YOURS
    assert permissions.why_not(room.nobody, Verb.START_RESEARCH, Part()) == permissions.NOT_YOURS


class TestBlinding:
    def test_only_its_writer_sees_a_sealed_review(self, room: Newsroom) -> None:
        make.seal(make.in_review(room), room.alice)
        seen = {
            name: Review.objects.filter(visible_reviews(getattr(room, name))).count()
            for name in Newsroom.__dataclass_fields__
        }
        assert seen == dict.fromkeys(Newsroom.__dataclass_fields__, 0) | {"alice": 1}

    def test_everybody_sees_them_once_the_round_is_complete(self, room: Newsroom) -> None:
        make.adjudicating(room)
        assert Review.objects.filter(visible_reviews(room.author)).count() == 2

    def test_a_colleagues_seal_changes_nothing_in_my_queue(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        before = queries.counts(room.bob), list(queries.queue(room.bob).values())
        make.seal(claim, room.alice)
        assert (queries.counts(room.bob), list(queries.queue(room.bob).values())) == before

    def test_the_number_of_my_review_does_not_tell_that_others_have_begun(self, room: Newsroom) -> None:
        claim = make.in_review(room)
        drafts = [workflow.save_draft(claim, by=by) for by in (room.alice, room.bob, room.third)]
        gaps = {abs(a.pk - b.pk) for a, b in combinations(drafts, 2)}
        assert min(gaps) > len(drafts)
