"""A capture with a browser and without one: it is complete either way, and says what is missing."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from factcheck.access.models import User
from factcheck.env import Misconfigured
from sources import archive, browser, capturing, picturing, replay
from sources.models import Capture, Record, Snapshot
from tests.browser import HOW_TO_GET_IT, find_chromium
from tests.sources.raw_server import page, raw_server

ARTICLE = "<!doctype html><title>Licences</title><p>They stay.</p><script>document.body.append('Shown.')</script>"


@pytest.fixture
def chromium(settings: Settings) -> str:
    found = find_chromium()
    if found is None:
        pytest.skip(HOW_TO_GET_IT)
    settings.BROWSER, settings.BROWSER_SECONDS = found, 120
    return found


def captured(answer: bytes, settings: Settings, by: User) -> Snapshot:
    with raw_server(answer) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
        capture = archive.request_capture(archive.add_source(server.url(), by=by), by=by)
        assert capturing.run(capture.pk)
    capture.refresh_from_db()
    assert (capture.state, capture.detail) == (Capture.State.DONE, "")
    return capture.snapshot


def content(record: Record) -> bytes:
    with closing(replay.read(record, limit=10_000_000)) as answer:
        answer.content.seek(0)
        return answer.content.read()


@pytest.mark.browser
@pytest.mark.slow
class TestWithABrowser:
    def test_a_capture_holds_how_the_page_looked(self, chromium: str, settings: Settings, reporter: User) -> None:
        snapshot = captured(page(ARTICLE), settings, reporter)
        assert (snapshot.no_picture, snapshot.text) == ("", "They stay.")
        records = {record.part: record for record in snapshot.records.all()}
        assert [(r.part, r.kind, r.url.partition("http")[0], r.content_type) for r in records.values()] == [
            ("page", "response", "", "text/html; charset=utf-8"),
            ("text", "resource", "urn:text:", "text/plain; charset=utf-8"),
            ("picture", "resource", "urn:view:", "image/jpeg"),
            ("print", "resource", "urn:pdf:", "application/pdf"),
            ("dom", "resource", "urn:dom:", "text/html; charset=utf-8"),
            ("facts", "metadata", "urn:metadata:", "application/json"),
        ]  # fmt: skip
        assert content(records["picture"])[:3] == b"\xff\xd8\xff"
        assert content(records["print"])[:5] == b"%PDF-"
        assert content(records["dom"]).endswith(b"</script>Shown.</body></html>")
        told = json.loads(content(records["facts"]))["browser"]
        assert (told["browser"].partition("/")[0], told["why_not"]) == ("Chrome", "")

    def test_its_picture_is_inert_and_its_pdf_a_download(
        self, chromium: str, settings: Settings, reporter: User
    ) -> None:
        snapshot = captured(page(ARTICLE), settings, reporter)
        client = Client()
        assert client.get(reverse("sources:picture", args=[snapshot.pk])).status_code == 404
        client.force_login(reporter)
        picture, pdf = (
            client.get(reverse(f"sources:{name}", args=[snapshot.pk]), follow=True) for name in ("picture", "pdf")
        )
        wanted = ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
        assert [picture.get(name) for name in wanted] == ["image/jpeg", None, "nosniff"]
        # A PDF can act: it is a download, whose type no browser opens by itself.
        saved = f'attachment; filename="archived-{snapshot.pk}-print"'
        assert [pdf.get(name) for name in wanted] == ["application/octet-stream", saved, "nosniff"]
        for answer in (picture, pdf):
            assert answer["Content-Security-Policy"].split("; ")[:2] == ["sandbox", "default-src 'none'"]
        assert (picture.content[:3], pdf.content[:5]) == (b"\xff\xd8\xff", b"%PDF-")
        shown = client.get(reverse("sources:snapshot", args=[snapshot.pk])).content.decode()
        assert (reverse("sources:picture", args=[snapshot.pk]) in shown, '<img class="looked"' in shown) == (True, True)

    def test_a_page_that_hangs_the_browser_is_captured_without(
        self, chromium: str, settings: Settings, reporter: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.BROWSER_SECONDS = 1
        monkeypatch.setattr(browser, "SETTLE_SHARE", 2)  # Nobody stops it before the time is up.
        snapshot = captured(page("<p>Words.</p><script>while (true);</script>"), settings, reporter)
        assert (snapshot.text, snapshot.no_picture) == (
            "Words.", "There is no picture of the page: the page was not ready within 1 seconds.",
        )  # fmt: skip
        assert list(snapshot.records.values_list("part", flat=True)) == ["page", "text", "facts"]


class TestWithoutABrowser:
    @pytest.mark.parametrize(
        ("named", "why"), [("no", picturing.OFF), ("", picturing.NO_BROWSER)], ids=["off", "none found"]
    )
    def test_a_capture_is_complete_and_says_so(
        self, named: str, why: str, settings: Settings, reporter: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.BROWSER = named
        monkeypatch.setattr(picturing, "NAMES", ())
        snapshot = captured(page(ARTICLE), settings, reporter)
        assert (snapshot.no_picture, snapshot.text) == (why, "They stay.")
        assert list(snapshot.records.values_list("part", flat=True)) == ["page", "text", "facts"]
        client = Client()
        client.force_login(reporter)
        missing = client.get(reverse("sources:picture", args=[snapshot.pk]))
        assert (missing.status_code, why in missing.content.decode()) == (404, True)
        assert why in client.get(reverse("sources:snapshot", args=[snapshot.pk])).content.decode()

    def test_one_that_does_not_work_fails_no_capture(self, settings: Settings, reporter: User, tmp_path: Path) -> None:
        broken = tmp_path / "chromium"
        broken.write_text("#!/bin/sh\nexit 1\n")
        broken.chmod(0o755)
        settings.BROWSER = str(broken)
        assert captured(page(ARTICLE), settings, reporter).no_picture == picturing.GONE

    def test_a_file_that_is_no_web_page_says_that_it_has_none(self, settings: Settings, reporter: User) -> None:
        assert captured(page(b"%PDF-1.7", "application/pdf"), settings, reporter).no_picture == picturing.OTHER_FILE

    def test_a_page_larger_than_it_is_given_says_so(
        self, settings: Settings, reporter: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.BROWSER = "true"
        monkeypatch.setattr(picturing, "MOST_SHOWN", len(ARTICLE) - 1)
        assert captured(page(ARTICLE), settings, reporter).no_picture == picturing.TOO_LARGE

    def test_a_slip_in_its_name_stops_the_start(self, settings: Settings) -> None:
        settings.BROWSER = "/no/such/chromium"
        with pytest.raises(Misconfigured, match="BROWSER is '/no/such/chromium'"):
            picturing.program()
