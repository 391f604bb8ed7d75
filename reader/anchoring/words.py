"""Cutting a text into the words that two texts are compared by.

A word is what changes as one: a run of letters and digits with its marks and inner apostrophes, one character of a
script that is written without spaces, or one sign (repeated signs, as in "..." and "--", are one). White space is none,
so a text that was wrapped anew has the same words. Words are compared folded: without case, width, and the shape of
quotes and dashes, which editors change in a whole text at once.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

#: Kana and Han; and all scripts without spaces between words: Thai, Lao, Burmese and Khmer as well.
CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_ALONE = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{CJK}"
#: Marks that belong to the letter before them, which `\w` leaves out, and joiners.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d"
    "\u0cbc-\u0ccd\u0d3e-\u0d4d\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u200b\u2060\ufeff"
)
#: Of these, the ones that are not seen: where a word may be parted, or may not.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
#: No word is longer: what looks like one (a picture as data) is cut, so that an edit inside it stays small.
_LONGEST = 48
#: The plain words of most texts are told by a table; what may go on behind them is left to the rule that knows all.
_PLAIN = r"[0-9A-Za-z]{1,48}+(?=[ \n.,;:!?)\"-])"
_WORD = re.compile(
    rf"({_PLAIN}|[^\W_{_ALONE}]{{1,{_LONGEST}}}(?:(?:[{_MARKS}]|['’](?=[^\W_{_ALONE}]))[^\W_{_ALONE}]{{0,{_LONGEST}}}){{0,{_LONGEST}}}"
    rf"|[{_ALONE}][{_MARKS}]{{0,8}}|([^\w\s]|_)\2{{0,{_LONGEST}}})"
)
#: Where the scripts begin of which a letter says more than one of an alphabet: kana, then Han.
FIRST_DENSE, LAST_KANA, HAN = "\u3040", "\u30ff", re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: What a text splits into: white space, a word, and its sign, if it is one; over and over.
_PARTS = 3
#: What editors put for one another: quotes, dashes, primes.
_ALIKE = str.maketrans("’‘‚‛′`´“”„‟″«»‹›‐‑‒–—―−", "'''''''" + '"' * 7 + "''" + "-" * 7) | _UNSEEN


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `text`: number n is ``text[starts[n]:ends[n]]``, and `keys[n]` is the same for the same word."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    keys: Sequence[int]

    def __len__(self) -> int:
        return len(self.starts)

    def lengths(self, first: int = 0, behind: int | None = None) -> list[int]:
        """How many letters each word has; one for signs, of which a rule or a drawing would outweigh its caption.

        A sign of a script that writes syllables or words says as much as several letters.
        """
        text, ends = self.text, zip(self.starts[first:behind], self.ends[first:behind], strict=True)
        return [
            1 if not text[start].isalnum() else end - start if text[start] < FIRST_DENSE else dense(text[start])
            for start, end in ends
        ]

    def is_sign(self, at: int) -> bool:
        return not self.text[self.starts[at]].isalnum()

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The first word that reaches into ``text[start:end]``, and the first one behind it."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def spelled_at(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]

    def spelled(self, first: int, behind: int) -> list[str]:
        """The words from one to before another, as they are written."""
        return [self.spelled_at(at) for at in range(first, behind)]

    def stretch(self, first: int, behind: int) -> str:
        """The text from the beginning of one word to the end of the one before another."""
        return self.text[self.starts[first] : self.ends[behind - 1]] if first < behind else ""

    def snapped(self, start: int, end: int) -> tuple[int, int]:
        """The nearest edges of words to ``text[start:end]``: a word belongs to it with half of its letters."""
        first, behind = self.within(start, end)
        if first >= behind:
            return start, end
        if behind - first > 1 and 2 * (start - self.starts[first]) > self.ends[first] - self.starts[first]:
            first += 1
        if behind - first > 1 and 2 * (end - self.starts[behind - 1]) < self.ends[behind - 1] - self.starts[behind - 1]:
            behind -= 1
        return self.starts[first], self.ends[behind - 1]


def dense(letter: str) -> int:
    """How many letters one says that is behind the alphabets: of kana two, of Han three."""
    return 2 if letter <= LAST_KANA else 3 if HAN.match(letter) else 1


class Vocabulary(dict[str, int]):
    """Numbers for words, shared by the texts that are compared; each spelling is folded once."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        self[word] = number = self._numbers.setdefault(folded(word), len(self._numbers))
        return number

    def words(self, text: str) -> Words:
        """The words of a text, numbered."""
        split = _WORD.split(text)
        words = split[1::_PARTS]
        edges = list(accumulate(chain.from_iterable(zip(map(len, split[::_PARTS]), map(len, words), strict=False))))
        return Words(text, edges[::2], edges[1::2], list(map(self.__getitem__, words)))

    def known(self, text: str) -> list[int]:
        """The numbers of the words of a text that have one, -1 for others; nothing is added."""
        return [self._numbers.get(folded(found.group()), -1) for found in _WORD.finditer(text)]


def folded(word: str) -> str:
    """A word without what editors change in a whole text at once."""
    plain = word if word.isascii() else unicodedata.normalize("NFKC", word).translate(_ALIKE)
    if word[0].isalnum():
        return plain.casefold()
    return "..." if plain.startswith("..") else plain[:1]
