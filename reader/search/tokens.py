"""What a database keeps of folded words beside the words themselves, so that no question makes it look at much.

Two neighbours are one word more: two words that all say, one after the other, are then as quickly found as a rare one.
The first letters of a word are another, since all that begins so would have to be gathered before the first is given.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from reader.search.folding import is_paired
from reader.search.language import Term
from reader.search.vocabulary import beginning

#: No folded word has one of these.
BETWEEN, BEGUN = "_", "*"
#: With more letters those words are asked for that begin so, the most used ones.
FEWEST_LETTERS, MOST_LETTERS = 2, 4
MOST_BEGINNINGS = 32
#: Of a character in UTF-8.
MOST_BYTES = 4


def neighbours(words: Sequence[str]) -> list[str]:
    return list(map(BETWEEN.join, pairwise(words)))


def beginnings(words: Iterable[str]) -> list[str]:
    """The first letters of these words, each with `BEGUN` as one word more, in the order of the words."""
    return list(dict.fromkeys(chain.from_iterable(map(begun_by, dict.fromkeys(words)))))


@lru_cache(maxsize=65_536)
def begun_by(word: str) -> tuple[str, ...]:
    """Of a pair of characters it is the first, which stands for all that begin with it."""
    if is_paired(word):
        return (f"{word[0]}{BEGUN}",)
    return tuple(f"{word[:letters]}{BEGUN}" for letters in range(FEWEST_LETTERS, min(len(word), MOST_LETTERS) + 1))


def spellings(term: Term) -> list[tuple[str, ...]]:
    """The tokens that a term may stand for, each time one after the other."""
    *before, last = term.words
    if not term.is_prefix:
        return [neighbouring(term.words)]
    if not before and len(last) <= MOST_LETTERS:
        return [(f"{last}{BEGUN}",)]
    begun = beginning(last, MOST_BEGINNINGS) or [last]
    return [neighbouring([*before, word]) for word in begun]


def neighbouring(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(neighbours(words) or words)


def within(room: int, tokens: Sequence[str]) -> Sequence[str]:
    """So many of these as have room, in bytes: mostly all, which is seen at a glance."""
    if MOST_BYTES * sum(map(len, tokens)) <= room:
        return tokens
    for at, one in enumerate(tokens):
        room -= len(one.encode())
        if room < 0:
            return tokens[:at]
    return tokens
