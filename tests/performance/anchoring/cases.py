"""Cases of every class, the same ones whenever they are made with the same seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from .classes import CLASSES, Case
from .tracked import WORD, Span, Tracked, Truth

#: What is left of a passage below the first is gone; between the two it is neither, and no case.
GONE, THERE = 0.1, 0.45
LENGTHS = {"short": (2, 5), "medium": (8, 25), "long": (45, 120)}
#: What is hardly ever marked.
ODD_LENGTHS = {"tiny": (1, 2), "huge": (300, 400)}

Edit = Callable[[Case], None]


@dataclass(frozen=True)
class Sample:
    """A passage of `old`, and the truth about it in `new`: where it is, or None."""

    kind: str
    length: str
    old: str
    new: str
    passage: Span
    truth: Span | None


def samples(
    texts: Sequence[str],
    each: int,
    seed: int,
    classes: Mapping[str, Edit] = CLASSES,
    lengths: Sequence[str] = tuple(LENGTHS),
) -> Iterator[Sample]:
    """So many cases of each class and length."""
    for kind in classes:
        for length in lengths:
            random = Random(f"{seed} {kind} {length}")
            made = 0
            while made < each:
                if sample := one(kind, classes[kind], length, texts, random):
                    made += 1
                    yield sample


def one(kind: str, edit: Edit, length: str, texts: Sequence[str], random: Random) -> Sample | None:
    text, other = random.sample(list(texts), 2)
    case = Case(text, chosen(text, length, random), Tracked(text), random, other)
    edit(case)
    truth = case.new.truth(*case.passage)
    torn = truth.end - truth.start > 3 * (case.passage[1] - case.passage[0]) + 300
    if GONE <= truth.left < THERE or torn or case.old == case.new.text:
        return None
    return Sample(kind, length, case.old, case.new.text, case.passage, place_of(truth))


def place_of(truth: Truth) -> Span | None:
    return (truth.start, truth.end) if truth.left >= THERE else None


def chosen(text: str, length: str, random: Random) -> Span:
    """Some words in a row, a few of them in the next paragraph perhaps."""
    low, high = (LENGTHS | ODD_LENGTHS)[length]
    size = random.randint(low, high)
    spans = [found.span() for found in WORD.finditer(text)]
    first = random.randrange(len(spans) - size)
    start, end = spans[first][0], spans[first + size - 1][1]
    if length not in ("short", "tiny") and random.random() < 0.5:
        start, end = whole(text, start, end)
    return start, end


def whole(text: str, start: int, end: int) -> Span:
    """From the beginning of a sentence to the end of one, or of a paragraph."""
    begins = [at for at in range(start, end) if at == 0 or text[at - 1] == "\n" or text[max(0, at - 2) : at] == ". "]
    ends = [at + 1 for at in range(start, end) if text[at] in ".!?" and text[at + 1 : at + 2] in ("", " ", "\n")]
    first, last = min(begins, default=start), max(ends, default=end)
    return (first, last) if last - first >= (end - start) / 2 else (start, end)
