"""Ending a sentence where it ends.

"It ends." became "It stops. So it goes." and both full stops may be the old one: nothing before either is left. The
words that went tell which: where a few were changed, a few stand there now.
"""

from collections.abc import MutableSequence

from .sliding import edge
from .words import Words

#: From this on an edge is the end of a sentence.
SENTENCE = 4
#: No more words than so many were changed before the sign; and these for those, and some more.
CHANGED, TIMES, ROOM = 8, 2, 3


def close(old: Words, new: Words, image: MutableSequence[int], source: MutableSequence[int]) -> None:
    """Match each sign that ends a sentence, behind changed words, with the first such sign behind what they became."""
    before = -1
    for at, there in enumerate(image):
        if there < 0:
            continue
        low = (image[before] if before >= 0 else -1) + 1
        changed = at - before - 1
        if 0 < changed <= CHANGED and low < there and edge(old, at + 1) >= SENTENCE and max(source[low:there]) < 0:
            for place in range(low, min(there, low + TIMES * changed + ROOM)):
                if new.keys[place] == old.keys[at] and edge(new, place + 1) >= SENTENCE and old.is_sign(at):
                    image[at], source[place], source[there] = place, at, -1
                    break
        before = at
