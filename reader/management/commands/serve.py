"""`manage.py serve`: the whole installation in one process group, as `make run` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from reader.accounts.models import User
from reader.core import environment
from reader.library.searching import is_behind
from reader.pages.demo.loading import PEOPLE, demo_password, is_half_loaded

MANAGE = settings.ROOT / "manage.py"
SECONDS_TO_STOP = 10


class Command(BaseCommand):
    help = "Migrates, loads the demo library on first start, and runs web server and worker until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        port = environment.number("PORT", 8000, 1, 65535)
        threads = environment.number("FORECITE_THREADS", 4, 1, 64)
        processes = environment.number("FORECITE_PROCESSES", 2, 1, 64)
        bind = environment.text("FORECITE_BIND", "127.0.0.1")
        require_free_port(bind, port)
        call_command("migrate", verbosity=0)
        if is_behind():
            self.stdout.write("Learning what there is to be found, once …")
            call_command("reindex")
        call_command("collectstatic", interactive=False, verbosity=0)
        self.welcome_first_people()
        self.stdout.write(f"\nForecite is at {settings.SITE_URL}\n")
        self.name_demo_people()
        self.stdout.write("Ctrl-C stops it.\n")
        self.stdout.flush()  # into a file or a pipe too, before the children write there
        run_together(
            [
                [
                    str(Path(sys.executable).with_name("gunicorn")),
                    "reader.wsgi",
                    "--config=python:reader.serving",
                    f"--bind={bind}:{port}",
                    f"--workers={processes}",
                    f"--threads={threads}",
                    "--worker-class=gthread",
                    "--log-level=warning",
                    "--no-control-socket",
                ],
                [sys.executable, str(MANAGE), "worker", "--verbosity=0"],
            ]
        )

    def welcome_first_people(self) -> None:
        if User.objects.exists() and not is_half_loaded():
            return
        if environment.flag("FORECITE_DEMO", default=True):
            self.stdout.write("First start: loading the demo library …")
            call_command("demo", verbosity=0)
        elif sys.stdin.isatty():
            call_command("owner")
        else:
            raise CommandError("Nobody has an account yet. Make the first one with: manage.py owner")

    def name_demo_people(self) -> None:
        emails = User.objects.filter(email__in=[person.email for person in PEOPLE]).values_list("email", flat=True)
        if emails:
            self.stdout.write(f"Sign in as {', '.join(sorted(emails))}\nwith the password {demo_password()}\n")


def require_free_port(bind: str, port: int) -> None:
    """Stop with one clear line where another program listens already, before anything is prepared."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind.strip("[]"), port))
        except OSError as error:
            raise CommandError(
                f"Port {port} of {bind} cannot be used ({error.strerror}). Choose another: PORT={port + 1} make run"
            ) from None


def run_together(commands: Sequence[list[str]]) -> None:
    """Run the commands until one ends or a signal comes, then stop all of them."""
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "reader.settings"}
    children = [
        subprocess.Popen(command, cwd=settings.ROOT, env=environ, start_new_session=True)  # noqa: S603  (our own words)
        for command in commands
    ]
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    if not stopping:
        name_who_ended(commands, children)
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    if not stopping:
        sys.exit(max(child.returncode or 0 for child in children) or 1)


def name_who_ended(commands: Sequence[list[str]], children: "Sequence[subprocess.Popen[bytes]]") -> None:
    """Say why all of it stops: one without the others would look as if everything went on."""
    for command, child in zip(commands, children, strict=True):
        if child.poll() is not None:
            name = "worker" if "worker" in command else "web server"
            sys.stderr.write(f"The {name} ended by itself (code {child.returncode}), so everything stops.\n")
