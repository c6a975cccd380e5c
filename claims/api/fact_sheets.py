"""Fact sheets: the working copy, and the versions that readers were shown."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import fact_sheets
from claims.exports import links
from claims.exports.versions import snapshots_of
from claims.frozen import digest_of
from claims.models import FactSheet, FactSheetVersion
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.paging import Paged, page, page_of
from factcheck.api.people import PersonShown
from factcheck.api.sent import Moment, Number, Sent, Words, asked, sent
from factcheck.errors import NotFound
from sources.views.package import WACZ, wacz_of


class FactSheetShown(serializers.ModelSerializer[FactSheet]):
    """The working copy. ``claims`` are ids in their order; readers see the newest version, not this."""

    claims = serializers.SerializerMethodField()
    created_at = Moment()
    created_by = PersonShown()
    version = serializers.IntegerField(allow_null=True, help_text="The newest version, null before the first.")
    public_url = serializers.SerializerMethodField()

    class Meta:
        model = FactSheet
        fields = (
            "id", "slug", "title", "intro", "language", "claims", "created_at", "created_by", "version", "public_url",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_claims(self, sheet: FactSheet) -> list[int]:
        return [item.claim_id for item in sheet.items.all()]

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_public_url(self, sheet: FactSheet) -> str | None:
        return links.sheet(sheet.slug) if sheet.version else None  # type: ignore[attr-defined]


class SheetVersionRow(serializers.ModelSerializer[FactSheetVersion]):
    published_at = Moment()
    published_by = PersonShown()

    class Meta:
        model = FactSheetVersion
        fields: tuple[str, ...] = ("number", "note", "published_at", "published_by")


class SheetVersionsShown(serializers.Serializer[Any]):
    items = SheetVersionRow(many=True, help_text="The newest first.")


class WholeSheetVersion(SheetVersionRow):
    """``content_sha256`` is the digest that the log holds: SHA-256 over ``content`` with sorted keys and no spaces."""

    content = serializers.DictField()
    content_sha256 = serializers.SerializerMethodField()

    class Meta(SheetVersionRow.Meta):
        fields = (*SheetVersionRow.Meta.fields, "content_sha256", "content")

    def get_content_sha256(self, version: FactSheetVersion) -> str:
        return digest_of(version.content)


class NewFactSheet(Sent):
    title = Words()
    intro = Words(default="", max_length=20_000)
    language = Words(default="en")


class Arrangement(Sent):
    """The whole working copy: what is left out is emptied."""

    title = Words()
    intro = Words(default="", max_length=20_000)
    language = Words(default="en")
    claims = serializers.ListField(
        child=Number(),
        default=list,
        max_length=500,
        help_text="Ids of published claims, in their order.",
        error_messages={"not_a_list": "Send a list of claims' numbers.", "max_length": "Choose 500 claims at most."},
    )


class SheetNote(Sent):
    note = Words(default="", help_text="What changed since the last version; required from the second on.")


class FactSheets(Endpoint):
    @operation("list_fact_sheets", "Fact sheets, the newest first", asks=Paged, gives=page_of(FactSheetShown))
    def get(self, request: Request) -> Response:
        return page(request, _shown(), FactSheetShown, **asked(Paged, request))

    @operation("create_fact_sheet", "Begin a fact sheet", sends=NewFactSheet, gives=FactSheetShown, status=201)
    def post(self, request: Request) -> Response:
        sheet = fact_sheets.create(by=caller(request), **sent(NewFactSheet, request))
        return Response(FactSheetShown(_sheet_or_404(sheet.pk)).data, status=201)


class OneFactSheet(Endpoint):
    @operation("show_fact_sheet", "The working copy of a fact sheet", gives=FactSheetShown)
    def get(self, request: Request, sheet: int) -> Response:
        return Response(FactSheetShown(_sheet_or_404(sheet)).data)

    @operation("arrange_fact_sheet", "Set title, intro and claims", sends=Arrangement, gives=FactSheetShown)
    def put(self, request: Request, sheet: int) -> Response:
        """Readers see it with the next version."""
        fact_sheets.arrange(_sheet_or_404(sheet), by=caller(request), **sent(Arrangement, request))
        return Response(FactSheetShown(_sheet_or_404(sheet)).data)


class PublishFactSheet(Endpoint):
    @operation("publish_fact_sheet", "Freeze the next version", sends=SheetNote, gives=WholeSheetVersion, status=201)
    def post(self, request: Request, sheet: int) -> Response:
        version = fact_sheets.publish(_sheet_or_404(sheet), by=caller(request), **sent(SheetNote, request))
        return Response(WholeSheetVersion(version).data, status=201)


class SheetVersions(Endpoint):
    @operation("list_fact_sheet_versions", "What readers were shown", gives=SheetVersionsShown)
    def get(self, request: Request, sheet: int) -> Response:
        versions = _sheet_or_404(sheet).versions.select_related("published_by").defer("content")
        return Response(SheetVersionsShown({"items": versions}).data)


class OneSheetVersion(Endpoint):
    @operation("show_fact_sheet_version", "What readers were shown as this version", gives=WholeSheetVersion)
    def get(self, request: Request, sheet: int, number: int) -> Response:
        return Response(WholeSheetVersion(_version_or_404(sheet, number)).data)


class SheetVersionWacz(Endpoint):
    @operation("download_fact_sheet_pages", "The pages that this version quotes, as WACZ", gives=WACZ)
    def get(self, request: Request, sheet: int, number: int) -> HttpResponseBase:
        version = _version_or_404(sheet, number)
        name = f"{version.sheet.slug}-v{number}"
        return wacz_of(snapshots_of(version), name=name, title=version.content["title"])


def _version_or_404(sheet: int, number: int) -> FactSheetVersion:
    versions = FactSheetVersion.objects.select_related("published_by", "sheet")
    version = versions.filter(sheet=sheet, number=number).first()
    if version is None:
        raise NotFound(f"There is no version {number} of fact sheet {sheet}.")
    return version


def _shown() -> QuerySet[FactSheet]:
    """Every fact sheet with what is shown of it."""
    sheets = FactSheet.objects.select_related("created_by").prefetch_related("items")
    return sheets.annotate(version=Max("versions__number"))


def _sheet_or_404(pk: int) -> FactSheet:
    sheet = _shown().filter(pk=pk).first()
    if sheet is None:
        raise NotFound(f"There is no fact sheet {pk}.")
    return sheet
