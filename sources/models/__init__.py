"""The records of the archive: what can be cited, each attempt to fetch it, and what was got."""

from sources.models.capture import Capture
from sources.models.snapshot import Snapshot
from sources.models.source import Source

__all__ = ["Capture", "Snapshot", "Source"]
