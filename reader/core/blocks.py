"""Canonical HTML (``normalform``) taken apart once, so that marks can be rendered into it many times.

Offsets are code points of ``text_of(html)``. What only the page needs is added here and never stored: a
number on every leaf block (``id="b3" data-block="3"``), the direction of a very long one (``dir="auto"``), the
prefix ``x-`` on the ids an article brought along and on the links to them, so that they can't meet ours, and lazy
pictures.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise
from typing import NamedTuple

from .sanitising import text_of

_LEAF = re.compile(
    r"<(p|h[2-6]|pre|li|t[dh]|d[td]|figcaption|caption)((?: [^>]*)?)>"
    r"(?!<(?:p|h[2-6]|pre|[uod]l|table|blockquote|figure|hr)[ >])(.*?)</\1>",
    re.DOTALL,
)
#: From so many characters on a block is said to have one direction. To look for that of each line, as the style sheet
#: asks of others, takes a browser time by the square of their number: seconds for a book in one paragraph.
LONG = 20_000
_MARKUP = re.compile("(?:<[^>]*>)+")
#: What something beside the text is level with, by the code point.
PLACE = '<span data-anchor="--s{}"></span>'


class Run(NamedTuple):
    """Words without markup among them. ``before`` is the markup between the last run and this one;

    ``special`` says that the words hold characters that HTML escapes.
    """

    before: str
    start: int
    end: int
    text: str
    special: bool


class Block(NamedTuple):
    """A leaf block: ``text[start:end]``, as runs and the markup after the last of them."""

    number: int
    start: int
    end: int
    runs: tuple[Run, ...]
    tail: str
    html: str


class Heading(NamedTuple):
    level: int
    text: str
    block: int


@dataclass(frozen=True, slots=True)
class Layout:
    """``glue[0] + blocks[0].html + glue[1] + … + glue[-1]`` is ``html``, the article without marks."""

    text: str
    html: str
    glue: tuple[str, ...]
    blocks: tuple[Block, ...]
    outline: tuple[Heading, ...]
    starts: tuple[int, ...]

    def blocks_between(self, start: int, end: int) -> tuple[Block, ...]:
        """The blocks in which ``text[start:end]`` has words."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, end - 1)
        return tuple(block for block in self.blocks[first:last] if max(block.start, start) < min(block.end, end))


def blocks_of(html: str) -> Layout:
    """Take canonical HTML apart."""
    page = html.replace('<span id="', '<span id="x-').replace('<a href="#', '<a href="#x-')
    page = page.replace("<img ", '<img loading="lazy" decoding="async" ')
    glue, blocks, outline = [], [], list[Heading]()
    opening, position, offset = "", 0, 0
    for number, leaf in enumerate(_LEAF.finditer(page)):
        between = page[position : leaf.start()]
        tag, attributes, inner = leaf.groups()
        block = _block(number, offset + len(text_of(between)), inner)
        told = ' dir="auto"' if len(inner) >= LONG and " dir=" not in attributes else ""
        glue.append(f'{opening}{between}<{tag} id="b{number}" data-block="{number}"{told}{attributes}>')
        blocks.append(block)
        if tag[0] == "h":
            outline.append(Heading(int(tag[1]), " ".join(text_of(inner).split()), number))
        opening, position, offset = f"</{tag}>", leaf.end(), block.end
    glue.append(opening + page[position:])
    whole = "".join(part for g, b in zip(glue, blocks, strict=False) for part in (g, b.html)) + glue[-1]
    starts = tuple(block.start for block in blocks)
    return Layout(text_of(html), whole, tuple(glue), tuple(blocks), tuple(outline), starts)


def layout_of(sha256: str, html: str, places: tuple[int, ...] = ()) -> Layout:
    """``blocks_of``, remembered by the revision's hash; with places (code points, in order) to stand beside."""
    return _layout(_Source(sha256, html), places)


@dataclass(frozen=True, slots=True)
class _Source:
    sha256: str
    html: str = field(compare=False)


@lru_cache(maxsize=128)
def _layout(source: _Source, places: tuple[int, ...]) -> Layout:
    return with_places(_layout(source, ()), places) if places else blocks_of(source.html)


def with_places(layout: Layout, places: Iterable[int]) -> Layout:
    """The same text with an empty element at each of these code points: what stands beside it hangs on to it.

    A part of the layout, for the elements have to survive each redrawing of their blocks.
    """
    wanted = sorted(set(places))
    blocks = tuple(
        _with_places(block, wanted[bisect_left(wanted, block.start) : bisect_left(wanted, block.end)])
        for block in layout.blocks
    )
    html = "".join(part for glue, block in zip(layout.glue, blocks, strict=False) for part in (glue, block.html))
    return replace(layout, blocks=blocks, html=html + layout.glue[-1])


def _with_places(block: Block, places: Sequence[int]) -> Block:
    if not places:
        return block
    runs = [piece for run in block.runs for piece in _cut(run, [at for at in places if run.start <= at < run.end])]
    html = "".join(run.before + (escape(run.text, quote=False) if run.special else run.text) for run in runs)
    return block._replace(runs=tuple(runs), html=html + block.tail)


def _cut(run: Run, places: Sequence[int]) -> Iterator[Run]:
    """The run, cut at these places of it; each of them begins a piece."""
    edges = [run.start, *(at for at in places if at > run.start), run.end]
    for start, end in pairwise(edges):
        before = run.before if start == run.start else ""
        place = PLACE.format(start) if start in places else ""
        yield run._replace(
            before=before + place, start=start, end=end, text=run.text[start - run.start : end - run.start]
        )


def _block(number: int, start: int, inner: str) -> Block:
    runs: list[Run] = []
    offset, before, position = start, "", 0
    for markup in _MARKUP.finditer(inner):
        if words := inner[position : markup.start()]:
            runs.append(_run(before, offset, words))
            offset, before = runs[-1].end, ""
        before += markup[0]
        position = markup.end()
    if words := inner[position:]:
        runs.append(_run(before, offset, words))
        offset, before = runs[-1].end, ""
    return Block(number, start, offset, tuple(runs), before, inner)


def _run(before: str, start: int, html: str) -> Run:
    text = unescape(html)
    return Run(before, start, start + len(text), text, special=text != html)
