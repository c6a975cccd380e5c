"""What must never be stored: the database itself refuses it, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from psycopg import sql

from claims import evidence
from claims.models import Claim, Decision, Evidence, Publication, Rating, Review, Round, SignOff
from factcheck.audit.models import Event
from sources.models import Snapshot
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db

SALT = "0" * 64


def refused(write: Callable[[], Any]) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        write()
    return str(error.value)


def test_published_needs_decision_signer_and_time(room: Newsroom) -> None:
    claim = make.submitted(room)
    rows = Claim.objects.filter(pk=claim.pk)
    assert "claim_published_has_decision_and_signer" in refused(lambda: rows.update(status="published"))


def test_a_time_of_publication_needs_its_person(room: Newsroom) -> None:
    rows = Claim.objects.filter(pk=make.published(room).pk)
    assert "claim_published_at_and_published_by_together" in refused(lambda: rows.update(published_by=None))


def test_a_status_that_is_none_is_refused(room: Newsroom) -> None:
    rows = Claim.objects.filter(pk=make.submitted(room).pk)
    assert "claim_status_is_known" in refused(lambda: rows.update(status="false"))


@pytest.mark.parametrize("who", ["author", "researcher", "alice", "bob"])
def test_nobody_signs_who_took_part(room: Newsroom, who: str) -> None:
    decision = Decision.objects.get(round__claim=make.decided(room))
    person = getattr(room, who)
    assert "took part in the work" in refused(lambda: SignOff.objects.create(decision=decision, signed_by=person))
    assert not SignOff.objects.exists()


def test_the_adjudicator_does_not_sign(room: Newsroom) -> None:
    claim = make.adjudicating(room)
    rating = Rating.objects.get(scale=claim.scale, slug="true")
    decision = Decision.objects.create(
        round=claim.rounds.get(), rating=rating, method="adjudication", decided_by=room.third, reasons="Read."
    )
    assert "took part in the work" in refused(lambda: SignOff.objects.create(decision=decision, signed_by=room.third))


def test_nobody_publishes_who_took_part(room: Newsroom) -> None:
    claim = make.published(room)
    old = claim.publications.get()
    row = Publication(
        claim=claim, number=2, kind="correction", note="x", sign_off=old.sign_off, content={}, published_by=room.alice
    )
    assert "took part in the work" in refused(row.save)
    rows = Claim.objects.filter(pk=claim.pk)
    assert "took part in the work" in refused(lambda: rows.update(published_by=room.author))


def test_one_review_for_each_reviewer_and_round(room: Newsroom) -> None:
    claim = make.in_review(room)
    make.seal(claim, room.alice)
    again = Review(round=claim.rounds.get(), reviewer=room.alice, salt=SALT)
    assert "one_review_per_reviewer_and_round" in refused(again.save)


def test_the_author_reviews_nothing(room: Newsroom) -> None:
    claim = make.in_review(room)
    row = Review(round=claim.rounds.get(), reviewer=room.author, salt=SALT)
    assert "cannot judge it" in refused(row.save)


def test_a_sealed_review_stays_as_it_is(room: Newsroom) -> None:
    make.seal(make.in_review(room), room.alice)
    rows = Review.objects.all()
    assert "is sealed" in refused(lambda: rows.update(reasons="Another reason."))
    assert "is sealed" in refused(rows.delete)


def test_a_sealed_review_is_complete(room: Newsroom) -> None:
    claim = make.in_review(room)
    row = Review(round=claim.rounds.get(), reviewer=room.bob, salt=SALT, sealed_at=timezone.now())
    assert "review_sealed_is_complete" in refused(row.save)


def test_a_rating_is_of_the_scale_of_its_round(room: Newsroom) -> None:
    claim = make.in_review(room)
    other = Rating.objects.get(scale__slug="six-step", slug="absurd")
    row = Review(round=claim.rounds.get(), reviewer=room.bob, salt=SALT, rating=other)
    assert "is not on the scale" in refused(row.save)


def test_a_reviewer_does_not_adjudicate(room: Newsroom) -> None:
    claim = make.adjudicating(room)
    rating = Rating.objects.get(scale=claim.scale, slug="true")
    row = Decision(
        round=claim.rounds.get(), rating=rating, method="adjudication", decided_by=room.bob, reasons="I say so."
    )
    assert "reviewed in this round" in refused(row.save)


def test_adjudication_needs_a_person_and_reasons(room: Newsroom) -> None:
    claim = make.adjudicating(room)
    rating = Rating.objects.get(scale=claim.scale, slug="true")
    row = Decision(round=claim.rounds.get(), rating=rating, method="adjudication", decided_by=room.third, reasons=" ")
    assert "decision_adjudicated_by_somebody_with_reasons" in refused(row.save)


def test_one_open_round_at_a_time(room: Newsroom) -> None:
    claim = make.in_review(room)
    row = Round(claim=claim, number=2, scale=claim.scale, required_reviews=2, opened_by=room.editor)
    assert "one_open_round_per_claim" in refused(row.save)


def test_a_round_needs_two_reviews(room: Newsroom) -> None:
    claim = make.submitted(room)
    row = Round(claim=claim, number=1, scale=claim.scale, required_reviews=1, opened_by=room.editor)
    assert "round_needs_two_reviews" in refused(row.save)


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_quote_stands_where_it_says(room: Newsroom, shift: int) -> None:
    pinned = make.pinned(room, make.researching(room))
    row = Evidence(
        claim=pinned.claim,
        snapshot=pinned.snapshot,
        exact=pinned.exact,
        start=pinned.start + shift,
        end=pinned.end + shift,
        stance="supports",
        added_by=room.alice,
    )
    assert "does not stand at" in refused(row.save)


def test_a_quote_counts_code_points_in_any_script(room: Newsroom) -> None:
    text = "𝒜 첫 문장. 중국은 희토류 수출 허가제를 유지했다고 밝혔다."
    claim = make.researching(room)
    snapshot = make.archived_page(room.alice, text)
    evidence.cite_source(claim, snapshot.url, by=room.alice)
    start = text.index("희토류")
    Evidence.objects.create(
        claim=claim,
        snapshot=snapshot,
        exact="희토류",
        start=start,
        end=start + 3,
        stance="context",
        added_by=room.alice,
    )


def test_pinned_evidence_cannot_be_rewritten(room: Newsroom) -> None:
    pinned = make.pinned(room, make.researching(room))
    rows = Evidence.objects.filter(pk=pinned.pk)
    assert "withdraw it and pin another" in refused(lambda: rows.update(stance="refutes"))
    assert "only grows" in refused(rows.delete)


def test_a_withdrawal_has_a_person(room: Newsroom) -> None:
    pinned = make.pinned(room, make.researching(room))
    rows = Evidence.objects.filter(pk=pinned.pk)
    assert "evidence_withdrawn_at_and_withdrawn_by_together" in refused(
        lambda: rows.update(withdrawn_at=timezone.now())
    )


@pytest.mark.parametrize(
    "table",
    [
        "claims_citation",
        "claims_scale",
        "claims_rating",
        "claims_decision",
        "claims_signoff",
        "claims_publication",
        "sources_snapshot",
        "audit_event",
    ],
)
def test_what_only_grows_refuses_change_and_removal(room: Newsroom, table: str) -> None:
    make.published(room)
    with connection.cursor() as cursor:
        name = sql.Identifier(table)
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(name))
        assert cursor.fetchone()[0] > 0
        for statement in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql.SQL(statement).format(name))


def test_digests_have_their_length(room: Newsroom) -> None:
    snapshot = make.archived_page(room.alice)
    row = Snapshot.objects.get(pk=snapshot.pk)
    row.pk, row._state.adding = None, True
    row.payload_sha256 = "abc"
    assert "snapshot_payload_sha256_is_a_digest" in refused(row.save)


def test_a_later_version_says_why(room: Newsroom) -> None:
    old = make.published(room).publications.get()
    row = Publication(
        claim=old.claim, number=2, kind="correction", sign_off=old.sign_off, content={}, published_by=room.editor
    )
    assert "publication_later_versions_say_why" in refused(row.save)


def test_people_who_left_traces_cannot_be_removed(room: Newsroom) -> None:
    make.submitted(room)
    with pytest.raises(IntegrityError), transaction.atomic():
        room.author.delete()
    assert Event.objects.filter(actor=room.author).exists()
