"""Plain text: its paragraphs, and the body as HTML."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby, pairwise

from reader.intake.documents import Metadata
from reader.intake.furniture import is_divider
from reader.intake.lines import Entry, Role, Sheet, tidy
from reader.intake.pagebreaks import DIVIDED, Joiner, breaks_sentence, page_numbers

WIDEST_WRAP = 100  # columns; text wrapped by a mail program or an editor is narrower
NARROWEST_WRAP = 40
QUOTE, FEWEST_QUOTED = ">", 6
ITEM_MARKS = ("- ", "• ")  # a dash longer than a hyphen opens speech
STAR = "* "
NOTE_STAR = re.compile(r"[^\s*]\*(?=[\s.,;:!?)]|$)", re.MULTILINE)  # behind a word: the star of a footnote
LIST_MARKS = ("- ", "* ", "• ", "– ", "+ ", "> ")


class PlainText:
    """A document without markup: each line is a paragraph, unless the whole was wrapped at a width."""

    def __init__(self, raw: str) -> None:
        self.sheet = Sheet(list(_entries(raw)))
        self.metadata = Metadata()
        self._lines = raw.splitlines()
        self._item_marks = ITEM_MARKS if NOTE_STAR.search(raw) else (*ITEM_MARKS, STAR)

    def html(self) -> str:
        runs = groupby((entry for entry in self.sheet.entries if entry.in_body), self._shape)
        return "\n".join(self._run_as_html(shape, list(run)) for shape, run in runs)

    def _run_as_html(self, shape: int | str, run: list[Entry]) -> str:
        if len(run) > 1 and isinstance(shape, str):
            items = (f"<li>{escape(entry.text[1:].strip(), quote=False)}</li>" for entry in run)
            return "<ul>{}</ul>".format("".join(items))
        if shape and sum(sum(map(bool, self._cells(entry))) > 1 for entry in run) > 1:
            rows = ("".join(f"<td>{escape(cell, quote=False)}</td>" for cell in self._cells(entry)) for entry in run)
            return "<table><tbody>{}</tbody></table>".format("".join(f"<tr>{row}</tr>" for row in rows))
        return "\n".join("<hr>" if is_divider(e.text) else f"<p>{escape(e.text, quote=False)}</p>" for e in run)

    def _shape(self, entry: Entry) -> int | str:
        """What the line is one of, where others like it stand beside it: the mark of a list, the columns of a table."""
        if entry.text.startswith(self._item_marks) and not is_divider(entry.text):
            return entry.text[0]
        return len(self._cells(entry))

    def _cells(self, entry: Entry) -> list[str]:
        """The line cut at its tabs, if it is one line of the input, and not only indented."""
        cells = [tidy(cell) for cell in self._lines[entry.number - 1].split("\t")]
        is_row = len(cells) > 1 and (cells[0] or sum(map(bool, cells)) > 1)
        return cells if is_row and tidy(" ".join(cells)) == entry.text else []


def _entries(raw: str) -> Iterator[Entry]:
    """Yield the lines that show anything, numbered as in the input; wrapped lines are one entry."""
    lines = _unquoted([tidy(line) for line in raw.splitlines()])
    width = wrap_width(lines)
    pages = page_numbers(lines) if width else set()
    joiner = Joiner(lines if width else ())
    parts, numbers, passed = list[str](), list[int](), list[int]()
    for index, following in _text_lines(lines, pages):
        if index in pages:
            passed.append(index)
        else:
            parts.append(lines[index])
            numbers.append(index + 1)
            if goes_on(lines[index], following, width):
                continue
            yield Entry(numbers[0], joiner.join(parts), gap_after=not following)
            parts, numbers = [], []
        if not parts:
            yield from (_page_number(n, lines[n]) for n in passed)
            passed = []
    yield from (_page_number(n, lines[n]) for n in passed)


def _unquoted(lines: list[str]) -> list[str]:
    """Take off the marks with which a mail program quotes a whole mail that it passes on."""
    first = next((n for n, line in enumerate(lines) if line.startswith(QUOTE)), len(lines))
    quoted = [line for line in lines[first:] if line]
    if len(quoted) < FEWEST_QUOTED or not all(line.startswith(QUOTE) for line in quoted):
        return lines
    return lines[:first] + [line[1:].strip() for line in lines[first:]]


def _text_lines(lines: list[str], pages: set[int]) -> Iterator[tuple[int, str]]:
    """Yield the index of every line that shows anything, and what follows it: over the end of a page, the next one."""
    following, text, pending = "", "", list[tuple[int, str]]()
    for index in range(len(lines) - 1, -1, -1):
        if index in pages and breaks_sentence(lines, index):
            pending.append((index, ""))
            following = text
        elif lines[index]:
            pending.append((index, following))
            following = lines[index]
            text = text if index in pages else following
        elif not (pending and pending[-1][0] in pages and breaks_sentence(lines, pending[-1][0])):
            following = ""
    return reversed(pending)


def _page_number(index: int, text: str) -> Entry:
    return Entry(index + 1, text, role=Role.FURNITURE, reason="a page number")


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
    if DIVIDED.search(line) and following[0].islower():
        return True
    return _fills(line, following, width)


def _fills(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted into this one (a little slack for ragged wraps)."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width - 4
