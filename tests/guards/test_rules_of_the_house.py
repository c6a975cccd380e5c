"""Rules that nobody can forget, because these tests walk every view, model and task."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver

#: Words that say nothing of what is inside.
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "managers", "misc", "base", "core"}
OWN_APPS = {"access", "audit", "sources", "claims"}


def walk(resolver: URLResolver, path: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, here)
        elif isinstance(entry, URLPattern):
            yield here, entry.callback


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OWN_APPS]


def test_every_view_says_who_may_open_it() -> None:
    everywhere = [*walk(get_resolver()), *walk(get_resolver("sources.replay_urls"))]
    marks = {path: getattr(view, "access", None) for path, view in everywhere}
    unmarked = sorted(path for path, mark in marks.items() if mark not in {"signed in", "public", "token"})
    assert unmarked == []


def test_every_task_has_a_time_limit_and_comes_back_when_its_worker_dies() -> None:
    current_app.loader.import_default_modules()
    own = {name: task for name, task in current_app.tasks.items() if name.split(".")[0] in {"claims", "sources"}}
    assert own
    careless = [name for name, task in own.items() if not (task.time_limit and task.soft_time_limit and task.acks_late)]
    assert careless == []


#: Times without a person of their own: whom another field names, or when nobody acted.
NOBODYS = {
    "Claim.created_at": "author",
    "Comment.created_at": "author",
    "Review.saved_at": "reviewer",
    "Review.sealed_at": "reviewer",
    "Round.completed_at": "the last seal",
    "Capture.started_at": "the worker",
    "Capture.finished_at": "the worker",
    "Capture.compared_at": "the worker",
    "Snapshot.fetched_at": "the worker",
    "User.joined_at": "the person",
    "EvidenceChange.noticed_at": "the worker",
    "Host.full_at": "the worker",
    "Host.robots_due_at": "the worker",
    "Host.robots_fetched_at": "the worker",
    "Watch.next_at": "the worker",
    "Watch.started_at": "who published first",
    "Token.created_at": "user",
    "Token.last_used_at": "user",
    "Token.revoked_at": "user",
}
#: Who is missing for a reason that another constraint words, or because factcheck itself acted.
MAY_BE_NOBODY = {"Decision.decided_by": "agreement", "Capture.requested_by": "factcheck itself"}


def test_every_time_has_its_person() -> None:
    """``x_at`` and ``x_by`` come in pairs. Both are required, or a constraint ties them."""
    alone, loose = set(), set()
    for model in own_models():
        fields = {field.name: field for field in model._meta.get_fields()}
        constraints = {constraint.name for constraint in model._meta.constraints}
        for at in (name for name in fields if name.endswith("_at")):
            by = f"{at[:-3]}_by"
            if by not in fields:
                alone.add(f"{model.__name__}.{at}")
            elif fields[at].null or fields[by].null:
                tied = f"{model._meta.verbose_name.replace(' ', '_')}_{at}_and_{by}_together"  # type: ignore[union-attr]
                loose |= set() if tied in constraints else {f"{model.__name__}.{by}"}
    assert (alone, loose) == (set(NOBODYS), set(MAY_BE_NOBODY))


@pytest.mark.django_db
def test_what_is_append_only_has_its_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_only_grows'")
        guarded = {row[0] for row in cursor.fetchall()}
    marked = {model._meta.db_table for model in own_models() if getattr(model, "append_only", False)}
    assert marked == guarded


def test_no_module_is_a_junk_drawer() -> None:
    modules = [path for app in ("factcheck", "claims", "sources") for path in (settings.BASE_DIR / app).rglob("*.py")]
    assert [str(path) for path in modules if path.stem in JUNK_DRAWERS] == []


def test_a_file_is_about_one_thing() -> None:
    """Nobody reads 400 lines at once. Migrations are written by a machine."""
    long = [
        f"{path.relative_to(settings.BASE_DIR)}: {lines}"
        for app in ("factcheck", "claims", "sources")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(Path(path).read_text().splitlines())) > 400
    ]
    assert long == []
