"""Where a claim was made, what is read for it, and what is quoted."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import evidence, queries
from claims.api.shapes import AppearanceShown, CitationShown, EvidenceShown, SelectorsShown
from claims.api.whole_claim import citations_of
from claims.models import Claim, Evidence
from factcheck.api import problems
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.sent import Choice, Day, Nothing, Number, Sent, Words, asked, sent
from factcheck.errors import Invalid, NotFound
from sources import selectors
from sources.api import snapshot_or_404
from sources.models import Snapshot


class AppearancesShown(serializers.Serializer[Any]):
    items = AppearanceShown(many=True)


class CitationsShown(serializers.Serializer[Any]):
    items = CitationShown(many=True)


class EvidenceListed(serializers.Serializer[Any]):
    items = EvidenceShown(many=True, help_text="Withdrawn quotes come last.")


class NewAppearance(Sent):
    """An address, or a citation where it was not on the web."""

    url = Words(default="")
    citation = Words(default="")
    words = Words(default="", max_length=20_000, help_text="The verbatim words.")
    language = Words(default="")
    appeared_on = Day(required=False, allow_null=True, default=None)
    is_first = serializers.BooleanField(default=False, error_messages={"invalid": "Send true or false."})


class NewCitation(Sent):
    url = Words(help_text="The address of the page; it is fetched and archived.")


class NewEvidence(Sent):
    """A quote is found in the snapshot's text, however white space and quotation marks are typed, or it is refused.

    Instead of ``quote``, ``selectors`` may name it: one selector of the W3C Web Annotation model or a list of them, a
    TextQuoteSelector, a TextPositionSelector (code points) or both. Where the words stand more than once, prefix and
    suffix choose the place, then the position, else it is the first.
    """

    snapshot = Number()
    quote = Words(default="")
    selectors = serializers.JSONField(default=None, allow_null=True)
    stance = Choice(Evidence.Stance.choices)
    note = Words(default="", max_length=20_000)
    despite_wall = serializers.BooleanField(
        default=False,
        help_text="Where the snapshot's `wall` is not empty: true confirms that the page shows this all the same.",
        error_messages={"invalid": "Send true or false."},
    )


class Appearances(Endpoint):
    @operation("list_appearances", "Where the claim was made", gives=AppearancesShown)
    def get(self, request: Request, claim: int) -> Response:
        return Response(AppearancesShown({"items": queries.claim_or_404(claim).appearances.all()}).data)

    @operation(
        "add_appearance", "Note where the claim was made", sends=NewAppearance, gives=AppearanceShown, status=201
    )
    def post(self, request: Request, claim: int) -> Response:
        known = queries.claim_or_404(claim)
        appearance = evidence.add_appearance(known, by=caller(request), **sent(NewAppearance, request))
        return Response(AppearanceShown(appearance).data, status=201)


class Citations(Endpoint):
    @operation("list_sources_of_claim", "The sources of a claim and the state of their captures", gives=CitationsShown)
    def get(self, request: Request, claim: int) -> Response:
        return Response(CitationsShown({"items": citations_of(queries.claim_or_404(claim))}).data)

    @operation(
        "cite_source", "Add a source to a claim", sends=NewCitation, gives={201: CitationShown, 200: CitationShown}
    )
    def post(self, request: Request, claim: int) -> Response:
        """The page is fetched by the worker unless a copy is held. Citing it again answers 200."""
        known = queries.claim_or_404(claim)
        before = set(known.citations.values_list("pk", flat=True))
        citation = evidence.cite_source(known, by=caller(request), **sent(NewCitation, request))
        shown = citations_of(known).get(pk=citation.pk)
        return Response(CitationShown(shown).data, status=200 if citation.pk in before else 201)


class EvidenceOfClaim(Endpoint):
    @operation("list_evidence", "The quotes that are pinned to a claim", gives=EvidenceListed)
    def get(self, request: Request, claim: int) -> Response:
        return Response(EvidenceListed({"items": queries.evidence_of(queries.claim_or_404(claim))}).data)

    @operation("pin_quote", "Pin a quote from an archived page", sends=NewEvidence, gives=EvidenceShown, status=201)
    def post(self, request: Request, claim: int) -> Response:
        """Without such words in the page: `quote_not_found`, with the nearest passage that does occur. From a copy
        that seems to show a wall: `walled`, unless `despite_wall` confirms it."""
        known, said = queries.claim_or_404(claim), sent(NewEvidence, request)
        snapshot = snapshot_or_404(said.pop("snapshot"))
        said |= _place(snapshot, said["quote"], said.pop("selectors"))
        try:
            pinned = evidence.pin_quote(known, snapshot, by=caller(request), **said)
        except evidence.QuoteNotFound as missing:
            return problems.of(missing, nearest=missing.nearest)
        return Response(EvidenceShown(_fresh(known, pinned.pk)).data, status=201)


def _place(snapshot: Snapshot, quote: str, sent: object) -> dict[str, Any]:
    """The verb's arguments for what the selectors name."""
    if sent is None:
        return {}
    if quote:
        raise Invalid({"selectors": "Send either a quote or selectors, not both."})
    try:
        wanted = selectors.read(sent)
    except selectors.BadSelector as error:
        raise Invalid({"selectors": str(error)}) from error
    exact = wanted.exact or snapshot.text[wanted.start : wanted.end]
    if not exact.strip() or (not wanted.exact and wanted.end is not None and wanted.end > len(snapshot.text)):
        raise Invalid({"selectors": "No words stand at this position in the archived text."})
    return {"quote": exact, "prefix": wanted.prefix, "suffix": wanted.suffix, "near": wanted.start}


