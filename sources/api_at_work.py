"""The archive at work over the API: for whoever watches over it by machine."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.api.endpoint import Endpoint, caller, operation
from factcheck.api.sent import Moment
from sources import permissions
from sources.backlog import backlog


class DepthShown(serializers.Serializer[Any]):
    """Captures by what they wait for. ``oldest_at``: when the oldest open one was asked for; ``oldest_due_at``: since
    when the first in line could have been fetched, which is a few seconds as long as workers run."""

    due = serializers.IntegerField()
    for_turn = serializers.IntegerField()
    to_try_again = serializers.IntegerField()
    running = serializers.IntegerField()
    oldest_at = Moment(allow_null=True)
    oldest_due_at = Moment(allow_null=True)


class HostWaitShown(serializers.Serializer[Any]):
    """A host at which captures wait for their turn, from ``next_at`` to ``last_at``, or that asked to be left alone
    until ``closed_until`` (Retry-After)."""

    host = serializers.CharField()
    captures = serializers.IntegerField()
    next_at = Moment(allow_null=True)
    last_at = Moment(allow_null=True)
    closed_until = Moment(allow_null=True)


class ReasonCountShown(serializers.Serializer[Any]):
    """How many captures the reason is of; docs/archive.md lists the reasons."""

    reason = serializers.CharField()
    captures = serializers.IntegerField()
    may_work_later = serializers.BooleanField()
    last_source = serializers.IntegerField(source="last.source_id", help_text="The source of the last of them.")


class ArchiveState(serializers.Serializer[Any]):
    """``setbacks`` are tried again by themselves; ``failures`` and ``done`` are those since ``since``, a day ago."""

    at = Moment()
    depth = DepthShown()
    hosts = HostWaitShown(many=True)
    setbacks = ReasonCountShown(many=True)
    failures = ReasonCountShown(many=True)
    done = serializers.IntegerField()
    since = Moment()


class AtWork(Endpoint):
    @operation(
        "show_archive_state",
        "What the archive has before it, and what holds it up",
        gives={200: ArchiveState, 403: None},
    )
    def get(self, request: Request) -> Response:
        """For administrators and integrations."""
        permissions.require(caller(request), "read_archive_state")
        return Response(ArchiveState(backlog()).data)
