"""Addresses of what we judge and how, under /api/v1/."""

from __future__ import annotations

from django.urls import path

from claims.api import acts, claims, discussion, events, evidence, fact_sheets, reviews, scales, versions

urlpatterns = [
    path("claims/", claims.Claims.as_view(), name="claims"),
    path("claims/<int:claim>/", claims.OneClaim.as_view(), name="claim"),
    *(path(f"claims/<int:claim>/{verb}/", view, name=f"{verb}-claim") for verb, view in acts.ACTS.items()),
    path("claims/<int:claim>/uphold/", acts.UPHOLD, name="uphold-claim"),
    path("claims/<int:claim>/appearances/", evidence.Appearances.as_view(), name="appearances"),
    path("claims/<int:claim>/sources/", evidence.Citations.as_view(), name="citations"),
    path("claims/<int:claim>/evidence/", evidence.EvidenceOfClaim.as_view(), name="evidence"),
    path("evidence/<int:pinned>/withdraw/", evidence.Withdraw.as_view(), name="withdraw-evidence"),
    path("evidence/<int:pinned>/restore/", evidence.Restore.as_view(), name="restore-evidence"),
    path("evidence/<int:pinned>/anchor/", evidence.Proposed.as_view(), name="anchor-evidence"),
    path("evidence/<int:pinned>/carry-over/", evidence.CarryOver.as_view(), name="carry-over-evidence"),
    path("claims/<int:claim>/reviews/", reviews.Reviews.as_view(), name="reviews"),
    path("claims/<int:claim>/review/", reviews.MyReview.as_view(), name="my-review"),
    path("claims/<int:claim>/review/seal/", reviews.SealReview.as_view(), name="seal-review"),
    path("claims/<int:claim>/comments/", discussion.Comments.as_view(), name="comments"),
    path("claims/<int:claim>/assignments/", discussion.Assignments.as_view(), name="assignments"),
    path("assignments/<int:assignment>/", discussion.OneAssignment.as_view(), name="assignment"),
    path("claims/<int:claim>/versions/", versions.Versions.as_view(), name="versions"),
    path("claims/<int:claim>/versions/<int:number>/", versions.OneVersion.as_view(), name="version"),
    path("claims/<int:claim>/versions/<int:number>/wacz/", versions.VersionWacz.as_view(), name="version-wacz"),
    path("fact-sheets/", fact_sheets.FactSheets.as_view(), name="fact-sheets"),
    path("fact-sheets/<int:sheet>/", fact_sheets.OneFactSheet.as_view(), name="fact-sheet"),
    path("fact-sheets/<int:sheet>/publish/", fact_sheets.PublishFactSheet.as_view(), name="publish-fact-sheet"),
    path("fact-sheets/<int:sheet>/versions/", fact_sheets.SheetVersions.as_view(), name="fact-sheet-versions"),
    path(
        "fact-sheets/<int:sheet>/versions/<int:number>/",
        fact_sheets.OneSheetVersion.as_view(),
        name="fact-sheet-version",
    ),
    path(
        "fact-sheets/<int:sheet>/versions/<int:number>/wacz/",
        fact_sheets.SheetVersionWacz.as_view(),
        name="fact-sheet-version-wacz",
    ),
    path("scales/", scales.Scales.as_view(), name="scales"),
    path("events/", events.Events.as_view(), name="events"),
]
