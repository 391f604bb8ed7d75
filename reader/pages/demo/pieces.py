"""Reading the files of the demo library."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its name, its front matter and its body in Markdown."""

    name: str
    front: dict[str, Any]
    body: str

    @property
    def bodies(self) -> list[str]:
        """Its texts in order: the whole of it behind a preview, or the edited one behind the first."""
        if ends := self.front.get("preview_ends_before"):
            return [self.body.partition(ends)[0], self.body]
        edited = self.body
        for edit in self.front.get("edits", []):
            edited = edited.replace(edit["was"], edit["now"])
        return [self.body] if edited == self.body else [self.body, edited]

    @property
    def published(self) -> tuple[date, str]:
        """The first day that the date can mean, and its precision."""
        text = str(self.front["published"])
        return date.fromisoformat(f"{text}-01-01"[:10]), PRECISIONS[len(text)]


def read_pieces() -> list[Piece]:
    """All pieces, the oldest first."""
    return sorted(parse_pieces(), key=lambda piece: piece.published[0])


def parse_pieces() -> Iterator[Piece]:
    for path in FOLDER.glob("*.md"):
        if path.name != "README.md":
            _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
            yield Piece(path.stem, tomllib.loads(front), body)
