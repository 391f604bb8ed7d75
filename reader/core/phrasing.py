"""What stands inside one paragraph, heading, cell or item: words, their emphasis and links, pictures, breaks."""

import re
from collections.abc import Sequence
from html import escape
from typing import Literal, NamedTuple

_SPACES = re.compile("[ \t\n\xa0]+")
# Spaces of any width, and the marks that print nothing (zero width, soft hyphen, direction).
_VISIBLE = re.compile("[^\\s\xad\u200b-\u200f\u2028-\u202f\u2060-\u2064]")


class Wrapper(NamedTuple):
    """An inline element around some words; equal neighbours become one."""

    name: str
    attributes: str = ""


Wrappers = tuple[Wrapper, ...]


class Piece(NamedTuple):
    kind: Literal["text", "break", "image", "anchor"]
    value: str
    wrappers: Wrappers = ()

    def markup(self) -> str:
        if self.kind == "text":
            return escape(self.value, quote=False)
        if self.kind == "break":
            # The newline shows as nothing, but keeps the lines apart in textContent.
            return "<br>\n"
        if self.kind == "anchor":
            return f'<span id="{escape(self.value)}"></span>'
        return self.value


class Run:
    """Collects the pieces of one leaf block, its white space as a browser would show it."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        #: Where the pieces are that are no anchors: a hostile page has a hundred thousand anchors between two words.
        self.shown: list[int] = []

    def text(self, text: str, wrappers: Wrappers) -> None:
        text = _SPACES.sub(" ", text)
        last = self._last()
        if last is None or last.kind == "break" or (last.kind == "text" and last.value.endswith(" ")):
            text = text.removeprefix(" ")
        if text:
            self.add(Piece("text", text, wrappers))

    def add(self, *pieces: Piece) -> None:
        for piece in pieces:
            if piece.kind != "anchor":
                self.shown.append(len(self.pieces))
            self.pieces.append(piece)

    def line_break(self, wrappers: Wrappers) -> bool:
        """Break the line; False where the line was broken already, which means a new paragraph."""
        self._trim(" ")
        last = self._last()
        if last is not None and last.kind == "break":
            return False
        if last is not None:
            self.add(Piece("break", "", wrappers))
        return True

    def finished(self) -> list[Piece]:
        self._trim(" ")
        last = self._last()
        if last is not None and last.kind == "break":
            del self.pieces[self.shown.pop()]
        return self.pieces

    def _last(self) -> Piece | None:
        """The last piece that is not an anchor."""
        return self.pieces[self.shown[-1]] if self.shown else None

    def _trim(self, spaces: str) -> None:
        while (last := self._last()) is not None and last.kind == "text":
            if value := last.value.rstrip(spaces):
                self.pieces[self.shown[-1]] = last._replace(value=value)
                return
            del self.pieces[self.shown.pop()]


class PreformattedRun(Run):
    """Keeps every space and line but the newlines around the whole: a parser would eat the first."""

    def __init__(self) -> None:
        super().__init__()
        self.has_text = False

    def text(self, text: str, wrappers: Wrappers) -> None:
        text = text.replace("\xa0", " ")
        if not self.has_text:
            text = text.lstrip("\n")
        if text:
            self.has_text = True
            self.add(Piece("text", text, wrappers))

    def line_break(self, wrappers: Wrappers) -> bool:
        self.text("\n", wrappers)
        return True

    def new_line(self) -> None:
        last = self._last()
        if last is not None and not last.value.endswith("\n"):
            self.text("\n", ())

    def finished(self) -> list[Piece]:
        self._trim(" \t\n")
        return self.pieces


def has_words(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind == "text" and _VISIBLE.search(piece.value) for piece in pieces)


def shows(pieces: Sequence[Piece]) -> bool:
    """Is there anything to see? (Anchors and breaks alone are nothing.)"""
    return has_words(pieces) or any(piece.kind == "image" for piece in pieces)


def phrasing_html(pieces: Sequence[Piece]) -> str:
    out: list[str] = []
    opened: Wrappers = ()
    for piece in pieces:
        shared = 0
        for mine, theirs in zip(opened, piece.wrappers, strict=False):
            if mine != theirs:
                break
            shared += 1
        out += [f"</{wrapper.name}>" for wrapper in reversed(opened[shared:])]
        out += [f"<{wrapper.name}{wrapper.attributes}>" for wrapper in piece.wrappers[shared:]]
        out.append(piece.markup())
        opened = piece.wrappers
    out += [f"</{wrapper.name}>" for wrapper in reversed(opened)]
    return "".join(out)
