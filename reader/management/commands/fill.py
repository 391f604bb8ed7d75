"""`manage.py fill`: a large library to measure Forecite with."""

import time
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.core.refusals import Refused
from reader.pages.filling.cast import CURATOR, READER, fill_password
from reader.pages.filling.filling import fill
from reader.search.indexing import reindex

#: Every so many pieces are told of.
STEP = 5_000


def amount(text: str) -> int:
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise ArgumentTypeError("it is at least 1")
    return number


class Command(BaseCommand):
    help = "Fills an empty installation with a large library, for measuring only; called again, it goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=amount, default=100_000)
        parser.add_argument("--highlights", type=amount, default=1_000_000)
        parser.add_argument("--claims", type=amount, default=100_000)

    def handle(self, *args: Any, articles: int, highlights: int, claims: int, **options: Any) -> None:
        if claims > highlights // 2:
            raise CommandError("Each claim is said in a marked passage: ask for at least twice as many highlights.")
        started = time.monotonic()
        try:
            for done in fill(articles, highlights, claims):
                if done % STEP == 0 or done == articles:
                    self.stdout.write(f"{done:>9,} of {articles:,} articles  {time.monotonic() - started:6.0f} s")
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("Learning what there is to be found …")
        for kind, found in reindex():
            self.stdout.write(f"{found:>9,} {kind}{'' if found == 1 else 's'}  {time.monotonic() - started:6.0f} s")
        self.stdout.write(f"Done in {time.monotonic() - started:.0f} s.")
        self.stdout.write(f"Sign in as {READER} or {CURATOR}: {fill_password()}")
