"""The verbs of the workflow, one address each. A refused one answers with the sentence of the page's button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims import queries, second_look, workflow
from claims.api.whole_claim import WholeClaim, whole
from claims.models import Claim
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.sent import Nothing, Sent, Words, sent


class Reason(Sent):
    reason = Words()


class Note(Sent):
    note = Words(help_text="For readers.")


class Adjudication(Sent):
    rating = Words(help_text="A slug of the claim's scale.")
    reasons = Words()


class Release(Sent):
    summary = Words(help_text="The short why that readers see.")
    note = Words(default="", help_text="What changed and why; required from the second version on.")


class Correction(Sent):
    summary = Words(help_text="The short why that readers see.")
    note = Words(help_text="For readers: what changed and why.")


class Act(Endpoint):
    """One verb on one claim; the claim as it is then is the answer."""

    takes: ClassVar[type[Sent]] = Nothing
    verb: ClassVar[Callable[..., Claim]]

    def post(self, request: Request, claim: int) -> Response:
        me, verb = caller(request), type(self).verb
        verb(queries.claim_or_404(claim), by=me, **sent(self.takes, request))
        return Response(whole(claim, me))


def act(verb: Callable[..., Claim], summary: str, takes: type[Sent] = Nothing, about: str = "") -> Any:
    """The view that does ``verb``."""
    name = f"{verb.__name__}_claim"
    documented = extend_schema_view(post=operation(name, summary, sends=takes, gives=WholeClaim, about=about))
    members = {"takes": takes, "verb": staticmethod(verb), "__module__": __name__, "__doc__": about}
    view: type[Act] = type(f"Act{verb.__name__.title().replace('_', '')}", (Act,), members)
    return documented(view).as_view()


_NOTE = "A claim that was published before needs a `note` for readers."
_RATING = "The rating stays. Another one needs a new round: re-open the claim."
_UPHELD = "Settles every change of the evidence that is open; the archived copies bear the verdict."
_BACK = "Back to research; the next review is a new round. What is published stays until the next version."

#: The last part of the address → the view.
ACTS: dict[str, Any] = {
    "accept": act(workflow.accept, "Accept it for checking"),
    "decline": act(workflow.decline, "Decline it, with a reason", Reason),
    "reconsider": act(workflow.reconsider, "Take a declined claim up again"),
    "start-research": act(workflow.start_research, "Start the research"),
    "send-to-review": act(workflow.send_to_review, "Open a round of blind review"),
    "adjudicate": act(workflow.adjudicate, "Decide where the reviews differ", Adjudication),
    "publish": act(workflow.publish, "Sign the decision off and publish it", Release, _NOTE),
    "correct": act(workflow.correct, "Publish a correction as a new version", Correction, _RATING),
    "retract": act(workflow.retract, "Take the verdict back; the page stays and says so", Note),
    "reopen": act(workflow.reopen, "Re-open the question", Reason, _BACK),
}

#: Beside the verbs of the workflow: the claim stays where it is.
UPHOLD = act(second_look.uphold, "Let the verdict stand although its evidence changed", Reason, _UPHELD)
