"""The page to read the API on, and the description for programs. Both are public: they say nothing of the newsroom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from factcheck.access.marks import public_page
from factcheck.api import outside
from factcheck.api.problems import KINDS
from factcheck.api.schema import Json, body_of, document


@dataclass(frozen=True)
class Field:
    """A line of a table: of a parameter, a body or an answer. ``shape`` is the name of a shape on the page, if any."""

    name: str
    type: str
    shape: str
    required: bool
    about: str


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    summary: str
    about: str
    query: list[Field]
    body: list[Field]
    body_about: str
    answers: list[Field]


@dataclass(frozen=True)
class Shape:
    """What an answer or a part of one looks like."""

    name: str
    about: str
    fields: list[Field]
    values: list[str]


@public_page
@csrf_exempt  # Nothing is changed here, and Django's refusal would be a page.
def openapi(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        refused = outside.told("method_not_allowed", "This is only there to be read: GET.")
        refused["Allow"] = "GET, HEAD"
        return refused
    response = JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/vnd.oai.openapi+json;version=3.1"
    return response


@public_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    groups, shapes = contents()
    return render(request, "api/reference.html", {"groups": groups, "shapes": shapes, "problems": KINDS})


@cache
def contents() -> tuple[dict[str, list[Operation]], list[Shape]]:
    """Operations by resource, and the shapes that they use."""
    described = document()
    schemas = described["components"]["schemas"]
    groups: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            group = operation["tags"][0].replace("-", " ").capitalize()
            groups.setdefault(group, []).append(_operation(path, method, operation, schemas))
    bodies = {body_of(operation) for methods in described["paths"].values() for operation in methods.values()}
    shapes = [_shape(name, schema) for name, schema in schemas.items() if name not in bodies]
    return groups, shapes


def _operation(path: str, method: str, operation: Json, schemas: Json) -> Operation:
    body = schemas.get(body_of(operation), {})
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        about=_plain(operation),
        query=[_parameter(parameter) for parameter in operation.get("parameters", []) if parameter["in"] == "query"],
        body=list(_fields(body)),
        body_about=_plain(body),
        answers=list(_answers(operation)),
    )


def _answers(operation: Json) -> Iterator[Field]:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            schema = response.get("content", {}).get("application/json", {}).get("schema", {})
            yield Field(status, _type(schema) if schema else "nothing", _shape_named(schema), True, "")


def _parameter(parameter: Json) -> Field:
    schema = parameter["schema"]
    return Field(
        parameter["name"],
        _type(schema),
        _shape_named(schema),
        parameter.get("required", False),
        _plain(parameter),
    )


def _shape(name: str, schema: Json) -> Shape:
    values = [str(value) for value in schema.get("enum", [])]
    about = "" if values else _plain(schema)
    return Shape(name, about, list(_fields(schema)), values)


def _fields(schema: Json) -> Iterator[Field]:
    required = schema.get("required", [])
    for name, inner in schema.get("properties", {}).items():
        about = _plain(inner) if "enum" not in inner else ""
        yield Field(name, _type(inner), _shape_named(inner), name in required, about)


def _type(schema: Json) -> str:
    """The type in words, such as “list of Claim” or “string or null”."""
    named = _shape_named(schema)
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if named:
        return f"{named} or null" if _nullable(schema) else named
    kinds = schema.get("type", "anything")
    words = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    return f"{words} ({schema['format']})" if "format" in schema else words


def _nullable(schema: Json) -> bool:
    return any(inner.get("type") == "null" for inner in schema.get("oneOf", []))


def _shape_named(schema: Any) -> str:
    """The shape that a schema refers to, directly, in a list or beside null; "" when it refers to none."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    items = [schema["items"]] if "items" in schema else []
    inner = [*items, *schema.get("oneOf", []), *schema.get("allOf", [])]
    return next((name for name in map(_shape_named, inner) if name), "")


def _plain(described: Json) -> str:
    """The description without the marks for code."""
    return str(described.get("description", "")).replace("`", "")
