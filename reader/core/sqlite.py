"""Which SQLite runs under the embedded database, and whether it keeps what it acknowledges."""

import sys

import django

#: Fixed in 3.51.3: a reset of the write-ahead log could lose committed pages (sqlite.org, release notes).
FIRST_VERSION_WITHOUT_WAL_RESET_BUG = (3, 51, 3)

#: FULL survives a power cut, NORMAL loses acknowledged writes; IMMEDIATE never deadlocks on lock upgrade. What does not
#: fit into a connection's own cache is read by way of a mapping, as far as this SQLite maps: it is never written so.
OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA mmap_size=8589934592;"
    ),
}


def use_bundled_sqlite() -> None:
    """Put PyPI's pysqlite3, which bundles a current SQLite, in the place of the standard library's, where installed."""
    try:
        import pysqlite3
    except ImportError:
        return
    if django.VERSION >= (6, 1) and not hasattr(pysqlite3.Connection, "getlimit"):
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    return version < FIRST_VERSION_WITHOUT_WAL_RESET_BUG
