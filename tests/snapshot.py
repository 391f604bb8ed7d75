"""Rows that were made once and are put back in one go: what is the same for every test is not computed for each."""

import time
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from time_machine import escape_hatch

#: So long, in seconds, what was made is of now: nothing in the product tells one minute from another.
KEEPS = 45
#: What an FTS5 table is looked up by, which no `*` gives.
ROWID = {"reader_searchwords": "rowid, *"}

Made = TypeVar("Made", bound=Any)


@dataclass(frozen=True)
class Rows:
    table: str
    columns: list[str]
    rows: list[tuple[Any, ...]]

    def put_back(self) -> None:
        columns, places = ", ".join(f'"{name}"' for name in self.columns), ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{self.table}" ({columns}) VALUES ({places})', self.rows)


class Snapshot(Generic[Made]):
    """Answers what `make` makes, a dataclass of saved models, and leaves in the database all that it wrote.

    The rows are put back where their tables are empty and the clock is the real one. Elsewhere, and where they have
    grown old, everything is made anew.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self.make = make
        #: The keys, not the models: whoever was given those may have deleted one since, which takes its key away.
        self.made: Callable[[], Made] | None = None
        self.written: list[Rows] = []
        self.since = 0.0

    def __call__(self) -> Made:
        if escape_hatch.is_travelling():
            return self.make()
        if self.made is None or time.monotonic() - self.since > KEEPS:
            return self.take()
        if filled([rows.table for rows in self.written]):
            return self.make()
        with transaction.atomic():
            for rows in self.written:
                rows.put_back()
            count_on([rows.table for rows in self.written])
        return self.made()

    def take(self) -> Made:
        tables = [name for name in connection.introspection.table_names() if not name.startswith("reader_searchwords_")]
        before = filled(tables)
        made = self.make()
        if "reader_user" not in before:
            self.written = [rows_of(table) for table in sorted(filled(tables) - before)]
            self.made, self.since = afresh(made), time.monotonic()
        return made


def count_on(tables: list[str]) -> None:
    """Let PostgreSQL give the next rows other keys than those that were put back: a test may have let it begin anew."""
    kinds = [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.db_table in tables]
    if statements := connection.ops.sequence_reset_sql(no_style(), kinds):
        with connection.cursor() as cursor:
            cursor.execute("".join(statements))


def filled(tables: list[str]) -> set[str]:
    """Those of the tables that hold rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)
        )
        return {name for (name,) in cursor.fetchall()}


def rows_of(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {ROWID.get(table, "*")} FROM "{table}"')
        return Rows(table, [column[0] for column in cursor.description], list(cursor.fetchall()))


def afresh(made: Made) -> Callable[[], Made]:
    """What answers the same, its models read from the database as they are by then."""
    kept: dict[str, tuple[type[models.Model], Any]] = {
        field.name: (type(getattr(made, field.name)), getattr(made, field.name).pk) for field in fields(made)
    }

    def read() -> Made:
        found = {
            (kind, one.pk): one
            for kind in {kind for kind, _ in kept.values()}
            for one in kind._default_manager.filter(pk__in=[pk for its, pk in kept.values() if its is kind])
        }
        return replace(made, **{name: found[key] for name, key in kept.items()})

    return read
