"""Which sentences say the same in similar words.

By the measure with which the desk looks for duplicates (`claims.similarity`), and stricter, since nobody has worded
these for the ledger: the numbers must be the same and count in the same, both must deny or neither, none must rise
where the other falls or say the opposite otherwise (`opposites`), and where each names somebody whom the other does
not, they speak of two.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from operator import itemgetter

from reader.claims.similarity import ALIKE, TOO_COMMON, fold, share, trigrams_of, words_of
from reader.foresight.sweeps.amounts import Amount, amounts_in, in_one_writing
from reader.foresight.sweeps.opposites import AMOUNTS, SIGNS, UNITS, telling, turned
from reader.spotting.lexicon import words as vocabulary

NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:fold\b)?")
WORD = re.compile(r"\w+")
DENIAL = re.compile(r"\b(?:not|never|no|nobody|nothing|none|nor|cannot)\b|n['’]t\b", re.IGNORECASE)
NAME = re.compile(r"(?<![\w’'-])[A-Z][\w-]*")
#: Which way it goes, by words without their plural.
UP = vocabulary("rise rising rose grow growing increase gain climb up higher more win double triple above beat")
DOWN = vocabulary("fall falling fell shrink decrease decline drop down lower less fewer lose halve below")


@dataclass(frozen=True)
class Said:
    """A sentence, with what must not differ in two that say the same."""

    words: str

    @cached_property
    def amounts(self) -> list[Amount]:
        return amounts_in(self.words)

    @cached_property
    def plain(self) -> str:
        """The words with equal amounts in one writing."""
        return in_one_writing(self.words, self.amounts)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number.replace(",", "") for number in NUMBER.findall(self.plain))

    @cached_property
    def denies(self) -> bool:
        return DENIAL.search(self.words) is not None

    @cached_property
    def way(self) -> frozenset[bool]:
        """Whether it speaks of more, of less, of both or of neither."""
        written = WORD.findall(fold(self.words))
        said = {*written, *(word.removesuffix("s") for word in written)}
        return frozenset(is_up for is_up, known in ((True, UP), (False, DOWN)) if not known.isdisjoint(said))

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words that turn it round, or say how much and in what."""
        signs = [name for sign, name in SIGNS.items() if sign in self.plain]
        return telling([*WORD.findall(fold(self.plain)), *signs])

    @cached_property
    def content(self) -> frozenset[str]:
        return words_of(self.plain)

    @cached_property
    def trigrams(self) -> frozenset[str]:
        return trigrams_of(self.plain)

    @cached_property
    def names(self) -> frozenset[str]:
        """What is written with a capital, as far as it says what the sentence is about."""
        return self.content & words_of(" ".join(NAME.findall(self.words)))

    def is_like(self, other: "Said") -> float:
        """How alike they are, from 0 to 1; 0 where they cannot say the same."""
        if self.numbers != other.numbers or self.denies != other.denies:
            return 0.0
        if self.names - other.content and other.names - self.content:
            return 0.0
        if self.way and other.way and self.way.isdisjoint(other.way):
            return 0.0
        if self.is_against(other):
            return 0.0
        if fold(self.plain) == fold(other.plain):
            return 1.0
        return (share(self.content, other.content) + share(self.trigrams, other.trigrams)) / 2

    def is_against(self, other: "Said") -> bool:
        """Whether it says the opposite, another amount, or one of something else."""
        mine, theirs = self.telling, other.telling
        if mine & AMOUNTS != theirs & AMOUNTS or turned(mine, theirs):
            return True
        mine, theirs = mine & UNITS, theirs & UNITS
        return bool(mine - theirs and theirs - mine)

    def differing_from(self, other: "Said") -> list[tuple[str, bool]]:
        """Its words in order, each stretch with whether the other one lacks them."""
        same = [one for one in self.amounts if words_of(one.written) <= other.content]
        return stretches(self.words, other.content, same)

    def is_surely(self, other: "Said") -> bool:
        """Whether they say the same so surely that nobody need look first: in the same words, whatever their order.

        Sentences that differ in one word alone may be about chips and about energy.
        """
        return self.content == other.content and self.is_like(other) > 0


def stretches(words: str, known: frozenset[str], same: Sequence[Amount] = ()) -> list[tuple[str, bool]]:
    """The words as they stand, cut where what is not known begins and ends; amounts that are the same are known."""
    pieces = re.split(r"([\w’']+)", words)  # every second one is a word
    places = accumulate((len(piece) for piece in pieces), initial=0)
    differs = [
        bool(words_of(piece) - known) and not any(one.start <= place < one.end for one in same)
        for piece, place in zip(pieces, places, strict=False)
    ]
    for at in range(2, len(pieces) - 1, 2):
        differs[at] = differs[at - 1] and differs[at + 1]
    runs = groupby(zip(pieces, differs, strict=True), key=itemgetter(1))
    found = [("".join(piece for piece, _ in run), is_new) for is_new, run in runs]
    return [one for one in found if one[0]]


class Gathering:
    """The wordings that there are, by number, for a sentence to be put with the one that it is most like."""

    def __init__(self, wordings: Mapping[int, str]) -> None:
        self.said: dict[int, Said] = {}
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for pk, words in wordings.items():
            self.add(pk, words)

    def add(self, pk: int, words: str) -> None:
        self.said[pk] = Said(words)
        for word in self.said[pk].content:
            self.by_word[word].append(pk)

    def like(self, words: str) -> int | None:
        """The wording that says the same, if there is one."""
        said = Said(words)
        alike = {pk: said.is_like(self.said[pk]) for pk in self.near(said.content)}
        best = max(alike, key=lambda pk: (alike[pk], -pk), default=None)
        return best if best is not None and alike[best] >= ALIKE else None

    def near(self, words: Iterable[str]) -> set[int]:
        """Those that share a word which tells something; a word that many have is looked at only among its newest."""
        return {pk for word in words for pk in self.by_word.get(word, ())[-TOO_COMMON:]}
