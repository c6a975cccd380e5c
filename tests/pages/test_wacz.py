"""Archived pages as one file: who may have it, and that nothing in it can run under our name."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from claims import fact_sheets
from claims.models import Claim, FactSheet
from factcheck.access.models import Token, User
from sources import archive, capturing
from sources.models import Snapshot
from tests import factories
from tests.factories import PAGE, Newsroom
from tests.pages.conftest import SignIn
from tests.sources.raw_server import page, raw_server


@pytest.fixture(autouse=True)
def fetched_pages(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """The pages that the factories archive are really fetched, so that there are files."""
    paths = iter(range(100))
    with raw_server(page(f"<title>Licences</title><p>{PAGE}</p>")) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]

        def archived_page(by: User) -> Snapshot:
            source = archive.add_source(server.url(f"/{next(paths)}"), by=by)
            capture = archive.request_capture(source, by=by)
            assert capturing.run(capture.pk)
            return Snapshot.objects.get(capture=capture)

        monkeypatch.setattr(factories, "archived_page", archived_page)
        yield


def quoted_by(claim: Claim) -> Snapshot:
    item = claim.evidence.select_related("snapshot").get()
    return item.snapshot


def files(response: object) -> dict[str, bytes]:
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def warcs(response: object) -> list[str]:
    return [name for name in files(response) if name.startswith("archive/archived-")]


def published_sheet(room: Newsroom, *claims: Claim) -> FactSheet:
    sheet = fact_sheets.create(by=room.editor, title="After Geneva")
    fact_sheets.arrange(
        sheet, by=room.editor, title="After Geneva", intro="", language="en", claims=[c.pk for c in claims]
    )
    fact_sheets.publish(sheet, by=room.editor)
    return sheet


class TestACopy:
    def test_is_a_download_that_cannot_run(self, room: Newsroom) -> None:
        snapshot = quoted_by(factories.published(room))
        answer = Client().get(reverse("sources:wacz", args=[snapshot.pk]))
        assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
            "Content-Type": "application/wacz",
            "Content-Disposition": f'attachment; filename="archived-{snapshot.pk}.wacz"',
            "X-Content-Type-Options": "nosniff",
        }
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer["Content-Length"] == str(len(data))
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            about = json.loads(file.read("datapackage.json"))
        assert (about["title"], about["mainPageUrl"]) == ("Licences", snapshot.final_url)

    def test_is_not_there_for_readers_before_it_is_published(self, room: Newsroom) -> None:
        snapshot = quoted_by(factories.in_review(room))
        answer = Client().get(reverse("sources:wacz", args=[snapshot.pk]))
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")

    def test_is_there_for_whoever_works_here(self, room: Newsroom, signed_in: SignIn) -> None:
        snapshot = quoted_by(factories.in_review(room))
        answer = signed_in(room.alice).get(reverse("sources:wacz", args=[snapshot.pk]))
        assert warcs(answer) == [f"archive/archived-{snapshot.pk}.warc.gz"]

    def test_tells_nothing_of_a_capture_whose_payload_it_shares(self, room: Newsroom) -> None:
        """The same words stand at another address that somebody cites in a claim which is not published."""
        secret = quoted_by(factories.in_review(room))
        snapshot = quoted_by(factories.published(room))
        found = files(Client().get(reverse("sources:wacz", args=[snapshot.pk])))
        assert list(found)[-2:] == [f"archive/archived-{snapshot.pk}.warc.gz", "archive/payloads.warc.gz"]
        assert len(found["archive/payloads.warc.gz"]) == secret.records.get(part="page").length

    def test_whose_file_is_damaged_is_refused_with_a_sentence(self, room: Newsroom, break_file: BreakFile) -> None:
        snapshot = quoted_by(factories.published(room))
        break_file(snapshot)
        answer = Client().get(reverse("sources:wacz", args=[snapshot.pk]))
        assert answer.status_code == 404
        assert "The file of an archived page is missing or damaged." in answer.content.decode()

    def test_is_offered_where_its_facts_stand(self, room: Newsroom) -> None:
        snapshot = quoted_by(factories.published(room))
        shown = Client().get(reverse("sources:archived-copy", args=[snapshot.pk])).content.decode()
        assert f'href="/archive/{snapshot.pk}/wacz"' in shown


class TestAPublishedVersion:
    def test_of_a_fact_sheet_brings_all_its_quoted_pages(self, room: Newsroom) -> None:
        first, second, other = (factories.published(room, statement=f"{n}.") for n in "abc")
        published_sheet(room, first, second)
        wanted = sorted(f"archive/archived-{quoted_by(claim).pk}.warc.gz" for claim in (first, second))
        for address in ("/facts/after-geneva.wacz", "/facts/after-geneva/v1.wacz"):
            answer = Client().get(address)
            assert answer["Content-Disposition"] == 'attachment; filename="after-geneva-v1.wacz"'
            assert sorted(warcs(answer)) == wanted
        assert f"archive/archived-{quoted_by(other).pk}.warc.gz" not in wanted

    def test_of_a_claim_brings_its_pages(self, room: Newsroom) -> None:
        claim = factories.published(room)
        for address in (f"/checked/{claim.pk}.wacz", f"/checked/{claim.pk}/v1.wacz"):
            assert warcs(Client().get(address)) == [f"archive/archived-{quoted_by(claim).pk}.warc.gz"]

    @pytest.mark.parametrize("address", ["/facts/after-geneva/v2.wacz", "/facts/nothing.wacz", "/checked/4711.wacz"])
    def test_that_is_not_there_is_404(self, address: str, room: Newsroom) -> None:
        published_sheet(room, factories.published(room))
        assert Client().get(address).status_code == 404

    def test_of_a_claim_that_is_not_published_is_404(self, room: Newsroom) -> None:
        claim = factories.in_review(room)
        assert Client().get(f"/checked/{claim.pk}.wacz").status_code == 404

    def test_is_linked_from_its_page(self, room: Newsroom) -> None:
        claim = factories.published(room)
        published_sheet(room, claim)
        assert "/facts/after-geneva.wacz" in Client().get("/facts/after-geneva/").content.decode()
        assert f"/checked/{claim.pk}/v1.wacz" in Client().get(f"/checked/{claim.pk}/v1/").content.decode()


class TestTheApi:
    def test_gives_the_same_files(self, room: Newsroom) -> None:
        claim = factories.published(room)
        sheet = published_sheet(room, claim)
        snapshot = quoted_by(claim)
        headers = {"authorization": f"Bearer {Token.issue(room.robot, 'a test')[1]}"}
        expected = [f"archive/archived-{snapshot.pk}.warc.gz"]
        for path in (
            f"snapshots/{snapshot.pk}/wacz/",
            f"snapshots/wacz/?id={snapshot.pk}",
            f"claims/{claim.pk}/versions/1/wacz/",
            f"fact-sheets/{sheet.pk}/versions/1/wacz/",
        ):
            answer = Client().get(f"/api/v1/{path}", headers=headers)
            assert (path, answer["Content-Type"], warcs(answer)) == (path, "application/wacz", expected)

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("snapshots/4711/wacz/", 404),
            ("snapshots/wacz/?id=4711", 404),
            ("snapshots/wacz/", 422),
            ("claims/4711/versions/1/wacz/", 404),
            ("fact-sheets/4711/versions/1/wacz/", 404),
        ],
    )
    def test_answers_with_a_problem_otherwise(self, path: str, status: int, room: Newsroom) -> None:
        headers = {"authorization": f"Bearer {Token.issue(room.robot, 'a test')[1]}"}
        answer = Client().get(f"/api/v1/{path}", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


BreakFile = Callable[[Snapshot], None]


@pytest.fixture
def break_file(settings: Settings) -> BreakFile:
    def break_file(snapshot: Snapshot) -> None:
        digest = snapshot.warc_sha256
        path = f"{settings.ARCHIVE_ROOT}/sha256/{digest[:2]}/{digest[2:4]}/{digest}"
        with open(path, "r+b") as file:  # noqa: PTH123
            file.seek(50)
            file.write(b"\0\0\0\0")

    return break_file
