"""The log as sentences."""

from __future__ import annotations

import pytest

from claims import evidence, history
from tests import factories as make
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db


def test_what_somebody_wrote_is_never_read_as_a_format(room: Newsroom) -> None:
    claim = make.submitted(room)
    evidence.add_appearance(claim, by=room.author, citation="{0.__class__} {person} %s {")
    sentence = history.entries(history.events_of(claim, room.alice)[:1])[0].sentence
    assert sentence == "added where it was made: \u2068{0.__class__} {person} %s {\u2069"
