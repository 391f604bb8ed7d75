"""What readers take the hedge in a prediction to mean: "highly likely" is heard as 85 %, by most as 75 to 95.

The figures are means and 5-to-95 % ranges of the CAPphrase survey, in which 5,174 people put numbers to phrases (Adam
Kucharski, "CAPphrase: Comparative and Absolute Probability phrase dataset", 2026, doi:10.5281/zenodo.18750055,
CC BY 4.0). They say how a wording is heard, not what its speaker meant: they are shown beside it and labelled so, and
never scored.

Where a wording is not surely one of the phrases, there is no hedge: "very likely", "more likely", "not likely", "highly
unlikely" and "80 % likely" say something else than "likely" and "unlikely" do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

#: How many people answered the survey, and whose it is.
RESPONDENTS = 5_174
SOURCE = "CAPphrase survey, A. Kucharski 2026, CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Reading:
    """What readers hear, in per cent: the mean, and the range that all but the lowest and highest twentieth are in."""

    mean: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Hedge:
    """The phrase found, and how it is read.

    There is no reading of a bare may, might or could: it says that something can be, and nothing of how likely it is.
    """

    phrase: str
    reading: Reading | None = None


#: The phrases of the survey, and the wordings that are those phrases.
_PHRASES = {
    "almost certain": (Reading(94, 85, 99), ("almost certain", "almost certainly")),
    "highly likely": (Reading(85, 75, 95), ("highly likely",)),
    "likely": (Reading(73, 60, 90), ("likely",)),
    "probable": (Reading(71, 51, 90), ("probable", "probably")),
    "realistic possibility": (Reading(57, 20, 85), ("realistic possibility",)),
    "unlikely": (Reading(19, 5, 40), ("unlikely",)),
    "almost no chance": (Reading(4, 1, 10), ("almost no chance",)),
}
HEDGES = tuple(Hedge(phrase, reading) for phrase, (reading, _) in _PHRASES.items())
_BARE = ("may", "might", "could")
#: Which hedge a wording is; None where it is none.
_WORDINGS: dict[tuple[str, ...], Hedge | None] = {
    **{
        tuple(wording.split()): Hedge(phrase, read) for phrase, (read, all_of) in _PHRASES.items() for wording in all_of
    },
    **{(modal,): Hedge(modal) for modal in _BARE},
    ("could", "not"): None,
}
_LONGEST = max(map(len, _WORDINGS))

#: Figures, words, and marks; of full stops only those that a sentence ends with, not those of "e.g." and "U.S.".
_WORD = re.compile(r"""\d[\d.,]*|[%‰]|[^\W\d_]+(?:'[^\W\d_]+)*|[;:,]|[.!?](?=["”')\]]*(?:\s+[^a-z\s]|\s*\Z))|\n\s*\n""")
_CLAUSE_END = frozenset({".", ";", ":", "!", "?", "but"})

#: Before a phrase, these make another one of it; so does any word in -ly, and a number.
# fmt: off
_DEGREES = frozenset({
    "more", "most", "less", "least", "very", "quite", "pretty", "rather", "somewhat", "as", "so", "too", "how", "any",
    "however", "even", "all", "far", "from", "much", "almost", "just", "half", "un", "non", "%", "‰", "percent", "cent",
    "than", "of", "bit", "little", "kinda", "sorta", "super", "once",
})
_NEGATIONS = frozenset({
    "not", "no", "never", "nobody", "nothing", "anything", "none", "neither", "nor", "without", "cannot", "hardly",
    "barely", "scarcely", "doubt", "doubts", "doubted", "doubtful", "deny", "denies", "denied",
})
#: After a phrase, these make a comparison of it.
_COMPARING = frozenset({"as", "than"})
_BEFORE_THE_MONTH = frozenset({
    "in", "by", "of", "since", "until", "till", "early", "mid", "late", "during", "through", "next", "last",
})
# fmt: on


def read_hedge(words: str) -> Hedge | None:
    """The hedge in a wording or a sentence; None where there is none, or where it is not sure which.

    All the hedges in it must be the same: neither "likely, if not almost certain" nor "it may be likely" is one. A
    negation earlier in the clause leaves none, for "not likely" is not "likely"; one later in it does not touch the
    hedge, since "will probably not" hedges the not.
    """
    found = set(hedges_in(words_of(words)))
    return found.pop() if len(found) == 1 else None


def words_of(text: str) -> list[str]:
    """Words, figures, and marks. May with a capital inside the text is left so: it may be a month."""
    found = _WORD.findall(normalize("NFKC", text).replace("’", "'"))
    return [word if word == "May" and place else word.casefold() for place, word in enumerate(found)]


def hedges_in(words: Sequence[str]) -> Iterator[Hedge | None]:
    """Each hedge as it comes; None for one that something beside it changes."""
    place, is_negated = 0, False
    while place < len(words):
        length = length_at(words, place)
        if length:
            changed = is_negated or is_changed(words, place, place + length)
            yield None if changed else _WORDINGS[tuple(words[place : place + length])]
        elif ends_clause(words, place):
            is_negated = False
        else:
            is_negated = is_negated or negates(word_at(words, place))
        place += length or 1


def length_at(words: Sequence[str], place: int) -> int:
    """How many words the longest wording has that begins there; 0 where none does."""
    if is_month(words, place):
        return 0
    lengths = range(_LONGEST, 0, -1)
    return next((length for length in lengths if tuple(words[place : place + length]) in _WORDINGS), 0)


def ends_clause(words: Sequence[str], place: int) -> bool:
    """Whether a negation ends there; a comma is no end ("not, I fear, likely"), nor the but of "anything but"."""
    if words[place] == "but" and negates(word_at(words, place - 1)):
        return False
    return words[place] in _CLAUSE_END or words[place].isspace()


def negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def is_changed(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the words around a phrase make it say something else."""
    before = word_at(words, start - 1)
    return before in _DEGREES or before.endswith("ly") or before[:1].isdigit() or word_at(words, end) in _COMPARING


def is_month(words: Sequence[str], place: int) -> bool:
    """Whether a "may" is the month, by what stands beside it."""
    before, after = word_at(words, place - 1), word_at(words, place + 1)
    return words[place] == "may" and (before in _BEFORE_THE_MONTH or before[:1].isdigit() or after[:1].isdigit())


def word_at(words: Sequence[str], place: int) -> str:
    return words[place] if 0 <= place < len(words) else ""
