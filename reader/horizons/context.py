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
    kept left passed bought paid taught drew threw flew been told thought didn wasn weren hadn hasn haven
    """
)
_ED_BUT_NOT_PAST = vocabulary(
    """
    need feed seed speed indeed exceed proceed succeed embed hundred bred red shed based unprecedented limited
    advanced automated distributed supposed
    """
)
_NOT = vocabulary("not 't never no none nobody nothing neither unlikely cannot hardly without don won doubt")
_MODAL = vocabulary("won will 'll would could may might should shall can going likely expect expected probably")
_PERHAPS = frozenset({"may", "might", "could"})
_TOLD = vocabulary(
    """
    said wrote predicted told promised claimed thought believed expected argued declared announced estimated
    forecast forecasted guessed bet asked
    """
)
_BACK_TO_NOW = frozenset({";", "but", "now", "today", "still"})
_WILL = frozenset({"will", "'ll", "going", "shall"})
_MUST = vocabulary(
    "must require requires required requiring oblige obliged obliges directed directs ordered orders mandates"
)
_DUTIES = vocabulary(
    """
    report notify tell inform respond reply remove delete disclose file submit answer pay return identify publish
    delivered reported department commission agency agencies providers developers
    """
)
_SUPERLATIVE = vocabulary(
    """
    first best worst only once twice most least ever time times biggest largest fastest slowest hottest coldest
    thrice
    """
)
_REACH = 12


_BOUND_TO_BE = vocabulary("be is are being get gets getting to will would could may might should can")
_BEFORE_A_QUALITY = vocabulary("the a an its their his her our my this that these those any some more most -")
_PERFECT = frozenset({"has", "have", "'ve"})
_DONE = vocabulary(
    """
    done gone seen grown known shown written taken given become fallen risen driven spoken broken chosen begun come
    already never not long just read put set cut
    """
)
_ENDS_A_CLAUSE = frozenset(',;:.!?…—(\n"“”') | {"that", "which", "who", "whose", "and", "but"}


def is_past(word: str) -> bool:
    return word in _BACK or (len(word) > 4 and word.endswith("ed") and word not in _ED_BUT_NOT_PAST)


def looks_back(s: Sentence, i: int) -> bool:
    """Whether the sentence around `i` tells what was: a verb in the past and nothing that looks ahead."""
    near = range(max(s.first_of_sentence(i), i - 2 * _REACH), min(s.sentence_end(i), i + 2 * _REACH))
    return any(_tells_of_the_past(s, k) for k in near) and not any(_looks_ahead(s, k) for k in near)


def looks_ahead(s: Sentence, i: int) -> bool:
    """Whether the sentence around `i` has a word that looks ahead."""
    near = range(max(s.first_of_sentence(i), i - 2 * _REACH), min(s.sentence_end(i), i + 2 * _REACH))
    return any(_looks_ahead(s, k) for k in near)


def happened(s: Sentence, i: int, stop: int) -> bool:
    """Whether the verb that the words from `i` to `stop` belong to tells what was: "said in May that it will".

    It is the nearest one before them in their clause, and where there is none, the first one after them.
    """
    before = _is_past_before(s, i)
    return _is_past_after(s, i, stop) if before is None else before


def _is_past_before(s: Sentence, i: int) -> bool | None:
    """Whether the nearest verb before `i` in its clause tells what was; None where there is none."""
    first = max(s.first_of_sentence(i), i - _REACH)
    for k in range(i - 1, first - 1, -1):
        if s.words[k] in _ENDS_A_CLAUSE:
            return None
        if _looks_ahead(s, k):
            return False
        if _tells_of_the_past(s, k):
            return not any(word in _BOUND_TO_BE for word in s.words[max(first, k - 3) : k])
    return None


def _is_past_after(s: Sentence, i: int, stop: int) -> bool:
    for k in range(stop + (s.words[stop] == ","), min(s.sentence_end(i), stop + _REACH)):
        if s.words[k] in _ENDS_A_CLAUSE or _looks_ahead(s, k):
            return False
        if _tells_of_the_past(s, k):
            return s.before(k) not in _BOUND_TO_BE
    return False


def _tells_of_the_past(s: Sentence, i: int) -> bool:
    """Whether a word is a verb in the past: no "proposed law", and "has" only before what was done."""
    word = s.words[i]
    if word in _PERFECT:
        return is_past(s.words[i + 1]) or s.words[i + 1] in _DONE
    if word == "won" and s.words[i + 1] == "'t":
        return False
    return is_past(word) and not (word.endswith("ed") and s.before(i) in _BEFORE_A_QUALITY)


def _looks_ahead(s: Sentence, i: int) -> bool:
    """Written "May" it is the month, and "won" looks ahead in "won't" only."""
    word = s.words[i]
    if word == "won":
        return s.words[i + 1] == "'t"
    return word in _AHEAD and not (word == "may" and s.written(i) == "May")


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


def is_set_against(s: Sentence, after: int, i: int) -> bool:
    """Whether a date at `i` only stands against a vague length that ended at `after`: "it could need decades,
    it could come next week" names no time at all."""
    if after < 0 or i - after > 6 or s.first_of_sentence(i) > after:
        return False
    doubted = any(word in _PERHAPS for word in s.words[max(s.first_of_sentence(i), after - 6) : after])
    return doubted and any(word in _PERHAPS or word == "or" for word in s.words[after:i])


