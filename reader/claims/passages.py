"""A quote in its paragraph, as the claim page shows it."""

from dataclasses import dataclass
from typing import Self

from reader.highlights.models import Anchor

#: A paragraph longer than this is cut on the quote's far sides, in code points.
REACH = 600


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    before: str
    quote: str
    after: str

    @classmethod
    def of(cls, anchor: Anchor) -> Self:
        """The quote between what stands before and after it, up to the ends of its paragraphs."""
        text, start, end = anchor.revision.text, anchor.start, anchor.end
        opening = text.rfind("\n", 0, start) + 1
        closing = text.find("\n", end)
        closing = len(text) if closing < 0 else closing
        before, after = text[opening:start], text[end:closing]
        if len(before) > REACH:
            before = "… " + before[-REACH:].partition(" ")[2]
        if len(after) > REACH:
            after = after[:REACH].rpartition(" ")[0] + " …"
        return cls(before, text[start:end], after)
