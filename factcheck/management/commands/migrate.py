from typing import Any

from django.core.management.commands import migrate

from factcheck import database


class Command(migrate.Command):
    """Django's migrate, as the owner of the tables; then grants for the application role.

    What runs after migrations (content types, the rating scales) runs as the owner too.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        with database.as_owner(options["database"]):
            super().handle(*args, **options)
            if not options["plan"] and not options["check_unapplied"]:
                database.grant_application_role(options["database"])
