"""What `manage.py check` says about this installation."""

import sqlite3
from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.db import connection

from reader.core.sqlite import has_wal_reset_bug


@register
def sqlite_keeps_what_it_acknowledged(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if connection.vendor != "sqlite" or not has_wal_reset_bug(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can lose committed pages when its write-ahead log is reset.",
            hint="Install the PyPI package pysqlite3, which bundles 3.51.3 or newer; Forecite uses it where it is there.",
            id="reader.W001",
        )
    ]
