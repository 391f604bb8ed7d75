"""What a database keeps of folded words beside the words themselves, so that no question makes it look at much.

Two neighbours are one word more: two words that all say, one after the other, are then as quickly found as a rare one.
The first letters of a word are another, since all that begins so would have to be gathered before the first is given.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from reader.search.folding import is_paired
from reader.search.language import Term
from reader.search.vocabulary import beginning

#: No folded word has one of these.
BETWEEN, BEGUN = "_", "*"
#: With more letters those words are asked for that begin so, the most used ones.
FEWEST_LETTERS, MOST_LETTERS = 2, 4
MOST_BEGINNINGS = 32
#: What has no spaces is folded to pairs of characters; from here on it may be such.
FIRST_PAIRED = "\u3005"


def neighbours(words: Sequence[str]) -> list[str]:
    return list(map(BETWEEN.join, pairwise(words)))


def beginnings(words: Iterable[str]) -> set[str]:
    """The first letters of these words; each is kept as one more word, that is these and `BEGUN`.

    Of a pair of characters it is the first, which stands for all that begin with it.
    """
    once = set(words)
    if max(once, default="") < FIRST_PAIRED:
        return begun_with(once)
    paired = {word for word in once if word >= FIRST_PAIRED and is_paired(word)}
    return begun_with(once - paired) | {word[0] for word in paired}


def begun_with(words: set[str]) -> set[str]:
    """The longest beginnings come first: of what was cut, less and less is to be cut again."""
    begun, cut = set[str](), words
    for letters in range(MOST_LETTERS, FEWEST_LETTERS - 1, -1):
        cut = {word[:letters] for word in cut}
        begun |= cut
    return begun.difference({word for word in cut if len(word) < FEWEST_LETTERS})


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


def within(room: int, tokens: Iterable[str]) -> Iterator[str]:
    """So many of these as have room, in bytes."""
    for one in tokens:
        room -= len(one) if one.isascii() else len(one.encode())
        if room < 0:
            return
        yield one
