from typing import Any

from django.core.management.commands import flush

from factcheck import database


class Command(flush.Command):
    """Django's flush, as the owner of the tables: the application role may not empty them."""

    def handle(self, **options: Any) -> None:
        with database.as_owner(options["database"]):
            super().handle(**options)
