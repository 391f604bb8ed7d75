"""Looking a passage up by its words alone, where nothing tells its place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from .anchors import Span
from .likeness import trace
from .words import Words

#: Words that stand more often than this tell no place, or where a passage has no rarer ones.
RARE, FREQUENT = 40, 400
#: How many words of a passage are asked where it may stand.
VOTERS = 12
#: The share of them that must agree on a place for it to be looked at.
QUORUM = 0.3
#: How many places are looked at closely, and the share of its words that the best of them must have, in order.
TRIES, COMMON = 3, 0.25


class Found(NamedTuple):
    """A place in a text, and what share of the passage's letters it has, from 0 to 1."""

    place: Span
    score: float


class Index:
    """Where each word of a text stands; only the words at `places` are looked at."""

    def __init__(self, words: Words, places: Iterable[int]) -> None:
        self.words = words
        self.places: defaultdict[int, list[int]] = defaultdict(list)
        for at in places:
            self.places[words.keys[at]].append(at)

    def search(self, passage: str, keys: Sequence[int]) -> Found | None:
        """The place most like `passage`, whose words are `keys`."""
        stretch = self._likest(keys)
        return self._look(passage, stretch) if stretch else None

    def _likest(self, keys: Sequence[int]) -> Span | None:
        """Of the likely stretches, the one that has most of the words; the letters of others are not compared."""
        likely = self.likely(keys)
        common = [LCSseq.similarity(keys, self.words.keys[slice(*self.words.within(*stretch))]) for stretch in likely]
        most = max(common, default=0)
        return likely[common.index(most)] if most >= COMMON * len(keys) and most else None

    def likely(self, keys: Sequence[int], room: int = 6) -> list[Span]:
        """The stretches of text in which these words may stand, with room for half as many others and some more."""
        size = len(keys) + len(keys) // 2 + room
        words = [(max(0, at - 3), min(len(self.words), at + size)) for at in self._likely(keys)]
        return [Span(self.words.starts[low], self.words.ends[high - 1]) for low, high in words]

    def _look(self, passage: str, stretch: Span) -> Found:
        """What is left of the passage in a stretch of text."""
        left = trace(passage, self.words.text[slice(*stretch)])
        place = self.words.snapped(stretch.start + left.start, stretch.start + left.end)
        return Found(Span(*place), left.letters / len(passage))

    def _likely(self, keys: Sequence[int]) -> list[int]:
        """Where the passage may begin: its rarest words vote for where it would, the rarer the louder."""
        width = max(4, len(keys) // 4)
        rarest = self._rarest(keys)
        meant = [{max(0, at - offset) // width for at in places} for offset, places in rarest]
        voters = Counter(chain.from_iterable(meant))
        agreed = [step for step in voters if voters[step] + voters[step + 1] >= QUORUM * len(rarest)]
        loud = [(-self._votes(rarest, meant, step), step) for step in agreed]
        return [step * width for _, step in sorted(loud)[:TRIES]]

    @staticmethod
    def _votes(rarest: Sequence[tuple[int, list[int]]], meant: Sequence[set[int]], step: int) -> float:
        """How loud the words speak for a step, or for the next; a place that is cut by the two counts for both."""
        spoken = ((step in steps) + (step + 1 in steps) for steps in meant)
        return sum(times / len(places) for times, (_, places) in zip(spoken, rarest, strict=True))

    def _rarest(self, keys: Sequence[int]) -> list[tuple[int, list[int]]]:
        """The words of a passage that tell most, each by its offset, and where they stand."""
        known = [(offset, self.places[key]) for offset, key in enumerate(keys) if key in self.places]
        known.sort(key=lambda word: (len(word[1]), word[0]))
        rare = [word for word in known[:VOTERS] if len(word[1]) <= RARE]
        return rare or [word for word in known[:1] if len(word[1]) <= FREQUENT]
