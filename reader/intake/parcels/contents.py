"""What is in a file that was handed in: told apart by what it holds, and walked without being whole anywhere."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from reader.intake.archives import DOCUMENTS, NESTED, Allowance, Entry, Unopened, archive_in, is_archive
from reader.intake.decoding import Unreadable, decode
from reader.intake.exports.recognising import export_in, reader_of
from reader.intake.exports.things import Export, NotAnExport
from reader.intake.feeds.opml import Listed, is_list, read_list, refusal_of
from reader.intake.mail.boxes import is_box
from reader.intake.mail.letters import MOST_BYTES as MOST_OF_MAIL
from reader.intake.mail.letters import SIGN_OF_HEAD
from reader.intake.sources import SUFFIXES

LOOKED_AT = 8192
MOST_OF_EXPORT = 60 * 1024**2
TOO_LONG = "This file is larger than 60 MB, more than any app gives away. Upload a part of it."
UNKNOWN = "Nothing is known here that reads this file: it is no mail, no piece and no app’s export."
DOCUMENT = "This is an office document or an e-book. Save its words as a page (.html) or as plain text."
EMPTY = "This file is empty."
NO_LIST = "This list of feeds cannot be read: it does not begin as OPML does."
NO_FEEDS = "There is no feed in this list."
#: What marks the archive that several files were handed in as, and how long the number is before the name of each.
TOGETHER, NUMBER = b"handed in together", 5
IN_MEMORY = 4 * 1024**2
APPLE = re.compile(rb"\s*\d{1,9}\s*\n")  # Apple Mail writes the length above
HEAD = re.compile(rb"\s*(?:[A-Za-z][\w-]{1,40}:|>?From )")


class Kind(StrEnum):
    REFUSED = "refused"
    MAIL = "mail"
    BOX = "box"
    EXPORT = "export"
    FEEDS = "feeds"
    PIECE = "piece"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Inside:
    """Where an entry lies: in which archive, how many more may lie in each other below, and how much they may hold."""

    place: str = ""
    key: str = ""
    deeper: int = 1
    allowance: Allowance = field(default_factory=Allowance)


@dataclass(frozen=True, slots=True)
class Source:
    """One file: itself, or an entry of an archive. No other has its key; its name is the one that its reader knows."""

    name: str
    kind: Kind
    entry: Entry | None = None
    file: IO[bytes] | None = None
    refusal: str = ""
    key: str = ""
    inside: Inside = field(default_factory=Inside)

    @property
    def path(self) -> str:
        """The name of the file where it lies."""
        return self.entry.name if self.entry else self.name

    def opened(self) -> AbstractContextManager[IO[bytes]]:
        if self.entry is not None:
            return self.entry.opened()
        assert self.file is not None  # noqa: S101  (one of the two is there, or nothing was handed in)
        self.file.seek(0)
        return nullcontext(self.file)

    def read(self, most: int = MOST_OF_EXPORT) -> bytes:
        """All of it.

        Raises:
            Unopened: it is too long, or damaged.
        """
        with self.opened() as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise Unopened(TOO_LONG)
        return data

    def text(self) -> str:
        """Its words.

        Raises:
            Unopened: it is no text.
        """
        try:
            return decode(self.read())
        except Unreadable as why:
            raise Unopened(why.fault) from None

    def export(self) -> Export:
        """What an app wrote.

        Raises:
            Unopened: it cannot be read.
        """
        text = self.text()
        read = reader_of(text, self.path)
        if read is None:
            raise Unopened(UNKNOWN)
        try:
            return read(text)
        except NotAnExport as why:
            raise Unopened(str(why)) from None

    def feeds(self) -> list[Listed]:
        """The feeds of a list.

        Raises:
            Unopened: there is none in it, or it is none to be read.
        """
        text = self.text()
        listed = read_list(text)
        if refusal := refusal_of(text) or ("" if listed else NO_FEEDS):
            raise Unopened(refusal)
        return listed

    def mail(self) -> bytes:
        data = self.read(MOST_OF_MAIL + 1024)
        return APPLE.sub(b"", data, count=1) if APPLE.match(data) else data

    @contextmanager
    def unpacked(self) -> "Iterator[Parcel]":
        """What is in an archive that lies in another; there is no way about in it but on a copy.

        Raises:
            Unopened: it is damaged, or an app's archive that lacks something.
        """
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
            with self.opened() as file:
                shutil.copyfileobj(file, copy)
            copy.seek(0)
            below = Inside(self.name, f"{self.key}/", self.inside.deeper - 1, self.inside.allowance)
            with archive_in(copy, self.inside.allowance) as entries:
                yield parcel_of(entries, below)


#: Texts come before the marks in them, whatever their files are called. What an archive holds is not known yet.
LATER = {Kind.ARCHIVE: 1, Kind.EXPORT: 2}


@dataclass(slots=True)
class Parcel:
    """All that was handed in, or what is in an archive of it: an app's archive as a whole, or files of any kind."""

    sources: list[Source] = field(default_factory=list)
    export: Export | None = None
    place: str = ""

    def __post_init__(self) -> None:
        self.sources.sort(key=lambda source: LATER.get(source.kind, 0))

    @property
    def alone(self) -> bool:
        """Whether there is but one file, which need not be told apart from others."""
        return len(self.sources) == 1 and not self.place


