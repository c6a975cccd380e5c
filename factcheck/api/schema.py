"""The API described by itself, as OpenAPI 3.1."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_lib_doc_excludes

from factcheck.api.endpoint import Endpoint
from factcheck.api.problems import KINDS, MEDIA_TYPE
from factcheck.api.sent import Sent

Json = dict[str, Any]


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "factcheck.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> Json:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "fct_…"}


@cache
def document() -> Json:
    """The whole description. The same for everybody, and slow to work out, so it is made once a process."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    made: Json = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Tell problems apart by `code`, show `detail` to people.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence that says what is wrong and what to do."},
        "code": {"type": "string", "enum": list(KINDS)},
        "nearest": {"type": "string", "description": "With quote_not_found: the closest passage of the text."},
        "errors": {
            "type": "array",
            "description": "With 422: a sentence for each field.",
            "items": {
                "type": "object",
                "required": ["field", "pointer", "detail"],
                "properties": {
                    "field": {"type": "string"},
                    "pointer": {"type": "string", "description": "RFC 6901."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def with_problems(result: Json, **kwargs: Any) -> Json:
    """Every operation may answer with a problem; a body takes its own fields only; an answer has all of its fields."""
    components, schemas = result["components"], result["components"]["schemas"]
    bodies = set()
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            for status in sorted({*_statuses(path, method, operation), *_own_problems(operation)}):
                operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}
            bodies.add(body_of(operation))
    for name, schema in schemas.items():
        if name in bodies:
            schema["additionalProperties"] = False
        elif "properties" in schema:
            schema["required"] = list(schema["properties"])
    schemas["Problem"] = PROBLEM
    components["responses"] = {str(status): _response(status) for status in sorted({k.status for k in KINDS.values()})}
    return result


def _own_problems(operation: Json) -> list[str]:
    """Of the operation's own answers those that refuse: "403" where a role is needed."""
    return [status for status in operation["responses"] if status >= "400"]


def body_of(operation: Json) -> str:
    """The name of the shape that the operation takes, "" for none."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", "").rpartition("/")[2])


def _response(status: int) -> Json:
    titles = dict.fromkeys(kind.title for kind in KINDS.values() if kind.status == status)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": ", or: ".join(titles), "content": content}


def _statuses(path: str, method: str, operation: Json) -> list[str]:
    always = ["401", "406", "429", "500"]
    # A file of several things is asked for by their numbers in the query.
    found = ["404"] if "{" in path or path.endswith("/wacz/") else []
    asks = ["422"] if operation.get("parameters") else []
    writes = ["400", "403", "409", "413", "415", "422"] if method != "get" else []
    return sorted({*always, *found, *asks, *writes})


class Described(AutoSchema):
    """Shapes are named by the words of the newsroom: what the code calls ClaimantShown is a Claimant."""

    def _get_serializer_name(self, *args: Any, **kwargs: Any) -> str:
        name = str(super()._get_serializer_name(*args, **kwargs))
        return name.removesuffix("Shown")


def without_doc() -> list[type]:
    """Classes whose docstring is for us and says nothing of one address."""
    return [*get_lib_doc_excludes(), Endpoint, Sent]  # type: ignore[no-untyped-call]
