"""Which paragraph became which, wherever both stand: those that are most alike by the words that few others have.

The work is bounded: words that many paragraphs have tell none from another and are left out, and of very many
paragraphs none is looked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

#: How much of their words two paragraphs must have in common, from 0 to 1, to be one that may have moved.
ALIKE = 0.6
#: A word that stands in more paragraphs of one side says nothing of either.
IN_MANY = 20
#: So many paragraphs, and words in two of them, are looked at: some dozen milliseconds.
MOST_PARAGRAPHS, MOST_MEETINGS = 400, 200_000


def most_alike(old: Sequence[Iterable[str]], new: Sequence[Iterable[str]]) -> dict[tuple[int, int], float]:
    """Paragraphs, as their words, of which each is the likeliest for the other, and how alike these are."""
    if len(old) + len(new) > MOST_PARAGRAPHS:
        return {}
    ours, theirs = standing(old), standing(new)
    weights = {
        word: len(word) / max(len(ours.get(word, ())), len(theirs.get(word, ())))
        for word in ours.keys() | theirs.keys()
        if max(len(ours.get(word, ())), len(theirs.get(word, ()))) <= IN_MANY
    }
    met = [word for word in ours.keys() & theirs.keys() if word in weights]
    if sum(len(ours[word]) * len(theirs[word]) for word in met) > MOST_MEETINGS:
        return {}
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for word in met:
        for at in ours[word]:
            for other in theirs[word]:
                shared[at, other] += weights[word]
    sizes, new_sizes = ([sum(weights.get(word, 0) for word in set(one)) for one in side] for side in (old, new))
    scores = {(at, other): 2 * size / (sizes[at] + new_sizes[other]) for (at, other), size in shared.items()}
    return mutual({pair: score for pair, score in scores.items() if score >= ALIKE})


def standing(side: Sequence[Iterable[str]]) -> dict[str, list[int]]:
    """In which paragraphs each word stands."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(side):
        for word in set(words):
            found[word].append(at)
    return found


def mutual(scores: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Of equals those that stand nearest are each other's."""
    best: dict[tuple[bool, int], tuple[float, int, tuple[int, int]]] = {}
    for pair, score in scores.items():
        for side in ((False, pair[0]), (True, pair[1])):
            best[side] = max(best.get(side, (0.0, 0, pair)), (score, -abs(pair[0] - pair[1]), pair))
    return {pair: score for pair, score in scores.items() if best[False, pair[0]][2] == best[True, pair[1]][2] == pair}


def in_order(pairs: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Of pairs of which no two share a side, those that weigh most together and are in the order of both sides."""
    chains: list[tuple[float, int, tuple[int, int]]] = []  # what the best chain up to each weighs, and its link before
    for pair in sorted(pairs):
        behind = ((weight, at) for at, (weight, _, link) in enumerate(chains) if link[1] < pair[1])
        weight, before = max(chain(behind, [(0.0, -1)]))
        chains.append((weight + pairs[pair], before, pair))
    found, at = [], max(range(len(chains)), key=lambda one: chains[one][0], default=-1)
    while at >= 0:
        found.append(chains[at][2])
        at = chains[at][1]
    return found[::-1]
