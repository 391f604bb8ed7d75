"""Lists inside lists, as people indent them: by two blanks or three, where the Markdown library wants four."""

import re
from collections.abc import Iterable, Iterator

WANTED = 4  # blanks that the library takes for one list inside another
ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)]) +(?=\S)")
FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
DEEPEST = 12  # what is indented further is code, or no list of anybody's


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, those of lists indented as the library wants it: by four blanks for every list they are in."""
    items: list[tuple[int, int]] = []  # where the open items begin, and where their words do
    in_fence = False
    for line in lines:
        in_fence ^= FENCE.match(line) is not None
        own = len(line) - len(line.lstrip(" "))
        item = None if in_fence else ITEM.match(line)
        if in_fence or not line.strip():
            yield line
            continue
        while items and own < items[-1][1] and not (item and own > items[-1][0] + 1):
            items.pop()
        if item is None:
            yield " " * (WANTED * len(items) + own - items[-1][1]) + line.lstrip(" ") if items else line
        elif len(items) >= DEEPEST or (not items and own >= WANTED):
            yield line
        else:
            yield " " * (WANTED * len(items)) + line.lstrip(" ")
            items.append((own, item.end()))
