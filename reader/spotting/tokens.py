"""A sentence as the spotter sees it: its words, folded, with contractions written out and numbers made classes."""

import re
from functools import lru_cache
from typing import NamedTuple

from reader.spotting.lexicon import CONTRACTED, ENDINGS, MONTHS, NUMBERS

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d,.]*[%x]?|[?!:;,.()\"“”—–\[\]`=/<>*#$€£]")
#: No sentence of prose is longer; what is behind it is not read, so that a hostile line costs no more than this.
LONGEST = 2_000
Read = tuple[tuple[str, ...], tuple[str, ...]]


class Tokens(NamedTuple):
    words: list[str]  #: folded, contractions written out
    kinds: list[str]  #: the same, but years, numbers, names and months are classes


def tokenised(sentence: str, year: int) -> Tokens:
    """The tokens of a sentence that was said in this year."""
    words: list[str] = []
    kinds: list[str] = []
    for token in _TOKEN.findall(sentence[:LONGEST].replace("’", "'")):
        read_words, read_kinds = _read(token, min(len(kinds), 1), year)
        words += read_words
        kinds += read_kinds
    return Tokens(words, kinds)


def distinct(text: str) -> set[str]:
    """The different tokens of a text, as they are written."""
    return set(_TOKEN.findall(text[:LONGEST].replace("’", "'")))


@lru_cache(maxsize=20_000)
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
