"""How the small things look that several answers share."""

from __future__ import annotations

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
    """The archived page that a quote stands in."""

    class Meta(SnapshotShown.Meta):
        fields = ("id", "source", "url", "title", "wall", "payload_sha256", "warc_sha256", "text_sha256")


class EvidenceShown(serializers.ModelSerializer[Evidence]):
    """A quote and its place: ``start`` and ``end`` count code points of the snapshot's text."""

    snapshot = QuotedSnapshot()
    added_at = Moment()
    added_by = PersonShown()
    withdrawn_at = Moment(allow_null=True)

    class Meta:
        model = Evidence
        fields = (
            "id", "snapshot", "exact", "prefix", "suffix", "start", "end", "stance", "note", "despite_wall",
            "added_at", "added_by", "withdrawn_at",
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
