#!/usr/bin/env python
"""Django's command line, with the embedded PostgreSQL held up while a command runs."""

import os
import sys

from factcheck import embedded
from factcheck.env import Misconfigured


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    try:
        with embedded.running():
            from django.core.management import execute_from_command_line  # noqa: PLC0415

            execute_from_command_line(sys.argv)
    except Misconfigured as wrong:
        sys.exit(f"factcheck cannot start: {wrong}")


if __name__ == "__main__":
    main()
