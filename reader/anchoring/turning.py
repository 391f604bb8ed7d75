"""Putting the seams of what moved where a writer would have cut.

Of two paragraphs that end alike, "A. So it ends.| B. So it ends." may have changed places between the ends, or before
or behind them: each word has a partner either way. The seams belong together, for what is on one side of the first
continues behind the second, and so on around; all are moved as one, to the edges of paragraphs and sentences.
"""

from collections.abc import MutableSequence

from .sliding import JOINED, edge
from .words import Words

#: So many seams belong together at most; of more, nothing is known that is worth the search.
MOST_SEAMS = 5


def turn(words: Words, image: MutableSequence[int], source: MutableSequence[int]) -> None:
    """Move the seams between `words` that stand one behind another here, but elsewhere in the other text."""
    for at in range(1, len(image)):
        if image[at - 1] >= 0 and image[at] >= 0 and image[at] != image[at - 1] + 1:
            seams = together(image, source, at)
            if seams:
                _turn_one(words, image, source, seams)


def together(image: MutableSequence[int], source: MutableSequence[int], at: int) -> list[int]:
    """The seams that can only be moved along with one; none where words without partners are at one of them."""
    seams = [at]
    while len(seams) <= MOST_SEAMS:
        behind = image[seams[-1] - 1] + 1
        at = source[behind] if behind < len(source) else -1
        if at == seams[0]:
            return seams
        if at <= 0 or image[at - 1] < 0 or at in seams:
            return []
        seams.append(at)
    return []


def _turn_one(words: Words, image: MutableSequence[int], source: MutableSequence[int], seams: list[int]) -> None:
    forth, joins_forth = _room(words, image, seams, 1)
    back, joins_back = _room(words, image, seams, -1)
    best = max(
        range(-back, forth + 1),
        key=lambda by: (
            JOINED * ((by == forth and joins_forth) or (by == -back and joins_back))
            + sum(edge(words, at + by) for at in seams) / len(seams),
            -abs(by),
        ),
    )
    step = 1 if best > 0 else -1
    for by in range(0, best, step):
        turned = [at + by if step > 0 else at + by - 1 for at in seams]
        images = [image[at] for at in turned]
        images = images[1:] + images[:1] if step > 0 else images[-1:] + images[:-1]
        for at, there in zip(turned, images, strict=True):
            image[at], source[there] = there, at


def _room(words: Words, image: MutableSequence[int], seams: list[int], step: int) -> tuple[int, bool]:
    """How many words the seams can be moved in one direction, and whether one would be gone then."""
    beside = [at if step > 0 else at - 1 for at in seams]
    room = 0
    while len({words.keys[at] for at in beside}) == 1:
        room += 1
        following = [at + step for at in beside]
        if not all(
            0 <= there < len(image) and image[there] == image[at] + step
            for at, there in zip(beside, following, strict=True)
        ):
            return room, all(0 <= there < len(image) and image[there] >= 0 for there in following)
        beside = following
    return room, False
