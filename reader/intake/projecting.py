"""What trafilatura takes for the words of a page, laid over the page's own blocks.

Its own markup loses pictures, notes and nesting, so that only its choice is used: a block is chosen when most of its
runs of three words are in the words that it kept.
"""

import logging
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from reader.intake.lines import key_of

T = TypeVar("T")
log = logging.getLogger(__name__)

RUN = 3  # words
ENOUGH = 0.6  # of the runs of a block
FEWEST = 40  # words in all; less is a notice or a menu, not a piece
WORD = re.compile(r"\w+")
MARKS = re.compile(r"(?:[-–•*|]|\d{1,3}\.)\s+")


class Projection:
    """The words that were kept, to ask about one block after the other."""

    def __init__(self, text: str) -> None:
        self.words = len(text.split())
        self._runs = set(_runs(_folded(text)))
        self._lines = {key_of(MARKS.sub("", line, count=1)) for line in text.splitlines()}
        self._cells = {key_of(cell) for line in text.splitlines() if "|" in line for cell in line.split("|")}

    def holds(self, text: str) -> bool:
        words = _folded(text)
        if len(words) <= RUN:
            key = key_of(text)
            return key in self._lines or key in self._cells
        runs = list(_runs(words))
        return sum(run in self._runs for run in runs) >= ENOUGH * len(runs)


def precise(raw: str, url: str | None = None) -> Projection:
    """What it is sure of."""
    return _project(raw, url, sure=True)


def balanced(raw: str, url: str | None = None) -> Projection:
    return _project(raw, url, sure=False)


def _project(raw: str, url: str | None, *, sure: bool) -> Projection:
    # Half a second and thirty megabytes, which a process that reads no page does not pay.
    from trafilatura import bare_extraction

    found = unless_it_stumbles(
        lambda: bare_extraction(raw, url=url, favor_precision=sure, include_comments=False), over=url
    )
    return Projection(getattr(found, "text", None) or "")


def unless_it_stumbles(ask: Callable[[], T], over: str | None = None) -> T | None:
    """What a parser that is not ours finds; nothing where it breaks, and the log says over what."""
    try:
        return ask()
    except Exception:  # a hostile page may break it in any way, and has a reading of our own all the same
        log.warning("a parser stumbled over %s", over or "a page without an address", exc_info=True)
        return None


def day_of(raw: str, url: str | None) -> str | None:
    """The day that the page's markup or its address tells, where its metadata and byline do not."""
    from htmldate import find_date

    return unless_it_stumbles(lambda: find_date(raw, extensive_search=False, original_date=True, url=url), over=url)


def authors_of(raw: str) -> list[str]:
    """The names in the places where sites put their authors, likewise."""
    from trafilatura.metadata import extract_author
    from trafilatura.utils import load_html

    def extracted() -> str | None:
        tree = load_html(raw)
        return extract_author(tree) if tree is not None else None

    found = unless_it_stumbles(extracted)
    return [name.strip() for name in (found or "").split(";") if name.strip()]


def _folded(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)
