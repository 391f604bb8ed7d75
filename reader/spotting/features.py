"""What the spotter knows about a sentence that passed the gate, as named numbers.

Words and their neighbours in classes; how each modal stands (whose it is, what verb follows, in which clause); the
window that `horizons` reads; the tense; the marks; and how much the sentences around it look ahead.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise

from reader.horizons import Window, parse
from reader.spotting.lexicon import (
    BELIEFS,
    CHANGES,
    CONDITIONS,
    CONTRACTED,
    FORWARD,
    HANDLING,
    MODALS,
    PASSED,
    PAST,
    SUBJECTS,
    SUBORDINATES,
    TIMES,
)
from reader.spotting.tokens import LONGEST, Tokens, distinct_words, tokenised

Features = dict[str, float]
#: A change of what the features mean needs a new number: a model knows for which it was trained.
VERSION = 1
_NAMED = frozenset(("PCT", "NUM", "LATER", "EARLIER", "THISYEAR"))
_DATED = frozenset(("NUM", "LATER", "EARLIER", "THISYEAR", "MONTH"))


def forwardness(tokens: Tokens) -> float:
    """How much a neighbour looks ahead, from 0 to 1."""
    count = len(FORWARD.intersection(tokens.words)) + ("LATER" in tokens.kinds)
    return min(count, 3) / 3


def outlook(text: str, year: int) -> float:
    """The `forwardness` of the words of a text: of a neighbour nothing else is asked."""
    found = distinct_words(text)
    ahead = FORWARD & found
    for word in found:
        if word in CONTRACTED or not word.isalpha():
            ahead |= _ahead(word, year)
    return min(len(ahead), 3) / 3


@lru_cache(maxsize=20_000)
def _ahead(word: str, year: int) -> frozenset[str]:
    tokens = tokenised(word, year)
    return FORWARD.intersection(tokens.words) | ({"LATER"} & set(tokens.kinds))


def features(sentence: str, tokens: Tokens, said_on: date, before: float, after: float) -> Features:
    found: Features = dict.fromkeys(chain(_phrases(tokens.kinds), _modal_features(tokens.kinds)), 1.0)
    found |= _shape(sentence, tokens.words)
    found |= dict.fromkeys(_time(sentence, tokens, said_on), 1.0)
    found["before"] = before
    found["after"] = after
    return found


def _phrases(kinds: list[str]) -> Iterator[str]:
    yield from kinds
    padded = ["<", *kinds, ">"]
    yield from map(" ".join, pairwise(padded))
    yield from map(" ".join, zip(padded, padded[1:], padded[2:], strict=False))


def _modal_features(kinds: list[str]) -> Iterator[str]:
    for at, kind in enumerate(kinds):
        if kind in MODALS and (kind != "going" or kinds[at + 1 : at + 2] == ["to"]):
            yield from _modal(kinds, at, kind)


def _modal(kinds: list[str], at: int, modal: str) -> Iterator[str]:
    subject_at = _subject_at(kinds, at)
    subject = _subject(kinds[subject_at]) if subject_at >= 0 else "START"
    verb_at, is_negated = _verb_at(kinds, at + (2 if modal == "going" else 1))
    verb = kinds[verb_at] if verb_at < len(kinds) else ">"
    yield f"{modal}:not" if is_negated else f"{modal}:so"
    yield f"{modal}:{subject}"
    yield f"{modal}+{verb}"
    yield f"{subject}+{verb}"
    yield f"{modal}:{subject}+{_sort(kinds, verb_at)}"
    yield f"{modal}:{_clause(kinds, subject_at)}"
    if verb == "be" and verb_at + 1 < len(kinds):
        follower = kinds[verb_at + 1]
        yield f"be+{'ED' if follower.endswith('ed') else follower}"


def _subject_at(kinds: list[str], modal_at: int) -> int:
    at = modal_at - 1
    while at >= 0 and (kinds[at] in PASSED or kinds[at] in ("is", "are", "am", "be")):
        at -= 1
    return at


def _subject(kind: str) -> str:
    if known := SUBJECTS.get(kind):
        return known
    if kind in _NAMED or kind == "NAME":
        return "NAME" if kind == "NAME" else "NUM"
    if not kind[0].isalpha():
        return "MARK"
    return "PLURAL" if kind.endswith("s") and not kind.endswith("ss") else "NOUN"


def _verb_at(kinds: list[str], at: int) -> tuple[int, bool]:
    is_negated = False
    while at < len(kinds) and (kinds[at] in PASSED or kinds[at].endswith("ly")):
        is_negated |= kinds[at] in ("not", "never")
        at += 1
    return at, is_negated


def _sort(kinds: list[str], verb_at: int) -> str:
    verb, following = kinds[verb_at : verb_at + 1], kinds[verb_at + 1 : verb_at + 2]
    if verb == ["have"] and following and (following[0].endswith("ed") or following[0] in ("been", "had")):
        return "PERFECT"
    return "CHANGE" if verb and verb[0] in CHANGES else "HANDLING" if verb and verb[0] in HANDLING else "VERB"


def _clause(kinds: list[str], subject_at: int) -> str:
    """The sort of clause that a modal stands in, by the nearest word in front that opens one."""
    for kind in reversed(kinds[max(0, subject_at - 8) : max(0, subject_at)]):
        if kind in (",", ";", ":", "—"):
            break
        if kind in SUBORDINATES:
            return "IF" if kind in CONDITIONS else f"{kind.upper()}-" if kind in ("that", "which", "who") else "SUB"
    return "MAIN"


def _shape(sentence: str, words: list[str]) -> Features:
    past = len([word for word in words if word in PAST or (word.endswith("ed") and len(word) > 4)])
    length = len(words)
    beliefs = BELIEFS.intersection(words)
    futures = words.count("will") + words.count("going")
    found = {f"belief:{word}": 1.0 for word in beliefs}
    found |= {
        "past": min(past, 4) / 2,
        "past share": past * 5 / (length + 3),
        "length": min(length, 60) / 20,
        "beliefs": min(len(beliefs), 3) / 2,
        "futures": min(futures, 3) / 2,
    }
    found |= dict.fromkeys(_flags(sentence, words, len(beliefs)), 1.0)
    return found


def _flags(sentence: str, words: list[str], beliefs: int) -> Iterator[str]:
    if len(words) < 10:
        yield "short"
        if len(words) < 6:
            yield "very short"
    last = sentence.rstrip(" \"'”’)")[-1:]
    if last in "?:" and last:
        yield f"ends in {last}"
    if '"' in sentence or "“" in sentence:
        yield "quote"
    if "`" in sentence or "](" in sentence or "http" in sentence:
        yield "markup"
    if beliefs and not MODALS.isdisjoint(words):
        yield "belief and modal"
    if words and words[0] in SUBORDINATES:
        yield "opens with IF" if words[0] in CONDITIONS else f"opens with {words[0]}"
    if "if" in words:
        yield "if"
    if "you" in words or "your" in words:
        yield "you"


def _time(sentence: str, tokens: Tokens, said_on: date) -> Iterator[str]:
    if TIMES.isdisjoint(tokens.words) and _DATED.isdisjoint(tokens.kinds):
        yield "no time"
    else:
        yield from _window_flags(parse(sentence[:LONGEST], said_on), tokens.words, said_on)


def _window_flags(windows: Sequence[Window], words: list[str], said_on: date) -> Iterator[str]:
    if any(window.end is not None and window.end <= said_on for window in windows):
        yield "window behind"
    ahead = next((window for window in windows if window.end is None or window.end > said_on), None)
    if ahead is None:
        yield "no window"
        return
    has_modal = not MODALS.isdisjoint(words)
    yield ahead.kind
    yield f"span {ahead.span.split(None, 1)[0].lower()}" if ahead.span.split() else "span"
    yield f"precision {ahead.precision}"
    if has_modal:
        yield f"{ahead.kind} and modal"
    if ahead.end is not None:
        yield f"distance {_distance((ahead.end - said_on).days)}"
        if ahead.end.year > said_on.year:
            yield "window in a later year"
        if "will" in words:
            yield "window and will"
        if PAST.isdisjoint(words):
            yield "window without past"


def _distance(days: int) -> str:
    return "months" if days < 60 else "year" if days < 500 else "decade" if days < 4_000 else "lifetime"
