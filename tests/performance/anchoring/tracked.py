"""A text that knows of each of its characters where it came from, whatever is done to it."""

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple, Self

#: Origin of what was never in the old text.
INSERTED = -1
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Span = tuple[int, int]


class Truth(NamedTuple):
    """Where a passage is now, and what share of its own characters is left."""

    start: int
    end: int
    left: float


class Tracked:
    """A text under edit. `origins` has a number for each character: where it stood, or INSERTED.

    A word put for another stands in its place but is not it: what it stands for is kept apart, in `stands`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.origins = list(range(len(text)))
        self.stands = [INSERTED] * len(text)

    def __len__(self) -> int:
        return len(self.text)

    def insert(self, at: int, words: str) -> Self:
        return self._splice(at, at, words, [INSERTED] * len(words))

    def cut(self, start: int, end: int) -> Self:
        return self._splice(start, end, "", [])

    def replace(self, start: int, end: int, words: str) -> Self:
        """Put other words in the place of these."""
        known = [max(self.origins[at], self.stands[at]) for at in range(start, end)] or [INSERTED]
        return self._splice(start, end, words, [known[min(at, len(known) - 1)] for at in range(len(words))])

    def respell(self, start: int, end: int, change: Callable[[str], str]) -> Self:
        """Write each character in another way; it is the same still."""
        spelled = [change(character) for character in self.text[start:end]]
        for numbers in (self.origins, self.stands):
            numbers[start:end] = [
                number for number, letters in zip(numbers[start:end], spelled, strict=True) for _ in letters
            ]
        self.text = self.text[:start] + "".join(spelled) + self.text[end:]
        return self

    def move(self, start: int, end: int, to: int) -> Self:
        """Take a stretch out and put it elsewhere; `to` is a place outside it."""
        whole, taken = (self.text, self.origins, self.stands), slice(start, end)
        kept = tuple(part[taken] for part in whole)
        self.cut(start, end)
        at = to if to <= start else to - (end - start)
        self.text = self.text[:at] + str(kept[0]) + self.text[at:]
        self.origins[at:at] = list(kept[1])  # type: ignore[arg-type]
        self.stands[at:at] = list(kept[2])  # type: ignore[arg-type]
        return self

    def _splice(self, start: int, end: int, words: str, stands: list[int]) -> Self:
        self.text = self.text[:start] + words + self.text[end:]
        self.origins[start:end] = [INSERTED] * len(words)
        self.stands[start:end] = stands
        return self

    def truth(self, start: int, end: int) -> Truth:
        """Where ``old[start:end]`` is: from the first to the last of its characters, or of what stands for them."""
        own = [at for at, origin in enumerate(self.origins) if start <= origin < end]
        there = [at for at, origin in enumerate(self.stands) if start <= origin < end]
        if not own:
            return Truth(0, 0, 0.0)
        everything = own + there
        return Truth(min(everything), max(everything) + 1, len(own) / (end - start))

    def where(self, start: int, end: int) -> Span:
        truth = self.truth(start, end)
        return truth.start, truth.end


def each_word(text: Tracked, span: Span, share: float, random: Random, change: Callable[[str], str]) -> None:
    """Change a share of the words within a stretch, at least one."""
    words = [found.span() for found in WORD.finditer(text.text, *span)]
    chosen = random.sample(words, min(len(words), max(1, round(share * len(words)))))
    for start, end in sorted(chosen, reverse=True):
        text.replace(start, end, change(text.text[start:end]))