@contextmanager
def parcel_in(file: IO[bytes], name: str) -> Iterator[Parcel]:
    """What a file holds.

    Raises:
        Unopened: it is a damaged archive, or an app's archive that lacks something.
    """
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    if not is_archive(start, name):
        kind, refusal = kind_of(start, name)
        yield Parcel([Source(name, kind, file=file, refusal=refusal, key=name)])
        return
    inside = Inside()
    with archive_in(file, inside.allowance) as entries:
        yield together_in(entries) if is_together(entries) else parcel_of(entries, inside)


def is_together(entries: list[Entry]) -> bool:
    return bool(entries) and entries[0].archive.comment == TOGETHER


def together_in(entries: list[Entry]) -> Parcel:
    """Files that were handed in together, each under the name that it had."""
    inside = Inside(deeper=2)
    return Parcel([source_of(entry, entry.name[NUMBER:], inside) for entry in entries])


def parcel_of(entries: list[Entry], inside: Inside) -> Parcel:
    try:
        export = export_in(entries)
    except NotAnExport as why:
        raise Unopened(str(why)) from None
    if export:
        return Parcel(export=export, place=inside.place)
    named = [(entry, f"{entry.name} in {inside.place}" if inside.place else entry.name) for entry in entries]
    return Parcel([source_of(entry, name, inside) for entry, name in named], place=inside.place)


def source_of(entry: Entry, name: str, inside: Inside) -> Source:
    kind, refusal = kind_of_entry(entry, inside)
    return Source(name, kind, entry, refusal=refusal, key=f"{inside.key}{entry.name}", inside=inside)


def kind_of_entry(entry: Entry, inside: Inside) -> tuple[Kind, str]:
    if entry.refusal:
        return Kind.REFUSED, entry.refusal
    try:
        with entry.opened() as file:
            start = file.read(LOOKED_AT)
    except Unopened as why:
        return Kind.REFUSED, str(why)
    if is_archive(start, entry.name):
        return (Kind.ARCHIVE, "") if inside.deeper else (Kind.REFUSED, NESTED)
    return kind_of(start, entry.name)


def kind_of(start: bytes, name: str) -> tuple[Kind, str]:
    """What a file is by how it begins, and why it is refused."""
    if not start.strip():
        return Kind.REFUSED, EMPTY
    suffix = name[name.rfind(".") :].lower() if "." in name.rpartition("/")[2] else ""
    if is_box(start) and suffix not in SUFFIXES:
        return Kind.BOX, ""
    if is_mail(start, suffix):
        return Kind.MAIL, ""
    if suffix in DOCUMENTS:
        return Kind.REFUSED, DOCUMENT
    try:
        text = decode(start.removesuffix(start[-3:]) if len(start) == LOOKED_AT else start)
    except Unreadable as why:
        return Kind.REFUSED, why.fault
    return kind_of_text(text, name, suffix)


def kind_of_text(text: str, name: str, suffix: str) -> tuple[Kind, str]:
    if not text.strip():
        return Kind.REFUSED, EMPTY
    if is_list(text):
        return Kind.FEEDS, ""
    if reader_of(text, name) is not None:
        return Kind.EXPORT, ""
    if suffix == ".opml":
        return Kind.REFUSED, NO_LIST
    return (Kind.PIECE, "") if suffix in SUFFIXES or not suffix else (Kind.REFUSED, UNKNOWN)


def is_mail(start: bytes, suffix: str) -> bool:
    if suffix in (".eml", ".emlx"):
        return True
    body = APPLE.sub(b"", start, count=1) if APPLE.match(start) else start
    fields = SIGN_OF_HEAD.findall(body.partition(b"\n\n")[0].replace(b"\r\n", b"\n")[:LOOKED_AT])
    return suffix not in SUFFIXES and HEAD.match(body) is not None and len({f.lower() for f in fields}) > 1
