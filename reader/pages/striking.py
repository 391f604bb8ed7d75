"""Showing in a paragraph what went and what came, around the marks and the markup that it has."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from reader.core.blocks import Block, Run
from reader.highlights.rendering import MarkRow, marks_of_each, render_beside
from reader.library.comparing import Change, Row

OWN_ID = re.compile(r' id="[^"]*"')
Span = tuple[int, int]


def then(row: Row, marks: tuple[MarkRow, ...]) -> str:
    """The old paragraph, with what went."""
    if row.old is None:
        return ""
    return render_beside(struck(row.old, [(one.start, one.end) for one in row.changes], "del"), marks)


def now(row: Row, marks: tuple[MarkRow, ...]) -> str:
    """The new paragraph, with what came."""
    if row.new is None:
        return ""
    return render_beside(struck(row.new, [(one.new_start, one.new_end) for one in row.changes], "ins"), marks)


def both(row: Row, old_marks: tuple[MarkRow, ...], marks: tuple[MarkRow, ...]) -> str:
    """One paragraph of both, what went standing before what came."""
    if row.old is None or row.new is None:
        return then(row, old_marks) or now(row, marks)
    left = [one for one in row.changes if one.start < one.end]
    shown = went(row.old, left, old_marks)
    gone = {one.new_start: words for one, words in zip(left, spaced(row.old, row.new, left, shown), strict=True)}
    come = [(one.new_start, one.new_end) for one in row.changes]
    return render_beside(struck(row.new, come, "ins", gone), marks)


def spaced(old: Block, new: Block, changes: Sequence[Change], shown: Iterable[str]) -> Iterator[str]:
    """What went with each change, with the blanks that stood around it where the new text has none there."""
    was, now = ("".join(run.text for run in block.runs) for block in (old, new))
    for change, words in zip(changes, shown, strict=True):
        start, end, at = change.start - old.start, change.end - old.start, change.new_start - new.start
        before = was[start - 1 : start].isspace() and now[at - 1 : at].strip()
        after = was[end : end + 1].isspace() and now[at : at + 1].strip() and change.new_start == change.new_end
        yield f"{' ' if before else ''}{words}{' ' if after else ''}"


def went(old: Block, changes: Sequence[Change], marks: tuple[MarkRow, ...]) -> Iterator[str]:
    """The words that went with each change, without their markup, and with their marks."""
    text = "".join(run.text for run in old.runs)
    pieces = [piece_of(old, text, change.start, change.end) for change in changes]
    for piece, here in zip(pieces, marks_of_each(pieces, marks), strict=True):
        yield f"<del>{render_beside(piece, here)}</del>"


def piece_of(block: Block, text: str, start: int, end: int) -> Block:
    """Some of a block's words, all of which are its `text`."""
    words = text[start - block.start : end - block.start]
    run = Run("", start, end, words, special=True)
    return block._replace(start=start, end=end, runs=(run,), tail="", html=escape(words, quote=False))


def struck(block: Block, spans: Iterable[Span], tag: str, before: Mapping[int, str] | None = None) -> Block:
    """The block with these stretches of its words inside elements of this name, and HTML put before some places.

    Each run is wrapped by itself, since no element may cross the markup between two.
    """
    wrapped = sorted(span for span in spans if span[0] < span[1])
    starts = [start for start, _ in wrapped]
    put = dict(before or {})
    cuts = sorted({place for span in wrapped for place in span} | put.keys())
    runs: list[Run] = []
    closing = ""
    for run in block.runs:
        for start, end in pieces(run, cuts):
            at = bisect_right(starts, start) - 1
            inside = at >= 0 and end <= wrapped[at][1]
            opening = closing + (OWN_ID.sub("", run.before) if start == run.start else "") + put.pop(start, "")
            words = run.text[start - run.start : end - run.start]
            runs.append(Run(opening + (f"<{tag}>" if inside else ""), start, end, words, run.special))
            closing = f"</{tag}>" if inside else ""
    tail = closing + "".join(put.values()) + block.tail
    html = "".join(run.before + escape(run.text, quote=False) for run in runs) + tail
    return block._replace(runs=tuple(runs), tail=tail, html=html)


def pieces(run: Run, cuts: Sequence[int]) -> Iterable[Span]:
    """The run, cut at those of the places, in order, that are in it."""
    here = cuts[bisect_right(cuts, run.start) : bisect_left(cuts, run.end)]
    return pairwise([run.start, *here, run.end])
