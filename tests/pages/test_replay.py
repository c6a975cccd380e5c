"""The replay over HTTP: who gets it, in which wrapping, and what is refused."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from factcheck.access.models import User
from sources import archive, capturing, replay
from sources.models import Capture, Record, Snapshot
from tests import factories
from tests.factories import Newsroom
from tests.pages.conftest import SignIn
from tests.sources.raw_server import Talk, page, raw_server, redirect

PNG = b"\x89PNG\r\n\x1a\nand so on"
HTML = """<!doctype html><title>Licences</title><link rel=stylesheet href=/s.css><img src=/moved.png><img src=/plain>
<a href="/other#part">other</a><a href="#here">here</a><script>alert(1)</script><p onclick="alert(1)">stay</p>"""
SITE = {
    "/": page(HTML),
    "/s.css": page("b{background:url(p.png)} i{background:url(gone.png)}", "text/css"),
    "/p.png": page(PNG, "image/png"),
    "/q.png": page(PNG, "image/png"),
    "/moved.png": redirect("/q.png"),
    "/plain": page(PNG, "application/octet-stream"),
}
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"9\r\n<p>stay</\r\n2\r\np>\r\n0\r\n\r\n"
)
Capturing = Callable[..., Snapshot]


@pytest.fixture
def capture(room: Newsroom, settings: Settings) -> Capturing:
    def captured(answers: dict[str, bytes] | bytes = SITE, *, times: int = 1) -> Snapshot:
        def talk(connection: socket.socket, request: bytes) -> None:
            path = request.split(b" ")[1].decode()
            whole = answers if isinstance(answers, bytes) else answers.get(path, page("", status="404 Not Found"))
            connection.sendall(whole)

        return archived(talk, room.researcher, settings, times)

    return captured


def archived(talk: Talk, by: User, settings: Settings, times: int) -> Snapshot:
    with raw_server(talk) as server:
        settings.FETCH_ALLOW_PRIVATE = [server.endpoint]
        for _ in range(times):
            capture = archive.request_capture(archive.add_source(server.url(), by=by), by=by)
            assert capturing.run(capture.pk)
    return Capture.objects.get(pk=capture.pk).snapshot


def path(snapshot: Snapshot, of: str = "page", *, works_here: bool = True) -> str:
    return replay.path(replay.Pass(snapshot.pk, works_here).signed(), of)


def part(snapshot: Snapshot, ending: str) -> str:
    return path(snapshot, str(snapshot.records.get(url__endswith=ending).pk))


WRAPPING = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(answer: object) -> dict[str, str]:
    told = answer["Content-Security-Policy"].split("; ")  # type: ignore[index]
    return {name: value for name, _, value in (directive.partition(" ") for directive in told)}


class TestThePage:
    def test_is_led_to_what_the_archive_holds(self, capture: Capturing) -> None:
        snapshot = capture()
        address = path(snapshot)
        token = address.split("/")[2]
        answer = Client().get(address)
        records = {r.url.rpartition("/")[2]: r.pk for r in snapshot.records.filter(part=Record.Part.REQUISITE)}
        host = snapshot.final_url.rstrip("/")
        assert answer.content.decode() == (
            '<!doctype html><html><head><meta charset="utf-8"><title>Licences</title>'
            f'<link rel="stylesheet" href="/replayed/{token}/{records["s.css"]}"></head><body>'
            f'<img src="/replayed/{token}/{records["q.png"]}"><img src="/replayed/{token}/{records["plain"]}">\n'
            f'<a href="{replay.link(token, host + "/other#part")}">other</a><a href="#here">here</a><p>stay</p>'
            "</body></html>"
        )
        assert answer["Content-Type"] == "text/html; charset=utf-8"

    def test_is_wrapped_so_that_it_can_do_nothing(self, capture: Capturing) -> None:
        snapshot = capture()
        for address in (path(snapshot), part(snapshot, "s.css"), part(snapshot, "p.png"), part(snapshot, "plain")):
            answer = Client().get(address)
            own = f"http://testserver/replayed/{address.split('/')[2]}/"
            assert policy(answer) == {
                "sandbox": "",
                "default-src": "'none'",
                "img-src": f"{own} data:",
                "style-src": f"{own} 'unsafe-inline'",
                "font-src": f"{own} data:",
                "base-uri": "'none'",
                "form-action": "'none'",
                "frame-ancestors": "http://127.0.0.1:8000 http://testserver",
            }
            assert {name: answer[name] for name in WRAPPING} == WRAPPING
            assert (answer.cookies, "Vary" in answer, answer.status_code) == ({}, False, 200)

    def test_has_its_sheets_led_as_well(self, capture: Capturing) -> None:
        snapshot = capture()
        answer = Client().get(part(snapshot, "s.css"))
        content = answer.content.decode()
        number = snapshot.records.get(url__endswith="p.png").pk
        assert answer["Content-Type"] == "text/css; charset=utf-8"
        assert content.startswith('b{background:url("/replayed/')
        assert content.endswith(f'/{number}")}} i{{background:url("data:,")}}')

    def test_shows_pictures_by_what_they_are(self, capture: Capturing) -> None:
        snapshot = capture()
        told = [Client().get(part(snapshot, ending)) for ending in ("p.png", "plain")]
        assert [(a.content, a["Content-Type"], "Content-Disposition" in a) for a in told] == [
            (PNG, "image/png", False),
            (PNG, "image/png", False),
        ]

    def test_captured_again_is_read_from_where_it_lies(self, capture: Capturing) -> None:
        snapshot = capture(times=2)
        assert snapshot.records.get(part=Record.Part.PAGE).kind == "revisit"
        assert "<p>stay</p>" in Client().get(path(snapshot)).content.decode()
        assert Client().get(part(snapshot, "p.png")).content == PNG

    @pytest.mark.parametrize(
        "answer",
        [
            page(gzip.compress(HTML.encode()), content_encoding="gzip"),
            page(gzip.compress(b"<!doctype html><p>") + gzip.compress(b"stay"), content_encoding="gzip"),
            CHUNKED,
            b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>stay",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<p>stay",
            page("<p>stay".encode("utf-16"), "text/html; charset=utf-8"),
        ],
        ids=["gzip", "two members", "chunked", "1.0", "broken off", "utf-16"],
    )
    def test_is_unpacked_however_it_came(self, answer: bytes, capture: Capturing) -> None:
        assert "stay</p>" in Client().get(path(capture(answer))).content.decode()


@pytest.mark.parametrize(
    ("kind", "disposition"),
    [("image/svg+xml", "image/svg+xml"), ("application/pdf", "application/octet-stream")]
    + [
        (kind, "application/octet-stream")
        for kind in ("text/xml", "application/xml", "text/javascript", "a/b", "video/mp4")
    ],
)
def test_what_could_act_is_a_download(kind: str, disposition: str, capture: Capturing) -> None:
    answer = Client().get(path(capture(page("<svg onload='alert(1)'/>", kind))))
    assert answer["Content-Type"] == disposition
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert policy(answer)["sandbox"] == ""


def test_a_bomb_stored_as_it_came_is_not_set_off(capture: Capturing, settings: Settings) -> None:
    settings.FETCH_MAX_RATIO = 100_000
    snapshot = capture(page(gzip.compress(b"<p>" + b"a" * 8_000_000), content_encoding="gzip"))
    settings.FETCH_MAX_RATIO = 200
    answer = Client().get(path(snapshot))
    assert (answer.status_code, policy(answer)["sandbox"]) == (404, "")
    assert "unpacks to more than 200 times its size" in answer.content.decode()


class TestTheAddress:
    def test_runs_out(self, capture: Capturing, settings: Settings) -> None:
        snapshot = capture()
        with time_machine.travel("2025-06-01 12:00", tick=False):
            address = path(snapshot)
            assert Client().get(address).status_code == 200
        with time_machine.travel("2025-06-01 12:10:01", tick=False):
            answer = Client().get(address)
        assert answer.status_code == 404
        assert "This view of the archived page has run out." in answer.content.decode()

    def test_is_not_to_be_made_up(self, capture: Capturing) -> None:
        snapshot = capture()
        forged = path(snapshot).replace("/replayed/W", "/replayed/X")
        for address in (forged, "/replayed/1/page", "/replayed/a:b:c/page", "/replayed/", path(snapshot, "text")):
            answer = Client().get(address)
            assert (answer.status_code, policy(answer)["sandbox"], b"stay" in answer.content) == (404, "", False)

    def test_leads_to_no_other_snapshot(self, capture: Capturing) -> None:
        first, second = capture(), capture({"/": page("<img src=/q.png>"), "/q.png": page(PNG, "image/png")})
        other = second.records.get(url__endswith="q.png").pk
        assert Client().get(path(first, str(other))).status_code == 404
        assert Client().get(path(second, str(other))).status_code == 200

    def test_takes_no_other_verb(self, capture: Capturing) -> None:
        assert Client().post(path(capture())).status_code == 405


class TestAHostOfItsOwn:
    @pytest.fixture(autouse=True)
    def own_host(self, settings: Settings) -> None:
        settings.SNAPSHOT_HOST = "snapshots.example.org"
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "snapshots.example.org"]

    def test_alone_shows_archived_bytes(self, capture: Capturing) -> None:
        snapshot = capture()
        for address in (path(snapshot), part(snapshot, "p.png")):
            own, site = Client(headers={"host": "snapshots.example.org"}).get(address), Client().get(address)
            assert (own.status_code, site.status_code) == (200, 404)
            assert policy(own)["img-src"].startswith("http://snapshots.example.org/replayed/")
            assert policy(own)["frame-ancestors"] == "http://127.0.0.1:8000"

    @pytest.mark.parametrize(
        "address", ["/", "/sign-in/", "/account/", "/static/site.css", "/api/v1/claims/", "/healthz"]
    )
    def test_serves_nothing_else(self, address: str, room: Newsroom, signed_in: SignIn) -> None:
        client = signed_in(room.admin)
        answer = client.get(address, headers={"host": "snapshots.example.org"})
        assert (answer.status_code, answer.cookies) == (404, {})
        assert "There is nothing here but archived pages." in answer.content.decode()

    def test_is_where_the_frame_leads(self, capture: Capturing, room: Newsroom, signed_in: SignIn) -> None:
        snapshot = capture()
        answer = signed_in(room.alice).get(reverse("sources:replay", args=[snapshot.pk]))
        assert 'src="http://snapshots.example.org/replayed/' in answer.content.decode()
        assert "frame-src http://snapshots.example.org/replayed/" in answer["Content-Security-Policy"]


class TestTheFrame:
    def test_can_do_nothing_and_is_behind_the_text(self, capture: Capturing, room: Newsroom, signed_in: SignIn) -> None:
        snapshot, client = capture(), signed_in(room.alice)
        first = client.get(reverse("sources:snapshot", args=[snapshot.pk])).content.decode()
        assert "<iframe" not in first
        assert f'href="/archive/{snapshot.pk}/page"' in first
        content = client.get(f"/archive/{snapshot.pk}/page").content.decode()
        assert 'title="The archived page" sandbox referrerpolicy="no-referrer"></iframe>' in content

    def test_is_for_readers_once_it_is_published(self, room: Newsroom) -> None:
        for claim, status in ((factories.published(room), 200), (factories.in_review(room), 404)):
            snapshot = claim.evidence.get().snapshot
            assert Client().get(reverse("sources:replay", args=[snapshot.pk])).status_code == status

    def test_offers_what_could_act_as_a_file(self, capture: Capturing, room: Newsroom, signed_in: SignIn) -> None:
        snapshot = capture(page(b"%PDF-1.7", "application/pdf"))
        content = signed_in(room.alice).get(reverse("sources:replay", args=[snapshot.pk])).content.decode()
        assert "<iframe" not in content
        assert "Save the file" in content


class TestALink:
    def leave(self, snapshot: Snapshot, to: str, *, works_here: bool = True, dest: str = "document") -> tuple[int, str]:
        token = replay.Pass(snapshot.pk, works_here).signed()
        answer = Client().get(replay.link(token, to), headers={"sec-fetch-dest": dest})
        assert policy(answer)["sandbox"] == ""
        return answer.status_code, answer.content.decode()

    def test_says_where_it_goes(self, capture: Capturing) -> None:
        status, content = self.leave(capture(), "https://example.org/a#b")
        assert (status, 'href="https://example.org/a#b" rel="noreferrer noopener nofollow"' in content) == (200, True)
        assert "We hold no copy of it" in content

    def test_in_the_frame_is_shown_and_not_opened(self, capture: Capturing) -> None:
        _, content = self.leave(capture(), "https://example.org/a", dest="iframe")
        assert "<a " not in content
        assert "https://example.org/a" in content

    @pytest.mark.parametrize(
        "to", ["javascript:alert(1)", "data:text/html,x", "", "//x", "http://a b/", "https://u@h/"]
    )
    def test_leads_nowhere_but_to_pages(self, to: str, capture: Capturing) -> None:
        status, content = self.leave(capture(), to)
        assert (status, "<a " in content) == (404, False)

    def test_leads_to_our_copy_for_those_who_may_see_it(self, capture: Capturing, room: Newsroom) -> None:
        snapshot, other = capture(), factories.archived_page(room.researcher)
        link = f"/archive/{other.pk}/"
        assert link in self.leave(snapshot, other.final_url)[1]
        assert link not in self.leave(snapshot, other.final_url, works_here=False)[1]


class TestMemento:
    def test_says_when_it_was_made_and_of_what(self, capture: Capturing, room: Newsroom, signed_in: SignIn) -> None:
        snapshot = capture()
        url, when = snapshot.url, snapshot.fetched_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
        site = "http://127.0.0.1:8000"
        for answer in (
            signed_in(room.alice).get(reverse("sources:replay", args=[snapshot.pk])),
            Client().get(path(snapshot)),
        ):
            assert answer["Memento-Datetime"] == when
            assert answer["Link"] == (
                f'<{url}>; rel="original", <{site}/timegate/{url}>; rel="timegate", '
                f'<{site}/timemap/{url}>; rel="timemap"; type="application/link-format"'
            )

    @pytest.fixture
    def three(self, room: Newsroom) -> list[Snapshot]:
        copies = []
        for day in (1, 10, 20):
            with time_machine.travel(f"2025-06-{day:02} 12:00", tick=False):
                copies.append(factories.archived_page(room.researcher, url="https://example.org/a?b=1"))
        return copies

    @pytest.mark.parametrize(
        ("wanted", "nearest"),
        [("", 2), ("Mon, 02 Jun 2025 00:00:00 GMT", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
        + [("Thu, 12 Jun 2025 00:00:00 GMT", 1), ("Fri, 01 Jan 2100 00:00:00 GMT", 2)],
    )
    def test_leads_to_the_nearest(
        self, wanted: str, nearest: int, three: list[Snapshot], room: Newsroom, signed_in: SignIn
    ) -> None:
        headers = {"accept-datetime": wanted} if wanted else {}
        answer = signed_in(room.alice).get("/timegate/https://example.org/a?b=1", headers=headers)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"http://127.0.0.1:8000/archive/{three[nearest].pk}/page",
        )
        assert answer["Vary"] == "accept-datetime, Cookie"
        assert answer["Link"].startswith('<https://example.org/a?b=1>; rel="original", ')

    @pytest.mark.parametrize("raw", [True, False], ids=["as gunicorn tells it", "as Django tells it"])
    @pytest.mark.parametrize("path", ["/Annual%20Report.pdf", "/what%3Fnow", "/100%25", "/a%23b?c=%2F"])
    def test_keeps_what_is_escaped(self, path: str, raw: bool, room: Newsroom, signed_in: SignIn) -> None:
        url = f"https://example.org{path}"
        copy = factories.archived_page(room.researcher, url=url)
        told: dict[str, Any] = {"RAW_URI": f"/timegate/{url}"} if raw else {}
        answer = signed_in(room.alice).get(f"/timegate/{url}", **told)
        assert (answer.status_code, answer.headers.get("Location")) == (
            302, f"http://127.0.0.1:8000/archive/{copy.pk}/page",
        )  # fmt: skip

    def test_does_not_take_an_escaped_slash_for_one(self, room: Newsroom, signed_in: SignIn) -> None:
        factories.archived_page(room.researcher, url="https://example.org/a/b")
        url = "/timegate/https://example.org/a%2Fb"
        assert signed_in(room.alice).get(url, RAW_URI=url).status_code == 404

    def test_lists_all(self, three: list[Snapshot], room: Newsroom, signed_in: SignIn) -> None:
        answer = signed_in(room.alice).get("/timemap/https:/example.org/a?b=1")
        site = "http://127.0.0.1:8000"
        first, second, last = (f"<{site}/archive/{copy.pk}/page>" for copy in three)
        itself = f'<{site}/timemap/https://example.org/a?b=1>; rel="self"; type="application/link-format"'
        assert answer["Content-Type"] == "application/link-format"
        assert answer.content.decode().splitlines() == [
            '<https://example.org/a?b=1>; rel="original",',
            f'<{site}/timegate/https://example.org/a?b=1>; rel="timegate",',
            f'{itself}; from="Sun, 01 Jun 2025 12:00:00 GMT"; until="Fri, 20 Jun 2025 12:00:00 GMT",',
            f'{first}; rel="first memento"; datetime="Sun, 01 Jun 2025 12:00:00 GMT",',
            f'{second}; rel="memento"; datetime="Tue, 10 Jun 2025 12:00:00 GMT",',
            f'{last}; rel="last memento"; datetime="Fri, 20 Jun 2025 12:00:00 GMT"',
        ]

    @pytest.mark.parametrize("view", ["timegate", "timemap"])
    def test_tells_readers_of_published_copies_alone(self, view: str, three: list[Snapshot], room: Newsroom) -> None:
        assert Client().get(f"/{view}/https://example.org/a?b=1").status_code == 404
        shown = factories.published(room).evidence.get().snapshot
        hidden = factories.archived_page(room.researcher, url=shown.url)
        answer = Client().get(f"/{view}/{shown.url}")
        told = answer.content.decode() + answer.headers.get("Location", "")
        assert (f"/archive/{shown.pk}/" in told, f"/archive/{hidden.pk}/" in told) == (True, False)

    def test_refuses_a_date_that_is_none(self, three: list[Snapshot], room: Newsroom, signed_in: SignIn) -> None:
        answer = signed_in(room.alice).get("/timegate/https://example.org/a?b=1", headers={"accept-datetime": "soon"})
        assert answer.status_code == 400
