"""Parallel sentences that changed places, each matched with itself again.

"Nvidia will ship four million. AMD will ship four million." share all words but two, so what stands in the place of the
one is more like it, in order, than what it became. Which is which is told by the very words, where they stand once in
either text, and else by the words that have no partner where the sentence was put, but one in another: a name, above
all. Only what is crossed is matched anew: a sentence whose place another one took, or that took another's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

from .order import out_of_order, rows
from .runs import Gap
from .sentences import END_OF_PARAGRAPH, Sentences, are_alike, is_another

if TYPE_CHECKING:
    from .alignment import Alignment

#: Words in more sentences than this tell none of them from the others.
COMMON = 8
#: How much more a word says that is written with a capital letter, as names are; and one with a digit, which is what a
#: forecast is edited in.
NAME, NUMBER = 1.5, 0.3
#: How much more must speak for a sentence than for the next one.
AHEAD = 0.3


def uncross(alignment: "Alignment") -> list[Gap]:
    """Match what is crossed with what it became: from where to where.

    Paragraphs go first, then sentences: what has no name of its own goes along with what has one.
    """
    paragraphs = Sentences(alignment.old, END_OF_PARAGRAPH), Sentences(alignment.new, END_OF_PARAGRAPH)
    crossed = Crossing(alignment, *paragraphs).undone([])
    return Crossing(alignment, alignment.sentences, alignment.new_sentences).undone(crossed)


def hold(alignment: "Alignment", gaps: Sequence[Gap]) -> None:
    """Take away what was matched across such sentences since."""
    for start, end, low, high in gaps:
        for at in range(start, end):
            if alignment.image[at] >= 0 and not low <= alignment.image[at] < high:
                alignment.release(at, at + 1)
        for at in alignment.source[low:high]:
            if at >= 0 and not start <= at < end:
                alignment.release(at, at + 1)


class Crossing:
    """Which sentences of an alignment are crossed."""

    def __init__(self, alignment: "Alignment", old: Sentences, new: Sentences) -> None:
        self.alignment, self.old, self.new = alignment, old, new
        #: The new sentences among which the words of each old one are, and the old ones of each new one.
        self.stands = partners(self.old, self.new, alignment.image)
        self.holders = partners(self.new, self.old, alignment.source)
        self.became = self._verbatim()
        self.became |= self._named()
        self.home = {now: was for was, now in self.became.items()}

    def undone(self, before: Sequence[Gap]) -> list[Gap]:
        """Take what is crossed away, and match each sentence with its own; these, and those matched anew before."""
        alignment = self.alignment
        crossed = {was: self._gap(was, now) for was, now in self.became.items() if self._is_crossed(was, now)}
        for start, end, low, high in crossed.values():
            put_there = {one for one in self._holding(low, high) if not self._has_place(one)}
            for at in [*range(start, end), *alignment.source[low:high]]:
                if at >= 0 and alignment.image[at] >= 0 and self.old.at(at) not in put_there:
                    alignment.release(at, at + 1)
        free = [self._gap(*pair) for pair in self.became.items() if self._is_alone(*pair)] if crossed or before else []
        for gap in [*crossed.values(), *free]:
            alignment.claim(alignment.compared(gap), moved=1)
        if crossed or free:
            alignment.elsewhere = out_of_order(alignment, list(rows(alignment.image)))
        again = {was for start, end, _, _ in before for was in range(self.old.at(start), self.old.at(end - 1) + 1)}
        return [self._gap(was, now) for was, now in self.became.items() if was in crossed or was in again]

    def _holding(self, low: int, high: int) -> set[int]:
        """The old sentences that are matched with some new words."""
        return {number for now in range(self.new.at(low), self.new.at(high - 1) + 1) for number in self.holders[now]}

    def _has_place(self, number: int) -> bool:
        """Whether it is known where an old sentence is, or it is one of several alike; else it may have come there."""
        return number in self.became or next(self.old.parallel_to(number), None) is not None

    def _gap(self, was: int, now: int) -> Gap:
        """The words of a sentence, and of those behind it that are behind it still and cannot be told from others."""
        more = 1
        while self._is_any(was + more, now + more):
            more += 1
        return self.old.starts[was], self.old.ends[was + more - 1], self.new.starts[now], self.new.ends[now + more - 1]

    def _is_alone(self, was: int, now: int) -> bool:
        """Whether neither has been matched with anything."""
        return not self.stands[was] and not self.holders[now]

    def _is_any(self, was: int, now: int) -> bool:
        """Whether two sentences are the same, and stand more than once."""
        if was >= len(self.old.starts) or now >= len(self.new.starts) or was in self.became or now in self.home:
            return False
        return self.old.keys(was) == self.new.keys(now)

    def _verbatim(self) -> dict[int, int]:
        """The sentences whose words stand once in either text."""
        new = self.new.by_words()
        return {was: new[words] for words, was in self.old.by_words().items() if words in new}

    def _named(self) -> dict[int, int]:
        """Those of the others that are torn, or have words without a partner that could have one: what they share."""
        old, new = self._concerned()
        old, new = old - self.became.keys(), new - set(self.became.values())
        return Likeness(self.old, self.new, old, new).pairs() if old and new else {}

    def _concerned(self) -> tuple[set[int], set[int]]:
        """The sentences that may be crossed, and those that they are matched with."""
        likely = {pair for pair in self._likely() if self._are_alike(*pair)}
        old, new = {was for was, _ in likely}, {now for _, now in likely}
        return old.union(*(self.holders[one] for one in new)), new.union(*(self.stands[one] for one in old))

    def _likely(self) -> set[tuple[int, int]]:
        """The sentences that share a word without a partner, or are matched in some of their words."""
        pairs = {(was, now) for was, among in enumerate(self.stands) if len(among) > 1 for now in among}
        pairs |= {(was, now) for now, among in enumerate(self.holders) if len(among) > 1 for was in among}
        lonely, others = alone(self.old, self.alignment.image), alone(self.new, self.alignment.source)
        for key in lonely.keys() & others.keys():
            if max(len(lonely[key]), len(others[key])) <= COMMON:
                pairs |= {(was, now) for was in lonely[key] for now in others[key]}
        return pairs

    def _are_alike(self, was: int, now: int) -> bool:
        one, other = self.old.keys(was), self.new.keys(now)
        return 3 * min(len(one), len(other)) >= max(len(one), len(other)) and are_alike(one, other)

    def _is_crossed(self, was: int, now: int) -> bool:
        """Whether another sentence is matched with what this one became, or this one with what another became."""
        holder = mostly(self.holders[now], self.new, now)
        if holder not in (None, was):
            return True
        stands = max(self.stands[was].items(), key=lambda one: one[1], default=(now, 0))[0]
        if stands != now and stands not in self.home:
            return holder is None and is_another(self.old, was, self.new.stretch(now), self.new.stretch(stands))
        astray = any(self.home.get(other, was) != was for other in self.stands[was])
        return astray or any(self.became.get(other, now) != now for other in self.holders[now])


def alone(sentences: Sentences, partners: Sequence[int]) -> dict[int, set[int]]:
    """The words without a partner, and the sentences in which they are."""
    words, number_of = sentences.words, sentences.numbers
    found: defaultdict[int, set[int]] = defaultdict(set)
    for at, partner in enumerate(partners):
        if partner < 0:
            found[words.keys[at]].add(number_of[at])
    return found


def partners(sentences: Sentences, others: Sentences, images: Sequence[int]) -> list[Counter[int]]:
    """How many words of each sentence are matched with which others."""
    number_of = others.numbers
    return [
        Counter([number_of[there] for there in images[start:end] if there >= 0])
        for start, end in zip(sentences.starts, sentences.ends, strict=True)
    ]


def mostly(among: Counter[int], sentences: Sentences, number: int) -> int | None:
    """The sentence that has most of the partners of another's words, if it is half of these."""
    other, times = max(among.items(), key=lambda one: one[1], default=(None, 0))
    return other if 2 * times >= sentences.ends[number] - sentences.starts[number] else None


