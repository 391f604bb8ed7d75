"""A text cut into words, numbers and marks, with the place of each."""

import re
from bisect import bisect_left
from datetime import date
from functools import cached_property

from .windows import By

# Possessive quantifiers keep the cut linear on any text; it is lowered before. An address is one token, so that no
# year is read out of it, and so is a blank line, so that nothing is read across two paragraphs. "5y" is a number and
# what it counts.
_TOKEN = re.compile(
    r"""https?://\S++ | www\.\S++
      | \d++(?:[.,]\d++)++
      | \d++(?=(?:ish|y|yrs?|mos?|wks?)\b)
      | (?:eoy|fye)(?=\d\d(?:\d\d)?\b)
      | ['ʼ](?:s|t|ll|re|ve|d|m)\b
      | [^\W_]++
      | \n[^\S\n]*+\n\s*+
      | [^\w\s] | _""",
    re.VERBOSE,
)
_PADDING = ("",) * 24
_APOSTROPHES = frozenset("ʼ‘")
_ENDS_A_SENTENCE = frozenset(".!?…\n")


class Sentence:
    """The tokens of a text said on a day. `words` are lowered and padded with empty ones past the end."""

    def __init__(self, text: str, said_on: date, by: By = "end") -> None:
        self.text = text
        self.said_on = said_on
        self.by = by
        self._cut()
        self.length = len(self.starts)
        self.words.extend(_PADDING)

    def _cut(self) -> None:
        # Of all letters "İ" alone becomes two when it is lowered, and the places behind it would be wrong.
        lowered = self.text.replace("İ", "ı").lower().replace("’", "'")
        found = list(_TOKEN.finditer(lowered))
        self.words = [token[0] for token in found]
        self.starts = [token.start() for token in found]
        self.ends = [token.end() for token in found]
        if "\n" in lowered or not _APOSTROPHES.isdisjoint(lowered):
            self.words = [_plain(word) for word in self.words]

    def span(self, i: int, stop: int) -> str:
        return self.text[self.starts[i] : self.ends[stop - 1]]

    def written(self, i: int) -> str:
        """The token as it stands in the text, "" outside it."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < self.length else ""

    def joined(self, i: int) -> bool:
        """Whether this token touches the one before it."""
        return 0 < i < self.length and self.starts[i] == self.ends[i - 1]

    def before(self, i: int) -> str:
        return self.words[i - 1] if i > 0 else ""

    @cached_property
    def _breaks(self) -> list[int]:
        return [i for i, word in enumerate(self.words[: self.length]) if word in _ENDS_A_SENTENCE]

    def first_of_sentence(self, i: int) -> int:
        """The index of the first word of the sentence that the word at `i` stands in."""
        place = bisect_left(self._breaks, i)
        return self._breaks[place - 1] + 1 if place else 0

    def sentence_end(self, i: int) -> int:
        place = bisect_left(self._breaks, i)
        return self._breaks[place] if place < len(self._breaks) else self.length


def _plain(word: str) -> str:
    if word[0] in _APOSTROPHES:
        return "'" + word[1:]
    return "\n" if word[0] == "\n" else word
