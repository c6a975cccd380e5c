"""Who calls the API: a bearer token and nothing else.

A session cookie is not taken: a browser sends it along with requests that its owner never meant,
so that every unsafe call would need a CSRF token as well. A token is only ever sent on purpose.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from factcheck.access.models import Token, User

#: ``last_used_at`` is for people who tidy up; writing it at every request would double the cost of reading.
NOTED_EVERY = timedelta(minutes=1)


class BearerToken(BaseAuthentication):
    """``Authorization: Bearer fct_…``."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = _usable(secret.strip())
        _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="factcheck"'


def _usable(secret: str) -> Token:
    token = Token.objects.select_related("user").filter(digest=Token.digest_of(secret)).first()
    if token is None:
        raise AuthenticationFailed("This token is not known. Make one on your account page and send it whole.")
    if token.revoked_at:
        raise AuthenticationFailed("This token was revoked. Make a new one on your account page.")
    if not token.user.is_active:
        raise AuthenticationFailed("The account of this token is closed. Ask an administrator.")
    return token


def _note_use(token: Token) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
