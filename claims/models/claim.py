from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.constraints import not_blank, one_of, together
from claims.states import PUBLIC, Status

STATUS_CHOICES = [(status.value, status.label) for status in Status]


class Claimant(models.Model):
    """The person or organisation that made a claim."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PERSON)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            not_blank("claimant", "name"),
            one_of("claimant", "kind", ["person", "organisation"]),
            models.UniqueConstraint(fields=["name", "kind"], name="one_claimant_per_name_and_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """One checkable statement, in one wording, by a claimant, on a date, in a context.

    ``status`` says where the work stands and has one writer, ``claims.workflow``.
    What came out of it is ``decision.rating``: two different things.
    """

    statement = models.TextField()
    language = models.CharField(max_length=35, default="en")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="claims")
    claimed_on = models.DateField()
    context = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=STATUS_CHOICES, default=Status.SUBMITTED.value)
    scale = models.ForeignKey("claims.Scale", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims")
    created_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(null=True, blank=True)
    # What a newsroom system calls it: sending the same claim twice makes one claim.
    external_id = models.CharField(max_length=200, blank=True)
    decision = models.OneToOneField(
        "claims.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "-id"], name="claim_status_newest"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            not_blank("claim", "statement"),
            one_of("claim", "status", [status.value for status in Status]),
            together("claim", "published_at", "published_by"),
            # Promise 2: nothing goes out without a decision, a signer and a time,
            # and nothing that was re-opened still looks signed.
            models.CheckConstraint(
                condition=Q(
                    status__in=sorted(PUBLIC),
                    decision__isnull=False,
                    published_at__isnull=False,
                )
                | (~Q(status__in=sorted(PUBLIC)) & Q(published_at__isnull=True)),
                name="claim_published_has_decision_and_signer",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(status__in=sorted({*PUBLIC, Status.DECIDED})),
                name="claim_decision_only_when_decided",
            ),
            models.UniqueConstraint(
                fields=["author", "external_id"],
                condition=~Q(external_id=""),
                name="one_claim_per_external_id",
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def subject(self) -> str:
        """Its name in the log."""
        return f"claim:{self.pk}"
