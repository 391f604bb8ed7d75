"""Canonical HTML (``normalform``) taken apart once, so that marks can be rendered into it many times.

Offsets are code points of ``text_of(html)``. What only the page needs is added here and never stored: a
number on every leaf block (``id="b3" data-block="3"``), the prefix ``x-`` on the ids an article brought
along and on the links to them, so that they can't meet ours, and lazy pictures.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from .sanitising import text_of

_LEAF = re.compile(
    r"<(p|h[2-6]|pre|li|t[dh]|d[td]|figcaption|caption)((?: [^>]*)?)>"
    r"(?!<(?:p|h[2-6]|pre|[uod]l|table|blockquote|figure|hr)[ >])(.*?)</\1>",
    re.DOTALL,
)
_MARKUP = re.compile("(?:<[^>]*>)+")


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
        glue.append(f'{opening}{between}<{tag} id="b{number}" data-block="{number}"{attributes}>')
        blocks.append(block)
        if tag[0] == "h":
            outline.append(Heading(int(tag[1]), " ".join(text_of(inner).split()), number))
        opening, position, offset = f"</{tag}>", leaf.end(), block.end
    glue.append(opening + page[position:])
    whole = "".join(part for g, b in zip(glue, blocks, strict=False) for part in (g, b.html)) + glue[-1]
    starts = tuple(block.start for block in blocks)
    return Layout(text_of(html), whole, tuple(glue), tuple(blocks), tuple(outline), starts)


def layout_of(sha256: str, html: str) -> Layout:
    """``blocks_of``, remembered by the revision's hash."""
    return _layout(_Source(sha256, html))


@dataclass(frozen=True, slots=True)
class _Source:
    sha256: str
    html: str = field(compare=False)


@lru_cache(maxsize=128)
def _layout(source: _Source) -> Layout:
    return blocks_of(source.html)


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
