"""The scales on which claims are rated."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.models import Rating, Scale
from factcheck.api.endpoint import Endpoint, operation


class RatingOfScale(serializers.ModelSerializer[Rating]):
    class Meta:
        model = Rating
        fields = ("slug", "label", "meaning", "value", "tone")


class ScaleShown(serializers.ModelSerializer[Scale]):
    """A version of a scale. A changed scale is a new version, and new claims use the newest."""

    ratings = RatingOfScale(many=True)

    class Meta:
        model = Scale
        fields = ("slug", "version", "name", "ratings")


class ScalesShown(serializers.Serializer[Any]):
    items = ScaleShown(many=True)


class Scales(Endpoint):
    @operation("list_scales", "The scales and their ratings", gives=ScalesShown)
    def get(self, request: Request) -> Response:
        return Response(ScalesShown({"items": Scale.objects.prefetch_related("ratings")}).data)
