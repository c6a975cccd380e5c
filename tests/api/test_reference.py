"""The page at /api/ and the description at /api/v1/openapi.json."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import OpenAPIV31SpecValidator

from factcheck.api.endpoint import NoSuchAddress
from factcheck.api.problems import KINDS
from factcheck.api.schema import body_of, document


def operations() -> dict[tuple[str, str], Any]:
    return {
        (method.upper(), path): operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def endpoints() -> dict[str, Any]:
    """Address as the description writes it → the class that answers there."""
    found: dict[str, Any] = {}

    def walk(patterns: Any, before: str) -> None:
        for pattern in patterns:
            address = before + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns, address)
            elif address.startswith("api/v1/") and hasattr(pattern.callback, "cls"):
                found["/" + re.sub(r"<\w+:(\w+)>", r"{\1}", address)] = pattern.callback.cls

    walk(get_resolver().url_patterns, "")
    return {path: view for path, view in found.items() if view is not NoSuchAddress}


def test_is_valid_openapi_3_1() -> None:
    assert document()["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document()).validate()


def test_describes_every_method_of_every_address() -> None:
    known = {
        (method.upper(), path)
        for path, view in endpoints().items()
        for method in ("get", "post", "put", "patch", "delete")
        if hasattr(view, method)
    }
    assert len(known) > 40
    assert set(operations()) == known


def test_is_made_without_a_warning() -> None:
    SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    assert not GENERATOR_STATS


def test_every_operation_has_a_name_of_its_own_and_a_summary() -> None:
    names = [operation["operationId"] for operation in operations().values()]
    assert sorted(set(names)) == sorted(names)
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", name) for name in names)
    assert [key for key, operation in operations().items() if not operation.get("summary")] == []


def test_every_operation_needs_the_token() -> None:
    assert {str(operation["security"]) for operation in operations().values()} == {"[{'token': []}]"}


def test_no_operation_takes_fields_that_it_does_not_name() -> None:
    bodies = {name for operation in operations().values() if (name := body_of(operation))}
    schemas = document()["components"]["schemas"]
    assert len(bodies) > 15
    assert [name for name in sorted(bodies) if schemas[name].get("additionalProperties") is not False] == []


def test_is_served_to_everybody(db: None) -> None:
    response = Client().get("/api/v1/openapi.json")
    assert response.headers["Content-Type"] == "application/vnd.oai.openapi+json;version=3.1"
    assert response.json() == document()


@pytest.fixture
def page(db: None) -> str:
    response = Client().get("/api/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_every_operation_and_every_problem(page: str) -> None:
    for (method, path), operation in operations().items():
        assert f'id="{operation["operationId"]}"' in page
        assert f"<code><b>{method}</b> {path}</code>" in page
    for code in KINDS:
        assert f'id="problem-{code}"' in page


def test_every_link_on_the_page_leads_somewhere(page: str) -> None:
    places = set(re.findall(r'\bid="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert len(links) > 40
    assert links - places == set()


def test_no_two_places_on_the_page_have_one_name(page: str) -> None:
    places = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(set(places)) == sorted(places)


def test_the_page_and_the_description_are_only_read(db: None) -> None:
    assert Client().post("/api/").status_code == 405
    assert Client().post("/api/v1/openapi.json").status_code == 405
