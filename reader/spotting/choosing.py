"""Which sentences of a reading are pointed at: those most likely to predict, and now and then one by chance.

A spotter that only asks about what it believes learns nothing of what it misses. So one sentence in ten that is pointed
at is taken from those that it thinks little of.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

#: From this probability on a sentence is worth pointing at: about three in four of those then predict.
LINE = 0.4
#: So many are pointed at at once: more would be no help in reading.
MOST = 7
#: So many are kept, to step in for those that are marked already.
KEPT = 20
SHARE_BY_CHANCE = 0.1


class Choice(NamedTuple):
    at: int  #: the place of the sentence among the scores
    by_chance: bool


def choose(scores: Sequence[float], turned_away: float, seed: str) -> list[Choice]:
    """The sentences to point at, likeliest first, those by chance strewn among the first; the same for the same seed.

    `turned_away` is the probability of those behind the gate, which are no choice at all.
    """
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    chosen = [Choice(at, by_chance=False) for at in order if scores[at] >= LINE][:KEPT]
    low = [at for at in order if scores[at] < LINE and scores[at] != turned_away]
    chance = Random(seed)  # noqa: S311  (nothing is secret here: it must be the same again)
    # One beside nine is one in ten.
    wanted = sum(chance.random() < SHARE_BY_CHANCE / (1 - SHARE_BY_CHANCE) for _ in chosen[:MOST])
    for at in chance.sample(low, min(wanted, len(low))):
        chosen.insert(chance.randrange(min(len(chosen), MOST)), Choice(at, by_chance=True))
    return chosen
