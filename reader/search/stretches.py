"""Stretches of time, for PostgreSQL: its index gives all that says a word, and only then is it put in order of time.

So each record says in which slices of time it is (`slices.py`), and the newest stretch is asked for first: an index
that is asked for two words skips what has but one. How long that stretch is, its statistics say; where they know
nothing of a word it is as long as for one that is fairly common, and what that gives says how far the next goes.
"""

import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import lru_cache
from operator import neg
from typing import TYPE_CHECKING, NamedTuple, cast

from django.db import connection
from django.db.models import Count

from reader.core.prepared import SomeReader
from reader.search.models import SearchRecord, found_by
from reader.search.slices import BELOW, END, beginning, number_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: Each kind, author, tag and publication is said once more with the slice of this size, about half a year.
OF_FACETS = 24
#: So many of the newest records are measured; the second stretch reaches farther by at least so many times as much as
#: the first, each further one by twice that of the one before; and by at most so many times as much as all before it.
FIRST, LEAST, FURTHEST = 4_000, 0.1, 64
#: A stretch has this much more than should be needed: by what the planner believes, and by what was found so far.
SPARE, SPARE_KNOWN = 1.5, 1.25
#: Of words that are not among the most used the planner knows nothing: up to such a share of all records may say them.
UNKNOWN = 0.015
#: Between each of these keys and the next lie as many records.
BOUNDS = """
    SELECT histogram_bounds::text::bigint[] FROM pg_stats
    WHERE tablename = 'reader_searchrecord' AND attname = 'id' AND schemaname = current_schema()
"""
#: So long, in seconds, what the statistics say is remembered.
REMEMBERED = 60.0


def stretches(
    reach: "Reach", before: int, found: Sized, wanted: int, expected: float, size: int = 0
) -> Iterator[tuple[int, int]]:
    """From the newest stretch to the oldest, each from a key on and below another; the less is missing, the shorter.

    `expected` is how many of what is wanted there may be in all. Each begins with a slice, since slices are what the
    database reads: one of this size, where that makes it twice as long at most.
    """
    newest, least = reach.keys[0], LEAST
    records = SPARE * wanted * reach.total / expected if expected else END
    while low := reach.key(records):
        whole = number_of(size, low) << BELOW + size
        if low - whole < min(before, newest) - low:
            low = whole
        if low < before:
            low = beginning(low, before, newest)
            yield low, before
        before = min(low, before)
        missing = SPARE_KNOWN * (wanted - len(found)) / max(len(found), 1)
        records = max(records, reach.newer(before)) * (1 + min(max(least, missing), FURTHEST))
        least *= 2
    yield 0, before


class Reach(NamedTuple):
    """How far back so many of the newest records reach, as far as that is known: counts, and keys from there on."""

    total: int
    counts: Sequence[float]
    keys: Sequence[int]

    def key(self, records: float) -> int:
        """About so many records have this key or a newer one; 0, where there are not so many."""
        at = bisect_right(self.counts, records)
        if at == len(self.counts):
            return 0
        newer, older = self.keys[at - 1], self.keys[at]
        part = (records - self.counts[at - 1]) / (self.counts[at] - self.counts[at - 1])
        return newer - round((newer - older) * part)

    def newer(self, key: int) -> float:
        """About so many records have this key or a newer one."""
        at = bisect_right(self.keys, -key, key=neg)
        if at in (0, len(self.keys)):
            return self.counts[at - 1] if at else 0.0
        newer, older = self.keys[at - 1], self.keys[at]
        return self.counts[at - 1] + (self.counts[at] - self.counts[at - 1]) * (newer - key) / (newer - older)


@dataclass(slots=True)
class LastReach:
    """What was known a moment ago. Whatever it says, nothing is found twice or missed."""

    known: Reach | None = None
    until: float = 0.0

    def now(self) -> Reach | None:
        if time.monotonic() >= self.until:
            self.known, self.until = asked(), time.monotonic() + REMEMBERED
        return self.known


def asked() -> Reach | None:
    """The reach of the newest few thousand records, and that of each hundredth of all; nothing where there are few."""
    moments = SearchRecord.objects.filter(pk__lt=END << BELOW).order_by("-pk").values_list("pk", flat=True)
    ends = [next(iter(moments[at : at + 1]), 0) for at in (0, FIRST)]
    if not all(ends):
        return None
    total = planned()
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS)
        # None where there was one record alone when the database last looked.
        bounds: list[int] = next(iter(cursor.fetchall()), ([],))[0] or []
    each = total / max(1, len(bounds) - 1)
    points = [(0.0, ends[0]), (float(FIRST), ends[1])]
    points += [(number * each, key) for number, key in enumerate(reversed(bounds)) if key < ends[1]]
    rising = [point for at, point in enumerate(points) if at < 2 or point[0] > FIRST]
    return Reach(total, [count for count, _ in rising], [key for _, key in rising])


@lru_cache(maxsize=1_000)
def expected(expression: str, minute: int) -> int:
    """How many records may say so, as the planner believed it this minute."""
    return max(planned(expression), int(UNKNOWN * planned()))


def planned(expression: str = "") -> int:
    """How many records the planner believes to say so; or to be there at all."""
    where, params = ("WHERE vector @@ %s::tsquery", [expression]) if expression else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM reader_searchrecord {where}", params)
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


@lru_cache(maxsize=1_000)
def share_seen(reader: SomeReader, minute: int) -> float:
    """Which part of all records somebody may see, as far as the hundred say whose keys are known."""
    reach = REACH.now()
    known = SearchRecord.objects.filter(pk__in=reach.keys if reach else [])
    counted = known.aggregate(all=Count("pk"), seen=Count("pk", filter=found_by(cast("AnyUser", reader))))
    return counted["seen"] / counted["all"] if counted["all"] else 1.0


REACH = LastReach()
