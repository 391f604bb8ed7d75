"""What of a passage is still together after its words were matched one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from .alignment import Alignment
from .order import Row
from .words import Words

#: An insertion of more words than this, and of more than so many times the passage, parts it in two.
MOST_BETWEEN, TIMES_BETWEEN = 150, 3
#: So many parts are kept open: what went elsewhere from amid a passage does not cut it in two.
OPEN = 4
#: A passage whose parts changed places is whole if so much of it stands together, and of what stands there so much is
#: its own; fewer letters do so by chance.
WHOLE, OWN, FEWEST = 0.9, 0.66, 28
#: So few letters at the end of a passage may have been matched by chance.
LIGHT = 10


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of old words whose images follow upon one another, and how many letters they have."""

    rows: Sequence[Row]
    letters: int

    @property
    def first(self) -> int:
        return self.rows[0][0]

    @property
    def last(self) -> int:
        return self.rows[-1][1] - 1


def heaviest(alignment: Alignment, first: int, behind: int) -> Part | None:
    """The largest part of a passage that is still together; of two, the earlier one."""
    parts = (Part(rows, weight(alignment, rows)) for rows in parts_of(alignment, first, behind))
    part = max(parts, key=lambda part: part.letters, default=None)
    if part is None or len(part.rows) == 1:
        return part
    rows = trimmed(alignment, trimmed(alignment, part.rows, behind, 1), first - 1, -1)
    return Part(rows, weight(alignment, rows))


def weight(alignment: Alignment, rows: Sequence[Row]) -> int:
    return sum(alignment.letters(start, end) for start, end in rows)


def trimmed(alignment: Alignment, rows: Sequence[Row], outside: int, step: int) -> Sequence[Row]:
    """The rows without a few words at one end that got far off by chance.

    They did not if what stood behind them still does, and only what was inserted is between them and the others.
    `outside` is the word beside the passage at that end, and `step` the way to it.
    """
    image = alignment.image
    ordered = rows[::step]
    while len(ordered) > 1:
        (_, before), (nearest, farthest) = outwards(ordered[-2], step), outwards(ordered[-1], step)
        low, high = sorted((image[before], image[nearest]))
        if alignment.letters(*ordered[-1]) > LIGHT or high - low <= 4 + 2 * abs(nearest - before):
            break
        continued = farthest + step == outside and alignment.image_of(outside) == image[farthest] + step
        inserted = continued and alignment.taken_around(low + 1, low + 1)[1] == high
        if inserted and (parted(alignment.old, before, nearest) or not parted(alignment.new, low, high)):
            break
        ordered = ordered[:-1]
    return ordered[::step]


def parted(words: Words, one: int, other: int) -> bool:
    """Whether two words stand in different paragraphs."""
    first, last = sorted((one, other))
    return "\n" in words.text[words.starts[first] : words.starts[last]]


def outwards(row: Row, step: int) -> tuple[int, int]:
    """The first and the last word of a row on the way to one end of the passage."""
    return (row[0], row[1] - 1) if step > 0 else (row[1] - 1, row[0])


def parts_of(alignment: Alignment, first: int, behind: int) -> Sequence[list[Row]]:
    """The words of a passage that have images, put together with those that they still follow."""
    reach = max(MOST_BETWEEN, TIMES_BETWEEN * (behind - first))
    image, parts = alignment.image, list[list[Row]]()
    for row in alignment.rows(first, behind):
        here = image[row[0]]
        followed = next((part for part in parts[: -OPEN - 1 : -1] if 0 < here - image[part[-1][1] - 1] <= reach), None)
        if followed is None:
            parts.append([row])
        else:
            followed.append(row)
    return parts


def reordered(alignment: Alignment, first: int, behind: int) -> tuple[int, int] | None:
    """From which to before which new word a passage is, if hardly more than the order of its parts was changed."""
    rows = list(alignment.rows(first, behind))
    images = [alignment.image[start] for start, _ in rows]
    letters, words = weight(alignment, rows), sum(end - start for start, end in rows)
    if images == sorted(images) or letters < max(FEWEST, WHOLE * alignment.letters(first, behind)):
        return None
    low, high = min(images), max(image + end - start for image, (start, end) in zip(images, rows, strict=True))
    return (low, high) if words >= OWN * (high - low) else None
