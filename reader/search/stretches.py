"""Stretches of time, for PostgreSQL: its index gives all that says a word, and only then is it put in order of time.

So each record says in which slices of time it is, small ones and large ones, and the newest stretch is asked for first:
an index that is asked for two words skips what has but one. How long that stretch is, its statistics say: what is rare
is looked for at once in all time, since to look at its slices would take longer than to put it in order.
"""

import time
from collections.abc import Iterator, Sized
from dataclasses import dataclass

from django.db import connection

from reader.search.models import KIND_BITS, OBJECT_BITS, SECOND_BITS, SearchRecord

#: Slices last so many seconds, as powers of two: from an hour to four years.
LEVELS = (12, 15, 18, 21, 24, 27)
BELOW = KIND_BITS + OBJECT_BITS
#: What is found by its name stands behind all time.
END = (1 << SECOND_BITS) - 1
#: So many of the newest records are measured; each further stretch reaches at least, and at most, so many times as far.
FIRST, LEAST, FURTHEST = 4_000, 4, 64
#: No more than so many are put in order as they are; and the first stretch has this much more than should be needed.
RARE, SPARE = 10_000, 1.4
#: Of what is wanted less than one in so many is little.
FEW = 16
MOST_SLICES = 12
#: So many seconds ahead of all clocks nothing is made.
MARGIN = 3_600
#: So long, in seconds, the reach of the first stretch is remembered.
REMEMBERED = 60.0


def slices_of(key: int) -> list[str]:
    seconds = key >> BELOW
    return [slice_of(level, seconds) for level in LEVELS]


def slice_of(level: int, seconds: int) -> str:
    return f"T{level}.{seconds >> level}"


def slices_between(since: int, before: int, newest: int = 0) -> list[str]:
    """Slices that have all of these keys, and some beside; none, if nearly all have.

    Few slices, and of one size, where that is enough: the database looks at each of them for each thing that it finds.
    Behind the `newest` key that is known of there is nothing for eighty years, but for what is found by its name.
    """
    start, end = since >> BELOW, min(before - 1 >> BELOW, END)
    if not start:
        return []
    if end == END and newest:
        until = max(newest >> BELOW, int(time.time())) + MARGIN
        names = [slice_of(LEVELS[0], END)]
        return names if start > until else [*slices_between(since, until + 1 << BELOW), *names]
    for level in LEVELS:
        if (end >> level) - (start >> level) < MOST_SLICES:
            return [f"T{level}.{at}" for at in range(start >> level, (end >> level) + 1)]
    start >>= LEVELS[0]
    end = (end >> LEVELS[0]) + 1
    found: list[str] = []
    for level, above in zip(LEVELS, (*LEVELS[1:], None), strict=True):
        if above is None:
            return [*found, *(f"T{level}.{at}" for at in range(start, end))]
        each = 1 << (above - level)
        while start < end and start % each:
            found.append(f"T{level}.{start}")
            start += 1
        while start < end and end % each:
            end -= 1
            found.append(f"T{level}.{end}")
        start, end = start // each, end // each
    return found


def stretches(since: int, before: int, found: Sized, wanted: int, expected: int) -> Iterator[tuple[int, int]]:
    """From the newest stretch to the oldest, each from a key on and below another; the more is found, the shorter.

    `expected` is how many there may be in all.
    """
    newest, span = SPAN.now() or (0, 0)
    span = 0 if expected <= RARE else round(span * SPARE * wanted / expected)
    if span and before < newest:  # the rest of a question: a good part of what was looked through already
        newest, span = before, max(span, (newest - before) // LEAST)
    low = newest - span
    while span and low > since:
        yield low, before
        before = low
        span *= times_as_far(len(found), wanted)
        low = newest - span
    yield since, before


def times_as_far(found: int, wanted: int) -> int:
    """A few times as far; where little is found, as far as there should be enough if it goes on as it began."""
    return min(max(LEAST, wanted // max(found, 1)), FURTHEST) if found * FEW < wanted else LEAST


@dataclass(slots=True)
class Span:
    """How far back all records would reach, as the newest few thousand lie. Whatever it says, nothing is missed."""

    known: tuple[int, int] | None = None
    until: float = 0.0

    def now(self) -> tuple[int, int] | None:
        if time.monotonic() >= self.until:
            self.known, self.until = self.asked(), time.monotonic() + REMEMBERED
        return self.known

    def asked(self) -> tuple[int, int] | None:
        """The newest key and the span, or nothing where there are not many records."""
        keys = SearchRecord.objects.filter(pk__lt=END << BELOW).order_by("-pk").values_list("pk", flat=True)
        oldest = next(iter(keys[FIRST : FIRST + 1]), None)
        if oldest is None:
            return None
        of_first = max(keys[0] - oldest, 1 << BELOW + LEVELS[0])
        return keys[0], of_first * max(1, expected() // FIRST)


def expected(expression: str = "") -> int:
    """How many records the planner believes to say so; or to be there at all."""
    where, params = ("WHERE vector @@ %s::tsquery", [expression]) if expression else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM reader_searchrecord {where}", params)
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


SPAN = Span()
