"""How the readers of one text differ over which of its sentences are predictions.

Who counts: whoever read the piece to the end, with every sentence, and whoever marked something, with the sentences up
to the furthest place they came to, wherever they are now. A sentence that a reader has not come to is missing, which
is not the same as unmarked.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reader.highlights.models import Kind
from reader.reports.queries import MarkRow, MemberRow
from reader.scoring.agreement import Agreement, nominal_alpha
from reader.spotting.sentences import Span, split


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who counts; `reached` is how many sentences they have read."""

    id: int
    name: str
    reached: int
    has_finished: bool
    #: The marks that make a sentence a prediction to them, by its number.
    marks: dict[int, list[MarkRow]]

    def judge(self, sentence: int) -> bool | None:
        """Whether they take it for a prediction; None where they have not come to it."""
        if sentence in self.marks:
            return True
        return False if sentence < self.reached else None

    def judgements(self, sentences: int) -> list[bool | None]:
        """What they say of each sentence of the text."""
        said: list[bool | None] = [False] * self.reached + [None] * (sentences - self.reached)
        for number in self.marks:
            said[number] = True
        return said


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text cut into sentences, its readers, and how far they agree."""

    text: str
    sentences: Sequence[Span]
    readers: Sequence[Reader]
    #: Members who may mark and do not count yet.
    waiting: Sequence[str]
    agreement: Agreement
    #: The sentences that somebody marked, in the order of the text.
    marked: Sequence[int] = field(default=())

    def among(self, *readers: Reader) -> Agreement:
        return nominal_alpha([reader.judgements(len(self.sentences)) for reader in readers])

    def alone(self, reader: Reader) -> int:
        """How many sentences only this reader marked."""
        return sum(
            all(number not in other.marks for other in self.readers if other != reader) for number in reader.marks
        )

    @property
    def unanimous(self) -> int:
        """How many sentences everybody marked who came to them, two at least."""
        judged = [[reader.judge(number) for reader in self.readers] for number in self.marked]
        return sum(False not in one and one.count(True) > 1 for one in judged)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readers side by side."""

    one: Reader
    other: Reader

    @property
    def both(self) -> list[int]:
        return sorted(self.one.marks.keys() & self.other.marks.keys())

    @property
    def only_one(self) -> list[int]:
        return sorted(self.one.marks.keys() - self.other.marks.keys())

    @property
    def only_other(self) -> list[int]:
        return sorted(self.other.marks.keys() - self.one.marks.keys())

    @property
    def either(self) -> list[int]:
        return sorted(self.one.marks.keys() | self.other.marks.keys())


@lru_cache(maxsize=32)
def sentences_of(text: str) -> Sequence[Span]:
    """The sentences of a text, remembered by the text itself: a revision never changes."""
    return tuple(split(text))


def compare(text: str, marks: Iterable[MarkRow], members: Iterable[MemberRow]) -> Comparison:
    """Put what the readers of a text marked in it beside each other."""
    sentences = sentences_of(text)
    by_reader: defaultdict[int, list[MarkRow]] = defaultdict(list)
    for mark in marks:
        by_reader[mark.reader_id].append(mark)
    places = {member.reader_id: member for member in members}
    names = {pk: member.reader for pk, member in places.items()} | {pk: own[0].reader for pk, own in by_reader.items()}
    readers, waiting = [], []
    for pk, name in sorted(names.items(), key=lambda person: (person[1].casefold(), person[0])):
        if pk in by_reader or places[pk].has_finished:
            readers.append(reader_of(pk, name, by_reader[pk], places.get(pk), text, sentences))
        else:
            waiting.append(name)
    agreement = nominal_alpha([reader.judgements(len(sentences)) for reader in readers])
    marked = sorted({number for reader in readers for number in reader.marks})
    return Comparison(text, sentences, readers, waiting, agreement, marked)


def reader_of(
    pk: int, name: str, marks: list[MarkRow], member: MemberRow | None, text: str, sentences: Sequence[Span]
) -> Reader:
    predictions: defaultdict[int, list[MarkRow]] = defaultdict(list)
    for mark in marks:
        if mark.kind == Kind.PREDICTION:
            for number in touched(mark, text, sentences):
                predictions[number].append(mark)
    has_finished = member is not None and member.has_finished
    read_to = len(text) * ((member and member.percent) or 0) // 100
    came_to = max([read_to, *(mark.end for mark in marks)])
    reached = len(sentences) if has_finished else bisect_left(sentences, came_to, key=lambda sentence: sentence.start)
    return Reader(pk, name, reached, has_finished, dict(predictions))


def touched(mark: MarkRow, text: str, sentences: Sequence[Span]) -> Iterator[int]:
    """The sentences of which a mark holds a letter or a figure; a stop or a quote taken along makes none of them."""
    number = bisect_right(sentences, mark.start, key=lambda sentence: sentence.end)
    while number < len(sentences) and sentences[number].start < mark.end:
        start, end = sentences[number]
        if any(map(str.isalnum, text[max(start, mark.start) : min(end, mark.end)])):
            yield number
        number += 1
