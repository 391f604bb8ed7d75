"""The three forms of input behind one shape: a sheet of lines, what metadata says, and the body as HTML."""

from dataclasses import dataclass
from typing import Protocol

from reader.intake.dates import Dated
from reader.intake.lines import Sheet


@dataclass(slots=True)
class Metadata:
    """What a page's head or a file's front matter says; `free` is None where nothing is said about who may read.

    `truncated` is told only where a platform's own data say so, with the words that show it.
    """

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    publication: str | None = None
    published: Dated | None = None
    url: str | None = None
    language: str | None = None
    free: bool | None = None
    truncated: bool | None = None
    evidence: str | None = None
    platform: str | None = None
    traces: tuple[str, ...] = ()  # addresses and generator names that give the platform away


class Document(Protocol):
    sheet: Sheet
    metadata: Metadata

    def html(self) -> str:
        """Return the body, of the lines that are body by now, as HTML that has not been sanitised."""
        ...
