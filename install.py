"""Installs a requirements file into this virtual environment, hashes checked, and only when it has changed.

Runs before anything is installed, so it needs nothing but Python. `python install.py requirements.txt`
"""

import hashlib
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MARK = Path(sys.prefix) / "installed.sha256"
# The file holds everything with its version, so nothing is left to resolve; and some older pips fail at resolving
# "coverage[toml]" against a pinned "coverage" when hashes are asked for.
_EXACTLY = ["--require-hashes", "--no-deps", "-r"]
ADDRESS = re.compile(r"\b(?:https?|file)://[^\s,;)'\"]+")


def main(name: str) -> None:
    requirements = Path(__file__).parent / name
    wanted = requirements.read_text()
    if _already(wanted):
        return
    packages = re.findall(r"^([A-Za-z0-9._-]+)==", wanted, re.MULTILINE)
    print(f"Installing {len(packages)} packages from {name}", flush=True)
    started = time.monotonic()
    MARK.unlink(missing_ok=True)
    if not _installed_by_uv(requirements, wanted):
        _install(requirements, len(packages))
    MARK.write_text("\n".join(sorted({*_digests(wanted), _python()})))
    print(f"Installed in {time.monotonic() - started:.0f} s", flush=True)


def _already(wanted: str) -> bool:
    """Whether every line of the file was installed by this very Python; a larger file brings a smaller one along."""
    if not MARK.exists():
        return False
    return {*_digests(wanted), _python()} <= set(MARK.read_text().split("\n"))


def _digests(wanted: str) -> set[str]:
    """One digest for each requirement, its hashes and conditions included."""
    requirements = wanted.replace("\\\n", " ").splitlines()
    return {hashlib.sha256(" ".join(line.split()).encode()).hexdigest() for line in requirements if line.strip()}


def _python() -> str:
    return "python " + sys.version.split()[0]


def _installed_by_uv(requirements: Path, wanted: str) -> bool:
    """uv takes a tenth of pip's time, where the file brings it along. Whatever keeps it from it, pip has its turn then.

    It does not know of an index that pip was told of, so there it is left out.
    """
    own = re.search(r"^uv==.*?(?=^\S|\Z)", wanted, re.MULTILINE | re.DOTALL)
    pip = [sys.executable, "-m", "pip"]
    told = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False).stdout
    if own is None or ".index-url=" in told:
        return False
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder, "uv.txt")
        alone.write_text(own[0])
        uv = [str(Path(sys.prefix, "bin", "uv")), "pip", "install", f"--python={sys.executable}"]
        return _succeeds([*pip, "install", "--quiet", "--disable-pip-version-check", *_EXACTLY, str(alone)]) and (
            _succeeds([*uv, *_EXACTLY, str(requirements)])
        )


def _succeeds(command: list[str]) -> bool:
    """What went wrong is not told: pip does it again, and says it."""
    try:
        return not subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        return False


def _install(requirements: Path, count: int) -> None:
    command = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar=off", "--prefer-binary", *_EXACTLY, str(requirements)]
    done, lines = 0, []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            lines.append(ADDRESS.sub("(address)", line.rstrip()))
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                done += 1
                _tell(done, count)
            elif line.startswith("Installing collected"):
                _finish("  all fetched and their hashes checked; unpacking")
    if pip.returncode:
        # The addresses of package indexes can hold passwords, so they are taken out of what pip said.
        print("\n".join(lines[-15:]), file=sys.stderr)
        sys.exit(f"factcheck cannot start: pip could not install {requirements.name}; what it said stands above.")


def _tell(done: int, count: int) -> None:
    if sys.stdout.isatty():
        print(f"\r  {done} of {count} ", end="", flush=True)
    elif done % 10 == 0:
        print(f"  {done} of {count}", flush=True)


def _finish(sentence: str) -> None:
    print(("\r" if sys.stdout.isatty() else "") + sentence, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
