"""A client that speaks as somebody, and holds every answer against the published description."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from factcheck.access.models import Token, User
from factcheck.api.schema import document
from tests import factories as make
from tests.factories import Newsroom


class Answer:
    """``status``, the parsed ``body``, and the ``headers`` of one response."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status: int = response.status_code
        self.headers = response.headers
        self.body: Any = json.loads(response.content) if response.content else None

    @property
    def problem(self) -> tuple[int, str, str]:
        """Status, code and sentence of a problem, which is checked to be one."""
        assert self.headers["Content-Type"] == "application/problem+json"
        assert self.body["status"] == self.status
        assert self.body["type"] == f"/api/#problem-{self.body['code']}"
        return self.status, self.body["code"], self.body["detail"]

    @property
    def errors(self) -> dict[str, str]:
        """Field → sentence."""
        return {error["field"]: error["detail"] for error in self.body["errors"]}


class Api:
    """Speaks to /api/v1/ with a token of ``user``, or with none."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client()
        self.secret = ""
        if user:
            self.token, self.secret = Token.issue(user, "a test")
            # Used just now: noting the use would be one query more at the first call.
            Token.objects.filter(pk=self.token.pk).update(last_used_at=timezone.now())

    def get(self, path: str, **asked: Any) -> Answer:
        return self.call("GET", path, query=asked)

    def post(self, path: str, **body: Any) -> Answer:
        return self.call("POST", path, body)

    def put(self, path: str, **body: Any) -> Answer:
        return self.call("PUT", path, body)

    def patch(self, path: str, **body: Any) -> Answer:
        return self.call("PATCH", path, body)

    def delete(self, path: str) -> Answer:
        return self.call("DELETE", path)

    def call(
        self, method: str, path: str, body: Any = None, *, query: dict[str, Any] | None = None, **headers: str
    ) -> Answer:
        """``body`` is sent as JSON, or as it is when it is bytes."""
        address = path if path.startswith("http") else f"/api/v1/{path}"
        if self.secret:
            headers.setdefault("authorization", f"Bearer {self.secret}")
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = headers.pop("content_type", "application/json")
        response = self.client.generic(
            method, address, data, content_type=kind, headers=headers, query_params=query or {}
        )
        answer = Answer(response)
        check_described(method, response.request["PATH_INFO"], answer)
        return answer


def check_described(method: str, path: str, answer: Answer) -> None:
    """The status is one that the description lists, and the body has the shape that it promises."""
    operation = operation_at(method, path)
    if operation is None:
        assert answer.status in {401, 404, 405}
        return
    described = operation["responses"][str(answer.status)]
    if "$ref" in described:
        described = document()["components"]["responses"][str(answer.status)]
    content = described.get("content", {})
    if answer.body is None:
        assert not content
        return
    schema = content[answer.headers["Content-Type"]]["schema"] | {"components": document()["components"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.body)


def operation_at(method: str, path: str) -> Any:
    for template, operations in document()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", r"\\d+", template), path):
            return operations.get(method.lower())
    return None


@pytest.fixture
def room(db: None) -> Newsroom:
    return make.newsroom()


@pytest.fixture
def speak() -> Callable[..., Api]:
    """``speak(room.editor)`` is a client with a token of the editor."""
    return Api


@pytest.fixture
def queries(django_assert_num_queries: Any) -> Any:
    return django_assert_num_queries
