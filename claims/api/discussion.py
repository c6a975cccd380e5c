"""Who works on a claim, and what they say to each other about it."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from claims import discussion, queries
from claims.api.shapes import AssignmentShown, CommentShown
from claims.models import Assignment
from factcheck.access.models import User
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.paging import Paged, page, page_of
from factcheck.api.sent import Choice, Number, Sent, Words, asked, sent
from factcheck.errors import Invalid, NotFound


class NewComment(Sent):
    text = Words()


class NewAssignment(Sent):
    person = Number(help_text="An id from /api/v1/people/.")
    part = Choice(Assignment.Part.choices)


class Comments(Endpoint):
    @operation("list_comments", "What was said, the newest first", asks=Paged, gives=page_of(CommentShown))
    def get(self, request: Request, claim: int) -> Response:
        comments = queries.claim_or_404(claim).comments.select_related("author")
        return page(request, comments, CommentShown, **asked(Paged, request))

    @operation("comment", "Say something to colleagues", sends=NewComment, gives=CommentShown, status=201)
    def post(self, request: Request, claim: int) -> Response:
        known = queries.claim_or_404(claim)
        said = discussion.comment(known, by=caller(request), **sent(NewComment, request))
        return Response(CommentShown(said).data, status=201)


class Assignments(Endpoint):
    @operation("assign", "Give somebody a part in the work", sends=NewAssignment, gives=AssignmentShown, status=201)
    def post(self, request: Request, claim: int) -> Response:
        """Doing it twice changes nothing."""
        known, said = queries.claim_or_404(claim), sent(NewAssignment, request)
        assignment = discussion.assign(known, _person(said["person"]), said["part"], by=caller(request))
        return Response(AssignmentShown(assignment).data, status=201)


class OneAssignment(Endpoint):
    @operation("unassign", "Take the part away again", status=204)
    def delete(self, request: Request, assignment: int) -> Response:
        found = Assignment.objects.select_related("claim", "person").filter(pk=assignment).first()
        if found is None:
            raise NotFound(f"There is no assignment {assignment}.")
        discussion.unassign(found, by=caller(request))
        return Response(status=204)


def _person(pk: int) -> User:
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise Invalid({"person": f"There is nobody with the number {pk}. /api/v1/people/ lists everybody."})
    return person
