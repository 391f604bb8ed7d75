"""A quote in its paragraph, as the claim page shows it, and what its text says instead by now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Self

from reader.highlights.crossing import Crossed
from reader.highlights.models import Anchor
from reader.highlights.retracting import Remark, retraction
from reader.highlights.surroundings import REACH, Surroundings, Turn, how_turned
from reader.highlights.wording import is_hardly_left, same_words


class Wording(NamedTuple):
    """What a later text says: the words, in their sentence where that is another; nothing, where they are gone."""

    since: datetime
    turn: Turn | None
    lead: str
    words: str
    tail: str
    #: What came beside the words and takes them back.
    remark: Remark | None = None
    #: How much of them is crossed out that was not.
    crossed: Crossed | None = None
    #: Whether the words and their sentence are what they were.
    is_as_said: bool = False


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    """Where the words stand as they were said, and what became of them since, the newest last."""

    before: str
    quote: str
    after: str
    said_at: datetime | None = None
    since: tuple[Wording, ...] = ()
    #: Whether hardly anything of the words is left in the newest text, which came there step by step.
    is_hardly_left: bool = False

    @property
    def is_remarked(self) -> bool:
        return any(one.remark for one in self.since)

    @classmethod
    def cut(cls, before: str, quote: str, after: str) -> Self:
        """The quote between what stands before and after it, up to the ends of its paragraphs."""
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
        if len(before) > REACH:
            before = "… " + before[-REACH:].partition(" ")[2]
        if len(after) > REACH:
            after = after[:REACH].rpartition(" ")[0] + " …"
        return cls(before, quote, after)


@dataclass(frozen=True)
class Standing:
    """A mark in one text of its piece, with what stands around it."""

    state: str
    revision_id: int
    start: int
    end: int
    came_at: datetime
    before: str
    words: str
    after: str
    crossed: Crossed | None = None

    @property
    def is_lost(self) -> bool:
        return self.state == Anchor.State.ORPHANED

    @cached_property
    def around(self) -> Surroundings:
        return Surroundings.within(self.before, self.words, self.after)

    def says(self, quote: str) -> bool:
        return not self.is_lost and same_words(quote, self.words)

    def reads_like(self, other: "Standing", had: str) -> bool:
        """Whether nobody need be told of this one who knows the other, the one before it."""
        if self.is_lost or other.is_lost:
            return self.is_lost and other.is_lost
        if (
            other.crossed != self.crossed
            or not same_words(other.words, self.words)
            or retraction(other.around, self.around, had)
        ):
            return False
        return not how_turned(other.around, self.around, moved=self.has_moved)

    @property
    def has_moved(self) -> bool:
        return self.state == Anchor.State.MOVED


@dataclass(frozen=True)
class Story:
    """The texts in which some words stood since they were said, the newest last."""

    quote: str
    texts: Sequence[Standing]
    #: The first of the texts as a whole, where that is known.
    had: str = ""

    @cached_property
    def turns(self) -> list[Turn | None]:
        """What each of the texts makes of the sentence in which the words were said."""
        said, has_moved, turns = self.texts[0].around, False, []
        for text in self.texts:
            has_moved = has_moved or (text is not self.texts[0] and text.has_moved)
            turns.append(None if text.is_lost else how_turned(said, text.around, moved=has_moved))
        return turns

    @cached_property
    def remarks(self) -> list[Remark | None]:
        """What takes the words back beside them, in each of the texts."""
        said = self.texts[0].around
        return [None if text.is_lost else retraction(said, text.around, self.had) for text in self.texts]

    def crossed(self, at: int) -> Crossed | None:
        """How much is crossed out in one of the texts that was not in the first."""
        now = self.texts[at].crossed
        return now if now and now.is_more_than(self.texts[0].crossed) else None

    def is_in_its_sentence(self, at: int) -> bool:
        return self.texts[at].says(self.quote) and not self.turns[at]

    def is_as_said(self, at: int) -> bool:
        return self.is_in_its_sentence(at) and not self.remarks[at] and not self.crossed(at)

    def wording(self, at: int) -> Wording:
        text = self.texts[at]
        if text.is_lost:
            return Wording(text.came_at, None, "", "", "")
        turn, remark = self.turns[at], self.remarks[at]
        lead, words, tail = map(in_one_line, text.around.sentence if turn else ("", text.words.strip(), ""))
        sentence = (lead.lstrip(), words, tail.rstrip())
        return Wording(text.came_at, turn, *sentence, remark, self.crossed(at), self.is_in_its_sentence(at))

    def wordings(self, behind: int) -> tuple[Wording, ...]:
        """What the texts behind one of them say, each that differs from the one before it."""
        numbers = range(behind + 1, len(self.texts))
        news = [at for at in numbers if at == behind + 1 or not self.reads_on(at)]
        return tuple(map(self.wording, news))

    def reads_on(self, at: int) -> bool:
        return self.texts[at].reads_like(self.texts[at - 1], self.had)


def first_to_say(quote: str, texts: Sequence[Standing]) -> int | None:
    return next((at for at, text in enumerate(texts) if text.says(quote)), None)


def in_context(quote: str, texts: Sequence[Standing], had: str = "") -> QuoteInContext | None:
    """The quote in the newest of these texts (the newest is the last) that has it; else where its mark stands last.

    `had` is the whole of the first that has it: what stands there already is nothing new.
    """
    first = first_to_say(quote, texts)
    if first is None:
        placed = [one for one in texts if not one.is_lost]
        return QuoteInContext.cut(placed[-1].before, placed[-1].words, placed[-1].after) if placed else None
    story = Story(quote, texts[first:], had)
    said = next(at for at in reversed(range(len(story.texts))) if story.is_as_said(at))
    there, newest = story.texts[said], story.texts[-1]
    context = QuoteInContext.cut(there.before, there.words, there.after)
    if there is newest:
        return context
    hardly = not newest.is_lost and is_hardly_left(quote, newest.words)
    return replace(context, said_at=there.came_at, since=story.wordings(said), is_hardly_left=hardly)


def in_one_line(text: str) -> str:
    """Without paragraphs, and with its edges: they stand beside other words."""
    return re.sub(r"\s+", " ", text)
