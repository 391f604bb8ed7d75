"""What every export comes down to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from reader.intake.lines import tidy

FIRST, LONGEST_FUTURE = 1995, timedelta(days=2)
MOST_OF_QUOTE, MOST_OF_NOTE, MOST_OF_TITLE, MOST_OF_TAG = 20_000, 19_000, 290, 60
MOST_TAGS, MOST_OF_DOUBT = 30, 40
ADDRESS = re.compile(r"https?://[^\s<>\x00-\x1f]{3,1990}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage that was marked elsewhere, known by its words and, where they were kept, by those around them."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    made_at: datetime | None = None
    row: int = 0


@dataclass(slots=True, kw_only=True)
class Piece:
    """What was kept elsewhere: `html` where its words came along; `notes` are on the whole of it."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publication: str = ""
    url: str = ""
    slug: str = ""
    html: str = ""
    published: datetime | None = None
    saved_at: datetime | None = None
    tags: tuple[str, ...] = ()
    archived: bool = False
    audience: str = ""
    kind: str = ""  # "book" for what has no address anywhere
    marks: list[Mark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: Dates that cannot be meant, as they stand in the file: of 1970, or yet to come.
    doubtful: list[str] = field(default_factory=list)
    row: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be read, and the sentence that says why."""

    row: int
    sentence: str
    name: str = ""


@dataclass(slots=True)
class Export:
    app: str
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def marks(self) -> int:
        return sum(len(piece.marks) for piece in self.pieces)


class NotAnExport(ValueError):
    """The file is of no app that is known here; the message is a sentence for the reader."""


def quoted(words: object) -> str:
    return str(words or "").replace("\x00", "").replace("\r\n", "\n").strip()[:MOST_OF_QUOTE]


def noted(words: object) -> str:
    return str(words or "").replace("\x00", "").replace("\r\n", "\n").strip()[:MOST_OF_NOTE]


def titled(words: object) -> str:
    return tidy(str(words or "").replace("\x00", ""))[:MOST_OF_TITLE]


def labels(names: Iterable[object] | str | None, separator: str = ",") -> tuple[str, ...]:
    """Tags without their `#`, each once; what is no label in length is cut."""
    parts = names.split(separator) if isinstance(names, str) else names or ()
    found = (tidy(str(name).replace("\x00", "").replace(",", " ")).lstrip("#").strip()[:MOST_OF_TAG] for name in parts)
    return tuple(dict.fromkeys(name for name in found if name))[:MOST_TAGS]


def addressed(url: object) -> str:
    """A web address; nothing where it is none."""
    found = str(url or "").strip()
    return found if ADDRESS.fullmatch(found) else ""


def moment(value: object) -> datetime | None:
    """A moment as apps write them: ISO, or seconds, or thousandths of them; nothing where a clock was wrong."""
    found = moment_as_told(value)
    return found if found and is_believed(found) else None


def doubts(values: Iterable[object]) -> list[str]:
    """Those of the moments that can be read and cannot be meant, as they stand there."""
    told = ((str(value).strip()[:MOST_OF_DOUBT], moment_as_told(value)) for value in values if value)
    return [words for words, found in told if found and not is_believed(found)]


def moment_as_told(value: object) -> datetime | None:
    try:
        is_number = isinstance(value, int | float) or str(value).strip().isdecimal()
        return from_number(value) if is_number else iso(str(value))
    except (ValueError, OverflowError, OSError):
        return None


def is_believed(found: datetime) -> bool:
    return found.year >= FIRST and found < datetime.now(UTC) + LONGEST_FUTURE


def from_number(value: object) -> datetime:
    number = float(str(value).strip())
    while number > 10**11:
        number /= 1000
    return datetime.fromtimestamp(number, UTC)


def iso(value: str) -> datetime | None:
    words = value.strip()
    if not words:
        return None
    found = datetime.fromisoformat(words.replace("Z", "+00:00").replace(" UTC", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def together(pieces: Iterable[Piece]) -> list[Piece]:
    """One piece for all rows that tell of the same: by address, else by title and authors."""
    found: dict[tuple[str, ...], Piece] = {}
    for piece in pieces:
        key = (piece.url,) if piece.url else (piece.title.casefold(), *piece.authors)
        kept = found.setdefault(key, piece)
        if kept is not piece:
            kept.marks += piece.marks
            kept.notes += [note for note in piece.notes if note not in kept.notes]
            kept.doubtful += piece.doubtful
            kept.tags = tuple(dict.fromkeys((*kept.tags, *piece.tags)))
            kept.title, kept.html = kept.title or piece.title, kept.html or piece.html
            kept.saved_at = kept.saved_at or piece.saved_at
    return list(found.values())
