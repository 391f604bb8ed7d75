"""An article's highlights as ``<mark>`` elements, rendered on the server.

Overlapping highlights are flattened: the text is cut wherever one begins or ends, and each segment names
all highlights that cover it (``data-highlight="3 7"``). Segments stay inside the run of words they cut, so
that links and emphasis are left whole and no element but ``mark`` (and empty ``span`` targets) is added:
``textContent`` stays what it was.

A segment carries a class for each kind on it, the leading one first (``mark[class^="prediction"]`` draws,
``mark.question`` finds), ``data-depth`` 2 or 3 where two or more overlap, and ``data-mine``. The first
segment of a highlight is where its margin card stands (``data-anchor="--h3,--h7"``, for CSS anchor
positioning) and what ``#h-3`` leads to.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from operator import itemgetter
from typing import NamedTuple

from reader.core.blocks import Block, Layout

# The order in which kinds lead where they meet: the one most worth finding again first.
KINDS = ("prediction", "question", "evidence", "highlight")
DEEPEST = 3


class Mark(NamedTuple):
    """A highlight's place in one text (code points) and what its look depends on."""

    id: int
    start: int
    end: int
    kind: str
    mine: bool


MarkRow = tuple[int, int, int, str, bool]


#: What is longer or fuller is drawn anew every time: all that is remembered stays within some 60 MB.
LONG_BLOCK, MANY_MARKS = 10_000, 250

#: Past the end of every text.
NEVER = 1 << 62
#: What a card or a suggestion is level with.
ANCHOR = "data-anchor="


def render_article(layout: Layout, marks: Collection[MarkRow], anchored_to: int = NEVER) -> str:
    """The whole article; rows are ``Mark`` or the same as plain tuples, in any order.

    What begins after ``anchored_to`` is no place for a card: with a thousand marks that would cost the browser a long
    pause, and their cards come later. Paragraphs of it are laid out as one comes near (``data-far``), until a card
    stands beside them.
    """
    if not marks:
        return layout.html
    parts: list[str] = []
    seen = 0
    for glue, block, here in zip(layout.glue, layout.blocks, marks_of_each(layout.blocks, marks), strict=False):
        opening = _far(glue) if block.start > anchored_to and ANCHOR not in block.html else glue
        parts += (opening, inside(block, here, seen, min(anchored_to, block.end)))
        seen = block.end if block.runs else seen
    parts.append(layout.glue[-1])
    return "".join(parts)


def _far(glue: str) -> str:
    before, paragraph, after = glue.rpartition("<p ")
    return f"{before}{paragraph}data-far {after}" if paragraph else glue


def render_block(layout: Layout, number: int, marks: Iterable[MarkRow]) -> str:
    """What stands inside one leaf block, as ``render_article`` gives it; any marks of the article will do."""
    block = layout.blocks[number]
    seen = max((earlier.end for earlier in layout.blocks[:number] if earlier.runs), default=0)
    (here,) = marks_of_each([block], marks)
    return inside(block, here, seen, block.end)


def marks_by_block(layout: Layout, marks: Collection[MarkRow]) -> dict[int, tuple[MarkRow, ...]]:
    """The marks of each leaf block, by its number."""
    here = marks_of_each(layout.blocks, marks)
    return {block.number: found for block, found in zip(layout.blocks, here, strict=False) if found}


def render_beside(block: Block, marks: tuple[MarkRow, ...]) -> str:
    """What stands inside a block, for a page that has the same marks elsewhere too: nothing leads to these."""
    return marked.__wrapped__(block, marks, NEVER, 0)


def marks_of_each(blocks: Iterable[Block], marks: Iterable[MarkRow]) -> Iterator[tuple[MarkRow, ...]]:
    """The marks that each of these blocks shares a place with, one that crosses into the next with both."""
    coming = iter(sorted(marks, key=_START))
    mark = next(coming, None)
    crossing: list[MarkRow] = []
    for block in blocks:
        crossing = [earlier for earlier in crossing if earlier[2] > block.start]
        while mark is not None and mark[1] < block.end:
            if mark[2] > block.start:
                crossing.append(mark)
            mark = next(coming, None)
        yield tuple(crossing)


# A pencil is a kind in my hand or in another's; several in one number are a bit each.
_PENCILS = {(kind, mine): 2 * rank + mine for rank, kind in enumerate(KINDS) for mine in (False, True)}


