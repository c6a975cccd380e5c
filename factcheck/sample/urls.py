"""The addresses of the sample press site."""

from django.urls import path

from factcheck.sample import press

app_name = "press"
urlpatterns = [
    path("", press.front, name="front"),
    path("<slug:outlet>/<slug:slug>/", press.page, name="page"),
]
