"""Files that were handed in: kept in parts until they are read, and never whole in memory."""

import io
from collections.abc import Iterable

from reader.intake.imports.models import Import, ImportChunk

CHUNK = 1024 * 1024


def keep(work: Import, parts: Iterable[bytes]) -> None:
    """Keep the bytes of a file (`UploadedFile.chunks()`), each part in a transaction of its own: others write too."""
    for number, data in enumerate(in_chunks(parts)):
        ImportChunk.objects.create(work=work, number=number, data=data)
        work.size += len(data)
    Import.objects.filter(pk=work.pk).update(size=work.size)


def in_chunks(parts: Iterable[bytes]) -> Iterable[bytes]:
    waiting = bytearray()
    for part in parts:
        waiting += part
        while len(waiting) >= CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
    if waiting:
        yield bytes(waiting)


class Kept(io.RawIOBase):
    """The file of an import. It can be read from any place, as a zip is."""

    def __init__(self, work: Import) -> None:
        self.work, self.at, self.number, self.chunk = work, 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.work.size}[whence]
        self.at = max(0, start + offset)
        return self.at

    def readinto(self, into: "memoryview | bytearray") -> int:  # type: ignore[override]  # typeshed asks for any buffer
        number, within = divmod(self.at, CHUNK)
        if number != self.number:
            self.number, self.chunk = number, self.load(number)
        data = self.chunk[within : within + len(into)]
        into[: len(data)] = data
        self.at += len(data)
        return len(data)

    def load(self, number: int) -> bytes:
        found = ImportChunk.objects.filter(work=self.work, number=number).values_list("data", flat=True).first()
        return bytes(found or b"")


def open_kept(work: Import) -> io.BufferedReader:
    return io.BufferedReader(Kept(work), CHUNK // 4)
