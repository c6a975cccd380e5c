"""What reviewers type. Fields keep what was typed and are worded here; what is allowed is decided by the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO

from claims.models import Assignment, Claimant, Evidence
from factcheck.access.models import User

KINDS = [("person", "a person"), ("organisation", "an organisation")]
STANCES = [
    (Evidence.Stance.SUPPORTS, "supports"),
    (Evidence.Stance.REFUTES, "refutes"),
    (Evidence.Stance.CONTEXT, "context"),
]


def languages(*also: str) -> list[tuple[str, str]]:
    """Languages by their own names, and the tags in ``also`` that have none here."""
    named = {tag: f"{info['name_local']} ({tag})" for tag, info in LANG_INFO.items() if "name_local" in info}
    rest = {tag: tag for tag in also if tag and tag not in named}
    return sorted((named | rest).items(), key=lambda pair: pair[1].casefold())


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def words(rows: int = 3, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **attrs})


def line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", **attrs})


def address() -> forms.TextInput:
    # Not type=url: the browser would refuse in its own words what the archive refuses in ours.
    return forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false", "dir": "ltr"})


class WordingForm(forms.Form):
    """The claim itself: what was said, by whom, when. Also used to change it."""

    statement = forms.CharField(
        widget=words(3, **{"class": "said"}),
        help_text="One checkable sentence, in the words and language in which it was said.",
        error_messages={"required": "Write the statement that is to be checked."},
    )
    language = forms.ChoiceField(label="Language of the statement", choices=languages, initial="en")
    claimant_name = forms.CharField(
        label="Who said it",
        max_length=200,
        widget=line(),
        error_messages={"required": "Name who said it: a person or an organisation."},
    )
    claimant_kind = forms.ChoiceField(label="Which is", choices=KINDS, initial=Claimant.Kind.PERSON)
    claimed_on = forms.DateField(
        label="When it was said", widget=Day(), error_messages={"required": "Give the day on which it was said."}
    )
    due_on = forms.DateField(label="Needed by", widget=Day(), required=False)
    context = forms.CharField(
        widget=words(2), required=False, help_text="What a reader must know to understand the statement."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = (self.data if self.is_bound else self.initial).get("language", "")
        self.fields["language"].choices = languages(tag)  # type: ignore[attr-defined]


class NewClaimForm(WordingForm):
    appearance_url = forms.CharField(
        label="Where it was said", required=False, widget=address(), help_text="The address of the page, post or video."
    )
    appearance_words = forms.CharField(
        label="The words as they stand there",
        required=False,
        widget=words(2, **{"class": "said"}),
        help_text="When the statement above is shortened or translated.",
    )


class ArticleForm(forms.Form):
    """An article and what its claims have in common."""

    article = forms.CharField(
        label="Text of the article",
        strip=False,
        widget=words(12, **{"class": "said"}),
        error_messages={"required": "Paste the text of the article."},
    )
    address = forms.CharField(label="Its address", required=False, widget=address())
    language = forms.ChoiceField(label="Its language", choices=languages, initial="en")
    claimant_name = forms.CharField(
        label="Who said most of it",
        max_length=200,
        widget=line(),
        help_text="You can name somebody else for each sentence.",
        error_messages={"required": "Name who said it: a person or an organisation."},
    )
    claimant_kind = forms.ChoiceField(label="Which is", choices=KINDS, initial=Claimant.Kind.PERSON)
    claimed_on = forms.DateField(
        label="Its date", widget=Day(), error_messages={"required": "Give the day on which it was said."}
    )


class SourceForm(forms.Form):
    url = forms.CharField(
        label="Address of a source",
        widget=address(),
        max_length=4000,
        help_text="A page or document to read for this claim. It is fetched and archived at once.",
        error_messages={"required": "Paste the address of a page or document."},
    )


class QuoteForm(forms.Form):
    quote = forms.CharField(
        label="Quote",
        widget=words(3, **{"class": "said", "data-quote": "", "data-key": "e"}),
        help_text="Select words in the text above, or paste them here.",
        error_messages={"required": "Paste the words of the page that matter."},
    )
    stance = forms.ChoiceField(
        label="About the claim, it",
        choices=STANCES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the quote does: supports, refutes or context."},
    )
    note = forms.CharField(widget=line(), required=False, help_text="What it shows, for the reviewers.")
    # Shown where the copy seems to be a wall.
    despite_wall = forms.BooleanField(label="This is what the page shows all the same", required=False)
    # Where a selection begins, in code points: which of several places is meant.
    start = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-quote-start": ""}))


class AppearanceForm(forms.Form):
    url = forms.CharField(label="Address", required=False, widget=address(), max_length=2000)
    citation = forms.CharField(
        label="Or where, when it was not on the web", required=False, widget=line(), max_length=500
    )
    words = forms.CharField(label="The words as they stand there", required=False, widget=words(2, **{"class": "said"}))
    appeared_on = forms.DateField(label="When", required=False, widget=Day())
    is_first = forms.BooleanField(label="This is where it was said first", required=False)


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Write to your colleagues",
        widget=words(2, **{"data-key": "c"}),
        error_messages={"required": "Write something first."},
    )


class AssignForm(forms.Form):
    person = forms.ModelChoiceField(
        queryset=User.objects.none(), empty_label="Choose a person", error_messages={"required": "Choose a person."}
    )
    part = forms.ChoiceField(label="As", choices=Assignment.Part.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(roles__contained_by=["integration"])
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


def problems_into(form: forms.Form, problems: Mapping[str, str]) -> None:
    """Put the sentences of a refusal beside their fields; those of no field stand above the form."""
    for name, sentence in problems.items():
        form.add_error(name if name in form.fields else None, sentence)
