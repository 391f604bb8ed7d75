"""`manage.py reindex`: makes everything that the search knows anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reader.search.indexing import reindex
from reader.search.models import Kind


class Command(BaseCommand):
    help = "Makes the records of the search anew, in batches: people go on reading, searching and writing meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", choices=[*Kind.values, []], help="Only these kinds of things.")
        parser.add_argument("--all", action="store_true", help="Write those too that are kept as they should be.")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        for kind, found in reindex(options["kinds"], is_trusting=not options["all"]):
            self.stdout.write(f"{found:>9,} {kind}{'' if found == 1 else 's'}")
        self.stdout.write(f"Done in {time.monotonic() - started:.1f} s.")