class Likeness:
    """How much speaks for some old sentences to have become some new ones: the words they share, the rarer the more."""

    def __init__(self, old: Sentences, new: Sentences, was: Iterable[int], now: Iterable[int]) -> None:
        self.old, self.new = old, new
        in_old, in_new = by_word(old, was), by_word(new, now)
        self.shared: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self.shared_by: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for key, ones in in_old.items():
            others = in_new.get(key, ())
            if others and max(len(ones), len(others)) <= COMMON:
                much = says(old, next(iter(ones)), key) / (len(ones) * len(others))
                for one, other in product(ones, others):
                    self._add(one, other, much)

    def _add(self, one: int, other: int, much: float) -> None:
        self.shared[one][other] = self.shared_by[other][one] = self.shared[one].get(other, 0.0) + much

    def pairs(self) -> dict[int, int]:
        """Each with the one it shares most with, where that is so the other way round, and they are alike at all."""
        became = {one: other for one in self.shared if (other := first(self.shared[one])) is not None}
        return {
            one: other
            for one, other in became.items()
            if first(self.shared_by[other]) == one and are_alike(self.old.keys(one), self.new.keys(other))
        }


def by_word(sentences: Sentences, numbers: Iterable[int]) -> dict[int, set[int]]:
    """Which sentences each word stands in."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for number in numbers:
        for at in range(sentences.starts[number], sentences.ends[number]):
            if not sentences.words.is_sign(at):
                found[sentences.words.keys[at]].add(number)
    return found


def says(sentences: Sentences, number: int, key: int) -> float:
    """How much a word of a sentence tells it from others."""
    at = sentences.words.keys.index(key, sentences.starts[number])
    spelled = sentences.words.spelled_at(at)
    return NUMBER if any(sign.isdigit() for sign in spelled) else NAME if spelled[0].isupper() else 1.0


def first(shared: Mapping[int, float]) -> int | None:
    """The one that most is shared with, if it is well ahead of the next."""
    ranked = sorted(shared.items(), key=lambda one: -one[1])[:2]
    if len(ranked) == 2 and ranked[0][1] < ranked[1][1] + AHEAD:
        return None
    return ranked[0][0] if ranked else None