def _look(depth: int, pencils: int) -> str:
    kinds = dict.fromkeys(kind for (kind, _), bit in _PENCILS.items() if pencils >> bit & 1)
    deeper = f' data-depth="{depth}"' if depth > 1 else ""
    mine = any(mine and pencils >> bit & 1 for (_, mine), bit in _PENCILS.items())
    return f' class="{" ".join(kinds)}"{deeper}{" data-mine" if mine else ""}'


_LOOKS = [[_look(depth, pencils) for pencils in range(1 << len(_PENCILS))] for depth in range(DEEPEST + 1)]

# A row with its id as text and its kind and hand as a pencil.
_Row = tuple[str, int, int, int]
# What the same highlights cover: where it starts, their ids, how its segments look, and who begins with it.
_Stretch = tuple[int, str, str, Sequence[_Row]]
_START, _END = itemgetter(1), itemgetter(2)


def inside(block: Block, marks: tuple[MarkRow, ...], seen: int, anchored_to: int) -> str:
    """The inside of a block, remembered where it is as long as paragraphs are: of a book in one block few would fit."""
    draw = marked if len(block.html) < LONG_BLOCK and len(marks) < MANY_MARKS else marked.__wrapped__
    return draw(block, marks, seen, anchored_to)


@lru_cache(maxsize=512)
def marked(block: Block, marks: tuple[MarkRow, ...], seen: int, anchored_to: int) -> str:
    """The inside of a block. What starts before ``seen`` had its first segment in an earlier block.

    Remembered by all that it is made of: who reads what others have read, or what they have read before, waits for
    those blocks alone in which a mark came or went. One loop over local names: here an article with thousands of marks
    spends its time.
    """
    if not marks:
        return block.html
    stretches = _stretches(marks)
    place, coming_ids, coming_look, begun = next(stretches)
    ids = look = ""
    unseen: list[_Row] = []
    out: list[str] = []
    for before, start, end, text, special in block.runs:
        out.append(before)
        position = start
        while position < end:
            if place <= position:
                if begun and place >= seen:
                    unseen += begun
                ids, look = coming_ids, coming_look
                place, coming_ids, coming_look, begun = next(stretches)
                continue
            stop = place if place < end else end  # noqa: FURB136  (min() would be a tenth of this loop)
            words = text[position - start : stop - start]
            if special:
                words = escape(words, quote=False)
            if ids:
                opening = _first(unseen, position, anchored_to) if unseen else "<mark"
                words = f'{opening} data-highlight="{ids}"{look}>{words}</mark>'
            out.append(words)
            position = stop
    out.append(block.tail)
    return "".join(out)


def _first(unseen: list[_Row], position: int, anchored_to: int) -> str:
    """The opening of a segment where highlights begin: their anchors and the targets of their links."""
    ids = [row[0] for row in unseen if row[2] > position]
    unseen.clear()
    if not ids:
        return "<mark"
    anchor = f' data-anchor="--h{",--h".join(ids)}"' if position <= anchored_to else ""
    targets = "".join([f'<span id="h-{id_}"></span>' for id_ in ids[1:]])
    return f'{targets}<mark id="h-{ids[0]}"{anchor}'


def _stretches(marks: Iterable[MarkRow]) -> Iterator[_Stretch]:
    """Where the highlights over the text change, and to what; ends with a stretch that never comes."""
    rows = [(str(id_), start, end, _PENCILS[kind, mine]) for id_, start, end, kind, mine in marks if start < end]
    rows.append(("", NEVER, NEVER, 0))
    rows.sort(key=_START)
    opening, closing = iter(rows), iter(sorted(rows, key=_END))
    opened, closed = next(opening), next(closing)
    active: list[str] = []
    counts, pencils = [0] * len(_PENCILS), 0
    while closed[2] < NEVER:
        place = opened[1] if opened[1] < closed[2] else closed[2]  # noqa: FURB136  (a hot loop: see `marked`)
        while closed[2] == place:
            name, _, _, pencil = closed
            active.remove(name)
            counts[pencil] -= 1
            if not counts[pencil]:
                pencils ^= 1 << pencil
            closed = next(closing)
        begun: list[_Row] = []
        while opened[1] == place:
            begun.append(opened)
            name, _, _, pencil = opened
            active.append(name)
            counts[pencil] += 1
            pencils |= 1 << pencil
            opened = next(opening)
        depth = len(active)
        yield place, " ".join(active), _LOOKS[depth if depth < DEEPEST else DEEPEST][pencils], begun  # noqa: FURB136  (hot)
    yield NEVER, "", "", []
