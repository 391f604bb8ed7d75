"""The lines of a letter as one sees them, and where in its source each ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from reader.intake.lines import tidy
from reader.intake.mailfields import LABELS, is_marker
from reader.intake.soup import TAG
from reader.intake.tables import phrases

LOOKED_AT, MOST_LINES = 60_000, 180  # characters, lines
BREAKS = frozenset(["p", "div", "br", "tr", "td", "th", "li", "blockquote", "h1", "h2", "h3", "h4", "table", "hr"])
UNSEEN = frozenset(["style", "script", "title"])
OPENING = re.compile(r"\s*(?P<marker>[-‐–—_]{3,}[^:]{5,60}?[-‐–—_]{3,})\s+(?P<head>\S.{10,1500})")


@dataclass(frozen=True, slots=True)
class Shown:
    text: str
    end: int


def named(kind: str) -> str:
    """The labels of a field as they begin a line: within one, only the capital letter tells them from words."""
    return "|".join(re.escape(label.capitalize()) for label in phrases(LABELS[kind]))


#: Yahoo writes a head into one line, and no blank before the next label.
IN_ONE_LINE = re.compile(
    rf"(?P<a>(?:{named('from')})\s?: .{{5,300}}?)(?P<b>(?:{named('to')})\s?: .{{3,400}}?)"
    rf"(?P<c>(?:{named('date')})\s?: .{{6,80}}?)(?P<d>(?:{named('subject')})\s?: .{{1,300}})"
)


def lines_of(html: str, text: str) -> list[Shown]:
    """The first lines of a letter that show anything."""
    found = lines_of_page(html[:LOOKED_AT]) if html else lines_of_text(text[:LOOKED_AT])
    seen = (Shown(part, line.end) for line in found for part in apart(line.text))
    return [line for _, line in zip(range(MOST_LINES), (line for line in seen if line.text), strict=False)]


def lines_of_text(text: str) -> Iterator[Shown]:
    end = 0
    for line in text.splitlines(keepends=True):
        end += len(line)
        yield Shown(plain(line.lstrip("> ")), end)


def lines_of_page(html: str) -> Iterator[Shown]:
    words: list[str] = []
    at, unseen = 0, ""
    for tag in TAG.finditer(html):
        name = (tag["name"] or "").lower()
        if not unseen:
            words.append(html[at : tag.start()])
        at = tag.end()
        if name in UNSEEN:
            unseen = "" if tag["close"] else name
        elif name in BREAKS:
            yield Shown(plain(unescape("".join(words))), tag.start())
            words = []
    yield Shown(plain(unescape("".join([*words, html[at:]]))), len(html))


def plain(words: str) -> str:
    return tidy(words.replace("*", "").replace("\n", " "))


def apart(line: str) -> list[str]:
    """The lines that a mail program wrote as one."""
    opening = OPENING.fullmatch(line)
    if opening is None or not is_marker(opening["marker"]):
        return [line]
    fields = IN_ONE_LINE.fullmatch(opening["head"])
    return [opening["marker"], *fields.groups()] if fields else [line]
