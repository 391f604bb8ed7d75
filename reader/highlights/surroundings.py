"""The sentence around a mark: whether it still says the same of the marked words.

"Oil will fall" has its very words in "We no longer think that oil will fall", and in the correction that quotes it.
What is read is the sentence alone, and of it what bears on the words: what stands right beside them, who says them, and
what denies, doubts or takes back. A paragraph that moved has its sentences along; two that are joined, or one that is
parted, say what they said.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

from rapidfuzz.distance import OSA

from reader.highlights.turning_words import COMMON, TURNING
from reader.highlights.wording import plain
from reader.spotting import split
from reader.spotting.disagreeing import SAYS

#: So much of a paragraph on either side of the words is looked at, in code points.
REACH = 600
#: A paragraph above or below that is no longer may be a remark on theirs.
SHORT = 300
#: So much of a text on either side holds both, with what parts them, and tells whether there is more.
WINDOW = REACH + SHORT + 2
#: So many words beside the marked ones bear on them, whatever they are; and so many may, if they turn a sentence.
NEAR, FAR = 6, 25
#: A word that is so like another is the same, misspelt or of another country.
RESPELLED = 0.8
#: So many new words make a sentence another one, where there are more of them than of the old.
ANOTHER = 3

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[%$€£]")
#: What ends a clause before the marked words, and behind them.
_BEFORE, _BEHIND = re.compile(r"[;:()\[\]]|\s[–—-]+\s|—"), re.compile(r"[,;:()\[\]]|\s[–—-]+\s|—")
#: What stands between clauses of which one may stand in the place of another.
_JOINED = re.compile(r"[,;:()\[\]]|\s[–—-]+\s|—|\b(and|but|or|while|whereas|und|aber|oder|während)\b", re.IGNORECASE)
_OVER = re.compile(rf"\b(?:that|dass|{SAYS})\b")
#: A number that counts points of a list.
_NUMBER = re.compile(r"^\W*\d{1,3}[.)]\s")
_SAYS = re.compile(rf"\b{SAYS}\b")
#: What opens a quotation, and what closes it.
QUOTATION = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"'}
#: A sign that can do both closes behind a word: where it was opened may lie before what is looked at.
_ONLY_CLOSES = re.compile(r"(?<=[\w.,;:!?…%)])[\"“«»](?=\W)|(?<=\s)»(?=\s)")
_ASKING, _CRYING = ("?", "؟", "？", "⁇", "⁈", "⁉"), "!！"
_CLOSING = "\"'“”’«»」』)] "
_SIGNS = frozenset('“”„«»"')


class Turn(StrEnum):
    """What became of the sentence."""

    #: It quotes the words, where it did not.
    QUOTED = "quoted"
    #: Another sentence, elsewhere, has them.
    TAKEN = "taken"
    #: It stands where it was and says something else of them.
    REPHRASED = "rephrased"
    #: It says the same in another order.
    REORDERED = "reordered"

    @property
    def says_otherwise(self) -> bool:
        return self is not Turn.REORDERED


class Word(NamedTuple):
    """A word beside the marked ones, and how many clauses end between."""

    word: str
    clause: int


@dataclass(frozen=True)
class Surroundings:
    """Some words with what stands before and after them in their paragraphs."""

    before: str
    words: str
    after: str
    #: The paragraphs beside theirs, where these are short.
    above: str = ""
    below: str = ""
    #: Whether the text begins with the one above, and ends with the one below.
    is_from_first: bool = False
    is_to_last: bool = False

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Self:
        return cls.within(text[max(0, start - WINDOW) : start], text[start:end], text[end : end + WINDOW])

    @classmethod
    def within(cls, before: str, words: str, after: str) -> Self:
        """The words between what stands before and behind them: all that does, or as much as the window holds."""
        *above, lead = before.rsplit("\n", 2)
        tail, *below = after.split("\n", 2)
        is_from_first = len(above) == 1 and len(before) < WINDOW
        is_to_last = len(below) == 1 and len(after) < WINDOW
        over = above[-1] if len(above) == 2 or is_from_first else ""
        under = below[0] if len(below) == 2 or is_to_last else ""
        return cls(lead[-REACH:], words, tail[:REACH], if_short(over), if_short(under), is_from_first, is_to_last)

    @cached_property
    def sentence(self) -> tuple[str, str, str]:
        """The words with what their sentence, or their sentences, have on either side."""
        text = self.before + self.words + self.after
        first = len(self.before) + len(self.words) - len(self.words.lstrip())
        last = len(self.before) + len(self.words.rstrip())
        spans = split(text)
        start = max((span.start for span in spans if span.start <= first), default=first)
        end = min((span.end for span in spans if span.end >= last), default=last)
        edge = len(self.before) + len(self.words)
        return text[min(start, len(self.before)) : len(self.before)], self.words, text[edge : max(end, edge)]

    @cached_property
    def is_quoted(self) -> bool:
        """Whether the words stand in quotation marks that are none of theirs."""
        closing = QUOTATION.get(left_open(self.before), "")
        return next((sign in closing for sign in self.after if sign in _SIGNS), False)

    @property
    def is_asked(self) -> bool:
        """Whether the sentence is a question."""
        _, words, tail = self.sentence
        return (words + tail).rstrip(_CLOSING + _CRYING).endswith(_ASKING)


def if_short(paragraph: str) -> str:
    return paragraph if len(paragraph) <= SHORT else ""


class Change(NamedTuple):
    """Words that went, and those that came in their place, by their numbers."""

    gone: tuple[int, int]
    come: tuple[int, int]


@dataclass(frozen=True)
class Side:
    """What the sentence has on one side of the words, the nearest first, as it was and as it is."""

    was: list[Word]
    now: list[Word]
    is_before: bool

    def is_turned(self) -> bool:
        return self.turning(self.was) != self.turning(self.now) or any(map(self.is_near, self.changed))

    def turning(self, words: Sequence[Word]) -> Counter[str]:
        """What denies, doubts or takes back, as often as it does."""
        near = [one.word for one in words[:FAR]]
        return Counter(TURNING.findall(" ".join(near[::-1] if self.is_before else near)))

    def is_near(self, change: Change) -> bool:
        return any(
            at < NEAR and word.clause <= self.clauses
            for words, (start, end) in ((self.was, change.gone), (self.now, change.come))
            for at, word in enumerate(words[start:end], start)
        )

    @cached_property
    def clauses(self) -> int:
        """How many clauses may end before what bears on the words; who says them may be one ("…, he said")."""
        return int(
            any(_SAYS.search(" ".join(one.word for one in side if one.clause == 1)) for side in (self.was, self.now))
        )

    def is_another(self) -> bool:
        """Whether there is more that is new than what is left of the old, and more than a word or two."""
        come = sum(end - start for _, (start, end) in self.changed)
        return come >= ANOTHER and 2 * come > len(self.now)

    @cached_property
    def changed(self) -> list[Change]:
        return list(changes([one.word for one in self.was], [one.word for one in self.now]))


def words_before(text: str) -> list[Word]:
    parts = _BEFORE.split(_NUMBER.sub("", text))
    return [Word(word, clause) for clause, part in enumerate(reversed(parts)) for word in reversed(folded(part))]


def words_behind(text: str) -> list[Word]:
    return [Word(word, clause) for clause, part in enumerate(_BEHIND.split(text)) for word in folded(part)]


def folded(text: str) -> list[str]:
    """The words that say something; May is a month, and may is none."""
    found = (word if word == "May" else word.casefold() for word in _WORD.findall(plain(text)))
    return [word for word in found if word not in COMMON]


def left_open(before: str) -> str:
    """The sign of a quotation that begins in a text and does not end in it."""
    opened, closing = "", {found.start() for found in _ONLY_CLOSES.finditer(before)}
    if len(before) >= REACH:
        closing.add(0)  # what stands before it is not known
    for at, sign in enumerate(before):
        if opened and sign in QUOTATION[opened]:
            opened = ""
        elif not opened and sign in QUOTATION and at not in closing:
            opened = sign
    return opened


def how_turned(was: Surroundings, now: Surroundings, *, moved: bool) -> Turn | None:
    """What became of the sentence around some words, if that bears on them; `moved` says that they stand elsewhere."""
    if (was.before, was.after) == (now.before, now.after):
        return None
    if now.is_quoted and not was.is_quoted:
        return Turn.QUOTED
    if now.is_asked and not was.is_asked:
        return Turn.REPHRASED
    sides = [side for side in (leads(was, now), tails(was, now)) if side]
    is_taken = moved and any(side.is_another() for side in sides)
    if not is_taken and not any(side.is_turned() for side in sides):
        return None
    if clauses(was.sentence) == clauses(now.sentence):
        return Turn.REPHRASED if reaches_over_clauses(was) or reaches_over_clauses(now) else Turn.REORDERED
    return Turn.TAKEN if is_taken else Turn.REPHRASED


def clauses(sentence: tuple[str, str, str]) -> Counter[tuple[str, ...]]:
    """What a sentence says, clause by clause, and what joins these."""
    parts = (tuple(folded(part or "")) for part in _JOINED.split("".join(sentence)))
    return Counter(part for part in parts if part)


def reaches_over_clauses(one: Surroundings) -> bool:
    """Whether somebody says what stands beside the words, or it is denied: that may hold for them, too."""
    rest = " ".join((one.sentence[0], one.sentence[2]))
    return bool(_OVER.search(rest.casefold()) or TURNING.search(" ".join(folded(rest))))


def leads(was: Surroundings, now: Surroundings) -> Side | None:
    """What stands in the sentence before the words, unless the text has it still."""
    side = Side(words_before(was.sentence[0]), words_before(now.sentence[0]), is_before=True)
    return None if go_on(side, words_before(was.before), words_before(now.before)) else side


def tails(was: Surroundings, now: Surroundings) -> Side | None:
    side = Side(words_behind(was.sentence[2]), words_behind(now.sentence[2]), is_before=False)
    return None if go_on(side, words_behind(was.after), words_behind(now.after)) else side


def go_on(side: Side, was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether the text has the same words there, wherever the sentence begins or ends by now."""
    length = max(len(side.was), len(side.now))
    return [one.word for one in was[:length]] == [one.word for one in now[:length]]


def changes(was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """What went, and what came in its place, but for words that are only spelled otherwise."""
    for tag, *span in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, come = was[span[0] : span[1]], now[span[2] : span[3]]
        is_respelled = len(gone) == len(come) and all(map(is_same_word, gone, come))
        if tag != "equal" and not is_respelled:
            yield Change((span[0], span[1]), (span[2], span[3]))


def is_same_word(was: str, now: str) -> bool:
    """Whether two words are one, misspelt or in another form; what was believed may be believed no more."""
    if was[0] != now[0] or was.endswith("d") != now.endswith("d") or any(map(str.isdigit, was + now)):
        return False
    return OSA.normalized_similarity(was, now) >= RESPELLED
