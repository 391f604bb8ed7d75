"""The one thing in which the databases differ: where folded words are kept, and how they are asked for."""

from collections.abc import Iterator, Sequence, Sized
from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from django.db import connection

from reader.search.language import Term

if TYPE_CHECKING:
    from reader.core.requests import AnyUser
    from reader.search.models import RecordQuerySet


class Record(NamedTuple):
    """A row of `SearchRecord`, as it is written: a model would take longer than the database."""

    id: int
    kind: str
    object_id: int
    owner_id: int
    team_id: int | None
    visibility: str
    within_team: int | None
    within_owner: int | None
    day: date | None
    window_start: date | None
    window_end: date | None
    verdict: int | None
    dispute: int | None
    name: str
    facets: str
    #: Of its words, and of how they are kept.
    digest: int


class Words(NamedTuple):
    """The folded words of one record, beside what it can be narrowed by."""

    title: Sequence[str]
    body: Sequence[str]


Rows = Sequence[tuple[Record, Words]]
COLUMNS = ", ".join(Record._fields)


class Ask(NamedTuple):
    """What a record must say: all terms, none of `without`, and of each list of facets one."""

    terms: Sequence[Term] = ()
    without: Sequence[Term] = ()
    facets: Sequence[Sequence[str]] = ()
    without_facets: Sequence[str] = ()
    #: Whether the terms must stand in the title.
    in_title: bool = False


class Engine(Protocol):
    #: Of how words are kept, here and in `tokens.py`: another number, and all records are others.
    layout: int

    def write(self, rows: Rows) -> None:
        """Keep these records, with their words."""

    def expression(self, ask: Ask) -> str:
        """The question in the database's language: every word is quoted, so that none is an operator."""

    def share_seen(self, user: "AnyUser") -> float | None:
        """Which part of all records `user` may see, where a database reads all that says so and then puts it in order.

        None where it gives one after the other, so that those before the last that is needed are all it looks at.
        """

    def stretches(
        self, ask: Ask, since: int, before: int, found: Sized, wanted: int, share: float
    ) -> Iterator[tuple[str, int, int]]:
        """In which steps to look through the keys from `since` on, below `before`, the newest first.

        Each comes with the question as `expression` says it, where it helps the database told between which keys.
        Between two steps it looks how much of what is wanted is found, of which a reader sees such a share.
        """

    def matching(
        self, rows: "RecordQuerySet", expression: str, since: int | None = None, before: int | None = None
    ) -> "RecordQuerySet":
        """Those of these rows that say so, the newest first; with keys between the two, where they are given."""

    def gathering(self) -> AbstractContextManager[None]:
        """While much is written: it is put in order in large portions, and all is as it was behind it."""


@cache
def engine() -> Engine:
    """The one of the database that is used."""
    return cast(Engine, import_module(f"reader.search.{connection.vendor}").ENGINE)
