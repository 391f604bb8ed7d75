"""Remarks beside a mark that take back what it says: "I take it back", in a sentence or a short paragraph apart.

The words and their sentence are what they were, and what stands right beside them is new. Only that is read which came
with the text: a remark that the other text has as well takes nothing back. It is a rule of words, and a narrow one:
what it finds is shown, so that a reader judges.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from reader.highlights.retracting_words import (
    BRIEF,
    DENYING,
    EMPTY,
    FOLLOWING,
    HERE,
    LABEL,
    LEADING,
    NOT_OURS,
    ONLY_HERE,
    PRECEDING,
    RETRACTING,
    TRIFLES,
)
from reader.highlights.surroundings import REACH, Surroundings, folded, is_same_word
from reader.highlights.wording import plain
from reader.spotting import split

#: A remark that is so like one of the text before is that one, edited.
EDITED = 80
#: So many sentences of a remark that says what it is are read.
MOST = 3
#: So much of a remark is shown, in code points.
SHOWN = 160
#: So much of the marked words on either side is asked what they name, in code points: a whole book can be marked.
NAMING = 1_000
#: What it says of something by its name has so many of the marked words, where it has no "wrong" beside.
SHARED = 2

_FIRST = re.compile(r"[^\W\d_]+")
#: A word of so few letters is a name if it is all in capitals.
SHORT = 3
_CLAUSES = re.compile(r"[;()\[\]]|\s[–—-]+\s|—")
_DECORATION = " \t*_~#>•|·–—-()[]"
_IN_BRACKETS = re.compile(r"\W*[(\[].*[)\]]\W*")
#: A remark that the sentence behind it goes on from, for want of a stop.
_BRACKET = re.compile(r"\s*([(\[][^()\[\]]+[)\]])(?=\s)")


class Where(StrEnum):
    """Where a remark stands."""

    BEFORE = "right before"
    BEHIND = "right behind"
    ABOVE = "above"
    BELOW = "below"


AHEAD = (Where.BEFORE, Where.ABOVE)


class Remark(NamedTuple):
    where: Where
    words: str

    @property
    def shortened(self) -> str:
        return self.words if len(self.words) <= SHOWN else self.words[:SHOWN].rpartition(" ")[0] + " …"


class Said(NamedTuple):
    """A sentence beside the words."""

    remark: Remark
    #: Whether they can be what it calls "this".
    may_mean_them: bool
    #: Whether a word that stands alone in it is said of them, and of nothing that follows.
    heads: bool = True


def retraction(was: Surroundings, now: Surroundings, text: str = "") -> Remark | None:
    """What takes the words back where they stand now, and not before; `text` is what is known of the text before."""
    if beside(was) == beside(now):
        return None
    found = remarks_on(now)
    if not found:
        return None
    known = [one.words for one in remarks_on(was)]
    had = "\n".join((text, *beside(was)))
    return next((one for one in found if is_new(one, now, had) and not is_edited(one, known)), None)


def beside(around: Surroundings) -> tuple[str, str, str, str]:
    return around.before, around.after, around.above, around.below


def is_new(remark: Remark, now: Surroundings, had: str) -> bool:
    """Whether nothing of it was there before; of a paragraph, nothing of all that it has."""
    paragraph = {Where.ABOVE: now.above, Where.BELOW: now.below}.get(remark.where, "")
    return not any(words in had for words in (remark.words, *sentences(paragraph)))


def is_edited(remark: Remark, known: Sequence[str]) -> bool:
    return any(ratio(remark.words, one) >= EDITED for one in known)


@lru_cache(maxsize=1024)
def remarks_on(around: Surroundings) -> tuple[Remark, ...]:
    """All that takes them back, whether it is new or not, the nearest first."""
    return tuple(one.remark for one in said_beside(around) if takes_back(one, around))


def said_beside(around: Surroundings) -> Iterator[Said]:
    """The sentences beside the words, the nearest first."""
    lead, _, tail = around.sentence
    for clause in _CLAUSES.split(tail)[1:]:
        yield Said(Remark(Where.BEHIND, clause.strip()), may_mean_them=True)
    after = around.after[len(tail) :]
    if bracket := _BRACKET.match(after):
        yield Said(Remark(Where.BEHIND, bracket[1]), may_mean_them=True)
    yield from remarks(sentences(after), Where.BEHIND, may_mean_them=True)
    before = sentences(around.before[: len(around.before) - len(lead)])
    is_first = len(before) == 1 and len(around.before) < REACH
    yield from remarks(before[-1:], Where.BEFORE, may_mean_them=is_first)
    yield from remarks(sentences(around.below), Where.BELOW, may_mean_them=True, heads=around.is_to_last)
    yield from remarks(sentences(around.above), Where.ABOVE, may_mean_them=around.is_from_first)


def remarks(found: Sequence[str], where: Where, *, may_mean_them: bool, heads: bool = True) -> Iterator[Said]:
    """The first of these sentences; and those behind it, where it says that it is a remark."""
    is_one = bool(found) and LABEL.match(bare(found[0])) is not None
    for words in found[: MOST if is_one else 1]:
        yield Said(Remark(where, words), may_mean_them, heads)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def takes_back(said: Said, around: Surroundings) -> bool:
    words = bare(said.remark.words)
    if not words or words.endswith("?") or words.startswith(('"', "'", "«", "»")):
        return False
    label = LABEL.fullmatch(words)
    if label is None:
        return is_lead(said, words) or is_retracting(said, words, around)
    if not label["rest"]:
        return bool(label["strong"]) and is_heading(said)
    return is_retracting(said, label["rest"], around) or corrects(label, around)


def is_heading(said: Said) -> bool:
    """Whether a word that stands alone is said of the words: below them it may head what comes."""
    if said.remark.words.rstrip(_DECORATION).endswith(":"):
        return said.remark.where in AHEAD
    return said.heads or _IN_BRACKETS.fullmatch(said.remark.words) is not None


def is_lead(said: Said, words: str) -> bool:
    return said.remark.where in AHEAD and LEADING.fullmatch(words) is not None


def is_retracting(said: Said, words: str, around: Surroundings) -> bool:
    """Whether the sentence takes back, and what it does is what the words say, as far as one can tell."""
    leads_on = words.endswith(":")
    words = words.rstrip(" .!…:")
    may_mean_them = means_them(said, words) or leads_on
    if BRIEF.fullmatch(words):
        return may_mean_them
    for pattern in RETRACTING:
        found = pattern.match(words)
        if found and not NOT_OURS.search(found["behind"]):
            return is_about(found.groupdict(), around, may_mean_them=may_mean_them)
    return False


def means_them(said: Said, words: str) -> bool:
    """Whether what it speaks of without a name can be the words: where it says on which side, that decides."""
    if FOLLOWING.search(words):
        return said.remark.where in AHEAD
    if PRECEDING.search(words):
        return said.remark.where not in AHEAD
    return said.may_mean_them


def is_about(named: dict[str, str | None], around: Surroundings, *, may_mean_them: bool) -> bool:
    """Whether what is named in a retraction is what the words are about."""
    wholly = named.get("named") or named.get("former")
    if wholly:
        return len(shared(wholly, around)) >= SHARED
    about = named.get("about")
    if about and not ONLY_HERE.fullmatch(about.strip()):
        return bool(shared(about, around))
    return may_mean_them


def corrects(label: re.Match[str], around: Surroundings) -> bool:
    """Whether what calls itself a correction, or an update that denies something, is about the words."""
    rest = label["rest"]
    if TRIFLES.search(rest) or names_another(rest, around):
        return False
    if label["strong"]:
        return bool(HERE.match(rest) or shared(rest, around))
    return bool(DENYING.search(rest)) and bool(shared(rest, around))


def names_another(words: str, around: Surroundings) -> bool:
    """Whether it begins with a name that the sentence of the marked words has not."""
    first = _FIRST.match(words)
    if first is None or HERE.match(words) or first[0].casefold() in EMPTY:
        return False
    is_name = first[0].isupper() if len(first[0]) <= SHORT else first[0][0].isupper()
    return is_name and not shared(first[0], around)


def shared(words: str, around: Surroundings) -> set[str]:
    """What is named both there and in the sentence of the marked words."""
    said, (lead, marked, tail) = words_of(words), around.sentence
    if len(marked) > 2 * NAMING:
        marked = f"{marked[:NAMING]} {marked[-NAMING:]}"
    return {
        one
        for one in words_of(f"{lead}{marked}{tail}")
        if one in said or any(is_same_word(one, other) for other in said)
    }


def words_of(text: str) -> frozenset[str]:
    """What a sentence is about: figures, and words that are not in every second one."""
    return frozenset(
        one
        for word in folded(text)
        if (one := word.casefold()) not in EMPTY and (len(one) > 2 or any(map(str.isdigit, one)))
    )


def bare(sentence: str) -> str:
    """A sentence without what decorates it, and its stop."""
    words = " ".join(plain(sentence).split()).strip(_DECORATION)
    return words.rstrip(".!…").rstrip(_DECORATION)
