"""A quote in its paragraph, as the claim page shows it."""

from dataclasses import dataclass
from typing import Self

#: A paragraph longer than this is cut on the quote's far sides, in code points.
REACH = 600


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    before: str
    quote: str
    after: str

    @classmethod
    def cut(cls, before: str, quote: str, after: str) -> Self:
        """The quote between what stands before and after it, up to the ends of its paragraphs."""
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
        if len(before) > REACH:
            before = "… " + before[-REACH:].partition(" ")[2]
        if len(after) > REACH:
            after = after[:REACH].rpartition(" ")[0] + " …"
        return cls(before, quote, after)
