"""How the small things look that several answers share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.models import (
    Appearance,
    Assignment,
    Citation,
    Claimant,
    Comment,
    Evidence,
    EvidenceChange,
    Publication,
    Rating,
)
from factcheck.api.people import PersonShown
from factcheck.api.sent import Moment
from sources.api import ObservationShown, SnapshotShown, SourceShown
from sources.models import Snapshot


class ClaimantShown(serializers.ModelSerializer[Claimant]):
    class Meta:
        model = Claimant
        fields = ("id", "name", "kind")


class RatingShown(serializers.ModelSerializer[Rating]):
    """``value`` is a number for ordinal ratings and null for nominal ones such as “unproven”."""

    class Meta:
        model = Rating
        fields = ("slug", "label", "value")


class AppearanceShown(serializers.ModelSerializer[Appearance]):
    """A place where the claim was made: ``url``, or ``citation`` where it was not on the web."""

    url = serializers.CharField(allow_blank=True)

    class Meta:
        model = Appearance
        fields = ("id", "url", "citation", "words", "language", "appeared_on", "is_first")


class CitationShown(serializers.ModelSerializer[Citation]):
    """A source that is read for the claim, with the state of its newest capture."""

    source = SourceShown()  # type: ignore[assignment]
    added_at = Moment()
    added_by = PersonShown()

    class Meta:
        model = Citation
        fields = ("source", "added_at", "added_by")


class QuotedSnapshot(serializers.ModelSerializer[Snapshot]):
    """The archived page that a quote stands in; where a person supplied it as a file, nobody fetched it."""

    supplied_by = PersonShown(allow_null=True)

    class Meta(SnapshotShown.Meta):
        fields = (
            "id", "source", "url", "title", "wall", "supplied_by", "supplied_as", "payload_sha256", "warc_sha256",
            "text_sha256",
        )  # fmt: skip


def _selector(type_: str, members: dict[str, Any]) -> dict[str, Any]:
    properties = {"type": {"type": "string", "enum": [type_]}} | members
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


_TEXTS: dict[str, Any] = {name: {"type": "string"} for name in ("exact", "prefix", "suffix")}
_NUMBERS: dict[str, Any] = {name: {"type": "integer", "minimum": 0} for name in ("start", "end")}


@extend_schema_field(
    {
        "type": "array",
        "items": {"oneOf": [_selector("TextQuoteSelector", _TEXTS), _selector("TextPositionSelector", _NUMBERS)]},
    }
)
class SelectorsShown(serializers.JSONField):
    """A place as the W3C Web Annotation model writes it: the words with what stands round them, and their range."""


class EvidenceShown(serializers.ModelSerializer[Evidence]):
    """A quote and its place: ``start`` and ``end`` count code points of the snapshot's text.

    ``stands_in`` is ``article``, ``beside`` it (a menu, a teaser, a footer), or empty where no article was told apart.
    """

    snapshot = QuotedSnapshot()
    selectors = SelectorsShown(read_only=True)
    page = serializers.IntegerField(allow_null=True, read_only=True, help_text="Of a paged document, from 1.")
    added_at = Moment()
    added_by = PersonShown()
    withdrawn_at = Moment(allow_null=True)

    class Meta:
        model = Evidence
        fields = (
            "id", "snapshot", "exact", "prefix", "suffix", "start", "end", "selectors", "page", "stands_in", "stance",
            "note", "despite_wall", "added_at", "added_by", "withdrawn_at",
        )  # fmt: skip


class AssignmentShown(serializers.ModelSerializer[Assignment]):
    person = PersonShown()
    assigned_at = Moment()

    class Meta:
        model = Assignment
        fields = ("id", "person", "part", "assigned_at")


class CommentShown(serializers.ModelSerializer[Comment]):
    author = PersonShown()
    created_at = Moment()

    class Meta:
        model = Comment
        fields = ("id", "author", "text", "created_at")


class VersionRow(serializers.ModelSerializer[Publication]):
    """A version that readers were shown; its content has an address of its own."""

    published_at = Moment()
    published_by = PersonShown()

    class Meta:
        model = Publication
        fields: tuple[str, ...] = ("number", "kind", "note", "published_at", "published_by")


class ChangeShown(serializers.ModelSerializer[EvidenceChange]):
    """The evidence changed since the verdict. ``settlement`` is empty until somebody has looked at it."""

    observation = ObservationShown()
    noticed_at = Moment()
    settled_at = Moment(allow_null=True)
    settled_by = PersonShown(allow_null=True)

    class Meta:
        model = EvidenceChange
        fields = ("id", "observation", "noticed_at", "settlement", "reason", "settled_at", "settled_by")
