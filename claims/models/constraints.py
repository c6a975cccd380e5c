"""Shapes of constraints that several records share."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q


def together(table: str, at: str, by: str) -> CheckConstraint:
    """``*_at`` without ``*_by`` (or the other way round) is an act that nobody did, or did never."""
    return CheckConstraint(
        condition=Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
        | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
        name=f"{table}_{at}_and_{by}_together",
    )


def not_blank(table: str, field: str) -> CheckConstraint:
    """White space alone is no text."""
    return CheckConstraint(condition=Q(**{f"{field}__regex": r"[^[:space:]]"}), name=f"{table}_has_{field}")


def one_of(table: str, field: str, values: list[str]) -> CheckConstraint:
    """``choices`` is checked by forms alone; this is checked for every writer."""
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"{table}_{field}_is_known")
