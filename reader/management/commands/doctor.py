"""Says what is wrong with this installation, and what to do about it."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reader.accounts.models import User
from reader.core.sqlite import has_wal_reset_bug
from reader.library.searching import is_behind

#: A task that is due is taken up within a second; so long is nobody at work.
WORKER_IS_GONE = timedelta(minutes=10)
#: What Django itself calls too short to sign with.
SHORTEST_KEY = 50
SECONDS_FOR_MAIL = 5


class Command(BaseCommand):
    help = "Say what is wrong with this installation. Answers 1 when something is."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        complaints = [complaint for examine in EXAMINATIONS for complaint in examine()]
        for complaint in complaints or ["Nothing is wrong."]:
            self.stdout.write(complaint)
        if complaints:
            sys.exit(1)


def data_folder() -> Iterator[str]:
    if not os.access(settings.DATA, os.W_OK | os.X_OK):
        yield f"The data folder {settings.DATA} cannot be written to. Give this user the right, or set FORECITE_DATA."


def secret_key() -> Iterator[str]:
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield f"FORECITE_SECRET_KEY is shorter than {SHORTEST_KEY} characters. Leave it unset and one is made and kept."
    kept = settings.DATA / "secret-key"
    if kept.exists() and kept.stat().st_mode & 0o077:
        yield f"{kept} can be read by others on this machine. Run: chmod 600 {kept}"


def static_files() -> Iterator[str]:
    if not settings.DEBUG and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield "The static files are not collected, so pages have no look. Run: manage.py collectstatic"


def debug() -> Iterator[str]:
    if settings.DEBUG and settings.SECURE:
        yield "FORECITE_DEBUG is on at a public address: error pages show settings and code. Switch it off."


def sqlite_version() -> Iterator[str]:
    if connection.vendor == "sqlite" and has_wal_reset_bug(sqlite3.sqlite_version_info):
        yield (
            f"SQLite {sqlite3.sqlite_version} can lose committed pages when its write-ahead log is reset. "
            "Install the PyPI package pysqlite3, which bundles a newer one."
        )


def mail() -> Iterator[str]:
    if settings.MAIL_SERVER is None:
        return
    try:
        with get_connection(timeout=SECONDS_FOR_MAIL):
            pass
    except OSError as error:  # what smtplib raises is one too
        where = f"{settings.MAIL_SERVER.host}:{settings.MAIL_SERVER.port}"
        yield f"The mail server {where} takes no mail ({error}). Check FORECITE_SMTP_URL; mails wait until it does."


def database() -> Iterator[str]:
    try:
        yield from inside_the_database()
    except DatabaseError as error:
        yield f"The database cannot be used: {str(error).strip()}. Check DATABASE_URL, and that its server runs."


def inside_the_database() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"The database is {len(missing)} migrations behind. Run: manage.py migrate"
        return
    if not User.objects.filter(is_superuser=True, is_active=True).exists():
        yield "Nobody runs this installation yet. Make the first account with: manage.py owner"
    if waiting_too_long().exists():
        yield "Work has been waiting for more than ten minutes. Start a worker with: manage.py worker"


def waiting_too_long() -> QuerySet[DBTaskResult[Any, Any]]:
    now = timezone.now()
    late = now - WORKER_IS_GONE
    return DBTaskResult.objects.ready().filter(enqueued_at__lt=late).exclude(run_after__range=(late, now))


def search() -> Iterator[str]:
    try:
        missing = is_behind()
    except DatabaseError:
        return  # what is wrong with the database is said above
    if missing:
        yield "The search does not know every article. Run: manage.py reindex"


EXAMINATIONS: list[Callable[[], Iterator[str]]] = [
    data_folder,
    secret_key,
    static_files,
    debug,
    sqlite_version,
    mail,
    database,
    search,
]
