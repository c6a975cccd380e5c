"""The whole sample, told by the real verbs with its pages fetched by a real worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from claims.models import Citation, Claim, Evidence, FactSheetVersion, Publication, Review
from claims.states import Status
from factcheck.access.models import Token, User
from factcheck.audit.models import Event
from factcheck.audit.verify import faults
from factcheck.sample.load import Newsroom
from factcheck.sample.newsroom import PEOPLE
from factcheck.sample.stories import STORIES
from sources.models import Capture
from tests.processes import Processes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.worker]

Load = Callable[[str], None]


class Killed(Exception):
    pass


@pytest.fixture
def load(processes: Processes) -> Load:
    """``load("Published: ")`` ends in the middle, when a line begins so."""
    web = processes.web(SAMPLE_NEWSROOM="yes")
    processes.worker(FETCH_ALLOW_PRIVATE=urlsplit(web.url).netloc)

    def until(line: str = "") -> None:
        def say(sentence: str) -> None:
            if line and sentence.startswith(line):
                raise Killed

        Newsroom(f"{web.url}/press/", say=say, patience=30).load()

    return until


def rows() -> Counter[str]:
    models = (Claim, Citation, Evidence, Review, Publication, FactSheetVersion, Capture, User, Token, Event)
    return Counter({model.__name__: model.objects.count() for model in models})


def test_tells_each_story_once_however_often_it_is_interrupted(load: Load) -> None:
    for line in ("7 people", "15 claims", "All 14", "Published: ", "In review: ", "Published: From"):
        with pytest.raises(Killed):
            load(line)
    load("")
    told = rows()
    assert (told["Claim"], told["User"], told["Token"]) == (len(STORIES), len(PEOPLE), 1)
    assert told["Capture"] == len({source for (source,) in Capture.objects.values_list("source")})
    assert {Status(status) for (status,) in Claim.objects.values_list("status")} == set(Status)
    events = [(event.subject, event.type, str(event.data)) for event in Event.objects.order_by("subject", "seq")]
    assert [event for event, times in Counter(events).items() if times > 1] == []
    assert list(faults(Event.objects.order_by("subject", "seq").iterator())) == []
    load("")
    assert rows() == told
