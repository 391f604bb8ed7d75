"""Which app a file comes from, by what is in it."""

from collections.abc import Callable

from reader.intake.archives import Entry
from reader.intake.exports.annotations import read_json
from reader.intake.exports.archived import ARCHIVES
from reader.intake.exports.bookmarks import app_of, read_bookmarks
from reader.intake.exports.clippings import is_clippings, read_clippings
from reader.intake.exports.tables import TABLES, read_table
from reader.intake.exports.things import Export

LOOKED_AT = 4000


def reader_of(text: str, name: str = "") -> Callable[[str], Export] | None:
    """How to read a text; None where it is no export, but perhaps a piece itself."""
    start = text.lstrip("\ufeff \r\n\t")[:LOOKED_AT]
    if start.startswith(("{", "[{", "[\n", "[ ", "[]")):
        return read_json
    if app_of(start):
        return read_bookmarks
    if is_clippings(text):
        return read_clippings
    return read_table if name.lower().endswith((".csv", ".tsv")) or is_table(start) else None


def is_table(start: str) -> bool:
    """Whether the first line names columns that some app writes."""
    first = start.partition("\n")[0].casefold()
    columns = {cell.strip(' "\r') for cell in first.replace(";", ",").replace("\t", ",").split(",")}
    return any(columns.issuperset(table.needs) for table in TABLES)


def export_in(entries: list[Entry]) -> Export | None:
    """The export that an archive is; None where it is none of an app's."""
    return next((found for read in ARCHIVES if (found := read(entries)) is not None), None)
