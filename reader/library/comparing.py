"""What is different between two texts: which paragraphs belong together, and which words in them are not the same.

Offsets are code points of each text. The work is bounded: what is too large to be aligned counts as changed throughout.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from reader.anchoring.words import CJK
from reader.core.blocks import Block, Layout

#: Every sign of kana and Han is a word, for nothing parts words there: else a whole sentence would be one.
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+|[^\w\s]")
#: The table of an alignment has as many bits: 50 MB, for two texts of 20,000 words of which none is common.
LARGEST = 400_000_000
#: How much of the shorter of two paragraphs both must have to be one that was edited.
KIN = 0.4
#: What is the same between two changes and no longer than this (in characters) is taken for a chance.
CHANCE = 4


class Change(NamedTuple):
    """``old[start:end]`` became ``new[new_start:new_end]``; one of them may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph in both texts, or one that only the old or only the new has."""

    old: Block | None
    new: Block | None
    changes: tuple[Change, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.old is not None and self.new is not None and not self.changes


class Token(NamedTuple):
    word: str
    start: int
    end: int
    block: int

    @property
    def letters(self) -> int:
        """How much it says of which paragraph this is: signs are in all."""
        return len(self.word) if self.word[-1].isalnum() else 0


def compare(old: Layout, new: Layout) -> list[Row]:
    """The paragraphs of both texts in their order, those that belong together in one row."""
    before, after = with_words(old), with_words(new)
    keys = [[words_of(block) for block in blocks] for blocks in (before, after)]
    rows: list[Row] = []
    for start, end, new_start, new_end, is_same in stretches(keys[0], keys[1]):
        ours, theirs = before[start:end], after[new_start:new_end]
        if is_same:
            rows += [Row(one, other) for one, other in zip(ours, theirs, strict=True)]
        else:
            rows += rearranged(ours, theirs)
    return rows


def with_words(layout: Layout) -> list[Block]:
    return [block for block in layout.blocks if block.runs and words_of(block)]


def words_of(block: Block) -> str:
    return " ".join("".join(run.text for run in block.runs).split())


Stretch = tuple[int, int, int, int, bool]


def stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """The parts of two sequences that are the same, and between them those that are not, in order."""
    first = common(old, new)
    last = common(old[first:][::-1], new[first:][::-1])
    end, new_end = len(old) - last, len(new) - last
    at = new_at = 0
    for start, new_start, length in [*runs(old, new, first, end, new_end), (end, new_end, last)]:
        if start > at or new_start > new_at:
            yield at, start, new_at, new_start, False
        if length:
            yield start, start + length, new_start, new_start + length, True
        at, new_at = start + length, new_start + length


def runs(old: Sequence[str], new: Sequence[str], first: int, end: int, new_end: int) -> Iterator[tuple[int, int, int]]:
    """The same stretches up to where the common end begins: where each starts, and how long it is."""
    if first:
        yield 0, 0, first
    if (end - first) * (new_end - first) > LARGEST:
        return
    numbers: dict[str, int] = {}
    ours, theirs = (
        [numbers.setdefault(key, len(numbers)) for key in keys] for keys in (old[first:end], new[first:new_end])
    )
    for code in LCSseq.opcodes(ours, theirs):
        if code.tag == "equal":
            yield first + code.src_start, first + code.dest_start, code.src_end - code.src_start


def common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many the two begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


# Paragraphs that are not the same


def rearranged(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    """Rows of paragraphs of which none is as it was: edited ones side by side, the others alone."""
    at = new_at = 0
    for number, new_number in kin(old, new):
        yield from alone(old[at:number], new[new_at:new_number])
        yield Row(old[number], new[new_number], changes(old[number], new[new_number]))
        at, new_at = number + 1, new_number + 1
    yield from alone(old[at:], new[new_at:])


def alone(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    yield from (Row(block, None, (Change(block.start, block.end, 0, 0),)) for block in old)
    yield from (Row(None, block, (Change(0, 0, block.start, block.end),)) for block in new)


def kin(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Which paragraph became which: those that share most of their letters, in the order of both."""
    ours, theirs = tokens(old), tokens(new)
    shared: Counter[tuple[int, int]] = Counter()
    for start, end, new_start, _, is_same in stretches([one.word for one in ours], [one.word for one in theirs]):
        for offset in range(end - start if is_same else 0):
            shared[ours[start + offset].block, theirs[new_start + offset].block] += ours[start + offset].letters
    likeliest: dict[int, tuple[int, int]] = {}
    for (number, other), size in shared.items():
        likeliest[number] = max(likeliest.get(number, (0, 0)), (size, other))
    sizes, new_sizes, taken = letters(ours), letters(theirs), -1
    for number, (size, other) in sorted(likeliest.items()):
        if other > taken and size and size >= KIN * min(sizes[number], new_sizes[other]):
            taken = other
            yield number, other


def letters(found: Sequence[Token]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for token in found:
        sizes[token.block] += token.letters
    return sizes


def tokens(blocks: Sequence[Block]) -> list[Token]:
    """The words and signs of these paragraphs, with their places in the text."""
    found = []
    for number, block in enumerate(blocks):
        text = "".join(run.text for run in block.runs)
        found += [
            Token(one[0], block.start + one.start(), block.start + one.end(), number) for one in TOKEN.finditer(text)
        ]
    return found


# Words in a paragraph


def changes(old: Block, new: Block) -> tuple[Change, ...]:
    """The words of one paragraph that are not those of the other."""
    ours, theirs = tokens([old]), tokens([new])
    parts = list(stretches([one.word for one in ours], [one.word for one in theirs]))
    joined: list[tuple[int, int, int, int]] = []
    for at, (start, end, new_start, new_end, is_same) in enumerate(parts):
        is_chance = joined and at + 1 < len(parts) and ours[end - 1].end - ours[start].start <= CHANCE
        if is_same and not is_chance:
            continue
        if joined and (joined[-1][1], joined[-1][3]) == (start, new_start):
            joined[-1] = (joined[-1][0], end, joined[-1][2], new_end)
        else:
            joined.append((start, end, new_start, new_end))
    return tuple(placed(part, ours, theirs, old, new) for part in joined)


def placed(
    part: tuple[int, int, int, int], ours: Sequence[Token], theirs: Sequence[Token], old: Block, new: Block
) -> Change:
    """A change of words as one of the text. What has nothing in its place goes or comes with the blank behind it."""
    start, end, new_start, new_end = part
    blank = start == end or new_start == new_end
    return Change(*reach(ours, start, end, old, blank), *reach(theirs, new_start, new_end, new, blank))


def reach(found: Sequence[Token], start: int, end: int, block: Block, with_blank: bool) -> tuple[int, int]:  # noqa: FBT001  (part of what is asked)
    first = found[start].start if start < len(found) else block.end
    if start == end:
        return first, first
    behind = found[end].start if end < len(found) else block.end
    return first, behind if with_blank else found[end - 1].end
