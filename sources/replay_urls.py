"""The addresses under which archived bytes are replayed: all that a host of their own answers to."""

from django.urls import path

from sources.replay import PREFIX
from sources.views import replayed

urlpatterns = [
    path(f"{PREFIX}/<str:token>/leave", replayed.leave, name="leave"),
    path(f"{PREFIX}/<str:token>/<slug:of>", replayed.part, name="part"),
]
