"""What of the cases was carried rightly."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from reader.anchoring import Anchor, Anchored, Method, State, carry, find

from .cases import Sample
from .tracked import Span

#: So much of the place found and the true place must be common to both, of what they have together.
ENOUGH = 0.8
#: How many characters on either side a mark from elsewhere brings along, as Hypothesis' client keeps them.
AROUND = 32


@dataclass
class Tally:
    """How many passages came out how."""

    of: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: str) -> None:
        self.of[outcome] += 1

    def share(self, *outcomes: str, among: tuple[str, ...] = ()) -> float:
        """The percentage of these outcomes."""
        total = sum(self.of[outcome] for outcome in among) if among else self.of.total()
        return 100 * sum(self.of[outcome] for outcome in outcomes) / max(1, total)


def outcome(sample: Sample, found: Anchored) -> str:
    """right or gone (rightly so); else what is wrong with it: inexact, elsewhere, lost, or kept (what is gone)."""
    if sample.truth is None:
        return "gone" if found.state == State.ORPHANED else "kept"
    if found.state == State.ORPHANED:
        return "lost"
    common = overlap((found.start, found.end), sample.truth)
    return "right" if common >= ENOUGH else "inexact" if common > 0 else "elsewhere"


def overlap(one: Span, other: Span) -> float:
    """Intersection over union."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return common / max(1, one[1] - one[0] + other[1] - other[0] - common)


def by_carry(sample: Sample) -> Anchored:
    """With both texts."""
    return carry(sample.old, sample.new, [Anchor(*sample.passage)])[0]


def by_find(sample: Sample) -> Anchored:
    """With the words, what stood around them, and where: all that a mark from elsewhere has."""
    start, end = sample.passage
    around = sample.old[max(0, start - AROUND) : start], sample.old[end : end + AROUND]
    return find(sample.new, sample.old[start:end], *around, hint=start)


def by_words(sample: Sample) -> Anchored:
    """The floor: the very words, where they stand for the first time."""
    exact = sample.old[slice(*sample.passage)]
    at = sample.new.find(exact)
    state, method = (State.ANCHORED, Method.EXACT) if at >= 0 else (State.ORPHANED, Method.NONE)
    return Anchored(max(at, 0), at + len(exact) if at >= 0 else 0, state, method, float(at >= 0))


def tallied(samples: Iterable[Sample], found: Callable[[Sample], Anchored] = by_carry) -> dict[str, Tally]:
    """The outcomes by class and by length, and of all."""
    tallies = defaultdict[str, Tally](Tally)
    for sample in samples:
        result = outcome(sample, found(sample))
        for name in groups(sample):
            tallies[name].add(result)
    return tallies


def groups(sample: Sample) -> Iterator[str]:
    """What a case counts for; an edit of which the passage shows nothing is no touch."""
    yield "all"
    yield sample.length
    yield sample.kind
    if sample.new.count(sample.old[slice(*sample.passage)]) != 1:
        yield "touched"
