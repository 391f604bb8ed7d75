"""Stretches of time, for PostgreSQL: its index gives all that says a word, and only then is it put in order of time.

So each record says in which slices of time it is, small ones and large ones, and the newest stretch is asked for first:
an index that is asked for two words skips what has but one. How long that stretch is, its statistics say; where they
know nothing of a word it is as long as for one that is fairly common, and what that gives says how far the next goes.
"""

import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from django.db import connection
from django.db.models import Count

from reader.core.prepared import SomeReader
from reader.search.models import KIND_BITS, OBJECT_BITS, SECOND_BITS, SearchRecord, found_by

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: Slices last so many seconds, as powers of two: from an hour to four years.
LEVELS = (12, 15, 18, 21, 24, 27)
BELOW = KIND_BITS + OBJECT_BITS
#: What is found by its name stands behind all time; no key is above the last.
END = (1 << SECOND_BITS) - 1
LAST = (END + 1 << BELOW) - 1
#: Each kind, author, tag and publication is said once more with the slice of this size, about half a year.
OF_FACETS = 24
#: So many of the newest records are measured; each further stretch reaches at least, and at most, so many times as far.
FIRST, LEAST, FURTHEST = 4_000, 1.5, 64
#: A stretch has this much more than should be needed.
SPARE = 1.5
#: Of words that are not among the most used the planner knows nothing: up to such a share of all records may say them.
UNKNOWN = 0.015
#: Between each of these keys and the next lie as many records.
BOUNDS = """
    SELECT histogram_bounds::text::bigint[] FROM pg_stats
    WHERE tablename = 'reader_searchrecord' AND attname = 'id' AND schemaname = current_schema()
"""
MOST_SLICES = 6
#: So many seconds ahead of all clocks nothing is made: of other apps' exports two days are believed.
MARGIN = 2 * 86_400 + 3_600
#: So long, in seconds, what the statistics say is remembered.
REMEMBERED = 60.0


def slices_of(key: int) -> list[str]:
    return [slice_of(level, number_of(level, key)) for level in LEVELS]


def slice_of(level: int, number: int) -> str:
    return f"T{level}.{number}"


def number_of(level: int, key: int) -> int:
    """Of the slice of this size that has this key."""
    return key >> BELOW + level


def numbers_between(level: int, since: int, before: int, newest: int = 0) -> list[int]:
    """The numbers of the few slices of one size that have all of these keys; none, where they would be many.

    Behind the `newest` key that is known of there is nothing for eighty years, but for what is found by its name.
    """
    first, last = number_of(level, since), number_of(level, min(before - 1, LAST))
    if newest and last == number_of(level, LAST):
        until = number_of(level, max(newest, int(time.time()) << BELOW) + (MARGIN << BELOW))
        return [*range(first, until + 1), last] if until - first < MOST_SLICES else []
    return list(range(first, last + 1)) if last - first < MOST_SLICES else []


def slices_between(since: int, before: int, newest: int = 0) -> list[str]:
    """Slices that have all of these keys, and some beside; none, if nearly all have.

    Few slices, and of one size, where that is enough: the database looks at each of them for each thing that it finds.
    """
    if number_of(0, since) == 0:
        return []
    for level in LEVELS:
        if numbers := numbers_between(level, since, before, newest):
            return [slice_of(level, number) for number in numbers]
    return many_slices(number_of(LEVELS[0], since), number_of(LEVELS[0], min(before - 1, LAST)) + 1)


def many_slices(start: int, end: int) -> list[str]:
    """Those from the one of the smallest size up to the other, each as large as it can be."""
    found: list[str] = []
    for level, above in pairwise(LEVELS):
        each = 1 << (above - level)
        while start < end and start % each:
            found.append(slice_of(level, start))
            start += 1
        while start < end and end % each:
            end -= 1
            found.append(slice_of(level, end))
        start, end = start // each, end // each
    return [*found, *(slice_of(LEVELS[-1], number) for number in range(start, end))]


def stretches(
    reach: "Reach", before: int, found: Sized, wanted: int, expected: float, size: int = 0
) -> Iterator[tuple[int, int]]:
    """From the newest stretch to the oldest, each from a key on and below another; the more is found, the shorter.

    `expected` is how many of what is wanted there may be in all. Each begins with a slice of this size, where that
    makes it twice as long at most.
    """
    records = SPARE * wanted * reach.total / expected if expected else END
    while low := reach.key(records):
        whole = number_of(size, low) << BELOW + size
        if low - whole < min(before, reach.keys[0]) - low:
            low = whole
        if low < before:
            yield low, before
        before = min(low, before)
        records *= min(max(LEAST, SPARE * wanted / max(len(found), 1)), FURTHEST)
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
