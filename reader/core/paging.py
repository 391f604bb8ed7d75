"""Keyset paging: the next page starts after the last row seen, however many rows come in meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)

PAGE = 30
SEPARATOR = "~"
#: Longer than an id is no number in a cursor.
LONGEST_ID = 18
LAST_ID = "9" * LONGEST_ID


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort a list: a field, then the id; rows without a value come last."""

    field: str
    parse: Callable[[str], Any]
    descending: bool = False
    nullable: bool = False

    @property
    def names(self) -> tuple[str, str]:
        sign = "-" if self.descending else ""
        return f"{sign}{self.field}", f"{sign}id"

    def apply(self, rows: "QuerySet[M]") -> "QuerySet[M]":
        if not self.nullable:
            return rows.order_by(*self.names)
        by = F(self.field)
        ordered = by.desc(nulls_last=True) if self.descending else by.asc(nulls_last=True)
        return rows.order_by(ordered, "-id" if self.descending else "id")

    def after(self, cursor: str) -> Q:
        """The rows behind the one that `cursor` names. A cursor nobody made is the start of the list."""
        place = self.place(cursor)
        if place is None:
            return Q()
        value, row_id = place
        side = "lt" if self.descending else "gt"
        if value is None:
            return Q(**{f"{self.field}__isnull": True, f"id__{side}": row_id})
        behind = Q(**{f"{self.field}__{side}": value}) | Q(**{self.field: value, f"id__{side}": row_id})
        return behind | Q(**{f"{self.field}__isnull": True}) if self.nullable else behind

    def parts(self, cursor: str) -> list[Q]:
        """The same, what has a value and what has none: an index gives each in its order, from the cursor on."""
        place = self.place(cursor)
        if not self.nullable or (place and place[0] is None):
            return [self.after(cursor)]
        without, valued = Q(**{f"{self.field}__isnull": True}), Q(**{f"{self.field}__isnull": False})
        if place is None:
            return [valued, without]
        value, row_id = place
        side = "lt" if self.descending else "gt"
        further = Q(**{f"{self.field}__{side}": value}) | Q(**{f"id__{side}": row_id})
        return [Q(**{f"{self.field}__{side}e": value}) & further, without]

    def place(self, cursor: str) -> tuple[Any, int] | None:
        """The value and the id that `cursor` says, if it is one of this order."""
        value, _, row_id = cursor.rpartition(SEPARATOR)
        if not row_id.isdecimal() or len(row_id) > LONGEST_ID:
            return None
        if not value:
            return (None, int(row_id)) if self.nullable else None
        try:
            return self.parse(value), int(row_id)
        except (ValueError, OverflowError):
            return None

    def cursor(self, row: Model) -> str:
        value = getattr(row, self.field)
        if isinstance(value, date | datetime):
            value = value.isoformat()
        return f"{'' if value is None else value}{SEPARATOR}{row.pk}"


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows, and the cursor of the page behind them (empty on the last one)."""

    rows: Sequence[M]
    next: str


def page_of(rows: "QuerySet[M]", order: Order, cursor: str = "", size: int = PAGE) -> Page[M]:
    """The page of `rows` that starts behind `cursor`."""
    found: list[M] = []
    for part in order.parts(cursor):
        found += rows.filter(part).order_by(*order.names)[: size + 1 - len(found)]
        if len(found) > size:
            break
    more = len(found) > size
    return Page(found[:size], order.cursor(found[size - 1]) if more else "")


def parse_moment(text: str) -> datetime:
    """An ISO date and time with its zone; a URL turns an unescaped plus sign into a space.

    Raises:
        ValueError: it is none, or names no zone.
        OverflowError: it lies outside the years that there are in UTC.
    """
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone")
    return moment.astimezone(UTC)


def parse_count(text: str) -> int:
    """A number of words or the like.

    Raises:
        ValueError: it is none, or larger than a column holds.
    """
    if not text.isdecimal() or len(text) > 9:
        raise ValueError(f"{text[:20]!r} is no count")
    return int(text)


def parse_words(text: str) -> str:
    """A string as a database can hold it.

    Raises:
        ValueError: PostgreSQL knows no zero character.
    """
    if "\x00" in text:
        raise ValueError("a zero character in a cursor")
    return text
