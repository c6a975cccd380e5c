"""The records of what is judged. What must never be stored is a constraint here or a trigger in the migrations."""

from claims.models.appearance import Appearance
from claims.models.change import EvidenceChange
from claims.models.claim import Claim, Claimant
from claims.models.discussion import Assignment, Comment
from claims.models.evidence import Citation, Evidence
from claims.models.fact_sheet import FactSheet, FactSheetItem, FactSheetVersion
from claims.models.publication import Publication, SignOff
from claims.models.review import Decision, Review, Round
from claims.models.scale import Rating, Scale

__all__ = [
    "Appearance",
    "Assignment",
    "Citation",
    "Claim",
    "Claimant",
    "Comment",
    "Decision",
    "Evidence",
    "EvidenceChange",
    "FactSheet",
    "FactSheetItem",
    "FactSheetVersion",
    "Publication",
    "Rating",
    "Review",
    "Round",
    "Scale",
    "SignOff",
]
