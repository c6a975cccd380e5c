"""Uploading a copy: the way out where a page cannot be fetched, and how everybody is told that nobody fetched it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from claims import evidence, fact_sheets, obstacles, workflow
from claims.exports import claim_review, markdown
from claims.models import Claim
from claims.states import Verb
from sources import archive, capturing
from sources.models import Capture, Snapshot, Source
from tests import factories
from tests.factories import PAGE, QUOTE, Newsroom
from tests.pages.conftest import PHONE, SignIn, Visit
from tests.pages.reading import words
from tests.sources import saved

NAME = "Lizenzen <b> 허가.html"
TOLD = "Supplied by Researcher as Lizenzen <b> 허가.html, not fetched by us."
FOR_READERS = "copy supplied by the newsroom, not fetched by it"


@pytest.fixture
def source(room: Newsroom) -> Source:
    return archive.add_source(saved.URL, by=room.researcher)


def upload(client: Client, source: Source, file: bytes, name: str = NAME, **more: Any) -> Any:
    sent = SimpleUploadedFile(name, file, "application/x-whatever")
    return client.post(reverse("sources:supply", args=[source.pk]), {"file": sent}, **more)


def test_a_file_is_taken_read_and_shown_as_what_it_is(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    client, address = signed_in(room.researcher), reverse("sources:source", args=[source.pk])
    answer = upload(client, source, saved.HTML)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address}#captures")
    capture = Capture.objects.get()
    assert f"Supplied as {NAME} Waits for a worker." in words(client.get(address))
    assert capturing.run(capture.pk)
    shown = client.get(address)
    assert f"Licences stay {TOLD}" in words(shown)
    # The page itself was not fetched, and still can be.
    assert re.findall(r'data-key="r">([^<]+)', shown.content.decode()) == ["Fetch it"]
    snapshot = reverse("sources:snapshot", args=[Snapshot.objects.get().pk])
    assert TOLD in words(client.get(snapshot))


def test_the_page_is_shown_again_with_its_parts(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    archive.supply(source, io.BytesIO(saved.mhtml()), "a.mhtml", by=room.alice)
    assert capturing.run(Capture.objects.get().pk)
    snapshot, alice = Snapshot.objects.get(), signed_in(room.alice)
    frame = alice.get(reverse("sources:replay", args=[snapshot.pk])).context["frame"]
    shown = alice.get(frame).content.decode()
    assert "The ministry said the licences stay." in shown
    numbers = snapshot.records.filter(part="requisite").values_list("pk", flat=True)
    assert [f"/{number}" in shown for number in numbers] == [True, True]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [(b"", "This file is empty."), (b"\x00\x01\x02", "This is no file of a kind that is taken.")],
)
def test_what_is_not_taken_is_said_beside_the_field(
    file: bytes, sentence: str, room: Newsroom, source: Source, signed_in: SignIn
) -> None:
    answer = upload(signed_in(room.researcher), source, file)
    content = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'id="copy_file_error"><p class="wrong">{re.escape(sentence)}', content)
    assert 'aria-describedby="copy_file_helptext copy_file_error" aria-invalid="true" autofocus' in content
    assert not Capture.objects.exists()


def test_a_form_without_a_file_says_what_to_do(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    answer = signed_in(room.researcher).post(reverse("sources:supply", args=[source.pk]))
    assert (answer.status_code, "Choose the file that you saved." in words(answer)) == (422, True)


def test_what_says_that_it_is_too_large_is_refused_unread(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    for length in ("100100000", "9" * 5000):
        answer = upload(signed_in(room.researcher), source, saved.HTML, CONTENT_LENGTH=length)
        assert (answer.status_code, answer.wsgi_request._read_started) == (413, False)
        assert "This file is too large: at most 100 MB of one are taken." in words(answer)


def test_the_limit_of_a_page_is_that_of_pages(
    room: Newsroom, source: Source, signed_in: SignIn, settings: Settings
) -> None:
    settings.FETCH_MAX_HTML_BYTES = 2000
    client = signed_in(room.researcher)
    assert upload(client, source, saved.HTML + b" " * 2000).status_code == 413
    assert upload(client, source, saved.PNG + b" " * 2000).status_code == 302
    assert "An HTML page (up to 2 kB)" in words(client.get(reverse("sources:source", args=[source.pk])))


def test_a_form_of_somebody_elses_page_is_refused(room: Newsroom, source: Source) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(room.researcher)
    assert upload(client, source, saved.HTML).status_code == 403
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"',
        client.get(reverse("sources:source", args=[source.pk])).content.decode(),
    )
    assert token
    assert upload(client, source, saved.HTML, headers={"X-CSRFToken": token[1]}).status_code == 302
    assert Capture.objects.count() == 1


def test_only_who_has_a_role_supplies_one(room: Newsroom, source: Source, signed_in: SignIn) -> None:
    assert upload(signed_in(room.nobody), source, saved.HTML).status_code == 403
    assert upload(Client(), source, saved.HTML).status_code == 401
    assert not Capture.objects.exists()


def supplied(room: Newsroom, **facts: Any) -> Snapshot:
    return factories.archived_page(room.researcher, PAGE, supplied_by=room.researcher, supplied_as=NAME, **facts)


def pinned(room: Newsroom) -> tuple[Claim, Snapshot]:
    claim, snapshot = factories.researching(room), supplied(room)
    evidence.cite_source(claim, snapshot.url, by=room.researcher)
    evidence.pin_quote(claim, snapshot, QUOTE, by=room.researcher, stance="supports")
    return claim, snapshot


def published(room: Newsroom) -> tuple[Claim, Snapshot]:
    claim, snapshot = pinned(room)
    workflow.send_to_review(claim, by=room.researcher)
    factories.seal(claim, room.alice)
    claim = factories.seal(claim, room.bob)
    return workflow.publish(claim, by=room.editor, summary="The rule stayed in force."), snapshot


def test_the_claim_says_so_wherever_the_copy_is_evidence(room: Newsroom, signed_in: SignIn) -> None:
    claim, _ = pinned(room)
    # At the sources, over the text, at the quote.
    assert words(signed_in(room.researcher).get(f"/claims/{claim.pk}/")).count(TOLD) == 3
    label = f"Quoted copies that were supplied, not fetched by us: “{NAME}” by Researcher"
    assert label in [each.label for each in obstacles.conditions(Verb.PUBLISH, claim)]


def test_a_claim_of_fetched_copies_says_that(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.decided(room)
    assert "Every quote comes from a copy that we fetched" in [
        each.label for each in obstacles.conditions(Verb.PUBLISH, claim)
    ]
    assert "not fetched by us" not in words(signed_in(room.researcher).get(f"/claims/{claim.pk}/"))


def test_a_failed_source_of_a_claim_leads_to_the_form(room: Newsroom, signed_in: SignIn) -> None:
    claim = factories.researching(room)
    evidence.cite_source(claim, "http://10.0.0.1/", by=room.researcher)
    capture = Capture.objects.get()
    link = f'href="{reverse("sources:source", args=[capture.source_id])}#copy"'
    client = signed_in(room.researcher)
    assert link not in client.get(f"/claims/{claim.pk}/").content.decode()
    assert capturing.run(capture.pk)
    assert link in client.get(f"/claims/{claim.pk}/").content.decode()
    assert 'id="copy"' in client.get(reverse("sources:source", args=[capture.source_id])).content.decode()


def test_readers_are_told_without_the_name(room: Newsroom, signed_in: SignIn) -> None:
    claim, snapshot = published(room)
    for path in (
        f"/checked/{claim.pk}/",
        reverse("sources:archived-copy", args=[snapshot.pk]),
        reverse("sources:replay", args=[snapshot.pk]),
    ):
        answer = Client().get(path)
        assert (answer.status_code, words(answer).count(FOR_READERS)) == (200, 1), path
        assert "Lizenzen" not in answer.content.decode(), path


def test_what_goes_out_says_so_in_each_form(room: Newsroom) -> None:
    claim, _ = published(room)
    sheet = fact_sheets.create(by=room.editor, title="After Geneva")
    fact_sheets.arrange(sheet, by=room.editor, claims=[claim.pk], title="After Geneva", intro="", language="en")
    version = fact_sheets.publish(sheet, by=room.editor)
    (said,) = version.content["claims"]
    assert [quote["snapshot"]["supplied"] for quote in said["content"]["evidence"]] == [True]
    assert " (supplied by the newsroom, not fetched by it), SHA-256 `" in markdown.as_text(version)
    (page,) = claim_review.by_snapshot(said["content"]["evidence"])
    assert [each["name"] for each in claim_review.citation(page)["encoding"]] == [
        "The page as the newsroom supplied it",
        "Copy supplied by the newsroom, not fetched by it",
    ]


def test_comparing_says_which_copy_was_supplied(room: Newsroom, signed_in: SignIn) -> None:
    first = supplied(room)
    factories.archived_page(room.researcher, url=first.url)
    answer = signed_in(room.researcher).get(reverse("sources:compare", args=[first.source_id]))
    assert re.findall(r"\((\w+)\)</option>", answer.content.decode()) == ["supplied", "supplied"]
    assert words(answer).count(TOLD) == 1


@pytest.mark.slow
def test_by_keyboard_on_a_phone(room: Newsroom, source: Source, visit: Visit, tmp_path: Any) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(saved.HTML)
    page = visit(room.researcher, f"/sources/{source.pk}/", viewport=PHONE)
    page.get_by_label("The file").set_input_files(file)
    page.get_by_label("The file").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Supplied as page.html").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
