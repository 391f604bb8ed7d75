"""A sentence as the spotter sees it: its words, folded, with contractions written out and numbers made classes."""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from reader.spotting.lexicon import CONTRACTED, ENDINGS, MONTHS, NUMBERS

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d,.]*[%x]?")
_TOKEN = re.compile(_WORD.pattern + r"|[?!:;,.()\"“”—–\[\]`=/<>*#$€£]")
#: No sentence of prose is longer; what is behind it is not read, so that a hostile line costs no more than this.
LONGEST = 2_000
Read = tuple[tuple[str, ...], tuple[str, ...]]
MOST_REMEMBERED = 20_000  # tokens


class Tokens(NamedTuple):
    words: list[str]  #: folded, contractions written out
    kinds: list[str]  #: the same, but years, numbers, names and months are classes


def tokenised(sentence: str, year: int) -> Tokens:
    """The tokens of a sentence that was said in this year."""
    words: list[str] = []
    kinds: list[str] = []
    first, later = _readings(year)
    found = _TOKEN.findall(sentence[:LONGEST].replace("’", "'"))
    for read_words, read_kinds in chain(map(first.__getitem__, found[:1]), map(later.__getitem__, found[1:])):
        words += read_words
        kinds += read_kinds
    return Tokens(words, kinds)


def distinct_words(text: str) -> set[str]:
    """The different words and numbers of a text, lowered."""
    return set(map(str.lower, _WORD.findall(text[:LONGEST].replace("’", "'"))))


class _Readings(dict[str, Read]):
    """What was read already, by token: a lookup costs a third of what a call does that remembers."""

    def __init__(self, place: int, year: int) -> None:
        self._place, self._year = place, year

    def __missing__(self, token: str) -> Read:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        read = self[token] = _read(token, self._place, self._year)
        return read


@lru_cache(maxsize=8)
def _readings(year: int) -> tuple[_Readings, _Readings]:
    return _Readings(0, year), _Readings(1, year)


def _read(token: str, place: int, year: int) -> Read:
    """A token, at place 0 if it is the first: its capital tells nothing there."""
    word = token.lower()
    if word in CONTRACTED or "'" in word:
        parts = _written_out(word)
        return parts, parts
    if word[0].isdigit():
        return (word,), (_number(word, year),)
    return (word,), (_kind(word, is_capital=token != word and place > 0),)


def _kind(word: str, *, is_capital: bool) -> str:
    if word in NUMBERS:
        return "NUM"
    if not is_capital or word == "i":
        return word
    return "MONTH" if word in MONTHS else "NAME"


def _written_out(word: str) -> tuple[str, ...]:
    if known := CONTRACTED.get(word):
        return known
    at = -3 if word.endswith("n't") else word.rindex("'") - len(word)
    stem, ending = word[:at], ENDINGS.get(word[at:])
    return (stem, ending) if ending and stem else (word,)


def _number(word: str, year: int) -> str:
    digits = word.rstrip(",.")
    if len(digits) == 4 and digits.isdecimal() and "1900" <= digits <= "2199":
        named = int(digits)
        return "LATER" if named > year else "THISYEAR" if named == year else "EARLIER"
    return "PCT" if word[-1] == "%" else "TIMES" if word[-1] == "x" else "NUM"
