"""GET /archive/state/, and what a capture says while it waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from sources import archive
from sources.models import Capture, Host
from tests.api.conftest import Api
from tests.factories import Newsroom

MINUTE = timedelta(minutes=1)
WAITS = {"setback": "http_5xx", "setback_detail": "The server answered 503: an error of its own. Try again later."}


def capture(room: Newsroom, name: str, **fields: Any) -> Capture:
    source = archive.add_source(f"https://example.org/{name}", by=room.researcher)
    return Capture.objects.create(source=source, **fields)


def moment(of: Any) -> str:
    return str(of.isoformat().replace("+00:00", "Z"))


def test_says_what_waits_and_what_holds_it_up(room: Newsroom) -> None:
    now = timezone.now()
    due = capture(room, "due", not_before=now - MINUTE, requested_at=now - 9 * MINUTE)
    turn = capture(room, "turn", not_before=now + MINUTE, waits_for="slow.example")
    again = capture(room, "again", not_before=now + MINUTE, **WAITS)
    gone = capture(room, "gone", state="failed", reason="http_404", detail="Gone.", finished_at=now)
    Host.objects.create(name="slow.example", closed_until=now + 2 * MINUTE)
    body = Api(room.robot).get("archive/state/").body
    assert body.pop("at") > body.pop("since")
    assert body == {
        "depth": {
            "due": 1,
            "for_turn": 1,
            "to_try_again": 1,
            "running": 0,
            "oldest_at": moment(due.requested_at),
            "oldest_due_at": moment(due.not_before),
        },
        "hosts": [
            {
                "host": "slow.example",
                "captures": 1,
                "next_at": moment(turn.not_before),
                "last_at": moment(turn.not_before),
                "closed_until": moment(now + 2 * MINUTE),
            }
        ],
        "setbacks": [{"reason": "http_5xx", "captures": 1, "may_work_later": True, "last_source": again.source_id}],
        "failures": [{"reason": "http_404", "captures": 1, "may_work_later": False, "last_source": gone.source_id}],
        "done": 0,
    }


def test_is_for_administrators_and_integrations(room: Newsroom) -> None:
    allowed = [user.name for user in vars(room).values() if Api(user).get("archive/state/").status == 200]
    assert allowed == ["Admin", "Robot"]
    assert Api(room.editor).get("archive/state/").problem == (
        403,
        "not_allowed",
        "Only an administrator or an integration reads how the archive is doing.",
    )
    assert Api().get("archive/state/").status == 401


def test_a_capture_says_what_it_waits_for(room: Newsroom) -> None:
    again = capture(room, "again", not_before=timezone.now() + MINUTE, attempts=1, **WAITS)
    turn = capture(room, "turn", not_before=timezone.now() + MINUTE, waits_for="slow.example")
    api = Api(room.robot)
    shown = [api.get(f"sources/{c.source_id}/").body["capture"] for c in (again, turn)]
    assert [(c["state"], c["setback"], c["setback_detail"], c["not_before"], c["waits_for"]) for c in shown] == [
        ("queued", WAITS["setback"], WAITS["setback_detail"], moment(again.not_before), ""),
        ("queued", "", "", moment(turn.not_before), "slow.example"),
    ]


def test_one_that_waits_to_be_tried_again_is_tried_now(room: Newsroom) -> None:
    for verb in ("retry", "capture"):
        waiting = capture(room, verb, not_before=timezone.now() + MINUTE, attempts=1, **WAITS)
        answer = Api(room.researcher).post(f"sources/{waiting.source_id}/{verb}/")
        waiting.refresh_from_db()
        assert (answer.status, answer.body["id"], answer.body["not_before"]) == (
            200, waiting.pk, moment(waiting.not_before),
        )  # fmt: skip
        assert waiting.not_before <= timezone.now()


def test_one_that_waits_for_its_turn_is_not_hurried(room: Newsroom) -> None:
    waiting = capture(room, "turn", not_before=timezone.now() + MINUTE, waits_for="slow.example")
    assert Api(room.researcher).post(f"sources/{waiting.source_id}/retry/").problem[:2] == (409, "conflict")
    waiting.refresh_from_db()
    assert waiting.not_before > timezone.now()
