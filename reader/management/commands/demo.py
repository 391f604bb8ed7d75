"""`manage.py demo`: a library to try Forecite with."""

from typing import Any

from django.core.management.base import BaseCommand

from reader.pages.demo.loading import PEOPLE, demo_password, load_demo


class Command(BaseCommand):
    help = "Loads the demo library; once, however often it is called."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        load_demo(lambda title: self.stdout.write(f"  {title}") if verbosity > 1 else None)
        if verbosity:
            self.stdout.write(f"Sign in as {', '.join(person.email for person in PEOPLE)}: {demo_password()}")
