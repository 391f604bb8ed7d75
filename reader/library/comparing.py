"""What is different between two texts: which paragraphs belong together, and which words in them are not the same.

Offsets are code points of each text. The work is bounded: what is too large to be aligned counts as changed throughout.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from rapidfuzz.distance import LCSseq

from reader.anchoring.runs import Gap, matched
from reader.anchoring.words import CJK
from reader.core.blocks import Block, Layout
from reader.library.pairing import in_order, most_alike
from reader.library.settling import settled

#: Every sign of kana and Han is a word, for nothing parts words there: else a whole sentence would be one.
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+|[^\w\s]")
#: The table of an alignment has as many bits: 50 MB, for two texts of 20,000 words of which none is common.
LARGEST = 400_000_000
#: In what is larger, runs of so many words that stand once are the same; between them shorter ones, then what is small.
BY_RUNS = (8, 4, 2, 1, 0)
#: Of many paragraphs, in which the same short runs stand by chance.
AMONG_MANY = (8, 4, 2)
#: What is longer is not compared: in some 300,000 words, 2 MB, that takes a few seconds.
LONGEST = 300_000
#: As many characters of either side in one change were not compared word by word.
COARSE = 20_000
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
    #: Of one that the other text has at a place that does not belong together with this: that one.
    twin: Block | None = None

    @property
    def is_coarse(self) -> bool:
        """Whether a part of it is too long for its words to be compared."""
        return any(min(one.end - one.start, one.new_end - one.new_start) > COARSE for one in self.changes)

    @property
    def is_same(self) -> bool:
        return self.old is not None and self.new is not None and not self.changes


class Token(NamedTuple):
    word: str
    start: int
    end: int

    @property
    def letters(self) -> int:
        """How much it says of which paragraph this is: signs are in all."""
        return len(self.word) if self.word[-1].isalnum() else 0


Stretch = tuple[int, int, int, int, bool]


def compare(old: Layout, new: Layout) -> list[Row]:
    """The paragraphs of both texts in their order, those that belong together in one row."""
    before, after = with_words(old), with_words(new)
    keys = [[words_of(block) for block in blocks] for blocks in (before, after)]
    parts = list(stretches(keys[0], keys[1]))
    found = Changed.between([(before[one[0] : one[1]], after[one[2] : one[3]]) for one in parts if not one[-1]])
    rows: list[Row] = []
    for start, end, new_start, new_end, is_same in parts:
        ours, theirs = before[start:end], after[new_start:new_end]
        if is_same:
            rows += [Row(one, other) for one, other in zip(ours, theirs, strict=True)]
        else:
            rows += rearranged(ours, theirs, found)
    return rows


def with_words(layout: Layout) -> list[Block]:
    return [block for block in layout.blocks if block.runs and words_of(block)]


def words_of(block: Block) -> str:
    return " ".join("".join(run.text for run in block.runs).split())


def stretches(old: Sequence[str], new: Sequence[str], by_runs: Sequence[int] = BY_RUNS) -> Iterator[Stretch]:
    """The parts of two sequences that are the same, and between them those that are not, in order."""
    first = common(old, new)
    last = common(old[first:][::-1], new[first:][::-1])
    end, new_end = len(old) - last, len(new) - last
    at = new_at = 0
    for start, new_start, length in [*runs(old, new, (first, end, first, new_end), by_runs), (end, new_end, last)]:
        if start > at or new_start > new_at:
            yield at, start, new_at, new_start, False
        if length:
            yield start, start + length, new_start, new_start + length, True
        at, new_at = start + length, new_start + length


def runs(old: Sequence[str], new: Sequence[str], gap: Gap, by_runs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The same stretches up to where the common end begins: where each starts, and how long it is."""
    first, end, _, new_end = gap
    if first:
        yield 0, 0, first
    numbers: dict[str, int] = {}
    ours, theirs = (
        [numbers.setdefault(key, len(numbers)) for key in keys] for keys in (old[first:end], new[first:new_end])
    )
    if max(len(ours), len(theirs)) > LONGEST:
        return
    if len(ours) * len(theirs) > LARGEST:
        for at, new_at, length in joined(matched(ours, theirs, (0, len(ours), 0, len(theirs)), by_runs)):
            yield first + at, first + new_at, length
        return
    for code in LCSseq.opcodes(ours, theirs):
        if code.tag == "equal":
            yield first + code.src_start, first + code.dest_start, code.src_end - code.src_start


