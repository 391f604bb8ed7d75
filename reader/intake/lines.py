"""The lines of what was handed in, and the part each of them plays."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

MAX_PHRASE_LENGTH = 300  # characters; no piece of furniture is longer, and no pattern has to look further
BY_THE_READER = "taken out by you"
INVISIBLE = re.compile("[\u200b\ufeff\u00ad\u2060\u180e\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
BLANKS = re.compile(r"\s+")
VISIBLE = re.compile("[^\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\u034f\ufeff\u00ad\u180e\x00-\x1f\x7f-\x9f]")
SENTENCE_END = re.compile(r"""[.!?…][”"’')\]]*\d{0,2}$""")


class Role(StrEnum):
    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    DATE = "date"
    PUBLICATION = "publication"
    PICTURE = "picture"
    CREDIT = "credit"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Line:
    """One line or block of the input: `number` counts from 1, `reason` says why furniture was taken out.

    `shown` says that the text holds it: as words, or as a picture of which these are the description.
    """

    number: int
    text: str
    role: Role
    reason: str = ""
    shown: bool = False


@dataclass(slots=True, eq=False)
class Entry:
    """A line while its role is still being looked for.

    `level` is that of a heading (0: none), `region` names the part of a page it stands in (navigation, comments …),
    `gap_after` says that a blank line or a new block follows, `fixed` that it is code or the like and never furniture;
    `picture`, `src`, `caption` and `linked` (it holds a link) are known only where the input has markup,
    as is `above`: it can only be of the masthead.
    """

    number: int
    text: str
    level: int = 0
    region: str = ""
    picture: bool = False
    src: str | None = None
    caption: bool = False
    linked: bool = False
    above: bool = False
    gap_after: bool = True
    fixed: bool = False
    role: Role | None = None
    reason: str = ""

    @property
    def open(self) -> bool:
        return self.role is None

    @property
    def in_body(self) -> bool:
        return self.role in (None, Role.BODY, Role.CAPTION)

    @property
    def shown(self) -> bool:
        return self.in_body or (self.picture and self.role is Role.PICTURE)

    @property
    def words(self) -> int:
        return self.text.count(" ") + 1

    @property
    def is_prose(self) -> bool:
        """Whether this can only be running text: a sentence of some length, or a long line."""
        words = self.words
        return words >= 25 or (words >= 10 and SENTENCE_END.search(self.text[-12:]) is not None)

    def claim(self, role: Role, reason: str = "") -> None:
        """Give the line its part; what the reader took out stays out, whatever a rule thinks of it."""
        if self.reason != BY_THE_READER:
            self.role, self.reason = role, reason


@dataclass(slots=True)
class Sheet:
    """All entries in reading order; the rules claim them one after the other, what nobody claims is the body."""

    entries: list[Entry] = field(default_factory=list)

    def open_entries(self) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.open)

    def lines(self) -> tuple[Line, ...]:
        return tuple(Line(e.number, e.text, e.role or Role.BODY, e.reason, e.shown) for e in self.entries if e.text)


def tidy(text: str) -> str:
    """Return a line as it is kept: every run of blanks (no-break spaces too) one space, no invisible characters.

    Curly quotes, dashes, joiners and direction marks stay as they are.
    """
    if VISIBLE.search(text) is None:
        return ""
    return BLANKS.sub(" ", INVISIBLE.sub("", text)).strip()


def key_of(text: str) -> str:
    """Return what two spellings of the same words share, for comparing titles, names and phrases."""
    return _short_key(text) if len(text) <= MAX_PHRASE_LENGTH else _key(text)


def _key(text: str) -> str:
    folded = text.replace("’", "'").replace("‘", "'").casefold()
    return BLANKS.sub(" ", re.sub(r"[^\w\s'&+]", " ", folded)).strip()


_short_key = lru_cache(4096)(_key)
