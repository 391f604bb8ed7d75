import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reader import jobs  # noqa: F401  (importing declares the nightly jobs)
from reader.core import environment
from reader.core.jobs.worker import Worker
from reader.intake.sending.collecting import collecting
from reader.intake.sending.smtp import serve


class Command(BaseCommand):
    help = (
        "Do the queued work and what the clock asks for, until stopped (Ctrl-C). Run as many as you like. "
        "With --verbosity 0 only what failed is told."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due, then exit")
        parser.add_argument(
            "--smtp", type=int, metavar="PORT", help="take mails to readers’ addresses at this port too"
        )

    def handle(self, *args: Any, once: bool, smtp: int | None, verbosity: int, **options: Any) -> None:
        if verbosity == 0:
            logging.getLogger("reader").setLevel(logging.WARNING)
        if once:
            Worker().run(once=True)
            return
        with collecting(), mail_server(smtp):
            Worker().run()


@contextmanager
def mail_server(port: int | None) -> Iterator[None]:
    """A mail server beside the worker, where one is asked for."""
    if port is None:
        yield
        return
    if not settings.INBOX_HOST:
        raise CommandError("Name the host of the readers’ addresses first: FORECITE_INBOX_HOST=letters.example.org")
    host = environment.text("FORECITE_BIND", "127.0.0.1")
    try:
        server = serve(host, port)
    except OSError as error:
        raise CommandError(f"Port {port} of {host} cannot be used ({error.strerror}).") from None
    try:
        yield
    finally:
        server.stop()
