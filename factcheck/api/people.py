"""Who works here, and who is asking."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.access.models import Role, Token, User
from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.paging import Paged, page, page_of
from factcheck.api.sent import Moment, asked


class PersonShown(serializers.ModelSerializer[User]):
    """Somebody, as colleagues see them."""

    class Meta:
        model = User
        fields = ("id", "name")


class ColleagueShown(serializers.ModelSerializer[User]):
    """Somebody who can be given work. No e-mail address: a token may belong to a system outside the newsroom."""

    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))

    class Meta:
        model = User
        fields = ("id", "name", "roles")


class TokenShown(serializers.ModelSerializer[Token]):
    created_at = Moment()

    class Meta:
        model = Token
        fields = ("name", "created_at")


class MeShown(ColleagueShown):
    token = TokenShown(help_text="The token of this request.")

    class Meta(ColleagueShown.Meta):
        fields = ("id", "name", "roles", "email", "time_zone", "token")  # type: ignore[assignment]


class Me(Endpoint):
    @operation("show_me", "Whose token this is", gives=MeShown)
    def get(self, request: Request) -> Response:
        me = caller(request)
        me.token = request.auth  # type: ignore[attr-defined]
        return Response(MeShown(me).data)


class People(Endpoint):
    @operation("list_people", "Who can be given work", asks=Paged, gives=page_of(ColleagueShown))
    def get(self, request: Request) -> Response:
        return page(request, User.objects.filter(is_active=True), ColleagueShown, **asked(Paged, request))
