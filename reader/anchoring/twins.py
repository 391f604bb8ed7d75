"""Bringing a passage back from its copy.

Where a passage is copied word for word and then edited where it stood, the copy is the better match. But the words on
either side of it are still together, and between them stands what the passage became. Who corrects a text quotes what
it said, most often right beside: then its sentence goes on as it did behind something like it, in another sentence than
the copy; or the copy is in quotation marks or brackets, beside something like it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .closing import SENTENCE
from .order import rows
from .runs import Gap
from .sentences import is_another
from .sliding import edge
from .words import Words

if TYPE_CHECKING:
    from .alignment import Alignment

#: Shorter runs of words are not looked at; so far away may be what still stands on either side, in words.
SHORTEST, BESIDE = 3, 6
#: What stands between must have so much of the passage's letters, and be at most so many times as long, and more.
LIKE, TIMES, ROOM = 0.45, 3, 12
#: The same of what its own sentence goes on with.
LIKE_BESIDE = 0.3
OPENING, CLOSING = frozenset("\"'“„«‹‘‚([{~"), frozenset("\"'”“»›’‘)]}~")


def bring_back(alignment: "Alignment") -> None:
    """Match every run that has its image elsewhere with what stands in its old place, if that is like it."""
    for start, end in list(rows(alignment.image)):
        if end - start < SHORTEST:
            continue
        if gap := vacated(alignment, start, end):
            match_with(alignment, start, end, gap, LIKE, gap[0] - 1)
        elif gap := before_the_rest(alignment, start, end):
            match_with(alignment, start, end, gap, LIKE_BESIDE, gap[1])
        elif gap := behind_the_rest(alignment, start, end):
            match_with(alignment, start, end, gap, LIKE_BESIDE, gap[0] - 1)
        elif is_quoted(alignment, start, end):
            for gap in beside_the_copy(alignment, start, end):
                if match_with(alignment, start, end, gap, LIKE, start):
                    break


def match_with(alignment: "Alignment", start: int, end: int, gap: Gap, like: float, beside: int) -> bool:
    """Match a run with what it has in common with a gap, if that is enough; it goes where the word beside it went."""
    pairs = [pair for pair in alignment.compared(gap) if start <= pair[0] < end]
    if sum(alignment.lengths[at] for at, _ in pairs) < like * alignment.letters(start, end):
        return False
    sentences = alignment.sentences
    if is_another(sentences, sentences.at(start), (alignment.old, start, end), (alignment.new, *gap[2:])):
        return False
    moved = alignment.elsewhere[beside] if 0 <= beside < len(alignment.image) else 0
    for at in range(start, end):
        alignment.copied[alignment.image[at]] = 1
    alignment.release(start, end)
    alignment.claim(pairs, moved=moved)
    return True


def before_the_rest(alignment: "Alignment", start: int, end: int) -> Gap | None:
    """The new words before those that the sentence of a run goes on with, where that is another sentence now."""
    old, new, image = alignment.old, alignment.new, alignment.image
    after = next((at for at in range(end, min(len(image), end + BESIDE)) if image[at] >= 0), -1)
    if after < 0 or any(edge(old, at) >= SENTENCE for at in range(end, after + 1)):
        return None
    low, high = image[end - 1] + 1, image[after]
    if not is_free(alignment, low, high, 2 * room(start, end)):
        return None
    first = max((at for at in range(low, high) if edge(new, at) >= SENTENCE), default=high)
    return (start, after, first, high) if first < high else None


def behind_the_rest(alignment: "Alignment", start: int, end: int) -> Gap | None:
    """The new words behind those with which the sentence of a run begins, where that is another sentence now."""
    old, new, image = alignment.old, alignment.new, alignment.image
    before = next((at for at in range(start - 1, max(-1, start - 1 - BESIDE), -1) if image[at] >= 0), -1)
    if before < 0 or any(edge(old, at) >= SENTENCE for at in range(before + 1, start + 1)):
        return None
    low, high = image[before] + 1, image[start]
    if not is_free(alignment, low, high, 2 * room(start, end)):
        return None
    last = next((at for at in range(low + 1, high + 1) if edge(new, at) >= SENTENCE), low)
    return (before + 1, end, low, last) if low < last else None


def is_quoted(alignment: "Alignment", start: int, end: int) -> bool:
    """Whether the copy begins or ends with a quotation mark or a bracket, as the run does not."""
    old, new, image = alignment.old, alignment.new, alignment.image
    opens = sign(new, image[start] - 1) in OPENING and sign(old, start - 1) not in OPENING
    return opens or (sign(new, image[end - 1] + 1) in CLOSING and sign(old, end) not in CLOSING)


def sign(words: Words, at: int) -> str:
    """The first letter of a word, if there is one there."""
    return words.text[words.starts[at]] if 0 <= at < len(words) else " "


def beside_the_copy(alignment: "Alignment", start: int, end: int) -> Iterator[Gap]:
    """The new words before the copy, and those behind it, up to what stood beside the run."""
    image = alignment.image
    low, high = image[start], image[end - 1] + 1
    before = next((at for at in range(start - 1, -1, -1) if image[at] >= 0), -1)
    after = next((at for at in range(end, len(image)) if image[at] >= 0), len(image))
    first, last = alignment.image_of(before) + 1, alignment.image_of(after)
    if is_free(alignment, first, low, 2 * room(start, end)):
        yield start, end, first, low
    if is_free(alignment, high, last, 2 * room(start, end)):
        yield start, end, high, last


def is_free(alignment: "Alignment", low: int, high: int, most: int) -> bool:
    """Whether there are some new words, at most so many, that are nobody's."""
    return low < high <= low + most and max(alignment.source[low:high]) < 0


def room(start: int, end: int) -> int:
    """How many words a run may have become."""
    return TIMES * (end - start) + ROOM


def vacated(alignment: "Alignment", start: int, end: int) -> Gap | None:
    """The new words that stand between what stood beside the old words from `start` to before `end`, if nobody's."""
    image = alignment.image
    before = next((at for at in range(start - 1, max(-1, start - 1 - BESIDE), -1) if image[at] >= 0), -1)
    after = next((at for at in range(end, min(len(image), end + BESIDE)) if image[at] >= 0), -1)
    if (before < 0 and start > 0) or (after < 0 and end < len(image)):
        return None
    low, high = alignment.image_of(before) + 1, len(alignment.source) if after < 0 else image[after]
    if not is_free(alignment, low, high, room(start, end)):
        return None
    return before + 1, after if after >= 0 else len(image), low, high
