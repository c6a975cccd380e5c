"""The two scales that come with factcheck. A changed scale is added here as a new version; the old one stays."""

from __future__ import annotations

from typing import Any

from django.db import connection

from claims.models import Rating, Scale
from factcheck.errors import Invalid

T = Rating.Tone

#: (slug, label, number or None for nominal values, tone, meaning), best first.
FIVE_STEP = (
    ("true", "True", 5, T.TRUE, "The evidence supports the claim as it was made."),
    ("mostly-true", "Mostly true", 4, T.MOSTLY_TRUE, "Right in substance; a detail is off or missing."),
    ("mixed", "Mixed", 3, T.MIXED, "Parts hold and parts do not."),
    ("mostly-false", "Mostly false", 2, T.MOSTLY_FALSE, "A grain of truth, and a wrong conclusion."),
    ("false", "False", 1, T.FALSE, "The evidence contradicts the claim."),
    ("unproven", "Unproven", None, T.OPEN, "The evidence does not settle it either way."),
    ("outdated", "Outdated", None, T.OPEN, "It was so once, and is no longer."),
    ("satire", "Satire", None, T.OPEN, "It was never meant as a statement of fact."),
)
SIX_STEP = (
    ("true", "True", 6, T.TRUE, "Accurate, and nothing that matters is missing."),
    ("mostly-true", "Mostly true", 5, T.MOSTLY_TRUE, "Accurate, but needs clarification."),
    ("half-true", "Half true", 4, T.MIXED, "Partly accurate; leaves out what matters."),
    ("mostly-false", "Mostly false", 3, T.MOSTLY_FALSE, "Some truth; ignores what would change the picture."),
    ("false", "False", 2, T.FALSE, "Not accurate."),
    ("absurd", "Absurd", 1, T.WORST, "Not accurate, and makes a ridiculous assertion."),
)
SHIPPED = (
    ("five-step", 1, "Five steps", FIVE_STEP),
    ("six-step", 1, "Six steps", SIX_STEP),
)


def load(**kwargs: Any) -> None:
    """Add what is missing and change nothing that is there. Runs after every migration."""
    if Rating._meta.db_table not in connection.introspection.table_names():
        return  # Only another app was migrated so far.
    for slug, version, name, ratings in SHIPPED:
        scale, is_new = Scale.objects.get_or_create(slug=slug, version=version, defaults={"name": name})
        if is_new:
            Rating.objects.bulk_create(
                Rating(scale=scale, slug=s, label=label, value=value, tone=tone, meaning=meaning, position=n)
                for n, (s, label, value, tone, meaning) in enumerate(ratings, start=1)
            )


def newest(slug: str) -> Scale:
    scale = Scale.objects.filter(slug=slug).order_by("-version").first()
    if scale is None:
        known = ", ".join(sorted(set(Scale.objects.values_list("slug", flat=True))))
        raise Invalid({"scale": f"There is no scale “{slug}”. Choose one of: {known}."})
    return scale
