"""The sentences of a text, and which of them are parallel."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from rapidfuzz.distance import LCSseq

from .runs import MOST_CELLS
from .words import Words

#: Where a paragraph ends, and where a sentence does; a colon behind a word begins another, for it introduces a list.
END_OF_PARAGRAPH = re.compile(r"\n")
END_OF_SENTENCE = re.compile(r"\n|[.!?…][\"'”’»)\]]*(?=\s)|[。！？]|\s[a-z]+:(?=\s)")
#: Fewer words are no sentence that can be told from others.
FEWEST = 3
#: What two sentences must have in common, by words, to be one, or to be parallel.
ALIKE = 0.5
#: So many sentences on either side are looked at for parallel ones.
NEAR = 8


#: Some words of a text: from one to before another.
Stretch = tuple[Words, int, int]


class Sentences:
    """The sentences or the paragraphs of a text: number n is from the word ``starts[n]`` to before ``ends[n]``."""

    def __init__(self, words: Words, end: re.Pattern[str]) -> None:
        self.words = words
        cuts = [bisect_left(words.starts, found.end()) for found in end.finditer(words.text)]
        bounds = sorted({0, *cuts, len(words)})
        self.starts, self.ends = bounds[:-1], bounds[1:]

    def at(self, word: int) -> int:
        """The sentence that a word is in."""
        return bisect_right(self.starts, word) - 1

    @cached_property
    def numbers(self) -> list[int]:
        """The sentence of each word."""
        found: list[int] = []
        for number, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            found += [number] * (end - start)
        return found

    def keys(self, number: int) -> tuple[int, ...]:
        return tuple(self.words.keys[self.starts[number] : self.ends[number]])

    def by_words(self) -> dict[tuple[int, ...], int]:
        """The sentences that stand once, by their words."""
        keys = [self.keys(number) for number in range(len(self.starts))]
        times = Counter(keys)
        return {words: number for number, words in enumerate(keys) if times[words] == 1 and len(words) >= FEWEST}

    def telling(self, number: int) -> set[int]:
        """What tells a sentence from others."""
        return telling(self.stretch(number))

    def stretch(self, number: int) -> Stretch:
        return self.words, self.starts[number], self.ends[number]

    def parallel_to(self, number: int) -> Iterator[int]:
        """The sentences near one that are like it."""
        keys = self.keys(number)
        for other in range(max(0, number - NEAR), min(len(self.starts), number + NEAR + 1)):
            if other != number and are_alike(keys, self.keys(other)):
                yield other


def are_alike(one: Sequence[int], other: Sequence[int]) -> bool:
    return len(one) * len(other) <= MOST_CELLS and LCSseq.normalized_similarity(one, other) >= ALIKE


def telling(stretch: Stretch) -> set[int]:
    """What of some words tells them from others: neither signs nor numbers."""
    words, first, behind = stretch
    return {words.keys[at] for at in range(first, behind) if words.text[words.starts[at]].isalpha()}


def names(stretch: Stretch) -> set[int]:
    """Those of them that may be names: with a capital letter, where there are any."""
    words, first, behind = stretch
    letters = ((words.keys[at], words.text[words.starts[at]]) for at in range(first, behind))
    return {key for key, letter in letters if letter.isalpha() and not letter.islower()}


def is_another(sentences: Sentences, number: int, there: Stretch, here: Stretch) -> bool:
    """Whether what stands `here` has another name than a sentence that has its own `there`."""
    return has_another_name(sentences, number, here) and bool(names(there) & own_words(sentences, number))


def has_another_name(sentences: Sentences, number: int, here: Stretch) -> bool:
    """Whether what stands somewhere has a name that a sentence has not, and no more of it than its parallels have too.

    That is what tells another prediction of the kind from an edited one: "AMD will ship four million" from "Nvidia may
    ship four".
    """
    if not names(here) - sentences.telling(number) or next(sentences.parallel_to(number), None) is None:
        return False
    return not telling(here) & own_words(sentences, number)


def own_words(sentences: Sentences, number: int) -> set[int]:
    """What a sentence has that its parallels have not."""
    return sentences.telling(number).difference(*map(sentences.telling, sentences.parallel_to(number)))
