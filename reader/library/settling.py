"""Where a change of words is shown, of the places where it may be: what was added or taken away as it was written.

"[I take it back.] I have spoken" and "I [take it back. I] have spoken" are the same two texts, and the first is what
an author did.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

#: The words of one text from the one to the other, and those of the other: one of both may be none.
Part = tuple[int, int, int, int]
ENDS = frozenset(".!?…。！？")


def settled(parts: Sequence[Part], old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    """These changes in their order; one that only adds or takes away begins where a sentence does, if it may."""
    end = 0
    for at, part in enumerate(parts):
        behind = parts[at + 1][0] if at + 1 < len(parts) else len(old)
        step = step_of(part, old, new, part[0] - end, behind - part[1])
        end = part[1] + step
        yield part[0] + step, end, part[2] + step, part[3] + step


def step_of(part: Part, old: Sequence[str], new: Sequence[str], back: int, forth: int) -> int:
    """How far it goes, with so many words to either side up to the next change."""
    start, end, new_start, new_end = part
    if (start == end) == (new_start == new_end):
        return 0
    words, first, last = (new, new_start, new_end) if start == end else (old, start, end)
    return next((step for step in steps(words, first, last, back, forth) if begins(words, first + step)), 0)


def steps(words: Sequence[str], first: int, last: int, back: int, forth: int) -> Iterator[int]:
    """How far ``words[first:last]`` can go and leave the same words behind: not at all, to the front, to the end."""
    yield 0
    yield from takewhile(lambda step: words[first + step] == words[last + step], range(-1, -back - 1, -1))
    yield from (step + 1 for step in takewhile(lambda step: words[first + step] == words[last + step], range(forth)))


def begins(words: Sequence[str], at: int) -> bool:
    return at == 0 or words[at - 1] in ENDS
