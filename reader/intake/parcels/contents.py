"""What is in a file that was handed in: told apart by what it holds, and walked without being whole anywhere."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from reader.intake.archives import Entry, Unopened, archive_in, is_archive
from reader.intake.decoding import Unreadable, decode
from reader.intake.exports.recognising import export_in, reader_of
from reader.intake.exports.things import Export, NotAnExport
from reader.intake.mail.boxes import count_mails, is_box
from reader.intake.mail.letters import MOST_BYTES as MOST_OF_MAIL
from reader.intake.mail.letters import SIGN_OF_HEAD
from reader.intake.sources import SUFFIXES

LOOKED_AT = 8192
MOST_OF_EXPORT = 60 * 1024**2
TOO_LONG = "This file is larger than 60 MB, more than any app gives away. Upload a part of it."
UNKNOWN = "Nothing is known here that reads this file: it is no mail, no piece and no app’s export."
APPLE = re.compile(rb"\s*\d{1,9}\s*\n")  # Apple Mail writes the length above
HEAD = re.compile(rb"\s*(?:[A-Za-z][\w-]{1,40}:|>?From )")


class Kind(StrEnum):
    REFUSED = "refused"
    MAIL = "mail"
    BOX = "box"
    EXPORT = "export"
    PIECE = "piece"


@dataclass(frozen=True, slots=True)
class Source:
    """One file: itself, or an entry of an archive."""

    name: str
    kind: Kind
    entry: Entry | None = None
    file: IO[bytes] | None = None
    refusal: str = ""

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
            raise Unopened(str(why)) from None

    def export(self) -> Export:
        """What an app wrote.

        Raises:
            Unopened: it cannot be read.
        """
        text = self.text()
        read = reader_of(text, self.name)
        if read is None:
            raise Unopened(UNKNOWN)
        try:
            return read(text)
        except NotAnExport as why:
            raise Unopened(str(why)) from None

    def mail(self) -> bytes:
        data = self.read(MOST_OF_MAIL + 1024)
        return APPLE.sub(b"", data, count=1) if APPLE.match(data) else data

    def count(self) -> int:
        """How many mails a box holds."""
        with self.opened() as file:
            return count_mails(file)


@dataclass(slots=True)
class Parcel:
    """All that was handed in: an app's archive as a whole, or files of any kind."""

    sources: list[Source] = field(default_factory=list)
    export: Export | None = None


@contextmanager
def parcel_in(file: IO[bytes], name: str) -> Iterator[Parcel]:
    """What a file holds.

    Raises:
        Unopened: it is a damaged archive, or an app's archive that lacks something.
    """
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    if not is_archive(start):
        kind, refusal = kind_of(start, name)
        yield Parcel([Source(name, kind, file=file, refusal=refusal)])
        return
    with archive_in(file) as entries:
        try:
            export = export_in(entries)
        except NotAnExport as why:
            raise Unopened(str(why)) from None
        yield Parcel(export=export) if export else Parcel([source_of(entry) for entry in entries])


def source_of(entry: Entry) -> Source:
    if entry.refusal:
        return Source(entry.name, Kind.REFUSED, entry, refusal=entry.refusal)
    try:
        with entry.opened() as file:
            start = file.read(LOOKED_AT)
    except Unopened as why:
        return Source(entry.name, Kind.REFUSED, entry, refusal=str(why))
    kind, refusal = kind_of(start, entry.name)
    return Source(entry.name, kind, entry, refusal=refusal)


def kind_of(start: bytes, name: str) -> tuple[Kind, str]:
    """What a file is by how it begins, and why it is refused."""
    suffix = name[name.rfind(".") :].lower() if "." in name.rpartition("/")[2] else ""
    if is_box(start) and suffix not in SUFFIXES:
        return Kind.BOX, ""
    if is_mail(start, suffix):
        return Kind.MAIL, ""
    try:
        text = decode(start.removesuffix(start[-3:]) if len(start) == LOOKED_AT else start)
    except Unreadable as why:
        return Kind.REFUSED, str(why)
    if not text.strip():
        return Kind.REFUSED, "This file is empty."
    if reader_of(text, name) is not None:
        return Kind.EXPORT, ""
    return (Kind.PIECE, "") if suffix in SUFFIXES or not suffix else (Kind.REFUSED, UNKNOWN)


def is_mail(start: bytes, suffix: str) -> bool:
    if suffix in (".eml", ".emlx"):
        return True
    body = APPLE.sub(b"", start, count=1) if APPLE.match(start) else start
    fields = SIGN_OF_HEAD.findall(body.partition(b"\n\n")[0].replace(b"\r\n", b"\n")[:LOOKED_AT])
    return suffix not in SUFFIXES and HEAD.match(body) is not None and len({f.lower() for f in fields}) > 1
