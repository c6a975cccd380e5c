from __future__ import annotations

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from factcheck.access.models import Role, Token, User


class Command(BaseCommand):
    help = "Make an account. With --token it is given an API token, which is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="the name that colleagues see")
        parser.add_argument("--role", action="append", choices=Role.values, required=True, dest="roles")
        parser.add_argument("--password", help="asked for when it is left out")
        parser.add_argument("--token", metavar="NAME", help="also issue an API token of that name")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or getpass("Password: ")
        try:
            validate_email(options["email"])
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        try:
            with transaction.atomic():
                user = User.objects.create_user(
                    options["email"], password, name=options["name"], roles=sorted(set(options["roles"]))
                )
        except IntegrityError as error:
            raise CommandError(f"There is an account for {options['email']} already.") from error
        self.stdout.write(f"{user.name} can sign in as {user.email} ({', '.join(user.roles)}).")
        if options["token"]:
            _, secret = Token.issue(user, options["token"])
            self.stdout.write(f"API token, shown this once: {secret}")
