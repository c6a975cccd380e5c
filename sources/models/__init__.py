"""The records of the archive: what can be cited, each attempt to fetch it, and what was got."""

from sources.models.capture import Capture
from sources.models.host import Host
from sources.models.record import Record
from sources.models.snapshot import Snapshot
from sources.models.source import Source
from sources.models.watch import Observation, Watch

__all__ = ["Capture", "Host", "Observation", "Record", "Snapshot", "Source", "Watch"]
