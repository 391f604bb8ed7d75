"""Showing in a paragraph what went and what came, around the marks and the markup that it has."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from reader.core.blocks import Block, Run
from reader.highlights.rendering import MarkRow, render_beside
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
    old = row.old
    gone = {one.new_start: went(old, one, old_marks) for one in row.changes if one.start < one.end}
    come = [(one.new_start, one.new_end) for one in row.changes]
    return render_beside(struck(row.new, come, "ins", gone), marks)


def went(old: Block, change: Change, marks: tuple[MarkRow, ...]) -> str:
    """The words that went, without their markup, and with their marks."""
    text = "".join(run.text for run in old.runs)[change.start - old.start : change.end - old.start]
    run = Run("", change.start, change.end, text, special=True)
    piece = old._replace(start=run.start, end=run.end, runs=(run,), tail="", html=escape(text, quote=False))
    return f"<del>{render_beside(piece, marks)}</del>"


def struck(block: Block, spans: Sequence[Span], tag: str, before: Mapping[int, str] | None = None) -> Block:
    """The block with these stretches of its words inside elements of this name, and HTML put before some places.

    Each run is wrapped by itself, since no element may cross the markup between two.
    """
    wrapped = [span for span in spans if span[0] < span[1]]
    put = dict(before or {})
    runs: list[Run] = []
    closing = ""
    for run in block.runs:
        for start, end in pieces(run, wrapped, put):
            inside = any(first <= start and end <= last for first, last in wrapped)
            opening = closing + (OWN_ID.sub("", run.before) if start == run.start else "") + put.pop(start, "")
            words = run.text[start - run.start : end - run.start]
            runs.append(Run(opening + (f"<{tag}>" if inside else ""), start, end, words, run.special))
            closing = f"</{tag}>" if inside else ""
    tail = closing + "".join(put.values()) + block.tail
    html = "".join(run.before + escape(run.text, quote=False) for run in runs) + tail
    return block._replace(runs=tuple(runs), tail=tail, html=html)


def pieces(run: Run, spans: Sequence[Span], put: Mapping[int, str]) -> Sequence[Span]:
    """The run, cut wherever a stretch begins or ends in it, or something is to be put."""
    places = {place for span in spans for place in span} | put.keys()
    cuts = [run.start, *sorted(place for place in places if run.start < place < run.end), run.end]
    return list(pairwise(cuts))
