"""What stands around some wording: whether a sentence looks back, denies, or counts."""

from .tokens import Sentence
from .vocabulary import vocabulary

_AHEAD = vocabulary(
    """
    will 'll won shall would could may might should can cannot expect expects expected predict predicts
    predicted forecast forecasts projected projects going likely probably plan plans planned due slated
    scheduled set hope hopes aim aims estimate estimates believe believes think thinks soon coming upcoming next
    future if
    """
)
_BACK = vocabulary(
    """
    was were had did said grew rose fell went became got won sold lost built made took came saw ran began broke
    spent wrote led met found brought launched released announced published raised trained reached showed gave
    kept left passed bought paid taught drew threw flew been 've has
    """
)
_ED_BUT_NOT_PAST = vocabulary(
    """
    need feed seed speed indeed exceed proceed succeed embed hundred bred red shed based unprecedented limited
    advanced automated distributed supposed
    """
)
_NOT = vocabulary("not 't never no none nobody nothing neither unlikely cannot hardly without don won doubt")
_MODAL = vocabulary("will 'll would could may might should shall can going likely expect expected probably")
_SUPERLATIVE = vocabulary(
    """
    first best worst only once twice most least ever time times biggest largest fastest slowest hottest coldest
    thrice
    """
)
_REACH = 12


def is_past(word: str) -> bool:
    return word in _BACK or (len(word) > 4 and word.endswith("ed") and word not in _ED_BUT_NOT_PAST)


def looks_back(s: Sentence, i: int) -> bool:
    """Whether the sentence around `i` tells what was: a verb in the past and nothing that looks ahead."""
    near = range(max(s.first_of_sentence(i), i - 2 * _REACH), min(s.sentence_end(i), i + 2 * _REACH))
    return any(is_past(s.words[k]) for k in near) and not any(_looks_ahead(s, k) for k in near)


def _looks_ahead(s: Sentence, i: int) -> bool:
    """Written "May" it is the month."""
    return s.words[i] in _AHEAD and not (s.words[i] == "may" and s.written(i) == "May")


def is_denied(s: Sentence, i: int) -> bool:
    """ "will not … until 2030"."""
    first = max(s.first_of_sentence(i), i - _REACH)
    return any(word in _NOT for word in s.words[first:i])


def is_condition(s: Sentence, i: int) -> bool:
    """Whether an "if" stands before, and no mark between: "if nobody hires through 2027, …"."""
    for k in range(i - 1, max(s.first_of_sentence(i), i - _REACH) - 1, -1):
        if s.words[k] in ("if", "unless"):
            return True
        if s.words[k] in ",;:":
            break
    return False


def is_expected(s: Sentence, i: int) -> bool:
    """Whether a modal stands a few words before: "will take", "could easily take"."""
    first = max(s.first_of_sentence(i), i - 5)
    return any(word in _MODAL for word in s.words[first:i])


def sums_up(s: Sentence, i: int, stop: int) -> bool:
    """Whether a span of time is what something took or covers, not when it comes: "the first in ten years",
    "doubled in two years", "in two years of work"."""
    first = max(s.first_of_sentence(i), i - 4)
    before = s.words[first:i]
    if any(word in _SUPERLATIVE or (len(word) > 5 and word.endswith("est")) for word in before):
        return True
    if s.words[stop] in ("of", "or") and s.words[stop + 1] != "so":
        return True
    return looks_back(s, i) or (bool(before) and is_past(before[-1]) and not is_expected(s, i))