class AnchorAsked(Sent):
    snapshot = Number(help_text="Another snapshot of the same source.")


class AnchorShown(serializers.Serializer[Any]):
    """A passage of another copy, and how like the quote it is: 100 is the same words between the same words."""

    snapshot = serializers.IntegerField()
    score = serializers.IntegerField()
    selectors = SelectorsShown()


class Confirmed(Sent):
    """What was proposed, as it was proposed."""

    snapshot = Number()
    start = serializers.IntegerField(min_value=0, max_value=selectors.FURTHEST)
    end = serializers.IntegerField(min_value=1, max_value=selectors.FURTHEST)


class Proposed(Endpoint):
    @operation("propose_anchor", "Where a quote may stand in another copy", asks=AnchorAsked, gives=AnchorShown)
    def get(self, request: Request, pinned: int) -> Response:
        """Nothing is changed. `not_found` when neither the quote nor words like it stand there."""
        known = _evidence_or_404(pinned)
        copy = snapshot_or_404(asked(AnchorAsked, request)["snapshot"])
        best = evidence.proposed(known, copy)
        if best is None:
            raise NotFound("Neither the quote nor words like it stand in that copy.")
        place = best.found
        places = selectors.written(place.exact, place.prefix, place.suffix, place.start, place.end)
        return Response(AnchorShown({"snapshot": copy.pk, "score": best.score, "selectors": places}).data)


class CarryOver(Endpoint):
    @operation("carry_over_evidence", "Confirm a proposed place", sends=Confirmed, gives=EvidenceShown, status=201)
    def post(self, request: Request, pinned: int) -> Response:
        """The passage is pinned with the same stance and note, the old quote is withdrawn. Only people may do this."""
        said = sent(Confirmed, request)
        copy = snapshot_or_404(said.pop("snapshot"))
        new = evidence.carry_over(_evidence_or_404(pinned), copy, by=caller(request), **said)
        return Response(EvidenceShown(_fresh(new.claim, new.pk)).data, status=201)


class Withdraw(Endpoint):
    @operation("withdraw_evidence", "Take a quote off its claim", sends=Nothing, gives=EvidenceShown)
    def post(self, request: Request, pinned: int) -> Response:
        """It stays on record and can be restored."""
        sent(Nothing, request)
        changed = evidence.withdraw(_evidence_or_404(pinned), by=caller(request))
        return Response(EvidenceShown(_fresh(changed.claim, pinned)).data)


class Restore(Endpoint):
    @operation("restore_evidence", "Pin a withdrawn quote again", sends=Nothing, gives=EvidenceShown)
    def post(self, request: Request, pinned: int) -> Response:
        sent(Nothing, request)
        changed = evidence.restore(_evidence_or_404(pinned), by=caller(request))
        return Response(EvidenceShown(_fresh(changed.claim, pinned)).data)


def _evidence_or_404(pk: int) -> Evidence:
    pinned = Evidence.objects.select_related("claim", "snapshot").filter(pk=pk).first()
    if pinned is None:
        raise NotFound(f"There is no quote {pk}.")
    return pinned


def _fresh(claim: Claim, pk: int) -> Evidence:
    return queries.evidence_of(claim).get(pk=pk)
