"""How testable a claim is: who or what, what is to be seen, by when, how much. Pure: readers tick, this suggests."""

import re
from collections.abc import Mapping

from reader.claims.details import ClaimKind
from reader.claims.windows import WindowKind

#: The four marks of a claim that can be judged, and what is said where one is missing.
MARKS: Mapping[str, str] = {
    "has_subject": "Name who or what it is about.",
    "has_predicate": "Say what would have to be seen.",
    "has_time": "Give it a last day.",
    "has_threshold": "Say how much, or how many, is enough.",
}

#: A claim that begins with one of these leaves its subject to the article.
POINTING = frozenset(
    re.findall(
        r"\w+",
        """it this that these those they he she we i you there someone somebody something anyone people here such""",
    )
)
#: What everybody can find to have come true.
VAGUE = re.compile(
    r"\b(?:matter|matters|change everything|be (?:huge|big|important|interesting|different|great|a big deal)|"
    r"play a (?:big|major|key|large) role|have an? (?:big |major |huge |real )?impact|accelerate|evolve|"
    r"transform \w+|disrupt \w+|(?:go|get) (?:mainstream|interesting|better|worse))\b",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:will|won't|would|shall|is|are|be|has|have|had|can|cannot|can't|does|do|going to|n't|"
    r"\w{3,}(?:es|s|ed|ing))\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20|21)\d\d\b|\bq[1-4]\b|\bh[12]\b", re.IGNORECASE)
AMOUNT = re.compile(
    r"\d|%|\b(?:half|double[sd]?|doubling|triple[sd]?|twice|halve[sd]?|percent|dozens?|hundreds?|thousands?|millions?|"
    r"billions?|trillions?|all|every|none|no|nobody|never|any|first|majority|most|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|more than|less than|fewer than|at least|at most|beats?|exceeds?|overtakes?|cheaper than)\b",
    re.IGNORECASE,
)
#: These happen or do not: there is nothing to measure.
YES_OR_NO = frozenset({ClaimKind.EVENT.value, ClaimKind.ABSENCE.value, ClaimKind.STATE.value})


def suggest(statement: str, window_kind: str, kind: str = "") -> dict[str, bool]:
    """Which marks the wording seems to have; a guess for a reader to correct."""
    words = re.findall(r"[\w’'-]+", statement)
    first = words[0].lower() if words else ""
    return {
        "has_subject": len(words) > 2 and first not in POINTING,
        "has_predicate": len(words) > 2 and bool(VERB.search(statement)) and not VAGUE.search(statement),
        "has_time": window_kind == WindowKind.WINDOW,
        "has_threshold": kind in YES_OR_NO or bool(AMOUNT.search(YEAR.sub("", statement))),
    }


def score(ticked: Mapping[str, bool]) -> int:
    """From 0, a mood, to 4, a question that anybody answers alike."""
    return sum(bool(ticked[mark]) for mark in MARKS)


def missing(ticked: Mapping[str, bool]) -> list[str]:
    """What would make it more testable, in words."""
    return [words for mark, words in MARKS.items() if not ticked[mark]]
