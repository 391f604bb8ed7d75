"""Plain text: its paragraphs, and the body as HTML."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from reader.intake.documents import Metadata
from reader.intake.furniture import is_divider
from reader.intake.lines import Entry, Sheet, tidy

WIDEST_WRAP = 100  # columns; text wrapped by a mail program or an editor is narrower
NARROWEST_WRAP = 40
LIST_MARKS = ("- ", "* ", "• ", "– ", "+ ", "> ")


class PlainText:
    """A document without markup: each line is a paragraph, unless the whole was wrapped at a width."""

    def __init__(self, raw: str) -> None:
        self.sheet = Sheet(list(_entries(raw)))
        self.metadata = Metadata()

    def html(self) -> str:
        body = (entry.text for entry in self.sheet.entries if entry.in_body)
        return "\n".join("<hr>" if is_divider(text) else f"<p>{escape(text, quote=False)}</p>" for text in body)


def _entries(raw: str) -> Iterator[Entry]:
    """Yield the lines that show anything, numbered as in the input; wrapped lines are one entry."""
    lines = [tidy(line) for line in raw.splitlines()]
    width = wrap_width(lines)
    first, parts = 0, list[str]()
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        following = lines[number] if number < len(lines) else ""
        first = first if parts else number
        parts.append(line)
        if not goes_on(line, following, width):
            yield Entry(first, " ".join(parts), gap_after=not following)
            parts = []


def wrap_width(lines: list[str]) -> int:
    """Return the column at which the text was wrapped, or 0 if each line is a paragraph.

    Wrapped text never goes past a width, and most of its lines that are followed by another come close to it.
    """
    longest = max((len(line) for line in lines), default=0)
    if not NARROWEST_WRAP <= longest <= WIDEST_WRAP:
        return 0
    pairs = [(line, following) for line, following in pairwise(lines) if line and following]
    full = sum(_fills(line, following, longest) for line, following in pairs)
    return longest if full >= 3 and full * 2 >= len(pairs) else 0


def goes_on(line: str, following: str, width: int) -> bool:
    """Whether the following line is the rest of this one, broken off at the width."""
    if not width or not following or following.startswith(LIST_MARKS):
        return False
    return _fills(line, following, width)


def _fills(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted into this one (a little slack for ragged wraps)."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width - 4
