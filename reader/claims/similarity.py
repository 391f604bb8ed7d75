"""How alike two wordings are. Pure, so that every database agrees."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

SMALL_WORDS = """
a an and are as at be been but by can could do does for from had has have in into is it its more no not of on or shall
should so than that the their them then there these they this to was we were what when which who will with won would
wont cannot never
"""
#: Words that say nothing of what a claim is about, and those that turn it round: an opposite is a duplicate too.
EMPTY = frozenset(SMALL_WORDS.split())
#: From here on two claims are worth a curator's look.
ALIKE = 0.5
#: A word that so many have in common tells none of them apart.
TOO_COMMON = 60
#: Shorter names differ by one letter for good reasons: AI, AR, VR.
SHORTEST = 5

LETTERS = re.compile(r"[^\W_]+")

Words = frozenset[str]


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def words_of(text: str) -> Words:
    """The words that carry meaning, without their plural."""
    found = re.findall(r"\w+", fold(text).replace("’", "").replace("'", ""))
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found) - EMPTY


def trigrams_of(text: str) -> Words:
    letters = " ".join(LETTERS.findall(fold(text)))
    run = f"  {letters} " if letters else ""
    return frozenset(run[at : at + 3] for at in range(len(run) - 2))


def share(one: Words, other: Words) -> float:
    """What two sets have in common, from 0 to 1 (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def likeness(one: str, other: str) -> float:
    """The mean of shared words and shared trigrams: the one forgives order, the other spelling."""
    return (share(words_of(one), words_of(other)) + share(trigrams_of(one), trigrams_of(other))) / 2


def similar_pairs(wordings: Mapping[int, str], at_least: float = ALIKE) -> Iterator[tuple[int, int, float]]:
    """The pairs of ids, the smaller first, whose wordings are alike. Only such as share a word are compared."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for pk, text in wordings.items():
        for word in words_of(text):
            by_word[word].append(pk)
    seen = {
        pair for sharing in by_word.values() if len(sharing) <= TOO_COMMON for pair in combinations(sorted(sharing), 2)
    }
    for first, second in sorted(seen):
        score = likeness(wordings[first], wordings[second])
        if score >= at_least:
            yield first, second, round(score, 3)


def squash(name: str) -> str:
    """A name without what people write now so, now so: spaces, hyphens, a plural."""
    bare = "".join(LETTERS.findall(fold(name)))
    return bare[:-1] if len(bare) >= SHORTEST and bare.endswith("s") and not bare.endswith("ss") else bare


def misspellings(bare: str) -> Iterable[str]:
    """The name itself and all that is left of it without one letter: two that share one differ by little."""
    return {bare, *(bare[:at] + bare[at + 1 :] for at in range(len(bare)))} if len(bare) >= SHORTEST else {bare}


def near_names(names: Mapping[int, str]) -> Iterator[tuple[int, int, float]]:
    """The pairs of ids, the smaller first, of names that are spelt almost alike. GPT-4 and GPT-5 are not."""
    bare = {pk: squash(name) for pk, name in names.items()}
    by_spelling: dict[str, list[int]] = defaultdict(list)
    for pk, name in bare.items():
        for spelling in misspellings(name):
            by_spelling[spelling].append(pk)
    pairs = {pair for near in by_spelling.values() for pair in combinations(sorted(near), 2)}
    for first, second in sorted(pairs):
        one, other = bare[first], bare[second]
        if one and digits(one) == digits(other):
            yield first, second, 1.0 if one == other else 0.8


def digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)