def joined(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Pairs that follow upon one another in both, as one stretch: where it starts, and how long it is."""
    start = new_start = length = 0
    for at, new_at in pairs:
        if length and (at, new_at) == (start + length, new_start + length):
            length += 1
            continue
        if length:
            yield start, new_start, length
        start, new_start, length = at, new_at, 1
    if length:
        yield start, new_start, length


def common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many the two begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


# Paragraphs that are not the same


@dataclass(frozen=True, slots=True)
class Changed:
    """The paragraphs of both texts that are not the same, by their numbers, with those that are most alike."""

    words: dict[int, list[Token]]
    new_words: dict[int, list[Token]]
    became: dict[int, Block]
    was: dict[int, Block]
    scores: dict[tuple[int, int], float]
    parts: dict[tuple[int, int], list[Stretch]] = field(default_factory=dict)

    @classmethod
    def between(cls, runs: Sequence[tuple[Sequence[Block], Sequence[Block]]]) -> Self:
        """What is alike is looked for wherever it stands: a paragraph may have gone past others that stayed."""
        old = [block for ours, _ in runs for block in ours]
        new = [block for _, theirs in runs for block in theirs]
        words, new_words = ({block.number: tokens(block) for block in side} for side in (old, new))
        alike = most_alike(spoken(words.values()), spoken(new_words.values()))
        return cls(
            words,
            new_words,
            {old[at].number: new[other] for at, other in alike},
            {new[other].number: old[at] for at, other in alike},
            {(old[at].number, new[other].number): score for (at, other), score in alike.items()},
        )

    def compared(self, old: Block, new: Block) -> list[Stretch]:
        """Which words of two paragraphs are the same, looked for once."""
        if (old.number, new.number) not in self.parts:
            ours, theirs = self.words[old.number], self.new_words[new.number]
            found = list(stretches([one.word for one in ours], [one.word for one in theirs]))
            self.parts[old.number, new.number] = found
        return self.parts[old.number, new.number]


def rearranged(old: Sequence[Block], new: Sequence[Block], found: Changed) -> Iterator[Row]:
    """Rows of paragraphs of which none is as it was: edited ones side by side, the others alone."""
    places, new_places = ({block.number: at for at, block in enumerate(side)} for side in (old, new))
    here = {
        (places[one], new_places[other]): score
        for (one, other), score in found.scores.items()
        if one in places and other in new_places
    }
    at = new_at = 0
    for number, new_number in in_order(here):
        yield from amid(old[at:number], new[new_at:new_number], found)
        yield edited(old[number], new[new_number], found)
        at, new_at = number + 1, new_number + 1
    yield from amid(old[at:], new[new_at:], found)


def amid(old: Sequence[Block], new: Sequence[Block], found: Changed) -> Iterator[Row]:
    """What stands between paragraphs that belong together: of what did not move, more that do, in the order of both."""
    ours = [block for block in old if block.number not in found.became]
    theirs = [block for block in new if block.number not in found.was]
    at = new_at = 0
    for one, other in kin(ours, theirs, found):
        end, new_end = old.index(one, at), new.index(other, new_at)
        yield from alone(old[at:end], new[new_at:new_end], found)
        yield edited(one, other, found)
        at, new_at = end + 1, new_end + 1
    yield from alone(old[at:], new[new_at:], found)


def edited(old: Block, new: Block, found: Changed) -> Row:
    return Row(old, new, changes(old, new, found))


def alone(old: Sequence[Block], new: Sequence[Block], found: Changed) -> Iterator[Row]:
    """Paragraphs beside which there is none; of one that moved, what was edited is shown where it is now."""
    for block in old:
        yield Row(block, None, (Change(block.start, block.end, 0, 0),), found.became.get(block.number))
    for block in new:
        was = found.was.get(block.number)
        changed = changes(was, block, found) if was else ()
        yield Row(None, block, changed or (Change(0, 0, block.start, block.end),), was if changed else None)


def kin(old: Sequence[Block], new: Sequence[Block], found: Changed) -> Iterator[tuple[Block, Block]]:
    """Which paragraph became which: those that share most of their letters, in the order of both."""
    ours, theirs = ([found.words[block.number] for block in old], [found.new_words[block.number] for block in new])
    shared = shared_letters(old, new, found)
    likeliest: dict[int, tuple[int, int]] = {}
    for (number, other), size in shared.items():
        likeliest[number] = max(likeliest.get(number, (0, 0)), (size, other))
    taken = -1
    for number, (size, other) in sorted(likeliest.items()):
        if other > taken and size and size >= KIN * min(letters(ours[number]), letters(theirs[other])):
            taken = other
            yield old[number], new[other]


def shared_letters(old: Sequence[Block], new: Sequence[Block], found: Changed) -> Counter[tuple[int, int]]:
    """How much each two paragraphs have in common, as far as all are read in order."""
    ours, theirs = (
        [(number, one) for number, block in enumerate(side) for one in words[block.number]]
        for side, words in ((old, found.words), (new, found.new_words))
    )
    if len(old) == len(new) == 1:
        parts = found.compared(old[0], new[0])
    else:
        parts = list(stretches([one.word for _, one in ours], [one.word for _, one in theirs], AMONG_MANY))
    shared: Counter[tuple[int, int]] = Counter()
    for start, end, new_start, _, is_same in parts:
        for offset in range(end - start if is_same else 0):
            number, token = ours[start + offset]
            shared[number, theirs[new_start + offset][0]] += token.letters
    return shared


def spoken(paragraphs: Iterable[Sequence[Token]]) -> list[list[str]]:
    """Their words without the signs."""
    return [[one.word for one in paragraph if one.letters] for paragraph in paragraphs]


def letters(found: Sequence[Token]) -> int:
    return sum(token.letters for token in found)


def tokens(block: Block) -> list[Token]:
    """The words and signs of a paragraph, with their places in the text."""
    text, start = "".join(run.text for run in block.runs), block.start
    return [Token(one[0], start + one.start(), start + one.end()) for one in TOKEN.finditer(text)]


# Words in a paragraph


def changes(old: Block, new: Block, found: Changed) -> tuple[Change, ...]:
    """The words of one paragraph that are not those of the other."""
    ours, theirs = found.words[old.number], found.new_words[new.number]
    parts = found.compared(old, new)
    whole: list[tuple[int, int, int, int]] = []
    for at, (start, end, new_start, new_end, is_same) in enumerate(parts):
        is_chance = whole and at + 1 < len(parts) and ours[end - 1].end - ours[start].start <= CHANCE
        if is_same and not is_chance:
            continue
        if whole and (whole[-1][1], whole[-1][3]) == (start, new_start):
            whole[-1] = (whole[-1][0], end, whole[-1][2], new_end)
        else:
            whole.append((start, end, new_start, new_end))
    where = settled(whole, [one.word for one in ours], [one.word for one in theirs])
    return tuple(placed(part, ours, theirs, old, new) for part in where)


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
