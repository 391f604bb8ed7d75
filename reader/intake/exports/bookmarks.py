"""Bookmarks as browsers and linkding write them, and the list that Pocket wrote."""

import re

from reader.intake.exports.things import (
    Export,
    NotAnExport,
    Piece,
    Problem,
    addressed,
    doubts,
    labels,
    moment,
    noted,
    titled,
)
from reader.intake.exports.things import together as joined
from reader.intake.soup import ATTRIBUTE, TAG, unescaped

NETSCAPE = re.compile(r"<!doctype\s+netscape-bookmark-file-1", re.IGNORECASE)
POCKET = re.compile(r"<title>\s*(pocket export|instapaper:? export)", re.IGNORECASE)
LINKDING_NOTES = re.compile(r"\[linkding-notes\](.*?)\[/linkding-notes\]", re.DOTALL)
NO_ADDRESS = "It leads to no page on the web."
SKIPPED = ("javascript:", "place:", "chrome:", "about:", "data:")


def read_bookmarks(text: str) -> Export:
    """The links of the file.

    Raises:
        NotAnExport: it is a page like any other.
    """
    app = app_of(text)
    if app is None:
        raise NotAnExport("This page is no list of bookmarks that an app wrote.")
    export = Export(app)
    pieces: list[Piece] = []
    section, at, number = "", 0, 0
    tags = list(TAG.finditer(text))
    for index, tag in enumerate(tags):
        name = (tag["name"] or "").lower()
        if tag["close"]:
            continue
        if name in ("h1", "h3"):
            section = words_behind(text, tags, index)
        elif name == "a":
            number += 1
            at = len(pieces)
            read_link(tag[0], words_behind(text, tags, index), section, number, export, pieces)
        elif name == "dd" and len(pieces) > at and not pieces[at].notes:
            add_description(pieces[at], words_behind(text, tags, index))
    export.pieces = joined(pieces)
    return export


def app_of(text: str) -> str | None:
    start = text[:2000]
    if POCKET.search(start):
        return "Pocket" if "pocket" in start.lower() else "Instapaper"
    if NETSCAPE.search(start):
        return "linkding" if "[linkding-notes]" in text else "bookmarks"
    return None


def words_behind(text: str, tags: list[re.Match[str]], index: int) -> str:
    """The words from a tag to the next."""
    end = tags[index + 1].start() if index + 1 < len(tags) else len(text)
    return unescaped(text[tags[index].end() : end]).strip()


def read_link(tag: str, words: str, section: str, number: int, export: Export, pieces: list[Piece]) -> None:
    attrs = {name.lower(): unescaped(a or b or c or "") for name, a, b, c in ATTRIBUTE.findall(tag[2:])}
    href = attrs.get("href", "").strip()
    url = addressed(href)
    if not url:
        if not href.lower().startswith(SKIPPED):
            export.problems.append(Problem(number, NO_ADDRESS, titled(words)))
        return
    pieces.append(
        Piece(
            title=titled(words) if words != url else "",
            url=url,
            tags=labels(attrs.get("tags", "")),
            saved_at=moment(attrs.get("add_date") or attrs.get("time_added") or ""),
            doubtful=doubts([attrs.get("add_date") or attrs.get("time_added")]),
            archived=section.lower() in ("archive", "read archive"),
            row=number,
        )
    )


def add_description(piece: Piece, words: str) -> None:
    own = LINKDING_NOTES.search(words)
    parts = [noted(LINKDING_NOTES.sub("", words)), noted(own[1]) if own else ""]
    piece.notes += [part for part in parts if part]
