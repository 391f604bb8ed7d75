"""Keyset paging: the next page starts after the last row seen, however many rows come in meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)

PAGE = 30
SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort a list: a field, then the id; rows without a value come last."""

    field: str
    parse: Callable[[str], Any]
    descending: bool = False
    nullable: bool = False

    def apply(self, rows: "QuerySet[M]") -> "QuerySet[M]":
        if not self.nullable:
            sign = "-" if self.descending else ""
            return rows.order_by(f"{sign}{self.field}", f"{sign}id")
        by = F(self.field)
        ordered = by.desc(nulls_last=True) if self.descending else by.asc(nulls_last=True)
        return rows.order_by(ordered, "-id" if self.descending else "id")

    def after(self, cursor: str) -> Q:
        """The rows behind the one that `cursor` names. A cursor nobody made is the start of the list."""
        value, _, row_id = cursor.rpartition(SEPARATOR)
        if not row_id.isdecimal() or len(row_id) > 18:
            return Q()
        side = "lt" if self.descending else "gt"
        if not value:
            return Q(**{f"{self.field}__isnull": True, f"id__{side}": int(row_id)}) if self.nullable else Q()
        try:
            at = self.parse(value)
        except (ValueError, OverflowError):
            return Q()
        behind = Q(**{f"{self.field}__{side}": at}) | Q(**{self.field: at, f"id__{side}": int(row_id)})
        return behind | Q(**{f"{self.field}__isnull": True}) if self.nullable else behind

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
    found = list(order.apply(rows.filter(order.after(cursor)))[: size + 1])
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
