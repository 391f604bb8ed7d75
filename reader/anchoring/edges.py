"""Where a passage begins and ends when words at its edge were changed."""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from .alignment import Alignment
from .parts import Part
from .words import Words

#: Where more words than this are concerned, they are shared out by number alone.
MOST_WEIGHED = 40
#: So many letters agree by chance for each word that more or fewer are given to a passage than its share.
CHANCE = 1
#: Where the end of a sentence became one of these, the sentence goes on: with what nobody marked.
GOING_ON = frozenset(",;:–—-")
#: What stands where a preview was cut.
CUT_OFF = ("…", "...")


def words_before(alignment: Alignment, first: int, part: Part) -> int:
    """How many new words before the part belong to a passage that begins with the old word `first`."""
    if first == part.first:
        return 0
    before, _ = alignment.around(first, first)
    high = alignment.image[part.first]
    taken, _ = alignment.taken_around(high, high)
    nearest = max(taken + 1, high - 3 * (part.first - before) - 10)
    cut = paragraph_before(alignment, first, part)
    outside = max(before + 1, first - MOST_WEIGHED, beginning(alignment.old, first) if cut >= nearest else 0)
    nearest = max(nearest, cut)
    return share(
        alignment.old.spelled(first, part.first)[::-1],
        alignment.old.spelled(outside, first)[::-1],
        alignment.new.spelled(nearest, high)[::-1],
        together=alignment.image_of(before) == taken,
    )


def words_behind(alignment: Alignment, behind: int, part: Part) -> int:
    """How many new words behind the part belong to a passage that ends before the old word `behind`."""
    if behind == part.last + 1:
        return 0
    low = alignment.image[part.last] + 1
    _, after = alignment.around(behind, behind)
    _, taken = alignment.taken_around(low, low)
    nearest = min(taken, low + 3 * (after - part.last) + 10)
    cut = paragraph_behind(alignment, behind, part)
    outside = min(after, behind + MOST_WEIGHED, ending(alignment.old, behind) if cut <= nearest else after)
    nearest = min(nearest, cut)
    return share(
        alignment.old.spelled(part.last + 1, behind),
        alignment.old.spelled(behind, outside),
        alignment.new.spelled(low, nearest),
        together=alignment.image_of(after) == taken,
    )


def paragraph_before(alignment: Alignment, first: int, part: Part) -> int:
    """The new word from which on a passage may begin: it reaches into no other paragraph than it did."""
    old, new, there = alignment.old, alignment.new, alignment.image[part.first]
    if "\n" in old.text[old.starts[first] : old.starts[part.first]]:
        return 0
    cut = new.text.rfind("\n", 0, new.starts[there])
    return new.within(cut + 1, new.ends[there])[0]


def paragraph_behind(alignment: Alignment, behind: int, part: Part) -> int:
    """The new word before which it ends."""
    old, new, there = alignment.old, alignment.new, alignment.image[part.last]
    cut = new.text.find("\n", new.ends[there])
    if cut < 0 or "\n" in old.text[old.ends[part.last] : old.ends[behind - 1]]:
        return len(new)
    return new.within(new.starts[there], cut)[1]


def beginning(words: Words, at: int) -> int:
    """The first word of the paragraph that a word is in."""
    return words.within(words.text.rfind("\n", 0, words.ends[at]) + 1, words.ends[at])[0]


def ending(words: Words, at: int) -> int:
    """The word before which the paragraph ends that the word before a word is in."""
    cut = words.text.find("\n", words.ends[at - 1])
    return words.within(words.starts[at - 1], cut)[1] if cut >= 0 else len(words)


def share(inside: Sequence[str], outside: Sequence[str], found: Sequence[str], *, together: bool) -> int:
    """How many of the words `found` beside a passage belong to it.

    All three are counted from the passage outwards: `inside` are the words at its edge that have no partner, `outside`
    those behind them that have none, `found` the new words that stand where these stood. `together` says whether the
    text goes on behind `found` as it did behind `outside`.
    """
    if not inside or not found:
        return 0
    if list(found[: len(inside)]) == list(inside):
        return len(inside)
    if found[0] in GOING_ON and not any(map(str.isalnum, "".join(inside))):
        return 0
    if is_cut_off(inside) and found[0].startswith(inside[0]):
        return 1
    if not together or not outside or len(found) > 2 * (len(inside) + len(outside)):
        return len(found) if together and len(found) <= 2 * len(inside) + 1 else min(len(inside), len(found))
    expected = round(len(found) * len(inside) / (len(inside) + len(outside)))
    if len(found) + len(inside) + len(outside) > MOST_WEIGHED:
        return expected
    return max(
        range(len(found) + 1),
        key=lambda size: (
            likeness(inside, outside, found, size) - CHANCE * abs(size - expected),
            -abs(size - expected),
        ),
    )


def is_cut_off(inside: Sequence[str]) -> bool:
    """Whether some words are the last one of a preview, cut in the middle: "Frank…"."""
    return len(inside) == 2 and inside[1] in CUT_OFF


def likeness(inside: Sequence[str], outside: Sequence[str], found: Sequence[str], size: int) -> int:
    """How many letters agree if the first `size` words found belong to the passage and the rest do not."""
    within = LCSseq.similarity(" ".join(inside), " ".join(found[:size]))
    return within + LCSseq.similarity(" ".join(outside), " ".join(found[size:]))
