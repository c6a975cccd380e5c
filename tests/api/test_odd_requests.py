"""Whatever is sent to whatever address: a described answer, never a mistake of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Claim, Evidence, FactSheet
from factcheck.api.schema import body_of, document
from sources.models import Snapshot, Source
from tests import factories as make
from tests.api.conftest import Api
from tests.factories import Newsroom

OPERATIONS = [
    (method.upper(), path.removeprefix("/api/v1/"), operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
]

words = st.text(max_size=30) | st.sampled_from(
    ["", "\x00", "\ud800", "true", "2025-06-09", "9999-12-31", "0000-00-00", "https://example.org/", "http://[", "٣"]
)
numbers = st.integers(-1, 3) | st.sampled_from([2**31, 2**63, 10**40, -(10**40), 1e308, 0.5])
values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)


def names_of(operation: Any) -> list[str]:
    shape = document()["components"]["schemas"].get(body_of(operation), {})
    return list(shape.get("properties", {})) or ["nothing"]


def asked_of(operation: Any) -> list[str]:
    return [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"] or ["nothing"]


@pytest.fixture
def everybody(room: Newsroom) -> list[Api]:
    """An editor and a reviewer, and something of each kind with a low number."""
    make.published(room)
    make.in_review(room)
    return [Api(room.editor), Api(room.alice), Api(room.robot)]


def addresses(path: str) -> list[str]:
    known: dict[str, Any] = {
        "claim": Claim, "pinned": Evidence, "sheet": FactSheet, "snapshot": Snapshot, "source": Source,
    }  # fmt: skip
    found = [path]
    for name, model in known.items():
        numbers = [*model.objects.values_list("pk", flat=True)[:2], 10**25]
        if f"{{{name}}}" in path:
            found = [address.replace(f"{{{name}}}", str(number)) for address in found for number in numbers]
    return [address.replace("{number}", "1").replace("{assignment}", "1") for address in found]


@pytest.mark.slow
@pytest.mark.uncounted
@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=[o["operationId"] for *_, o in OPERATIONS])
def test_odd_requests_are_answered(everybody: list[Api], method: str, path: str, operation: Any) -> None:
    known = addresses(path)

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(
        body=st.dictionaries(st.sampled_from(names_of(operation)), values, max_size=6) | values,
        asked=st.dictionaries(st.sampled_from(asked_of(operation)), words | numbers, max_size=3),
        address=st.sampled_from(known),
        api=st.sampled_from(everybody),
    )
    def ask(body: Any, asked: dict[str, Any], address: str, api: Api) -> None:
        sent = None if method == "GET" else json.dumps(body).encode()
        safe = {name: str(value).encode("utf-8", "replace").decode() for name, value in asked.items()}
        answer = api.call(method, address, sent, query=safe)
        assert answer.status < 500

    ask()
