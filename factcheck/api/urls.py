"""The description of the API, for people and for programs. The resources are joined in factcheck.urls."""

from __future__ import annotations

from django.urls import path, re_path

from factcheck.api import people, reference
from factcheck.api.endpoint import NoSuchAddress

app_name = "api"
urlpatterns = [
    path("api/", reference.page, name="reference"),
    path("api/v1/openapi.json", reference.openapi, name="openapi"),
    path("api/v1/me/", people.Me.as_view(), name="me"),
    path("api/v1/people/", people.People.as_view(), name="people"),
    re_path(r"^api/v1/.*$", NoSuchAddress.as_view(), name="no-such-address"),
]
