"""Messages as files: whole, in order, once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from factcheck import embedded
from factcheck.celery import app  # noqa: F401 -- makes the transport known
from factcheck.file_broker import LOOK_UP_SECONDS, Transport


@pytest.fixture
def link(tmp_path: Path) -> Iterator[Connection]:
    Transport.global_state.clear()  # It remembers for the process which queues are bound in the control folder.
    options = embedded.broker_options(embedded.broker_url(), str(tmp_path))
    with Connection(embedded.broker_url(), transport_options=options) as opened:
        yield opened
    Transport.global_state.clear()


def take(link: Connection, queue: str = "one") -> Any:
    box = link.SimpleQueue(queue)
    message = box.get(block=False)
    message.ack()
    box.close()
    return message.payload


def put(link: Connection, said: Any, queue: str = "one") -> None:
    box = link.SimpleQueue(queue)
    box.put(said)
    box.close()


def test_gives_messages_in_the_order_in_which_they_came(link: Connection) -> None:
    for number in range(5):
        put(link, {"number": number})
    assert [take(link)["number"] for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(Empty):
        take(link)


def test_keeps_queues_apart(link: Connection) -> None:
    put(link, "for two", "two")
    with pytest.raises(Empty):
        take(link, "one")
    assert take(link, "two") == "for two"


def test_gives_each_message_to_one_taker_only(link: Connection, tmp_path: Path) -> None:
    for number in range(60):
        put(link, number)

    def take_all(_: int) -> list[int]:
        taken = []
        options = embedded.broker_options(embedded.broker_url(), str(tmp_path))
        with Connection(embedded.broker_url(), transport_options=options) as own:
            try:
                while True:
                    taken.append(take(own))
            except Empty:
                return taken

    with ThreadPoolExecutor(4) as takers:
        taken = sorted(number for each in takers.map(take_all, range(4)) for number in each)
    assert taken == list(range(60))


def test_takes_what_came_after_others_took_what_it_had_listed(link: Connection, tmp_path: Path) -> None:
    for number in range(3):
        put(link, number)
    box = link.SimpleQueue("one")
    first = box.get(block=False)
    options = embedded.broker_options(embedded.broker_url(), str(tmp_path))
    with Connection(embedded.broker_url(), transport_options=options) as other:
        by_other = [take(other), take(other)]
    put(link, "later")
    second = box.get(block=False)
    assert (first.payload, by_other, second.payload) == (0, [1, 2], "later")
    with pytest.raises(Empty):
        box.get(block=False)
    box.close()


def test_leaves_a_message_alone_that_is_still_being_written(link: Connection, tmp_path: Path) -> None:
    put(link, "whole")
    (tmp_path / "messages" / "00000000000000000000_half.part").write_text('{"bo')
    assert take(link) == "whole"
    with pytest.raises(Empty):
        take(link)


def test_leaves_nothing_behind(link: Connection, tmp_path: Path) -> None:
    put(link, "read me")
    take(link)
    assert list((tmp_path / "messages").iterdir()) == []


def test_lets_a_worker_that_waits_for_messages_look_up(link: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(filesystem.Transport, "drain_events", lambda _, connection, timeout: waits.append(timeout))
    for timeout in (None, 60, 0.01):
        link.drain_events(timeout=timeout)
    assert waits == [LOOK_UP_SECONDS, LOOK_UP_SECONDS, 0.01]
