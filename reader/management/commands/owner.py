"""Makes the first account, on the command line: nobody can sign in to a new installation otherwise."""

import getpass
from collections.abc import Callable
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from reader.accounts.addresses import vouch_for
from reader.accounts.models import User


class Command(BaseCommand):
    help = "Make the account that runs this installation: it may do everything, in the administration too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="asked for when not given")
        parser.add_argument("--name", help="asked for when not given")
        parser.add_argument("--password", help="asked for, unseen, when not given")
        parser.add_argument("--another", action="store_true", help="make one although there is an owner already")

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse_a_second_owner(another=options["another"])
        email = self.told(options["email"], lambda: input("E-mail: "), checked_email)
        name = self.told(options["name"], lambda: input("Name: "), checked_name)
        nobody_yet = User(email=email, name=name)
        password = self.told(options["password"], asked_twice, lambda typed: checked_password(typed, nobody_yet))
        with transaction.atomic():
            vouch_for(User.objects.create_superuser(email, password, name=name))
        self.stdout.write(f"{name} <{email}> now runs this installation.")

    def told(self, given: str | None, ask: Callable[[], str], checked: Callable[[str], str]) -> str:
        """What was given, or else is typed; a slip at the keyboard is told and asked for again."""
        if given is not None:
            return checked(given)
        while True:
            try:
                return checked(ask())
            except CommandError as slip:
                self.stderr.write(f"{slip} Try again.")

    def refuse_a_second_owner(self, *, another: bool) -> None:
        owner = User.objects.filter(is_superuser=True, is_active=True).first()
        if owner and not another:
            raise CommandError(f"{owner.email} runs this installation already. Add --another to make one more.")


def checked_email(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email!r} is no e-mail address.") from None
    if User.objects.filter(email__iexact=email).exists():
        raise CommandError(f"There is an account of {email} already. Give it more rights in the administration.")
    return email


def checked_name(text: str) -> str:
    name = text.strip()
    if not 0 < len(name) <= 80:
        raise CommandError("Give a name of 1 to 80 characters.")
    return name


def asked_twice() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("The same again: "):
        raise CommandError("The two passwords differ.")
    return password


def checked_password(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return password
