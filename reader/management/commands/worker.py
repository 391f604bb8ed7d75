from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reader import jobs  # noqa: F401  (importing declares the nightly jobs)
from reader.core.jobs.worker import Worker


class Command(BaseCommand):
    help = "Do the queued work and what the clock asks for, until stopped (Ctrl-C). Run as many as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due, then exit")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        Worker().run(once=once)
