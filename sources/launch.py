"""Started in between: becomes the browser, its command channel at the numbers it expects, and is no root. No Django.

`python -m sources.launch IN OUT FOLDER program arguments…`. It is a program of its own because what must happen after
the fork cannot be done safely in a process with threads.
"""

import fcntl
import os
import sys
from pathlib import Path

from factcheck import kernel

# Where a browser with --remote-debugging-pipe reads its commands, and writes its answers.
COMMANDS, ANSWERS = 3, 4
OUT_OF_THE_WAY = 10


def main(commands: str, answers: str, folder: str, *command: str) -> None:
    """Does not return."""
    # Chromium's own sandbox refuses to work for root.
    kernel.be_no_root(owning=Path(folder))
    moved = [fcntl.fcntl(int(number), fcntl.F_DUPFD, OUT_OF_THE_WAY) for number in (commands, answers)]
    for number, place in zip(moved, (COMMANDS, ANSWERS), strict=True):
        os.dup2(number, place)
        os.close(number)
    os.execv(command[0], command)  # noqa: S606 -- which browser is the operator's choice


if __name__ == "__main__":
    main(*sys.argv[1:])
