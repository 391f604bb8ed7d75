"""Large answers in little memory: rows in turn, JSON as it comes, a zip that is sent while it is made."""

import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

BATCH = 500
#: So much is gathered before it is sent.
CHUNK = 64 * 1024

Member = tuple[str, Iterable[str]]


def in_turn(rows: "QuerySet[M]") -> Iterator[M]:
    """All rows, a batch at a time, each batch a query of its own: no cursor stays open while a slow reader reads."""
    for batch in in_batches(rows):
        yield from batch


def in_batches(rows: "QuerySet[M]") -> Iterator[list[M]]:
    """The same, for whoever asks for more about each batch at once."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def json_list(things: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A JSON array, an element a line."""
    yield "["
    for number, thing in enumerate(things):
        yield (",\n" if number else "\n") + json_text(thing)
    yield "\n]\n"


def json_text(thing: Any) -> str:
    return json.dumps(thing, cls=DjangoJSONEncoder, ensure_ascii=False)


class Outlet(io.RawIOBase):
    """What a zip file is written to; it is taken from here in chunks, and never sought in."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, data: Any, /) -> int:
        self.waiting += data
        return len(data)

    def take(self) -> bytes:
        data = bytes(self.waiting)
        self.waiting.clear()
        return data


def zipped(members: Iterable[Member], at: datetime) -> Iterator[bytes]:
    """The bytes of a zip of these files, as they come."""
    outlet = Outlet()
    with ZipFile(outlet, "w") as archive:
        for name, parts in members:
            info = ZipInfo(name, at.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w") as member:
                for part in parts:
                    member.write(part.encode(errors="replace"))
                    if len(outlet.waiting) >= CHUNK:
                        yield outlet.take()
            yield outlet.take()  # so that the first bytes are there at once
    yield outlet.take()
