"""Fact sheets: choose and order published claims, then freeze a version for readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from claims import permissions
from claims.frozen import digest_of, refuse_the_same_again
from claims.models import Claim, FactSheet, FactSheetItem, FactSheetVersion, Publication
from claims.said import language_tag, raise_if_any, required_text, storable
from factcheck.access.models import User
from factcheck.audit.log import record
from factcheck.errors import Conflict, Invalid, NotFound


def lock(sheet: FactSheet) -> FactSheet:
    fresh = FactSheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if fresh is None:
        raise NotFound("There is no such fact sheet.")
    return fresh


@transaction.atomic
def create(*, by: User, title: str, intro: str = "", language: str = "en") -> FactSheet:
    permissions.require(by, "arrange_fact_sheets")
    title, language = _checked(title, language)
    sheet = FactSheet.objects.create(
        slug=_free_slug(title), title=title, intro=storable(intro), language=language, created_by=by
    )
    record(sheet.subject, "fact_sheet.created", by=by, data={"title": title})
    return sheet


def _checked(title: str, language: str) -> tuple[str, str]:
    problems: dict[str, str] = {}
    title = required_text("title", title, "Give the fact sheet a title.", problems, 200)
    language = language_tag("language", language, problems)
    raise_if_any(problems)
    return title, language


def _free_slug(title: str) -> str:
    """The address of the page. It never changes, so it is chosen once."""
    stem = slugify(title, allow_unicode=False)[:60] or "fact-sheet"
    taken = set(FactSheet.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


@transaction.atomic
def arrange(
    sheet: FactSheet,
    *,
    by: User,
    claims: Sequence[int],
    title: str,
    intro: str = "",
    language: str = "en",
) -> FactSheet:
    """Set title, intro and the claims (ids, in their order). Readers see it with the next version."""
    permissions.require(by, "arrange_fact_sheets")
    sheet = lock(sheet)
    title, language = _checked(title, language)
    chosen = list(dict.fromkeys(claims))
    before = {"title": sheet.title, "claims": list(sheet.items.values_list("claim", flat=True))}
    _require_published(chosen)
    sheet.title, sheet.intro, sheet.language = title, storable(intro), language
    sheet.save()
    sheet.items.all().delete()
    FactSheetItem.objects.bulk_create(
        FactSheetItem(sheet=sheet, claim_id=claim, position=position) for position, claim in enumerate(chosen, start=1)
    )
    after = {"title": title, "claims": chosen}
    if after != before:
        record(sheet.subject, "fact_sheet.arranged", by=by, data={"from": before, "to": after})
    return sheet


def _require_published(chosen: Sequence[int]) -> None:
    public = Claim.objects.filter(pk__in=chosen, publications__isnull=False)
    missing = sorted(set(chosen) - set(public.values_list("pk", flat=True)))
    if missing:
        numbers = ", ".join(str(number) for number in missing)
        raise Invalid({"claims": f"Only published claims can stand on a fact sheet. Not published: {numbers}."})


@transaction.atomic
def publish(sheet: FactSheet, *, by: User, note: str = "") -> FactSheetVersion:
    """Freeze what the working copy shows now as the next version. From the second on with a public note."""
    permissions.require(by, "publish_fact_sheets")
    sheet = lock(sheet)
    newest = sheet.versions.order_by("-number").first()
    content = content_of(sheet)
    if not content["claims"]:
        raise Conflict("Choose at least one published claim first.", code="not_ready")
    if newest:
        problems: dict[str, str] = {}
        note = required_text("note", note, "Say for readers what changed since the last version.", problems)
        raise_if_any(problems)
        refuse_the_same_again(newest.number, (newest.note, newest.content), (note, content))
    version = FactSheetVersion.objects.create(
        sheet=sheet,
        number=newest.number + 1 if newest else 1,
        content=content,
        note=storable(note),
        published_by=by,
    )
    record(
        sheet.subject,
        "fact_sheet.published",
        by=by,
        data={"version": version.number, "note": version.note, "content_sha256": digest_of(content)},
    )
    return version


def content_of(sheet: FactSheet) -> dict[str, Any]:
    """What a version made now would say: the newest publication of each claim, in order."""
    newest: dict[int, Publication] = {}
    publications = Publication.objects.filter(claim__in=sheet.items.values("claim"))
    for publication in publications.select_related("claim").order_by("number"):
        newest[publication.claim_id] = publication
    items = sheet.items.values_list("claim", flat=True)
    return {
        "title": sheet.title,
        "intro": sheet.intro,
        "language": sheet.language,
        "claims": [
            {
                "version": newest[claim].number,
                "kind": newest[claim].kind,
                "note": newest[claim].note,
                "published_at": newest[claim].published_at.isoformat(),
                "content": newest[claim].content,
            }
            for claim in items
        ],
    }
