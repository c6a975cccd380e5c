"""Fact sheets: the list, the working copy with its claims in order, and the preview from which a version goes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from claims import fact_sheets, permissions, queries
from claims.exports import versions
from claims.forms import languages, line, problems_into, words
from claims.models import Claim, FactSheet, Publication
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid, NotFound

FOUND_AT_MOST = 20


class SheetForm(forms.Form):
    title = forms.CharField(widget=line(), error_messages={"required": "Give the fact sheet a title."})
    intro = forms.CharField(
        label="Introduction", widget=words(3), required=False, help_text="What readers find above the claims."
    )
    language = forms.ChoiceField(label="Language of title and introduction", choices=languages, initial="en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = (self.data if self.is_bound else self.initial).get("language", "")
        self.fields["language"].choices = languages(tag)  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    note = forms.CharField(
        label="What changed since the last version",
        widget=words(3),
        help_text="Readers see it with the new version.",
        required=False,
    )


@page
@require_safe
def sheets(request: SignedInRequest) -> HttpResponse:
    """The newest on top, each with how many claims it has and which version is out."""
    rows = FactSheet.objects.annotate(
        number_of_claims=Count("items", distinct=True), newest=Max("versions__number")
    ).order_by("-pk")
    context = {"sheets": rows, "why_not": permissions.why_not(request.user, "arrange_fact_sheets")}
    return render(request, "sheets/list.html", context)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    form = SheetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = fact_sheets.create(by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, "The fact sheet is made. Now choose its claims.")
            return redirect("sheets:edit", sheet.pk)
    why_not = permissions.why_not(request.user, "arrange_fact_sheets")
    return render(request, "sheets/new.html", {"form": form, "why_not": why_not}, status=422 if form.errors else 200)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The working copy. Every button but "Save" only shows the sheet anew, with all that was typed and chosen."""
    sheet = sheet_or_404(pk)
    if request.method != "POST":
        said = {"title": sheet.title, "intro": sheet.intro, "language": sheet.language}
        chosen = list(sheet.items.values_list("claim", flat=True))
        return _show(request, sheet, SheetForm(initial=said), chosen)
    chosen = arranged(request.POST)
    if "save" not in request.POST:
        return _show(request, sheet, SheetForm(initial=request.POST.dict()), chosen, unsaved=True)
    form = SheetForm(request.POST)
    if form.is_valid():
        try:
            fact_sheets.arrange(sheet, by=request.user, claims=chosen, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, "The fact sheet is saved. Readers see it when a version is published.")
            return redirect("sheets:edit", pk)
    return _show(request, sheet, form, chosen, unsaved=True)


def _show(
    request: SignedInRequest, sheet: FactSheet, form: SheetForm, chosen: list[int], unsaved: bool = False
) -> HttpResponse:
    text = request.POST.get("text", "")
    context = {
        "sheet": sheet,
        "form": form,
        "chosen": in_order(chosen),
        "found": published(text, without=chosen),
        "text": text,
        "unsaved": unsaved,
        "newest": sheet.versions.first(),
        "why_not": permissions.why_not(request.user, "arrange_fact_sheets"),
    }
    return render(request, "sheets/edit.html", context, status=422 if form.errors else 200)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET shows what readers would get; POST freezes exactly that as the next version."""
    sheet = sheet_or_404(pk)
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version = fact_sheets.publish(sheet, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
        else:
            messages.success(request, f"Version {version.number} is published.")
            return redirect("sheets:edit", pk)
    content = fact_sheets.content_of(sheet)
    newest = sheet.versions.first()
    context = {
        "sheet": sheet,
        "form": form,
        "newest": newest,
        "checks": [versions.of_item(item) for item in content["claims"]],
        "unchanged": newest is not None and newest.content == content,
        "why_not": why_not_publish(request, content["claims"]),
    }
    return render(request, "sheets/publish.html", context, status=422 if form.errors else 200)


def why_not_publish(request: SignedInRequest, claims: list[Any]) -> str:
    refused = permissions.why_not(request.user, "publish_fact_sheets")
    return refused or ("" if claims else "Choose at least one published claim first.")


def sheet_or_404(pk: int) -> FactSheet:
    sheet = FactSheet.objects.filter(pk=pk).first()
    if sheet is None:
        raise NotFound(f"There is no fact sheet {pk}.")
    return sheet


def arranged(sent: QueryDict) -> list[int]:
    """The claims in the order that was sent, after the one button that was pressed: move, remove or add."""
    chosen = list(dict.fromkeys(_numbers(sent.getlist("claims") + sent.getlist("add"))))
    gone = set(_numbers(sent.getlist("remove")))
    chosen = [claim for claim in chosen if claim not in gone]
    number, _, direction = sent.get("move", "").partition(":")
    for claim in _numbers([number]):
        move(chosen, claim, -1 if direction == "up" else 1)
    return chosen


def move(chosen: list[int], claim: int, by: int) -> None:
    if claim not in chosen:
        return
    here = chosen.index(claim)
    there = here + by
    if 0 <= there < len(chosen):
        chosen[here], chosen[there] = chosen[there], chosen[here]


def _numbers(texts: Iterable[str]) -> list[int]:
    """A claim's number fits in 18 digits; anything else was not made by our form."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 18]


def in_order(chosen: list[int]) -> list[Publication]:
    """The newest publication of each, in the order given."""
    newest = {each.claim_id: each for each in versions.newest().filter(claim__in=chosen)}
    return [newest[claim] for claim in chosen if claim in newest]


def published(text: str, without: list[int]) -> list[Publication]:
    """Published claims in which ``text`` occurs, the latest on top."""
    claims = Claim.objects.filter(queries.says(text))
    found = versions.newest().filter(claim__in=claims.values("pk")).exclude(claim__in=without)
    return list(found[:FOUND_AT_MOST])
