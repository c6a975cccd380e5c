"""What is refused at the start, as the one who typed the command sees it."""

import os
import subprocess
import sys

import pytest

from factcheck.embedded import ROOT

SECRET = "k" * 40
PUBLIC = "facts.example.org"
WHAT_TO_DO = "Set it to 32 random characters or more."


def said_at_start(**given: str) -> tuple[int, str]:
    """Exit code and error output of `manage.py check` with these variables set."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(ROOT / "manage.py"), "check"]
    ended = subprocess.run(command, env=environment | given, capture_output=True, text=True, check=False, cwd="/")
    return ended.returncode, ended.stderr.strip().split("\n")[-1]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps', which is neither yes nor no. Write yes or no."),
        (
            {"ALLOWED_HOSTS": PUBLIC, "DEBUG": "yes", "SECRET_KEY": SECRET, "SAMPLE_NEWSROOM": "no"},
            f"DEBUG is on and ALLOWED_HOSTS has public names ({PUBLIC}). Set DEBUG to no.",
        ),
        (
            {"ALLOWED_HOSTS": PUBLIC, "SAMPLE_NEWSROOM": "no"},
            f"ALLOWED_HOSTS has public names ({PUBLIC}) and SECRET_KEY is not set. {WHAT_TO_DO}",
        ),
        (
            {"ALLOWED_HOSTS": PUBLIC, "SECRET_KEY": "secret", "SAMPLE_NEWSROOM": "no"},
            f"SECRET_KEY is too weak for a public name. {WHAT_TO_DO}",
        ),
        (
            {"DATABASE_URL": "mysql://localhost/factcheck"},
            "DATABASE_URL is no PostgreSQL address. Write postgresql://user:password@host:5432/database.",
        ),
    ],
    ids=["no yes or no", "debug in public", "no secret in public", "weak secret in public", "another database"],
)
def test_refuses_to_start(given: dict[str, str], sentence: str) -> None:
    assert said_at_start(**given) == (1, f"factcheck cannot start: {sentence}")


def test_starts_in_public_with_a_secret_of_its_own() -> None:
    assert said_at_start(ALLOWED_HOSTS=PUBLIC, SECRET_KEY=SECRET, SAMPLE_NEWSROOM="no")[0] == 0
