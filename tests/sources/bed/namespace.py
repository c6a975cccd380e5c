"""A network of one's own in which every IPv4 and IPv6 address is local, and names are asked for at 127.0.0.1."""

import json
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
# Who may make a user namespace needs no rights; root may do without one.
WAYS_IN = (["unshare", "--map-root-user", "--net", "--mount"], ["unshare", "--net", "--mount"])
# A network card with a cord to nowhere, and an address of each kind: a machine without one looks up no names, and a
# browser without one tries no UDP. All that is sent goes over lo.
LAYOUT = """
ip link set lo up
ip link add card type veth peer name cord
ip link set cord up
ip link set card up
ip address add 198.51.100.250/24 dev card
ip -6 address add 2001:db8::250/64 dev card nodad
ip route add default dev card
ip -6 route add default dev card
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo
"""
FILES = {
    "/etc/resolv.conf": "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n",
    "/etc/hosts": "127.0.0.1 localhost\n::1 localhost ip6-localhost\n",
    "/etc/nsswitch.conf": "hosts: files dns\n",
}


@cache
def why_not() -> str:
    """Why there can be no such network here, as a sentence; "" when there can."""
    missing = [tool for tool in ("unshare", "mount", "ip") if shutil.which(tool) is None]
    if missing:
        return f"A network of its own needs {' and '.join(missing)} (apt-get install util-linux mount iproute2)."
    if not _way_in():
        return "This machine lets nobody make a network of his own: it needs user namespaces or root, IPv6 and veth."
    return ""


@cache
def _way_in() -> list[str]:
    layout = " && ".join(LAYOUT.strip().splitlines())
    for way in WAYS_IN:
        if subprocess.run([*way, "sh", "-c", layout], capture_output=True, check=False).returncode == 0:
            return way
    return []


def inside(module: str, *arguments: str, seconds: float = 120) -> Any:
    """What the module prints as JSON when it runs in such a network. Its errors are ours."""
    command = [*_way_in(), sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=seconds, check=True)
    return json.loads(done.stdout)


def lay_out() -> None:
    """For the module inside: makes the addresses local, and this process ask its names of the bed."""
    for line in LAYOUT.strip().splitlines():
        subprocess.run(line.split(), check=True)
    folder = Path(tempfile.mkdtemp(prefix="factcheck-bed-"))
    for place, text in FILES.items():
        if Path(place).exists():
            own = folder / Path(place).name
            own.write_text(text)
            subprocess.run(["mount", "--bind", own, place], check=True)
    # What is mounted stays; the names of the files need not.
    shutil.rmtree(folder)
