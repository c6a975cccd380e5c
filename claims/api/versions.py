"""What readers were shown, version by version, frozen."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import queries
from claims.api.shapes import VersionRow
from claims.exports.versions import of_publication
from claims.frozen import digest_of
from claims.models import Publication
from factcheck.api.endpoint import Endpoint, operation
from factcheck.errors import NotFound
from sources.views.package import WACZ, wacz_of


class WholeVersion(VersionRow):
    """``content_sha256`` is the digest that the log holds: SHA-256 over ``content`` with sorted keys and no spaces."""

    content = serializers.DictField()
    content_sha256 = serializers.SerializerMethodField()

    class Meta(VersionRow.Meta):
        fields = (*VersionRow.Meta.fields, "content_sha256", "content")

    def get_content_sha256(self, version: Publication) -> str:
        return digest_of(version.content)


class VersionsShown(serializers.Serializer[Any]):
    items = VersionRow(many=True, help_text="The newest first.")


class Versions(Endpoint):
    @operation("list_versions", "The published versions of a claim", gives=VersionsShown)
    def get(self, request: Request, claim: int) -> Response:
        versions = queries.claim_or_404(claim).publications.select_related("published_by").defer("content")
        return Response(VersionsShown({"items": versions}).data)


class OneVersion(Endpoint):
    @operation("show_version", "What readers were shown as this version", gives=WholeVersion)
    def get(self, request: Request, claim: int, number: int) -> Response:
        versions = Publication.objects.select_related("published_by")
        return Response(WholeVersion(_version_or_404(versions, claim, number)).data)


class VersionWacz(Endpoint):
    @operation("download_version_pages", "The pages that this version quotes, as WACZ", gives=WACZ)
    def get(self, request: Request, claim: int, number: int) -> HttpResponseBase:
        version = of_publication(_version_or_404(Publication.objects.all(), claim, number))
        return wacz_of(version.snapshots, name=f"checked-{claim}-v{number}", title=version.content["statement"])


def _version_or_404(versions: QuerySet[Publication], claim: int, number: int) -> Publication:
    version = versions.filter(claim=claim, number=number).first()
    if version is None:
        raise NotFound(f"There is no version {number} of claim {claim}.")
    return version
