"""Two texts of a piece beside each other: rows of paragraphs, long equal stretches folded, marks in both."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.safestring import SafeString

from reader.core.blocks import LONG as LONG_BLOCK
from reader.core.blocks import Block, Layout
from reader.core.markup import NOTHING, fill, together
from reader.highlights.crossing import Span, spans_between, struck_in
from reader.highlights.rendering import MarkRow, marks_by_block
from reader.library.comparing import Row, compare, words_of
from reader.pages import striking

#: Of a long stretch that is the same so many paragraphs stay in sight on either side; and what counts as long.
IN_SIGHT, LONG = 1, 4

CELL = '<div class="words" data-side="{side}" data-tag="{tag}" dir="auto"{long}>{words}</div>'
PAIR = '<div class="pair" data-change="{change}"{target}>{cells}</div>\n'
FOLD = """<details class="fold"><summary>{count} paragraphs are the same{words}</summary>
{pairs}</details>
"""
TARGET = SafeString(' id="mark"')
#: Of a very long paragraph the direction of each line is not looked for: `core.blocks` says why.
OF_ONE_DIRECTION = SafeString(" data-long")
TAG = re.compile(r"<(\w+) id=\"b\d+\"[^>]*>$")
SAID = {"gone": "Only in the older text:", "come": "Only in the newer text:"}
#: The same paragraph stands elsewhere in the other text.
MOVED = {"gone": "Moved away", "come": "Moved here"}
MOVED_AND_EDITED = {"gone": "Moved away and edited", "come": "Moved here and edited"}
TOO_LONG = SafeString(
    '<small class="moved">Too long to be compared word by word: words that stayed may be struck here, too.</small> '
)
STRUCK = SafeString('<small class="moved">Crossed out since</small> ')
NO_LONGER_STRUCK = SafeString('<small class="moved">No longer crossed out</small> ')
MOVED_WORD = '<small class="moved">{words}</small> '
MOVED_WHOLE = '<small class="moved whole">{words}</small> '
WORD = '<span class="visually-hidden">{words} </span>'


@dataclass(frozen=True)
class Side:
    """One of the two texts, with the marks that a reader sees in it."""

    layout: Layout
    marks: Sequence[MarkRow]

    @cached_property
    def by_block(self) -> dict[int, tuple[MarkRow, ...]]:
        return marks_by_block(self.layout, self.marks)

    @cached_property
    def struck(self) -> Sequence[Span]:
        return struck_in(self.layout.html)

    def crossed_out_of(self, block: Block) -> list[str]:
        """What is crossed out of a paragraph, piece by piece."""
        spans = spans_between(self.struck, block.start, block.end) if self.struck else []
        pieces = (self.layout.text[start:end] for start, end in spans)
        return [piece for piece in pieces if any(map(str.isalnum, piece))]

    def tag_of(self, number: int) -> str:
        found = TAG.search(self.layout.glue[number])
        return found[1] if found else "p"


@dataclass(frozen=True)
class Comparison:
    """What became of the old text in the new one; `wanted` is the mark whose words are looked for."""

    old: Side
    new: Side
    wanted: int | None = None

    @cached_property
    def rows(self) -> list[Row]:
        return compare(self.old.layout, self.new.layout)

    @property
    def is_same(self) -> bool:
        return all(map(self.stays, self.rows))

    def stays(self, row: Row) -> bool:
        return row.is_same and not self.stroke(row)

    def stroke(self, row: Row) -> SafeString:
        """Whether more of a paragraph is crossed out than was, or less; of one that is in one text alone nothing."""
        before = row.old or row.twin
        if before is None or row.new is None:
            return NOTHING
        was, struck = self.old.crossed_out_of(before), self.new.crossed_out_of(row.new)
        if any(piece not in "".join(was) for piece in struck):
            return STRUCK
        stands, still = self.new.layout.text[row.new.start : row.new.end], "".join(struck)
        return NO_LONGER_STRUCK if any(piece in stands and piece not in still for piece in was) else NOTHING

    @cached_property
    def moved(self) -> set[str]:
        """The paragraphs that are in both texts, at places that do not belong together."""
        gone, come = (
            {words_of(block) for block in blocks if block}
            for blocks in (
                [row.old for row in self.rows if row.new is None],
                [row.new for row in self.rows if row.old is None],
            )
        )
        return gone & come

    @cached_property
    def target(self) -> Row | None:
        """The row that has the mark, in the old text or else in the new one."""
        for side, name in ((self.old, "old"), (self.new, "new")):
            for row in self.rows:
                block = getattr(row, name)
                if block and any(mark[0] == self.wanted for mark in side.by_block.get(block.number, ())):
                    return row
        return None

    def html(self) -> SafeString:
        return together(self.parts())

    def parts(self) -> Iterator[SafeString]:
        groups = [(same, list(rows)) for same, rows in groupby(self.rows, key=self.stays)]
        for at, (is_same, rows) in enumerate(groups):
            first, last = (IN_SIGHT if at else 0), (IN_SIGHT if at + 1 < len(groups) else 0)
            middle = rows[first : len(rows) - last]
            if not is_same or len(middle) < LONG:
                yield from self.pairs(rows)
                continue
            yield from self.pairs(rows[:first])
            yield fill(FOLD, count=len(middle), words=NOTHING, pairs=together(self.pairs(middle)))
            yield from self.pairs(rows[len(rows) - last :])

    def pairs(self, rows: Iterable[Row]) -> Iterator[SafeString]:
        return (self.pair(row) for row in rows)

    def pair(self, row: Row) -> SafeString:
        old = self.old.by_block.get(row.old.number, ()) if row.old else ()
        new = self.new.by_block.get(row.new.number, ()) if row.new else ()
        change = self.change_of(row)
        said = self.said_of(row, change) if change in SAID else NOTHING
        if row.is_coarse:
            said += TOO_LONG
        stroke = self.stroke(row)
        cells = []
        if row.old:
            cells.append(self.cell("then", row, said + SafeString(striking.then(row, old))))
        if row.new:
            cells.append(self.cell("now", row, said + stroke + SafeString(self.now(row, new))))
        if change == "changed":
            cells.append(self.cell("both", row, said + stroke + SafeString(striking.both(row, old, new))))
        target = TARGET if self.wanted and row is self.target else NOTHING
        return fill(PAIR, change=change, target=target, cells=together(cells))

    def now(self, row: Row, marks: tuple[MarkRow, ...]) -> str:
        """The new paragraph; of one that came from elsewhere, with what went of it, which stands beside it nowhere."""
        if row.old or row.twin is None:
            return striking.now(row, marks)
        came_from = Row(row.twin, row.new, row.changes)
        return striking.both(came_from, self.old.by_block.get(row.twin.number, ()), marks)

    def said_of(self, row: Row, change: str) -> SafeString:
        block = row.old or row.new
        if block and words_of(block) in self.moved:
            return fill(MOVED_WHOLE, words=MOVED[change])
        if row.twin:
            return fill(MOVED_WORD, words=MOVED_AND_EDITED[change])
        return fill(WORD, words=SAID[change])

    def cell(self, side: str, row: Row, words: SafeString) -> SafeString:
        tag = self.old.tag_of(row.old.number) if side == "then" and row.old else ""
        tag = tag or (self.new.tag_of(row.new.number) if row.new else "p")
        return fill(
            CELL, side=side, tag=tag, long=OF_ONE_DIRECTION if len(words) >= LONG_BLOCK else NOTHING, words=words
        )

    def change_of(self, row: Row) -> str:
        if row.old is None or row.new is None:
            return "gone" if row.new is None else "come"
        return "same" if self.stays(row) else "changed"
