"""Words that turn round what a sentence says, or how much of it: two that differ in them do not say the same."""

import re
from collections.abc import Iterable

from reader.spotting.lexicon import words as vocabulary

#: Each of the words on the left against each on the right, in their plain form.
PAIRS = """
open reopen : close shut
start begin launch found : end stop cease finish cancel scrap abandon
win succeed pass : lose fail
accept approve allow permit legalise legalize welcome : reject refuse ban forbid block outlaw
buy acquire hire rehire : sell fire dismiss
join enter adopt : leave exit quit drop
gain keep : lose
build create invent : destroy demolish dismantle
expand widen broaden accelerate quicken : contract narrow shrink slow stall
improve strengthen recover tighten : worsen weaken collapse loosen
merge unite converge : split diverge separate
survive live : die vanish disappear
solve : fail
agree : disagree
before until : after
early earlier soon sooner : late later
first : last
better best : worse worst
cheap cheaper : expensive dear dearer costlier
fast faster quick quicker : slow slower
strong stronger : weak weaker
big bigger large larger great greater : small smaller
long longer : short shorter
safe safer : dangerous unsafe riskier
easy easier : hard harder difficult
possible : impossible
likely : unlikely
legal lawful : illegal unlawful
public : private
profitable : unprofitable
profit : loss
scarce shortage deficit : abundant glut surplus
inflation : deflation
boom : bust
majority most : minority few
all everybody everyone every always : none nobody never
with : without
can : cannot
centralise centralize : decentralise decentralize
"""
#: Forms that no ending tells of.
IRREGULAR = {
    "began": "begin", "begun": "begin", "won": "win", "lost": "lose", "kept": "keep", "bought": "buy", "sold": "sell",
    "left": "leave", "built": "build", "shrank": "shrink", "shrunk": "shrink", "died": "die", "dying": "die",
    "bans": "ban", "shuts": "shut", "fewer": "few", "dropped": "drop", "split": "split",
}  # fmt: skip
ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("s", ""),
    ("d", ""),
)
DOUBLED = re.compile(r"([bdglmnprt])\1$")

#: How much, beside the figures: a sentence with one of these says the same only as another with it.
AMOUNTS = vocabulary("""
    hundred thousand million billion trillion quadrillion half halve third quarter twice double triple
    dozen percent zero two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty
    seventy eighty ninety
""")
#: In what it counts: two that count in others do not say the same.
UNITS = vocabulary("""
    second minute hour day week month year decade century watt kilowatt megawatt gigawatt terawatt mw gw tw dollar euro
    pound yen yuan token parameter point kilometre mile tonne ton
""")
SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "%": "percent"}
SHORT = {"tn": "trillion", "bn": "billion", "mn": "million"}


def plain_forms(word: str) -> set[str]:
    """The word itself and what it may be a form of."""
    found = {word, IRREGULAR.get(word, word)}
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            found |= {stem + instead, DOUBLED.sub(r"\1", stem)}
    return found


def read_pairs() -> list[tuple[frozenset[str], frozenset[str]]]:
    sides = [line.split(" : ") for line in PAIRS.strip().splitlines()]
    return [(frozenset(one.split()), frozenset(other.split())) for one, other in sides]


OPPOSITES = read_pairs()
TURNING = frozenset[str]().union(*(one | other for one, other in OPPOSITES))
TOLD = TURNING | AMOUNTS | UNITS


def telling(words: Iterable[str]) -> frozenset[str]:
    """Those of folded words that say which way, how much or in what, in their plain form."""
    return frozenset(form for word in words for form in plain_forms(SHORT.get(word, word)) & TOLD)


def turned(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the one says what the other says the opposite of."""
    return any(_against(one, other, pair) or _against(other, one, pair) for pair in OPPOSITES)


def _against(one: frozenset[str], other: frozenset[str], pair: tuple[frozenset[str], frozenset[str]]) -> bool:
    left, right = pair
    return bool(one & left and other & right) and not (one & right or other & left)
