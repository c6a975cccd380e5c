"""Paste an article, tick the sentences that are claims, put all of them in at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims import article, permissions
from claims.forms import ArticleForm, problems_into
from factcheck.access.marks import SignedInRequest, page
from factcheck.errors import Invalid

#: What stands before an entry of a list and is no part of what it says.
BULLETS = "•·‣▪*–- "


@dataclass(frozen=True)
class Line:
    """A sentence on the page: ticked or not, and the words as they will be checked."""

    number: int
    text: str
    ticked: bool
    statement: str
    claimant_name: str


@page
@require_http_methods(["GET", "HEAD", "POST"])
def from_article(request: SignedInRequest) -> HttpResponse:
    """Nothing is stored between the steps: the form carries the article, the ticks and the edits."""
    form = ArticleForm(request.POST or None)
    lines: list[Line] = []
    if request.method == "POST":
        try:
            lines = lines_of(request.POST)
            if form.is_valid() and "submit" in request.POST:
                return submit(request, form, lines)
        except Invalid as refusal:
            problems_into(form, refusal.fields)
    context = {"form": form, "lines": lines, "why": permissions.why_not(request.user, "submit")}
    return render(request, "claims/from_article.html", context, status=422 if form.errors else 200)


def lines_of(sent: QueryDict) -> list[Line]:
    ticked = set(sent.getlist("take"))
    return [
        Line(
            number=number,
            text=sentence.text,
            ticked=str(number) in ticked,
            statement=sent.get(f"statement-{number}", sentence.text.lstrip(BULLETS)),
            claimant_name=sent.get(f"claimant-{number}", ""),
        )
        for number, sentence in enumerate(article.readable(sent.get("article", "")))
    ]


def submit(request: SignedInRequest, form: ArticleForm, lines: list[Line]) -> HttpResponse:
    said = form.cleaned_data
    marked = [
        article.Marked(line.text, line.statement, line.claimant_name.strip() or said["claimant_name"])
        for line in lines
        if line.ticked
    ]
    claims = article.submit_marked(
        request.user,
        marked,
        language=said["language"],
        claimed_on=said["claimed_on"],
        claimant_kind=said["claimant_kind"],
        address=said["address"],
    )
    number = len(claims)
    messages.success(
        request, f"{number} claim{'s are' if number > 1 else ' is'} in, each with the article as its appearance."
    )
    return redirect("claims:queue")
