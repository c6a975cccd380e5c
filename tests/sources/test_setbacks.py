"""What fails for a reason that may pass is tried again by itself, for a day at most; a person may do so at once."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from factcheck import celery
from factcheck.access.models import User
from factcheck.audit.models import Event
from factcheck.errors import Conflict
from sources import archive, capturing, messages
from sources.models import Capture, Snapshot
from sources.reasons import REASONS
from tests.sources.conftest import Press
from tests.sources.raw_server import page

PAGE = page("<title>Licences</title><p>The licences stay.</p>")
DOWN = page("", status="503 Busy")
SENTENCE = "The server answered 503: an error of its own. Try again later."


def asked(url: str, by: User) -> Capture:
    return archive.request_capture(archive.add_source(url, by=by), by=by)


def run(capture: Capture) -> Capture:
    assert capturing.run(capture.pk)
    return Capture.objects.get(pk=capture.pk)


def later(capture: Capture, **passed: float) -> Capture:
    """As if so much time had passed since then."""
    ago = timedelta(**passed)
    Capture.objects.filter(pk=capture.pk).update(
        requested_at=capture.requested_at - ago, not_before=capture.not_before - ago
    )
    return Capture.objects.get(pk=capture.pk)


class TestASetback:
    def test_keeps_its_reason_while_it_waits(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            before = timezone.now()
            capture = run(asked(server.url(), reporter))
        assert (capture.state, capture.setback, capture.setback_detail, capture.attempts) == (
            "queued", "http_5xx", SENTENCE, 1,
        )  # fmt: skip
        assert (capture.reason, capture.detail, capture.lease, capture.finished_at) == ("", "", None, None)
        assert timedelta(seconds=30) <= capture.not_before - before <= timedelta(seconds=61)
        assert capture.waits_to_try_again

    def test_is_an_event_with_its_reason_and_time(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            capture = run(asked(server.url(), reporter))
        last = Event.objects.filter(subject=capture.source.subject).last()
        assert last is not None
        assert (last.type, last.actor, last.data) == (
            "capture.set_back",
            None,
            {"capture": capture.pk, "reason": "http_5xx", "again_at": capture.not_before.isoformat()},
        )

    def test_is_not_tried_before_its_time(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            capture = run(asked(server.url(), reporter))
            assert capturing.run(capture.pk) is None
            assert len(server.requests) == 1

    def test_ends_well_when_the_reason_has_passed(self, press: Press, reporter: User) -> None:
        answers = iter([DOWN, PAGE])
        with press(lambda c, r: c.sendall(next(answers))) as server:
            capture = run(later(run(asked(server.url(), reporter)), minutes=2))
        assert (capture.state, capture.attempts, capture.setback, capture.setback_detail) == ("done", 2, "", "")
        types = Event.objects.filter(subject=capture.source.subject).values_list("type", flat=True)
        assert list(types) == ["source.added", "capture.requested", "capture.set_back", "capture.done"]

    def test_waits_longer_each_time(self, press: Press, reporter: User) -> None:
        pauses = []
        with press(DOWN) as server:
            capture = asked(server.url(), reporter)
            for _ in range(5):
                before = timezone.now()
                capture = run(capture)
                pauses.append((capture.not_before - before).total_seconds())
                capture = later(capture, seconds=pauses[-1] + 1)
        for number, pause in enumerate(pauses):
            assert 30 * 2**number <= pause <= 60 * 2**number + 1

    def test_is_a_clear_failure_after_a_day(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            capture = run(later(run(asked(server.url(), reporter)), hours=24))
        assert (capture.state, capture.reason, capture.retryable, capture.setback) == ("failed", "http_5xx", True, "")
        assert capture.detail == f"{SENTENCE} factcheck tried 2 times within 24 hours and has given up."

    def test_takes_no_more_than_a_day_whatever_the_pauses(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            capture = run(asked(server.url(), reporter))
            begun, waited = capture.requested_at, timedelta()
            while capture.state == "queued":
                pause = capture.not_before - timezone.now()
                waited += pause
                capture = run(later(capture, seconds=pause.total_seconds() + 1))
        assert timedelta(hours=19) < waited <= timedelta(hours=24)
        assert capture.attempts == len(server.requests) <= 24
        assert begun - capture.requested_at >= waited

    def test_is_the_end_where_the_setting_says_so(self, press: Press, reporter: User, settings: Settings) -> None:
        settings.CAPTURE_RETRY_HOURS = 0
        with press(DOWN) as server:
            capture = run(asked(server.url(), reporter))
        assert (capture.state, capture.detail) == ("failed", SENTENCE)

    def test_is_only_for_a_reason_that_may_pass(self, press: Press, reporter: User) -> None:
        def set_back(answer: bytes) -> tuple[str, str]:
            with press(answer) as server:
                capture = run(asked(server.url(), reporter))
            return capture.setback, capture.reason

        assert set_back(b"") == ("broken_off", "")
        assert set_back(page("", status="429 Too Many")) == ("http_429", "")
        assert set_back(page("", status="404 Not Found")) == ("", "http_404")
        assert set_back(page("", status="403 Forbidden")) == ("", "http_403")
        assert REASONS["broken_off"].retryable
        assert not REASONS["http_403"].retryable

    def test_forgets_the_workers_that_were_lost_before_it(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            capture = asked(server.url(), reporter)
            Capture.objects.update(workers_lost=2)
            assert run(capture).workers_lost == 0


class TestAPersonInAHurry:
    def test_has_it_tried_now(
        self, press: Press, reporter: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        answers = iter([DOWN, PAGE])
        with press(lambda c, r: c.sendall(next(answers))) as server:
            capture = run(asked(server.url(), reporter))
            with django_capture_on_commit_callbacks() as callbacks:
                assert archive.retry(capture, by=reporter) == capture
            assert len(callbacks) == 1
            assert run(capture).state == "done"
        event = Event.objects.get(type="capture.hastened")
        assert (event.actor, event.data) == (reporter, {"capture": capture.pk})

    def test_who_asks_for_another_capture_has_this_one_tried_now(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            capture = run(asked(server.url(), reporter))
        assert archive.request_capture(capture.source, by=reporter) == capture
        assert Capture.objects.get().not_before <= timezone.now()

    def test_is_not_factcheck_itself(self, press: Press, reporter: User) -> None:
        with press(DOWN) as server:
            capture = run(asked(server.url(), reporter))
        archive.request_capture(capture.source, by=None)
        assert Capture.objects.get().not_before == capture.not_before

    def test_cannot_hurry_what_is_on_its_way(self, reporter: User) -> None:
        capture = asked("http://example.org/", reporter)
        with pytest.raises(Conflict):
            archive.retry(capture, by=reporter)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change",
        [
            {"setback": "http_5xx"},
            {"setback_detail": "The server answered 503."},
            {"state": "failed", "reason": "x", "finished_at": timezone.now(), "setback": "x", "setback_detail": "x"},
            {"state": "failed", "reason": "x", "finished_at": timezone.now(), "waits_for": "example.org"},
            {"state": "queued", "reason": "http_5xx"},
        ],
    )
    def test_refuses_a_wait_that_makes_no_sense(self, change: dict[str, object], reporter: User) -> None:
        capture = asked("http://example.org/", reporter)
        with pytest.raises(IntegrityError), transaction.atomic():
            Capture.objects.filter(pk=capture.pk).update(**change)


class TestTheSweeper:
    @pytest.fixture
    def sent(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, float | None]]:
        """Captures and countdowns as handed to Celery; the real thing is in test_worker.py."""
        found: list[tuple[int, float | None]] = []

        def send_task(name: str, args: list[int], countdown: float | None, **options: object) -> None:
            found.append((args[0], countdown))

        monkeypatch.setattr(celery.app, "send_task", send_task)
        return found

    def test_sends_each_at_its_own_time(self, reporter: User, sent: list[tuple[int, float | None]]) -> None:
        now = timezone.now()
        long_ago = now - timedelta(minutes=5)
        due, soon, far = (asked(f"http://example.org/{n}", reporter) for n in range(3))
        for capture, wait in ((due, -1), (soon, 3), (far, 60)):
            at = now + timedelta(seconds=wait)
            Capture.objects.filter(pk=capture.pk).update(requested_at=long_ago, not_before=at)
        assert messages.sweep() == 2
        (first, no_countdown), (second, countdown) = sent
        assert (first, no_countdown, second) == (due.pk, None, soon.pk)
        assert countdown is not None
        assert 0 < countdown <= 3


@pytest.mark.django_db
def test_a_second_delivery_does_nothing_twice(press: Press, reporter: User) -> None:
    """Whether it is done, waits for its turn or to be tried again."""
    answers = iter([DOWN, PAGE])

    def talk(connection: socket.socket, request: bytes) -> None:
        connection.sendall(next(answers))

    with press(talk) as server:
        capture = run(asked(server.url(), reporter))
        assert capturing.run(capture.pk) is None
        capture = run(later(capture, minutes=2))
        assert capturing.run(capture.pk) is None
    assert (len(server.requests), Snapshot.objects.count(), capture.attempts) == (2, 1, 2)
    assert Event.objects.filter(type__in=["capture.set_back", "capture.done"]).count() == 2
