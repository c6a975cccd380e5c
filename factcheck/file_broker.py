"""Celery messages as files, for one machine: kombu's filesystem transport, made safe against torn files.

kombu writes a message into the file that a worker may already be moving away, and takes it through the
system's temporary folder. Here a message appears whole, by a rename, and never leaves the broker's folder.
"""

import os
import uuid
from collections import defaultdict, deque
from functools import cached_property
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

LOOK_UP_SECONDS = 0.2


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time_ns():020d}_{uuid.uuid4()}"
        half = folder / f"{name}.part"
        half.write_text(dumps(payload))
        half.rename(folder / f"{name}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        listed = self._listed[queue]
        taken = self._first_of(listed)
        if taken is None:
            listed.extend(self._waiting(queue))
            taken = self._first_of(listed)
        if taken is None:
            raise Empty
        return loads(taken)

    @cached_property
    def _listed(self) -> defaultdict[str, deque[Path]]:
        """The messages of each queue that waited when the folder was last listed, the oldest first.

        Listed anew for each message, a hundred that wait would cost as much as what they ask for.
        """
        return defaultdict(deque)

    def _waiting(self, queue: str) -> list[Path]:
        ending = f"{queue}.msg"
        return sorted(file for file in Path(self.data_folder_in).iterdir() if file.name.partition(".")[2] == ending)

    def _first_of(self, listed: deque[Path]) -> str | None:
        """The first that nobody else has taken meanwhile."""
        while listed:
            taken = self._take(listed.popleft())
            if taken is not None:
                return taken
        return None

    def _take(self, file: Path) -> str | None:
        mine = file.with_suffix(f".{os.getpid()}-{uuid.uuid4()}.taken")
        try:
            file.rename(mine)
        except FileNotFoundError:
            return None  # Another worker was faster.
        content = mine.read_text()
        mine.unlink()
        return content


class Transport(filesystem.Transport):
    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:
        """A worker looks up from its messages, to see whether it is to stop, only when this returns or times out."""
        super().drain_events(connection, min(timeout or LOOK_UP_SECONDS, LOOK_UP_SECONDS))
