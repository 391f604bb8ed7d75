"""`manage.py rescore`: computes every score from scratch, and proves that the figures are what they were."""

import hashlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reader.reports.rescoring import rescore


class Command(BaseCommand):
    help = (
        "Computes every record and every reader's score from scratch, twice, and prints the public ones with all their "
        "digits. The last line is a fingerprint of all: two runs on one day over the same library print the same."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        digest, count, differing = hashlib.sha256(), 0, []
        for one in rescore(timezone.localdate()):
            count += 1
            digest.update(f"{one.name}: {one.figures}\n".encode())
            if one.is_public:  # what is not is nothing to print, though it is in the fingerprint
                self.stdout.write(f"{one.name}: {one.figures}")
            if not one.is_same:
                differing.append(one.name if one.is_public else "one that is not public")
        self.stdout.write(f"{count} computed, fingerprint {digest.hexdigest()}")
        if differing:
            raise CommandError(f"They depend on the order of rows: {', '.join(differing)}.")
