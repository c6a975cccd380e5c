"""What every address of the API shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from factcheck.access.models import User
from factcheck.api import problems
from factcheck.pages import known_zone

Method = TypeVar("Method", bound=Callable[..., Any])


class Endpoint(APIView):
    """Only for callers with a token. What they may do is decided by the verbs, never here."""

    access = "token"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.access = cls.access
        return view

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """“Today” is the caller's; the middleware that set the zone takes it back after the request."""
        super().initial(request, *args, **kwargs)
        timezone.activate(known_zone(caller(request).time_zone) or timezone.get_current_timezone())


class NoSuchAddress(Endpoint):
    """Under /api/v1/ even a wrong address is answered with a problem."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound

    def handle_exception(self, exc: Exception) -> Response:
        if not isinstance(exc, NotFound):
            return super().handle_exception(exc)
        detail = f"There is no {self.request.path}. Addresses end with a slash, and /api/ lists them all."
        response = problems.problem("not_found", detail)
        response.exception = True
        return response


def caller(request: Request) -> User:
    """Whose token it is."""
    assert isinstance(request.user, User)
    return request.user


def operation(
    name: str,
    summary: str,
    *,
    asks: Any = None,
    sends: Any = None,
    gives: Any = None,
    status: int = 200,
    about: str | None = None,
) -> Callable[[Method], Method]:
    """Document a method: ``asks`` is the query string, ``sends`` the body, ``gives`` the answer.

    ``gives`` may be a dict of status → answer. ``about`` stands in for the method's docstring.
    """
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=about,
        parameters=[asks] if asks else [],
        request=sends,
        responses={status: gives} if not isinstance(gives, dict) else gives,
    )
