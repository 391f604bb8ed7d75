"""What is in a zip file, entry by entry, and why some of it is left alone. Nothing is unpacked under its own name."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

MOST_ENTRIES = 20_000
MOST_UNPACKED = 2 * 1024**3  # bytes of one archive, with those in it
MOST_OF_ENTRY = 600 * 1024**2
PACKED_TOO_WELL, ABOVE = 200, 1024**2  # times smaller than what comes out; what is small may be as it likes
OTHER_ARCHIVES = (".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst")
#: They are zip files inside, and no archives to whoever made them.
DOCUMENTS = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".pages", ".numbers", ".key", ".jar", ".apk")
CLUTTER = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")

OUTSIDE = "Its name points outside of the archive, so it was left alone."
NESTED = "It is an archive within an archive within an archive. Hand it in by itself."
NO_ZIP = "Of archives only zip files are opened. Pack what is in it as a zip, and hand that in."
LOCKED = "It is locked with a password, so it cannot be read."
BOMB = "It would unpack to far more than a real file of its kind, so it was left alone."
LARGE = "It is larger than 600 MB, so it was left alone. Upload it by itself."
SPENT = "The archive unpacks to more than 2 GB. What came first was read; upload the rest by itself."
BROKEN = "It is damaged in the archive, so it cannot be read."
MANY = "The archive holds more than 20,000 files. The first were read; upload the rest by itself."
NO_ARCHIVE = "This is no zip file, or it is damaged."


class Unopened(ValueError):
    """It is not read; the message is a sentence for the reader."""


@dataclass(slots=True)
class Allowance:
    """How much an archive, with those in it, may still bring."""

    entries: int = MOST_ENTRIES
    unpacked: int = MOST_UNPACKED


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive; one that is refused says why, and is never opened."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    refusal: str = ""

    @property
    def name(self) -> str:
        return self.info.filename.replace("\\", "/")[:300]

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its bytes.

        Raises:
            Unopened: it is damaged, at once or in the midst of reading.
        """
        try:
            with self.archive.open(self.info) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise Unopened(BROKEN) from None


@contextmanager
def archive_in(file: IO[bytes], allowance: Allowance | None = None) -> Iterator[list[Entry]]:
    """The files in an archive, as far as the allowance goes, which shrinks by them.

    Raises:
        Unopened: it is none.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Unopened(NO_ARCHIVE) from None
    with archive:
        yield list(entries_of(archive, allowance or Allowance()))


def entries_of(archive: zipfile.ZipFile, allowance: Allowance) -> Iterator[Entry]:
    infos = [info for info in archive.infolist() if not (info.is_dir() or is_clutter(info.filename))]
    most, allowance.entries = allowance.entries, max(0, allowance.entries - len(infos))
    for info in infos[:most]:
        refusal = refusal_of(info)
        allowance.unpacked -= 0 if refusal else info.file_size
        yield Entry(archive, info, refusal or (SPENT if allowance.unpacked < 0 else ""))
    if len(infos) > most:
        yield Entry(archive, infos[most], MANY)


def refusal_of(info: zipfile.ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or name[1:2] == ":":
        return OUTSIDE
    if name.lower().endswith(OTHER_ARCHIVES):
        return NO_ZIP
    if info.flag_bits & 0x1:
        return LOCKED
    if info.file_size > ABOVE and info.file_size > PACKED_TOO_WELL * max(1, info.compress_size):
        return BOMB
    return LARGE if info.file_size > MOST_OF_ENTRY else ""


def is_clutter(name: str) -> bool:
    return any(part.lower() in CLUTTER for part in PurePosixPath(name.replace("\\", "/")).parts)


def is_archive(start: bytes, name: str) -> bool:
    """Whether a file that begins so, under this name, is a zip that somebody packed."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not name.lower().endswith(DOCUMENTS)
