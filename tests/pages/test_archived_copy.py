"""What readers may check, and what is not for them."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.test import Client
from django.urls import reverse

from claims import evidence, workflow
from claims.models import Claim
from sources import fetching
from sources.models import Snapshot
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import SignIn

PAGES = ["sources:archived-copy", "sources:warc"]


def quoted_by(claim: Claim) -> Snapshot:
    item = claim.evidence.select_related("snapshot").first()
    assert item is not None
    return item.snapshot


def test_shows_readers_when_and_with_which_digests(room: Newsroom) -> None:
    snapshot = quoted_by(factories.published(room))
    answer = Client().get(reverse("sources:archived-copy", args=[snapshot.pk]))
    content = answer.content.decode()
    assert answer.status_code == 200
    for fact in (snapshot.payload_sha256, snapshot.warc_sha256, snapshot.text_sha256, snapshot.final_url):
        assert fact in content
    assert snapshot.text not in content


@pytest.mark.parametrize("name", PAGES)
def test_is_not_there_for_readers_before_it_is_published(name: str, room: Newsroom) -> None:
    snapshot = quoted_by(factories.in_review(room))
    answer = Client().get(reverse(name, args=[snapshot.pk]))
    nothing = Client().get(reverse(name, args=[4711]))
    assert (answer.status_code, nothing.status_code) == (404, 404)
    assert snapshot.payload_sha256 not in answer.content.decode()
    assert "There is no archived page here that readers may see." in answer.content.decode()


def test_is_not_there_for_an_account_without_a_role(room: Newsroom, signed_in: SignIn) -> None:
    snapshot = quoted_by(factories.in_review(room))
    assert signed_in(room.nobody).get(reverse("sources:archived-copy", args=[snapshot.pk])).status_code == 404


def test_is_there_for_whoever_works_here(room: Newsroom, signed_in: SignIn) -> None:
    snapshot = quoted_by(factories.in_review(room))
    answer = signed_in(room.alice).get(reverse("sources:archived-copy", args=[snapshot.pk]))
    assert snapshot.warc_sha256 in answer.content.decode()


def test_stays_for_readers_when_the_quote_is_withdrawn_later(room: Newsroom) -> None:
    claim = factories.published(room)
    snapshot = quoted_by(claim)
    workflow.reopen(claim, by=room.third, reason="New facts.")
    evidence.withdraw(claim.evidence.get(), by=room.researcher)
    assert Client().get(reverse("sources:archived-copy", args=[snapshot.pk])).status_code == 200


def test_gives_the_file_as_a_download_that_cannot_run(room: Newsroom, signed_in: SignIn) -> None:
    data = b"\x1f\x8b not really a WARC, and <script>alert(1)</script>"
    digest, length = fetching.blobs().put(io.BytesIO(data))
    original = factories.archived_page(room.researcher)
    snapshot = Snapshot.objects.create(
        **{
            field.attname: getattr(original, field.attname)
            for field in Snapshot._meta.concrete_fields
            if field.attname not in ("id", "capture_id", "warc_sha256", "warc_length")
        },
        capture=factories.archived_page(room.researcher).source.captures.create(
            state="failed", reason="x", finished_at=original.fetched_at
        ),
        warc_sha256=digest.hex(),
        warc_length=length,
    )
    answer = signed_in(room.alice).get(reverse("sources:warc", args=[snapshot.pk]))
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="archived-{snapshot.pk}.warc.gz"',
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'


def test_says_when_the_file_is_missing(room: Newsroom, signed_in: SignIn) -> None:
    snapshot = factories.archived_page(room.researcher)
    answer = signed_in(room.alice).get(reverse("sources:warc", args=[snapshot.pk]))
    assert answer.status_code == 404
    assert "The file of this archived page is missing." in answer.content.decode()
