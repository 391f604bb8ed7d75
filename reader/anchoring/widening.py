"""Ending the place of a whole sentence where the sentence ends.

"It ends." became "Perhaps it ends, if rates fall." What was put at its edges has no past, so nothing tells that it
belongs to the passage but this: who marked a sentence marked all of it.
"""

from .alignment import Alignment
from .anchors import Anchor, Span

#: No more words than so many are taken in at one end, or so many times those of the passage.
MOST, TIMES = 12, 2


def whole(alignment: Alignment, anchor: Anchor, place: Span) -> Span:
    """The place up to the edges of its sentences, where the passage had them: only over words that are nobody's.

    The very words stay themselves, whatever is said of them.
    """
    old, new = alignment.sentences, alignment.new_sentences
    first, behind = alignment.old.within(anchor.start, anchor.end)
    low, high = alignment.new.within(*place)
    if alignment.new.text[slice(*place)] == alignment.old.text[anchor.start : anchor.end]:
        return place
    if low >= high or first != old.starts[old.at(first)] or behind != old.ends[old.at(behind - 1)]:
        return place
    start, end = place
    most = max(MOST, TIMES * (behind - first))
    begins, ends = new.starts[new.at(low)], new.ends[new.at(high - 1)]
    if 0 < low - begins <= most and is_free(alignment, begins, low):
        start = alignment.new.starts[begins]
    if 0 < ends - high <= most and is_free(alignment, high, ends):
        end = alignment.new.ends[ends - 1]
    return Span(start, end)


def is_free(alignment: Alignment, low: int, high: int) -> bool:
    """Whether some new words are nobody's, and no copy; a sign is anybody's."""
    taken = (at for at in range(low, high) if alignment.source[at] >= 0 or alignment.copied[at])
    return all(alignment.new.is_sign(at) for at in taken)
