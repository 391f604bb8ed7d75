"""A quote in its paragraph, as the claim page shows it, and what its text says instead by now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Self

from reader.highlights.models import Anchor
from reader.highlights.wording import same_words

#: A paragraph longer than this is cut on the quote's far sides, in code points.
REACH = 600


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    before: str
    quote: str
    after: str
    #: Since when the text says something else, and what; nothing where the words are gone from it.
    changed_at: datetime | None = None
    now: str = ""

    @classmethod
    def cut(cls, before: str, quote: str, after: str) -> Self:
        """The quote between what stands before and after it, up to the ends of its paragraphs."""
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
        if len(before) > REACH:
            before = "… " + before[-REACH:].partition(" ")[2]
        if len(after) > REACH:
            after = after[:REACH].rpartition(" ")[0] + " …"
        return cls(before, quote, after)


class Standing(NamedTuple):
    """A mark in one text of its piece, with what stands around it."""

    state: str
    came_at: datetime
    before: str
    words: str
    after: str

    def says(self, quote: str) -> bool:
        return self.state != Anchor.State.ORPHANED and same_words(quote, self.words)


def in_context(quote: str, texts: Sequence[Standing]) -> QuoteInContext | None:
    """The quote in the newest of these texts (the newest is the last) that has it; else where its mark stands last."""
    said = next((at for at in reversed(range(len(texts))) if texts[at].says(quote)), None)
    placed = [one for one in texts if one.state != Anchor.State.ORPHANED]
    if said is None:
        return QuoteInContext.cut(placed[-1].before, placed[-1].words, placed[-1].after) if placed else None
    there = texts[said]
    context = QuoteInContext.cut(there.before, there.words, there.after)
    if said == len(texts) - 1:
        return context
    last = texts[-1]
    now = "" if last.state == Anchor.State.ORPHANED else " ".join(last.words.split())
    return replace(context, changed_at=texts[said + 1].came_at, now=now)