def is_dated_back(s: Sentence, i: int) -> bool:
    """Whether what is counted at `i` was said long ago: "In 1960 he wrote that within 20 years machines would"."""
    when = told = False
    for k in range(i - 1, max(s.first_of_sentence(i), i - 3 * _REACH) - 1, -1):
        word = s.words[k]
        if word in _BACK_TO_NOW:
            return False
        told = told or word in _TOLD
        when = when or word == "ago" or (len(word) == 4 and word.isdecimal() and 1900 <= int(word) < s.said_on.year - 1)
        if when and told:
            return True
    return False


def is_foretold(s: Sentence, i: int) -> bool:
    """Whether "will" stands before `i` in its clause, or is the first verb after the words that open a sentence."""
    for k in range(i - 1, max(s.first_of_sentence(i), i - _REACH) - 1, -1):
        if s.words[k] in _ENDS_A_CLAUSE:
            return False
        if s.words[k] in _WILL:
            return True
    if i != s.first_of_sentence(i):
        return False
    for word in s.words[i + 1 : min(s.sentence_end(i), i + _REACH)]:
        if word in ";:" or word in _AHEAD or is_past(word):
            return word in _WILL
    return False


def is_demanded(s: Sentence, i: int) -> bool:
    """Whether a term is set to somebody: "must report it within three days"."""
    before = s.words[max(s.first_of_sentence(i), i - _REACH) : i]
    return any(word in _MUST for word in before) and any(word in _DUTIES for word in before)


def is_expected(s: Sentence, i: int) -> bool:
    """Whether a modal stands a few words before: "will take", "could easily take"."""
    first = max(s.first_of_sentence(i), i - 5)
    return any(word in _MODAL for word in s.words[first:i])


def _counts(before: list[str]) -> bool:
    """ "116 hours in eleven weeks"."""
    return len(before) > 1 and before[-2][:1].isdigit() and before[-1].isalpha()


def sums_up(s: Sentence, i: int, stop: int) -> bool:
    """Whether a span of time is what something took or covers, not when it comes: "the first in ten years",
    "doubled in two years", "in two years of work"."""
    first = max(s.first_of_sentence(i), i - 4)
    before = s.words[first:i]
    if any(word in _SUPERLATIVE or (len(word) > 5 and word.endswith("est")) for word in before):
        return True
    if s.words[stop] == "of" or (_counts(before) and not looks_ahead(s, i)):
        return True
    if _is_past_before(s, i) and not any(word in _TOLD for word in s.words[max(0, i - 6) : i]):
        return True
    return looks_back(s, i) or (bool(before) and is_past(before[-1]) and not is_expected(s, i))
