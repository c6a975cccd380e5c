"""Pin quotes from archived pages as evidence, withdraw them, restore them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from claims import evidence, queries
from claims.forms import QuoteForm, problems_into
from claims.models import Claim, Evidence
from claims.views.workspace import changed, refused
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid
from sources import quotes
from sources.models import Snapshot
from sources.quotes import Found

#: Who needs more selects the words in the text.
OFFERED = 20


@page
@require_POST
def pin(request: SignedInRequest, pk: int, snapshot_id: int) -> HttpResponse:
    claim = queries.claim_or_404(pk)
    snapshot = get_object_or_404(Snapshot, pk=snapshot_id, source__citations__claim=claim)
    sent = request.POST.copy()
    # The button beside the nearest passage sends that passage in place of the words that were not found.
    sent["quote"] = sent.get("passage") or sent.get("quote", "")
    sent["start"] = sent.get("place") or sent.get("start", "")
    form = QuoteForm(sent, auto_id="quote_%s")
    offered: dict[str, object] = {}
    if form.is_valid():
        try:
            return _changed(request, claim, _pinned(request, claim, snapshot, form), "The quote is pinned.")
        except evidence.QuoteNotFound as refusal:
            offered["nearest"] = refusal.nearest
            form.add_error("quote", not_found(refusal.nearest))
        except SeveralPlaces as refusal:
            offered["places"] = refusal.places[:OFFERED]
            problems_into(form, refusal.fields)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
    return refused(request, claim, "evidence", snapshot=str(snapshot.pk), quote_form=form, **offered)


class SeveralPlaces(Invalid):
    """The words stand in the page more than once, and nothing says which place is meant."""

    def __init__(self, places: list[Found]) -> None:
        self.places = places
        super().__init__({"quote": f"These words stand in the page {len(places)} times. Choose the place you mean."})


def _pinned(request: SignedInRequest, claim: Claim, snapshot: Snapshot, form: QuoteForm) -> Evidence:
    said = dict(form.cleaned_data)
    start = said.pop("start")
    near = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else None
    places = quotes.places(snapshot.text, said["quote"]) if near is None else []
    if len(places) > 1:
        raise SeveralPlaces(places)
    return evidence.pin_quote(claim, snapshot, **said, near=near, by=request.user)


@page
@require_POST
def withdraw(request: SignedInRequest, evidence_id: int) -> HttpResponse:
    item = _evidence(evidence_id)
    evidence.withdraw(item, by=request.user)
    return _changed(request, item.claim, item, "The quote is withdrawn. You can restore it below.")


@page
@require_POST
def restore(request: SignedInRequest, evidence_id: int) -> HttpResponse:
    item = _evidence(evidence_id)
    evidence.restore(item, by=request.user)
    return _changed(request, item.claim, item, "The quote is evidence again.")


def not_found(nearest: str) -> str:
    """The page shows the nearest passage with its button, so the sentence need not repeat it."""
    hint = "The nearest passage that does is below." if nearest else "Copy the words from the text above."
    return f"These words do not stand in the archived page. {hint}"


def _evidence(evidence_id: int) -> Evidence:
    return get_object_or_404(Evidence.objects.select_related("claim").defer("snapshot__text"), pk=evidence_id)


def _changed(request: SignedInRequest, claim: Claim, item: Evidence, message: str) -> HttpResponse:
    """The answer stays on the archived page that was being read."""
    snapshot = str(item.snapshot_id)
    return changed(request, claim, "evidence", message, anchor=f"evidence-{item.pk}", snapshot=snapshot)
