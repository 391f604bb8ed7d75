"""`manage.py add`: a piece from a file, an address or standard input."""

import json
import sys
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from reader.accounts.models import User
from reader.core.refusals import Refused
from reader.intake.addresses import read_address
from reader.intake.decoding import Unreadable, decode
from reader.intake.details import as_details, as_replacement, as_text
from reader.intake.fetching import NotFetched
from reader.intake.forms import MOST_BYTES, TOO_LARGE
from reader.intake.reading import Empty, Form, Reading, as_fields, guess_form, read
from reader.library.models import Article
from reader.library.shelving import Details, offers_another_text, replace_text, shelve


class Command(BaseCommand):
    help = "Adds a piece and prints its address, or with --json what was understood of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a .txt, .md or .html file, or an address; - reads standard input")
        parser.add_argument("--as", dest="form", choices=[form.value for form in Form], help="read it as this")
        parser.add_argument("--by", metavar="EMAIL", help="whose article it becomes (the first account's otherwise)")
        parser.add_argument(
            "--revise", action="store_true", help="make it the new text of a piece that is here already"
        )
        parser.add_argument("--json", action="store_true", help="print the fields that were understood")

    def handle(self, *args: Any, **options: Any) -> None:
        raw, reading = self.understand(options["file"], options["form"])
        owner = self.find_owner(options["by"])
        details = as_details(reading, "" if "://" in options["file"] else options["file"].strip("-"))
        if details.doubted_date:
            self.stderr.write(f"Its date, {details.doubted_date}, can hardly be meant, so it is kept as doubtful.")
        article = self.add(reading, details, raw, owner, revise=options["revise"]) if owner else None
        if options["json"]:
            self.stdout.write(json.dumps(as_fields(reading), ensure_ascii=False, indent=1))
        if article is None:
            self.stderr.write("Nobody has an account here yet, so nothing was saved. Make one with: manage.py owner")
        elif not options["json"]:
            self.stdout.write(f"{settings.SITE_URL}{article.get_absolute_url()}")

    def add(self, reading: Reading, details: Details, raw: str, owner: User, *, revise: bool) -> Article:
        """The article of what was read; the one that `owner` can already see where it is the same."""
        text = as_text(reading, raw)
        article, is_new = shelve(details, text, owner)
        if is_new or not offers_another_text(article, text, owner):
            return article
        if not revise:
            self.stderr.write("This piece is here already with another text. Add it with --revise to give it this one.")
            return article
        try:
            replace_text(article, as_replacement(article, reading), text, owner)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        return article

    def understand(self, file: str, form: str | None) -> tuple[str, Reading]:
        """The input, and what is understood of it."""
        try:
            if "://" in file:
                raw, _, _, reading = read_address(file)
                return raw, reading
            raw = self.read_input(file)
            return raw, read(raw, Form(form) if form else guess_form(raw, None if file == "-" else file))
        except (Empty, NotFetched) as nothing:
            raise CommandError(str(nothing)) from None

    def read_input(self, file: str) -> str:
        try:
            data = read_most(sys.stdin.buffer) if file == "-" else read_file(Path(file))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        if len(data) > MOST_BYTES:
            raise CommandError(TOO_LARGE)
        try:
            return decode(data)
        except Unreadable as error:
            raise CommandError(str(error)) from None

    def find_owner(self, email: str | None) -> User | None:
        try:
            found = User.objects.filter(email__iexact=email) if email else User.objects.order_by("pk")
            owner = found.first()
        except DatabaseError:
            return None
        if email and owner is None:
            raise CommandError(f"Nobody here has the address {email}.")
        return owner


def read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return read_most(file)


def read_most(file: IO[bytes]) -> bytes:
    """What is in the file, up to the first byte too many: some files never end."""
    return file.read(MOST_BYTES + 1)
