"""Words in SQLite: an FTS5 table beside the records.

The words come folded and separated by spaces, with what else is asked for behind them (`tokens.py`); its tokenizer
`ascii` only takes them apart again.
"""

from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, cast

from django.db import connection

from reader.search.engine import COLUMNS, Ask, Record, Rows
from reader.search.language import Term
from reader.search.models import RecordQuerySet
from reader.search.tokens import beginnings, neighbours, spellings

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from reader.core.requests import AnyUser

TABLE = "reader_searchwords"
#: Where in a record its three days begin.
DAYS = Record._fields.index("day")
PLACES = ", ".join(["%s"] * len(Record._fields))
RECORD = f"INSERT INTO reader_searchrecord({COLUMNS}) VALUES ({PLACES})"  # noqa: S608  (a constant)
WORDS = f"INSERT INTO {TABLE}(rowid, title, body, facets) VALUES (%s, %s, %s, %s)"  # noqa: S608  (a constant)
#: How much is put in order in one step; less changed than `ENOUGH` rows, and there was nothing left to do.
PAGES_AT_ONCE, ENOUGH = 2_000, 2
#: How many parts of the index are put together, while everything is made anew, and else (what SQLite begins with).
MANY, AS_EVER = 16, 4


class FTS5:
    layout = 2

    def write(self, rows: Rows) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(RECORD, [as_taken(record) for record, _ in rows])
            cursor.executemany(
                WORDS, [(record.id, as_kept(title), as_kept(body), record.facets) for record, (title, body) in rows]
            )

    def expression(self, ask: Ask) -> str:
        return expression(ask)

    def share_seen(self, user: "AnyUser") -> None:
        return None

    def stretches(
        self, ask: Ask, since: int, before: int, found: Sized, wanted: int, share: float
    ) -> Iterator[tuple[str, int, int]]:
        yield expression(ask), since, before

    def matching(
        self, rows: RecordQuerySet, expression: str, since: int | None = None, before: int | None = None
    ) -> RecordQuerySet:
        where = [f"{TABLE} MATCH %s", f"{TABLE}.rowid = reader_searchrecord.id"]
        params: list[str | int] = [expression]
        if since is not None and before is not None:
            where += [f"{TABLE}.rowid >= %s", f"{TABLE}.rowid < %s"]
            params += [since, before]
        narrowed = rows.extra(  # noqa: S610  (a table function is no model's; all that varies is a parameter)
            tables=[TABLE], where=where, params=params, order_by=[f"-{TABLE}.rowid"]
        )
        return cast(RecordQuerySet, narrowed)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Each transaction leaves the index a part of its own; they are put together when they are many.

        The fewer are put together at a time, the more often each word is written again.
        """
        with connection.cursor() as cursor:
            put_together(cursor, MANY)
            try:
                yield
            finally:
                put_together(cursor, AS_EVER)
        self.settle()

    def settle(self) -> None:
        """One index of the many that writing left, a step at a time: all at once nobody could write for a minute."""
        with connection.cursor() as cursor:
            pages = -PAGES_AT_ONCE  # less than nothing begins to merge all of it, what follows goes on with that
            while True:
                cursor.execute("SELECT total_changes()")
                before = cursor.fetchone()[0]
                cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('merge', %s)", [pages])  # noqa: S608  (a constant)
                cursor.execute("SELECT total_changes()")
                if cursor.fetchone()[0] - before < ENOUGH:
                    return
                pages = PAGES_AT_ONCE


ENGINE = FTS5()


def put_together(cursor: "CursorWrapper", parts: int) -> None:
    """Of so many parts of about one size the index makes one, while others are added."""
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('automerge', %s)", [parts])  # noqa: S608  (a constant)


def as_taken(record: Record) -> tuple[int | str | date | None, ...]:
    days = (None if day is None else str(day) for day in (record.day, record.window_start, record.window_end))
    return (*record[:DAYS], *days, *record[DAYS + 3 :])


def as_kept(words: Sequence[str]) -> str:
    """The words, then the neighbours in their order: of three words the first two are followed by the next two."""
    return " ".join([*words, *neighbours(words), *beginnings(words)])


def expression(ask: Ask) -> str:
    columns = "{title}" if ask.in_title else "{title body}"
    parts = [f"{columns} : ({phrase(term)})" for term in ask.terms]
    parts += [f"{{facets}} : ({either(names)})" for names in ask.facets]
    wanted = " AND ".join(parts)
    unwanted = [f"{{title body}} : ({phrase(term)})" for term in ask.without]
    unwanted += [f"{{facets}} : ({quoted(name)})" for name in ask.without_facets]
    return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted


def either(names: Iterable[str]) -> str:
    return " OR ".join(map(quoted, names))


def phrase(term: Term) -> str:
    return " OR ".join(" + ".join(map(quoted, tokens)) for tokens in spellings(term))


def quoted(word: str) -> str:
    return f'"{word}"'
