"""Rows straight into the tables: what people do one at a time through verbs would take days here."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

Row = Mapping[str, Any]


class Tables:
    """Gathers rows, table by table, and numbers them; `write` puts them all into the database."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[Row]] = {}
        self.numbers: dict[type[models.Model], count[int]] = {}

    def number(self, model: type[models.Model]) -> int:
        """A new row's id."""
        if model not in self.numbers:
            highest = model._default_manager.aggregate(models.Max("pk"))["pk__max"] or 0
            self.numbers[model] = count(highest + 1)
        return next(self.numbers[model])

    def add(self, model: type[models.Model], **row: Any) -> int:
        pk = self.number(model)
        self.rows.setdefault(model, []).append({"id": pk, **row})
        return pk

    def write(self) -> None:
        """Call it inside a transaction."""
        for model, rows in self.rows.items():
            put(model, rows)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):
                cursor.execute(statement)
        self.rows.clear()


def put(model: type[models.Model], rows: Sequence[Row]) -> None:
    """What a row does not say is as the model has it by default."""
    fields = model._meta.local_concrete_fields
    takes = [(field.attname, field.get_default(), taken_by(field)) for field in fields]
    values = (
        [take(row.get(name, default)) if take else row.get(name, default) for name, default, take in takes]
        for row in rows
    )
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copy(cursor.cursor, f"COPY {table} ({names}) FROM STDIN", values)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values))  # noqa: S608  (the model's)


def copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)


def taken_by(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How the database takes a value of this field, where it does not take it as it is."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return moment
    return day if isinstance(field, models.DateField) else None


def moment(value: datetime | None) -> str | None:
    """As SQLite keeps it: all moments here are of UTC."""
    return None if value is None else str(value.replace(tzinfo=None))


def day(value: date | None) -> str | None:
    return None if value is None else str(value)
