"""What only the kernel can do for us: end a process with its parent, and be no root."""

import ctypes
import os
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CLONE_NEWUSER = 0x10000000
NOBODY = 65534


def end_with_parent(how: signal.Signals) -> None:
    """Asks Linux to send this process `how` when the thread that started it is gone; for `preexec_fn`."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_PDEATHSIG, how)


def be_no_root(*, owning: Path) -> None:
    """PostgreSQL refuses to run as root: be somebody else, in a namespace where files stay root's, or outright.

    Somebody else outright gets the folder `owning` with all that is in it.
    """
    if os.geteuid() != 0:
        return
    if sys.platform == "linux" and _libc().unshare(CLONE_NEWUSER) == 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/gid_map").write_text("1000 0 1")
        Path("/proc/self/uid_map").write_text("1000 0 1")
        return
    for path in [owning, *owning.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    os.setgroups([])
    os.setgid(NOBODY)
    if sys.platform == "linux":
        _keep_way_to_files(lambda: os.setuid(NOBODY))
    else:
        os.setuid(NOBODY)


def _keep_way_to_files(change_user: Callable[[], None]) -> None:
    """Changes the user and keeps the right to pass closed folders: a project under /root is reached no other way."""
    _libc().prctl(PR_SET_KEEPCAPS, 1)
    change_user()
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    right = 1 << CAP_DAC_OVERRIDE
    _libc().capset(header, struct.pack("6I", right, right, right, 0, 0, 0))
    _libc().prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)
