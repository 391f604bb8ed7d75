"""Matching two sequences of words, in order: what is the same on both sides, and where.

Patience diff (after Bram Cohen): what stands once on either side is matched first, and of that the longest chain that
keeps its order; then the same between the links. The longest common subsequence is tried on small gaps only, so that
the work is bounded by the lengths alone, never by a clock.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

#: A part of the old words and the part of the new ones that it is compared with.
Gap = tuple[int, int, int, int]
#: An old word and its image.
Pair = tuple[int, int]

#: The most words of one side times those of the other that are compared each with each (some milliseconds).
MOST_CELLS = 4_000_000
#: And the least for which it is worth to look for unique runs first.
FEW_CELLS = 150
#: Runs so short are found in any long text; they are looked for within twice the length of the other side, and more.
SHORT, ROOM = 2, 16
#: Words farther apart than this hardly belong together.
FAR = 6


def matched(old: Sequence[int], new: Sequence[int], gap: Gap, runs: Sequence[int]) -> list[Pair]:
    """Pairs in order, by runs that are unique in the gap: of the first length, between these of the next, and so on.

    A length of 0 asks for the longest common subsequence.
    """
    pairs: list[Pair] = []
    a, b, c, d = gap
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    last, end = b, d
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    if a < b and c < d and runs:
        pairs += _near(old, new, (a, b, c, d), runs)
    pairs += zip(range(b, last), range(d, end), strict=True)
    return pairs


def _near(old: Sequence[int], new: Sequence[int], gap: Gap, runs: Sequence[int]) -> Sequence[Pair]:
    """The pairs of a gap; of one with much more on one side, those at its beginning or end, if they hang together best.

    In a long insertion every short word of what stood there is found somewhere.
    """
    a, b, c, d = gap
    more_old, more_new = 2 * (d - c) + ROOM, 2 * (b - a) + ROOM
    if runs[0] > SHORT or (b - a <= 2 * more_old and d - c <= 2 * more_new):
        return _inside(old, new, gap, runs)
    begins = a, min(b, a + more_old), c, min(d, c + more_new)
    ends = max(a, b - more_old), b, max(c, d - more_new), d
    tried = [_inside(old, new, part, runs) for part in (begins, ends, gap)]
    return max(tried, key=hanging_together)


def hanging_together(pairs: Sequence[Pair]) -> int:
    """How much of some pairs is in runs: a run of n counts n − 1, and every pair that is farther off takes away one."""
    near = sum(1 for (a, c), (b, d) in pairwise(pairs) if (b - a, d - c) == (1, 1))
    far = sum(1 for (a, c), (b, d) in pairwise(pairs) if max(b - a, d - c) > FAR)
    return 2 * near - far + len(pairs)


def _inside(old: Sequence[int], new: Sequence[int], gap: Gap, runs: Sequence[int]) -> list[Pair]:
    a, b, c, d = gap
    if runs[-1] == 0 and (b - a) * (d - c) <= FEW_CELLS:
        return common(old, new, gap)
    run, *shorter = runs
    found: list[Pair] = []
    for at, image in unique(old, new, gap, run) if run else common(old, new, gap):
        if at > a and image > c:
            found += matched(old, new, (a, at, c, image), shorter)
        found.append((at, image))
        a, c = at + 1, image + 1
    if shorter and a < b and c < d:
        found += matched(old, new, (a, b, c, d), shorter)
    return found


def unique(old: Sequence[int], new: Sequence[int], gap: Gap, run: int) -> list[Pair]:
    """The longest chain of runs that stand once on either side."""
    a, b, c, d = gap
    pairs: list[Pair] = []
    last = behind = -1
    for at, image in rising(seeds(once(old, [(a, b)], run), once(new, [(c, d)], run))):
        fresh = max(0, last - at, behind - image)
        pairs += zip(range(at + fresh, at + run), range(image + fresh, image + run), strict=True)
        last, behind = at + run, image + run
    return pairs


def seeds(old: dict[Hashable, int], new: dict[Hashable, int]) -> list[Pair]:
    """Where the runs stand that both sides have, in the order of the old."""
    return [(at, new[run]) for run, at in old.items() if run in new]


def once(words: Sequence[int], parts: Iterable[tuple[int, int]], run: int) -> dict[Hashable, int]:
    """Where the runs begin that stand once in all these parts together, in order."""
    runs = [(start, runs_of(words[start:end], run)) for start, end in parts]
    last: dict[Hashable, int] = {}
    for start, keys in runs:
        last.update(zip(keys, range(start, start + len(keys)), strict=True))
    if len(last) == sum(len(keys) for _, keys in runs):
        return last
    first: dict[Hashable, int] = {}
    for start, keys in reversed(runs):
        first.update(zip(reversed(keys), range(start + len(keys) - 1, start - 1, -1), strict=True))
    return {key: at for key, at in last.items() if first[key] == at}


def runs_of(words: Sequence[int], run: int) -> Sequence[Hashable]:
    """Every so many words in a row."""
    return words if run == 1 else list(zip(*(words[by:] for by in range(run)), strict=False))


def rising(seeds: Sequence[Pair]) -> list[Pair]:
    """The longest part of the seeds, ordered by their first numbers, that is also ordered by their second."""
    ends: list[int] = []
    ending: list[int] = []
    before: list[int] = []
    for number, (_, image) in enumerate(seeds):
        if not ends or image > ends[-1]:
            before.append(ending[-1] if ending else -1)
            ends.append(image)
            ending.append(number)
            continue
        length = bisect_left(ends, image)
        before.append(ending[length - 1] if length else -1)
        ends[length], ending[length] = image, number
    chain: list[Pair] = []
    last = ending[-1] if ending else -1
    while last >= 0:
        chain.append(seeds[last])
        last = before[last]
    return chain[::-1]


def common(old: Sequence[int], new: Sequence[int], gap: Gap) -> list[Pair]:
    """The longest common subsequence of a small gap; nothing of a large one."""
    a, b, c, d = gap
    cells = (b - a) * (d - c)
    if cells > MOST_CELLS or (cells <= FEW_CELLS and set(old[a:b]).isdisjoint(new[c:d])):
        return []
    pairs: list[Pair] = []
    for block in LCSseq.editops(old[a:b], new[c:d]).as_matching_blocks():
        start, image = a + block.a, c + block.b
        pairs += zip(range(start, start + block.size), range(image, image + block.size), strict=True)
    return pairs
