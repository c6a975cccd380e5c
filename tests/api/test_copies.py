"""POST /sources/{source}/copies/: a page that cannot be fetched, as a file that somebody saved."""

from __future__ import annotations

from pytest_django import Settings

from sources import archive, capturing
from sources.models import Capture
from tests import factories as make
from tests.api.conftest import Answer, Api
from tests.factories import Newsroom
from tests.sources.saved import HTML, URL

FORM = "multipart/form-data; boundary=b"


def form(file: bytes, name: str = "saved.html", field: str = "file") -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: x/y\r\n\r\n'
    return head.encode() + file + b"\r\n--b--\r\n"


def give(api: Api, pk: int, body: bytes) -> Answer:
    return api.call("POST", f"sources/{pk}/copies/", body, content_type=FORM)


def test_takes_a_file_once_and_shows_what_became_of_it(room: Newsroom) -> None:
    source = archive.add_source(URL, by=room.researcher)
    api = Api(room.robot)
    first = give(api, source.pk, form(HTML))
    capture = first.body
    assert (first.status, capture["purpose"], capture["state"], capture["supplied_as"]) == (
        201, "supplied", "queued", "saved.html",
    )  # fmt: skip
    again = give(api, source.pk, form(HTML))
    assert (again.status, again.body["id"]) == (200, capture["id"])
    assert capturing.run(capture["id"])
    (shown,) = api.get(f"sources/{source.pk}/").body["captures"]
    held = shown["snapshot"]
    assert (shown["state"], held["http_status"], held["supplied_as"]) == ("done", 0, "saved.html")
    assert held["supplied_by"]["name"] == room.robot.name
    assert api.get(f"snapshots/{held['id']}/").body["supplied_as"] == "saved.html"
    assert give(api, source.pk, form(HTML)).body["id"] == capture["id"]


def test_a_copy_that_was_supplied_meanwhile_does_not_keep_from_trying_again(room: Newsroom) -> None:
    source = archive.add_source("http://127.0.0.1/private", by=room.researcher)
    capturing.run(archive.request_capture(source, by=room.researcher).pk)
    api = Api(room.researcher)
    assert capturing.run(give(api, source.pk, form(HTML)).body["id"])
    assert [capture.state for capture in source.captures.order_by("id")] == ["failed", "done"]
    assert api.post(f"sources/{source.pk}/retry/").status == 201


def test_a_fetched_copy_was_supplied_by_nobody(room: Newsroom) -> None:
    shown = Api(room.robot).get(f"snapshots/{make.archived_page(room.researcher).pk}/").body
    assert (shown["supplied_by"], shown["supplied_as"]) == (None, "")


def test_refuses_with_a_problem(room: Newsroom, settings: Settings) -> None:
    source = archive.add_source(URL, by=room.researcher)
    api = Api(room.robot)
    assert give(api, source.pk, form(b"<svg/>")).errors["file"].startswith("This is no file of a kind that is taken.")
    assert give(api, source.pk, form(b"")).status == 422
    assert give(api, source.pk, b"--b--\r\n").errors == {
        "file": "Send the file as the field “file” of a form (multipart/form-data)."
    }
    assert give(api, source.pk, form(HTML, field="page")).errors.keys() == {"page"}
    assert give(api, source.pk + 1, form(HTML)).status == 404
    settings.UPLOAD_MAX_BYTES = 1024
    large = give(api, source.pk, form(HTML + bytes(100_000)))
    assert (large.status, large.body["code"]) == (413, "too_large")
    assert not Capture.objects.exists()
