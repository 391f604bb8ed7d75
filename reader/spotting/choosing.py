"""Which sentences of a reading are pointed at: those most likely to predict, and now and then one by chance.

A spotter that only asks about what it believes learns nothing of what it misses. So one sentence in ten that is pointed
at is taken from those that it thinks little of.
"""

import re
from collections.abc import Container, Sequence
from random import Random
from typing import NamedTuple

from reader.spotting.lexicon import CHANGES, HANDLING, MODALS, PAST
from reader.spotting.lexicon import words as vocabulary
from reader.spotting.tokens import distinct_words

#: From this probability on a sentence is worth pointing at: about three in four of those then predict.
LINE = 0.4
#: So many are pointed at at once: more would be no help in reading.
MOST = 7
#: So many are kept, to step in for those that are marked already.
KEPT = 20
SHARE_BY_CHANCE = 0.1
#: With fewer words a line is rather a heading, a date or a name than a sentence about which one could be asked.
FEWEST_WORDS = 6
_ENDS = re.compile(r"[.!?…][”’\"')\]]*$")
_VERBS = MODALS | PAST | CHANGES | HANDLING | vocabulary("am is are be been being has have do does isn't aren't won't")
_BY_ENDING = re.compile(r"\w{2}(?:ed|n't|'ll|'re|'ve)$")


class Choice(NamedTuple):
    at: int  #: the place of the sentence among the scores
    by_chance: bool


def choose(
    scores: Sequence[float], turned_away: float, seed: str, never_by_chance: Container[int] = ()
) -> list[Choice]:
    """The sentences to point at, likeliest first; those by chance are the last of the first few. The same for the same
    seed.

    `turned_away` is the probability of those behind the gate, which are no choice at all. Those whose places are
    `never_by_chance` are pointed at for being likely alone.
    """
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    chosen = [Choice(at, by_chance=False) for at in order if scores[at] >= LINE][:KEPT]
    low = [at for at in order if scores[at] < LINE and scores[at] != turned_away and at not in never_by_chance]
    chance = Random(seed)  # noqa: S311  (nothing is secret here: it must be the same again)
    # One beside nine is one in ten.
    wanted = sum(chance.random() < SHARE_BY_CHANCE / (1 - SHARE_BY_CHANCE) for _ in chosen[:MOST])
    drawn = [Choice(at, by_chance=True) for at in chance.sample(low, min(wanted, len(low)))]
    first = MOST - len(drawn)
    return [*chosen[:first], *drawn, *chosen[first:]]


def is_sentence(words: str) -> bool:
    """Whether a line is written as a sentence: with a few words, a verb and a stop. A heading or a date line is not."""
    said = distinct_words(words)
    has_verb = any(one in _VERBS or one.removesuffix("s") in _VERBS or _BY_ENDING.search(one) for one in said)
    return has_verb and len(words.split()) >= FEWEST_WORDS and _ENDS.search(words.strip()) is not None
