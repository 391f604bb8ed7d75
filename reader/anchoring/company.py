"""Whether a passage that stands elsewhere moved there, or was deleted and has a likeness there.

What moved took its neighbours along, or is long enough to be nobody else's. So letters are counted: those of the
passage and of what stood on either side of it, as far as this came along. One that is there speaks for the place, one
that is not speaks against it, and louder: a likeness agrees in half of its words, an edited passage in three quarters.
"""

from .alignment import Alignment
from .parts import Part

#: How much louder a letter speaks that is not there.
AGAINST = 1.8
#: How many words on either side are heard, and how far these may have drifted from the passage: so many words, and
#: half of their distance.
REACH, DRIFT = 40, 12
#: So many letters must be left over.
ENOUGH = 28
#: The same for a whole paragraph of its own, which was one there too: a heading, an item of a list.
ENOUGH_WHOLE = 8


def speaks_for(alignment: Alignment, first: int, behind: int, part: Part, kept: float, enough: float) -> bool:
    """Whether enough speaks for a passage to be where a part of it is; `kept` of its letters are left there."""
    missing = enough - kept + AGAINST * (alignment.letters(first, behind) - kept)
    if missing > 0:
        missing -= along(alignment, range(first - 1, max(-1, first - 1 - REACH), -1), part.first)
    if missing > 0:
        missing -= along(alignment, range(behind, min(len(alignment.old), behind + REACH)), part.last)
    return missing <= 0


def along(alignment: Alignment, words: range, beside: int) -> float:
    """How much the words on one side of a passage speak for it, as far outwards as they do."""
    best = heard = 0.0
    for at in words:
        letters = alignment.lengths[at]
        drift = abs(alignment.image[at] - alignment.image[beside] - (at - beside))
        came = alignment.image[at] >= 0 and drift <= DRIFT + abs(at - beside) / 2
        heard += letters if came else -AGAINST * letters
        best = max(best, heard)
    return best
