"""Fixed wordings looked up word by word, the longest first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class _Node(Generic[Meaning]):
    __slots__ = ("meaning", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Meaning]] = {}
        self.meaning: Meaning | None = None


class Phrases(Generic[Meaning]):
    """Phrases written as words with spaces; "in|over the (very) near future" spells out choices and optional words."""

    def __init__(self, phrases: Mapping[str, Meaning]) -> None:
        self._root: _Node[Meaning] = _Node()
        for phrase, meaning in phrases.items():
            for words in _spelled_out(phrase):
                self._add(words, meaning)

    @property
    def openers(self) -> Iterable[str]:
        return self._root.next

    def seconds(self, opener: str) -> Iterable[str]:
        """What can follow this word in them."""
        return self._root.next[opener].next if opener in self._root.next else ()

    def _add(self, words: Sequence[str], meaning: Meaning) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        node.meaning = meaning

    def read(self, words: Sequence[str], i: int) -> tuple[Meaning, int] | None:
        """The meaning of the longest phrase that begins at `i`, and the index after it."""
        found: tuple[Meaning, int] | None = None
        node = self._root.next.get(words[i])
        while node is not None:
            i += 1
            if node.meaning is not None:
                found = node.meaning, i
            node = node.next.get(words[i])
        return found


def _spelled_out(phrase: str) -> Iterator[list[str]]:
    for choice in product(*(_choices(part) for part in phrase.split())):
        yield [word for words in choice for word in words]


def _choices(part: str) -> list[list[str]]:
    """ "in|over" is one word of two, "(very)" one that may be missing, "near_term" two words for one choice."""
    optional = part.startswith("(")
    found = [choice.split("_") for choice in part.strip("()").split("|")]
    return [[], *found] if optional else found
