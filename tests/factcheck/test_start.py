"""What is refused at the start, as the one who typed the command sees it."""

import os
import subprocess
import sys
from ast import literal_eval

import pytest

from claims import scales
from factcheck import env
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
            f"DEBUG is on and others can reach the site ({PUBLIC} in ALLOWED_HOSTS). Set DEBUG to no.",
        ),
        (
            {"BIND": "0.0.0.0", "DEBUG": "yes", "SECRET_KEY": SECRET, "SAMPLE_NEWSROOM": "no"},
            "DEBUG is on and others can reach the site (0.0.0.0 in BIND). Set DEBUG to no.",
        ),
        (
            {"PUBLIC_URL": f"https://{PUBLIC}", "DEBUG": "yes", "SECRET_KEY": SECRET, "SAMPLE_NEWSROOM": "no"},
            f"DEBUG is on and others can reach the site ({PUBLIC} in PUBLIC_URL). Set DEBUG to no.",
        ),
        (
            {"ALLOWED_HOSTS": PUBLIC, "SAMPLE_NEWSROOM": "no"},
            f"others can reach the site ({PUBLIC} in ALLOWED_HOSTS) and SECRET_KEY is not set. {WHAT_TO_DO}",
        ),
        (
            {"ALLOWED_HOSTS": PUBLIC, "SECRET_KEY": "secret", "SAMPLE_NEWSROOM": "no"},
            f"others can reach the site ({PUBLIC} in ALLOWED_HOSTS) and SECRET_KEY is too weak. {WHAT_TO_DO}",
        ),
        (
            {"BIND": "0.0.0.0", "SECRET_KEY": SECRET, "SAMPLE_NEWSROOM": "yes"},
            "SAMPLE_NEWSROOM is on and others can reach the site (0.0.0.0 in BIND). Set SAMPLE_NEWSROOM to no.",
        ),
        (
            {"DATABASE_URL": "mysql://localhost/factcheck"},
            "DATABASE_URL is no PostgreSQL address. Write postgresql://user:password@host:5432/database.",
        ),
        (
            {"DATABASE_URL": "postgresql://db.example.org:port/factcheck"},
            "DATABASE_URL is no PostgreSQL address. Write postgresql://user:password@host:5432/database.",
        ),
        ({"PORT": "70000"}, "PORT is '70000'. Write a whole number from 1 to 65535."),
        (
            {"TIME_ZONE": "Mars/Base"},
            "TIME_ZONE is 'Mars/Base', which is no time zone. Write one such as Europe/Berlin.",
        ),
        ({"DEFAULT_SCALE": "nine-step"}, "DEFAULT_SCALE is 'nine-step'. Write one of: five-step, six-step."),
        (
            {"CELERY_BROKER_URL": "kafka://127.0.0.1"},
            "CELERY_BROKER_URL is no address of a server we know. Write amqp://, amqps://, redis:// or rediss://.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_refuses_to_start(given: dict[str, str], sentence: str) -> None:
    assert said_at_start(**given) == (1, f"factcheck cannot start: {sentence}")


def test_starts_in_public_with_a_secret_of_its_own() -> None:
    assert said_at_start(ALLOWED_HOSTS=PUBLIC, SECRET_KEY=SECRET, SAMPLE_NEWSROOM="no")[0] == 0


@pytest.mark.parametrize(
    "reached", [{"ALLOWED_HOSTS": PUBLIC}, {"BIND": "0.0.0.0"}, {"PUBLIC_URL": f"https://{PUBLIC}"}]
)
def test_leaves_the_sample_out_where_others_can_reach_the_site(reached: dict[str, str]) -> None:
    """Its password is written in the source; nobody has to know that to be safe from it."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ask = "from django.conf import settings; print(settings.SAMPLE_NEWSROOM)"
    command = [sys.executable, "-c", ask]
    given = environment | {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "SECRET_KEY": SECRET}
    said = [
        subprocess.run(command, env=given | more, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()
        for more in ({}, reached)
    ]
    assert said == ["True", "False"]


def test_the_scales_one_may_choose_are_those_that_come_along() -> None:
    slugs = {slug for slug, *_ in scales.SHIPPED}
    assert env.DECLARED["DEFAULT_SCALE"].kind == " or ".join(sorted(slugs))


@pytest.mark.parametrize(("said", "prepared"), [("", True), ("yes", True), ("no", False)])
def test_statements_are_prepared_unless_somebody_says_no(said: str, prepared: bool) -> None:
    command = [sys.executable, "-c", "from factcheck import settings; print(settings.DATABASES['default']['OPTIONS'])"]
    environment = os.environ | {"DATABASE_PREPARED": said, "DATABASE_POOL": "0", "DATABASE_URL": "postgresql:///facts"}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert literal_eval(told) == ({"server_side_binding": True, "prepare_threshold": 3} if prepared else {})
