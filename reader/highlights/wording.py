"""Whether the words of a passage are still those that were marked."""

from collections import Counter
from string import punctuation
from unicodedata import normalize

from rapidfuzz.distance import LCSseq

#: What editors put for one another in a whole text at once says nothing else: quotes and dashes, and what nobody sees.
ALIKE = str.maketrans("’‘‚‛“”„‟–—−‐‑", "''''\"\"\"\"-----", "\u00ad\u200b\u2060\ufeff")


def same_words(marked: str, now: str) -> bool:
    """Whether both say the same, but for white space, quotes, dashes, the first capital and a full stop at the end."""
    return marked == now or alike(marked) == alike(now)


def plain(text: str) -> str:
    """A text with one shape for each sign and each letter."""
    return normalize("NFC", text.translate(ALIKE))


def alike(text: str) -> list[str]:
    words = plain(text).removesuffix(".").split()
    return [words[0][:1].casefold() + words[0][1:], *words[1:]] if words else []


def how_alike(marked: str, there: str, score: float) -> str:
    """How much a likeliest place has of what was marked."""
    return "the same words" if same_words(marked, there) else f"{score:.0%} alike"


#: Of more words than so many their order is not asked for: a whole book can be marked, and that would take gigabytes.
MANY = 5_000
#: Where less than this share of the marked letters is left, a single step would have been asked about.
HARDLY = 0.45


def is_hardly_left(marked: str, now: str) -> bool:
    """Whether hardly anything of what was marked is there: many small edits come to that, each of them sure."""
    was, left = bare_words(marked), bare_words(now)
    if len(was) > MANY:
        kept = list((Counter(was) & Counter(left)).elements())
    else:
        blocks = LCSseq.editops(was, left).as_matching_blocks()
        kept = [word for block in blocks for word in was[block.a : block.a + block.size]]
    return sum(map(len, kept)) < HARDLY * sum(map(len, was))


def bare_words(text: str) -> list[str]:
    return [word.strip(punctuation).casefold() for word in plain(text).split()]
