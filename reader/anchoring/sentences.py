"""The sentences of a text, and which of them are parallel."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import LCSseq

from .words import Words

#: Paragraphs first, then sentences: what has no name of its own goes along with what has one.
ENDS = (re.compile(r"\n"), re.compile(r"\n|[.!?…][\"'”’»)\]]*(?=\s)|[。！？]|\s[a-z]+:(?=\s)"))
#: Fewer words are no sentence that can be told from others.
FEWEST = 3
#: What two sentences must have in common, by words, to be one, or to be parallel.
ALIKE = 0.5
#: So many sentences on either side are looked at for parallel ones.
NEAR = 8


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

    def numbers(self) -> list[int]:
        """The sentence of each word."""
        return [number for number, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)) for _ in range(a, b)]

    def keys(self, number: int) -> tuple[int, ...]:
        return tuple(self.words.keys[self.starts[number] : self.ends[number]])

    def by_words(self) -> dict[tuple[int, ...], int]:
        """The sentences that stand once, by their words."""
        keys = [self.keys(number) for number in range(len(self.starts))]
        times = Counter(keys)
        return {words: number for number, words in enumerate(keys) if times[words] == 1 and len(words) >= FEWEST}

    def telling(self, number: int) -> set[int]:
        """What of a sentence tells it from others: its words without signs and numbers."""
        return telling(self.words, self.starts[number], self.ends[number])

    def parallel_to(self, number: int) -> Iterator[int]:
        """The sentences near one that are like it."""
        keys = self.keys(number)
        for other in range(max(0, number - NEAR), min(len(self.starts), number + NEAR + 1)):
            if other != number and LCSseq.normalized_similarity(keys, self.keys(other), score_cutoff=ALIKE):
                yield other


def telling(words: Words, first: int, behind: int) -> set[int]:
    return {words.keys[at] for at in range(first, behind) if words.text[words.starts[at]].isalpha()}


def lacks_name(sentences: Sentences, number: int, told: set[int], here: set[int]) -> bool:
    """Whether some words have no more of a sentence than its parallels have too, and others have its name.

    That is what tells another prediction of the kind from an edited one: "AMD will ship four million" from "Nvidia may
    ship four".
    """
    own = sentences.telling(number)
    shared = [sentences.telling(one) for one in sentences.parallel_to(number)]
    any_of_them = set[int]().union(*shared)
    return bool(shared) and own & here <= any_of_them and not own & told <= any_of_them
