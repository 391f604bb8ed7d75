"""Slices of time: each record says in which it is, small ones and large ones, so that an index can be asked for few."""

import time
from collections.abc import Iterator
from itertools import pairwise

from reader.search.models import KIND_BITS, OBJECT_BITS, SECOND_BITS

#: Slices last so many seconds, as powers of two: from an hour to four years.
LEVELS = (12, 15, 18, 21, 24, 27)
BELOW = KIND_BITS + OBJECT_BITS
#: What is found by its name stands behind all time; no key is above the last.
END = (1 << SECOND_BITS) - 1
LAST = (END + 1 << BELOW) - 1
#: So many are asked for at most, where larger ones can be asked for instead.
MOST_SLICES = 4
#: So many seconds ahead of all clocks nothing is made: of other apps' exports two days are believed.
MARGIN = 2 * 86_400 + 3_600


def slices_of(key: int) -> list[str]:
    return [slice_of(level, number_of(level, key)) for level in LEVELS]


def slice_of(level: int, number: int) -> str:
    return f"T{level}.{number}"


def number_of(level: int, key: int) -> int:
    """Of the slice of this size that has this key."""
    return key >> BELOW + level


#: The largest slice at the end of time.
NAMED = slice_of(LEVELS[-1], number_of(LEVELS[-1], LAST))


def slices_between(since: int, before: int, newest: int = 0) -> list[str]:
    """Slices that have all of these keys, and some beside; none, if nearly all have.

    As small ones as leaves them few: the database looks at each of them for each thing that it finds. Behind the
    `newest` key that is known of there is nothing for eighty years, but for what is found by its name.
    """
    return [] if number_of(0, since) == 0 else covering(since, before, newest)[1]


def beginning(since: int, before: int, newest: int) -> int:
    """With which key the first of these slices begins."""
    level = covering(since, before, newest)[0]
    return number_of(level, since) << BELOW + level


def covering(since: int, before: int, newest: int) -> tuple[int, list[str]]:
    """These slices, with the size of the smallest."""
    last, is_last = last_key(before, newest), is_open(before, newest)
    slices: list[str] = []
    for at, level in enumerate(LEVELS):
        slices = [*up_from(at, number_of(level, since), number_of(level, last) + 1, is_last=is_last)]
        if len(slices) <= MOST_SLICES:
            break
    return level, [*slices, NAMED] if is_last else slices


def is_open(before: int, newest: int) -> bool:
    """Whether all are wanted that are as new as any."""
    return bool(newest) and number_of(LEVELS[-1], before - 1) >= number_of(LEVELS[-1], LAST)


def last_key(before: int, newest: int) -> int:
    """No key below `before` is above this, but for what is found by its name."""
    ahead = max(newest, int(time.time()) << BELOW) + (MARGIN << BELOW)
    return ahead if is_open(before, newest) else min(before - 1, LAST)


def numbers_between(level: int, since: int, before: int, newest: int) -> list[int]:
    """The numbers of the few slices of this one size that have all of these keys; none, where they would be many."""
    last = last_key(before, newest)
    numbers = [*range(number_of(level, since), number_of(level, last) + 1)]
    if len(numbers) >= MOST_SLICES:
        return []
    return [*numbers, number_of(level, LAST)] if is_open(before, newest) else numbers


def up_from(at: int, start: int, end: int, *, is_last: bool) -> Iterator[str]:
    """Those of this size from the one up to the other, in larger ones as far as they are within.

    Where they are the last there are, larger ones may reach farther.
    """
    for level, above in pairwise(LEVELS[at:]):
        each = 1 << above - level
        if end - start <= 2:
            break
        while start < end and start % each:
            yield slice_of(level, start)
            start += 1
        while start < end and end % each and not is_last:
            end -= 1
            yield slice_of(level, end)
        if start == end:
            return
        start, end = start // each, -(-end // each)
    else:
        level = LEVELS[-1]
    yield from (slice_of(level, number) for number in range(start, end))
