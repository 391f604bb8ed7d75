"""What `manage.py check` says about this installation."""

import sqlite3
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connection

from reader.core.sqlite import has_wal_reset_bug


def sqlite_keeps_what_it_acknowledged(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if connection.vendor != "sqlite" or not has_wal_reset_bug(sqlite3.sqlite_version_info):
        return []
    return [
        CheckWarning(
            f"SQLite {sqlite3.sqlite_version} can lose committed pages when its write-ahead log is reset.",
            hint="Install the PyPI package pysqlite3, which bundles a newer one; it is used where it is there.",
            id="reader.W001",
        )
    ]
