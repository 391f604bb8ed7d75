"""Exports that are tables: told apart by their columns, and a column that is missing is named."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reader.intake.exports.things import (
    Export,
    Mark,
    NotAnExport,
    Piece,
    Problem,
    addressed,
    doubts,
    labels,
    moment,
    noted,
    quoted,
    titled,
    together,
)

csv.field_size_limit(8 * 1024 * 1024)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that an app writes: the columns that it cannot do without, and others that tell it."""

    app: str
    needs: tuple[str, ...]
    others: tuple[str, ...]
    read: Callable[[Row, int], Piece]

    @property
    def columns(self) -> set[str]:
        return {*self.needs, *self.others}


class BadRow(ValueError):
    """This row cannot be read; the message says why."""


#: What the tables call the day on which something was kept, marked or said.
DATES = ("highlighted at", "saved date", "created at", "creation date", "timestamp", "time_added")
UNCLOSED = (
    "This row is broken: a quotation mark is not closed, or it is endless. It was left out, and the rest was read."
)
NO_QUOTE = "There are no words in this row."
NO_ADDRESS = "There is no web address in this row."


def readwise(row: Row, number: int) -> Piece:
    exact = quoted(row["highlight"])
    if not exact:
        raise BadRow(NO_QUOTE)
    mark = Mark(
        exact=exact,
        note=noted(row.get("note")),
        tags=labels(row.get("tags")),
        made_at=moment(row.get("highlighted at", "")),
        row=number,
    )
    return Piece(
        title=titled(row["book title"]),
        authors=names(row.get("book author", "")),
        url=addressed(row.get("url") or row.get("source url")),
        tags=labels(row.get("document tags")),
        kind="book" if row.get("amazon book id") else "",
        marks=[mark],
        row=number,
    )


def reader(row: Row, number: int) -> Piece:
    return Piece(
        title=titled(row["title"]),
        url=required_address(row["url"]),
        tags=labels(unlisted(row.get("document tags", ""))),
        saved_at=moment(row.get("saved date", "")),
        archived=row.get("location", "").lower() == "archive",
        row=number,
    )


def hypothesis(row: Row, number: int) -> Piece:
    """As its client writes them today, or as it did in 2023: other names for the same columns."""
    url, exact = required_address(row["url"]), quoted(row["quote"])
    comment = noted(row.get("comment") or row.get("body"))
    piece = Piece(url=url, row=number)
    if (row.get("type") or row.get("annotation/reply type") or "").lower() == "reply":
        raise BadRow("It is an answer to somebody’s annotation, which has no passage of its own.")
    if exact:
        made_at = moment(row.get("created at") or row.get("creation date") or "")
        piece.marks = [Mark(exact=exact, note=comment, tags=labels(row.get("tags")), made_at=made_at, row=number)]
    elif comment:
        piece.notes, piece.tags = [comment], labels(row.get("tags"))
    else:
        raise BadRow(NO_QUOTE)
    return piece


def instapaper(row: Row, number: int) -> Piece:
    exact = quoted(row.get("selection"))
    return Piece(
        title=titled(row["title"]),
        url=required_address(row["url"]),
        tags=labels(unlisted(row.get("tags", ""))),
        saved_at=moment(row.get("timestamp", "")),
        archived=row.get("folder", "").lower() == "archive",
        marks=[Mark(exact=exact, row=number)] if exact else [],
        row=number,
    )


def pocket(row: Row, number: int) -> Piece:
    return Piece(
        title=titled(row["title"]) if row["title"] != row["url"] else "",
        url=required_address(row["url"]),
        tags=labels(row.get("tags", ""), "|"),
        saved_at=moment(row.get("time_added", "")),
        archived=row.get("status", "").lower() == "archive",
        row=number,
    )


TABLES = (
    Table(
        "Readwise",
        ("highlight", "book title"),
        ("book author", "amazon book id", "note", "color", "tags", "location type", "highlighted at", "document tags"),
        readwise,
    ),
    Table(
        "Readwise Reader",
        ("title", "url"),
        ("document tags", "saved date", "reading progress", "location", "seen"),
        reader,
    ),
    Table(
        "Hypothesis",
        ("url", "quote"),
        ("created at", "author", "page", "group", "type", "comment", "tags"),
        hypothesis,
    ),
    Table(
        "Hypothesis",
        ("url", "quote"),
        ("creation date", "user", "page", "group", "annotation/reply type", "body", "tags"),
        hypothesis,
    ),
    Table("Instapaper", ("url", "title"), ("selection", "folder", "timestamp"), instapaper),
    Table("Pocket", ("title", "url"), ("time_added", "tags", "status"), pocket),
)


def required_address(value: str) -> str:
    url = addressed(value)
    if not url:
        raise BadRow(NO_ADDRESS)
    return url


def names(value: str) -> tuple[str, ...]:
    """Authors as apps join them."""
    parts = value.replace(" and ", ", ").replace(";", ",").replace("&", ",").split(",")
    return tuple(name for name in (titled(part)[:120] for part in parts) if name)[:10]


def unlisted(value: str) -> list[str]:
    """`["a", "b"]` or `'a','b'`, as some apps write a list into a cell."""
    return [part.strip(" '\"") for part in value.strip("[] ").split(",")]


def read_table(text: str) -> Export:
    """The rows of a table.

    Raises:
        NotAnExport: no app is known that has such columns; those that are missing are named.
    """
    rows = records(text)
    columns = columns_of(rows)
    table = table_of(columns)
    export = Export(table.app)
    pieces: list[Piece] = []
    for number, row in rows_in(rows, columns, export):
        try:
            piece = table.read(row, number)
        except BadRow as bad:
            export.problems.append(Problem(number, str(bad), titled(row.get("title") or row.get("book title"))))
            continue
        piece.doubtful = doubts(row.get(name) for name in DATES)
        pieces.append(piece)
    export.pieces = together(pieces)
    return export


def separator_of(text: str) -> str:
    first = text[:4000].partition("\n")[0]
    return max(",;\t", key=first.count)


def records(text: str) -> Iterator[list[str] | None]:
    """The cells of each row; None in place of one whose quotation mark is not closed and would swallow those below."""
    separator, lines = separator_of(text), list(io.StringIO(text.lstrip("\ufeff"), newline=""))
    start = at = 0
    while at < len(lines):
        start, rows = at, csv.reader(map(lines.__getitem__, range(at, len(lines))), delimiter=separator)
        while at < len(lines):
            try:
                cells: list[str] | None = next(rows)
            except csv.Error:
                cells = None
            end = start + rows.line_num
            if cells is None or (end - at > 1 and not is_closed(lines[at:end], separator)):
                yield None
                at += 1
                break
            yield cells
            at = end


def is_closed(lines: list[str], separator: str) -> bool:
    """Whether all quotation marks of a row that goes over several lines stand where they may."""
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def columns_of(rows: Iterator[list[str] | None]) -> list[str]:
    return [column.strip().casefold() for column in next(rows, None) or []]


def rows_in(rows: Iterator[list[str] | None], columns: list[str], export: Export) -> Iterator[tuple[int, Row]]:
    """The rows by their columns, numbered as a spreadsheet does; one that the file's own rules break is a problem."""
    for number, cells in enumerate(rows, 2):
        if cells is None:
            export.problems.append(Problem(number, UNCLOSED))
        elif any(cell.strip() for cell in cells):
            yield number, dict(zip(columns, [*cells, *[""] * (len(columns) - len(cells))], strict=False))


def table_of(columns: list[str]) -> Table:
    """The table with these columns, or the sentence that says which are missing for the likeliest."""
    here = set(columns)
    best = max(TABLES, key=lambda table: (len(here & table.columns) / len(table.columns), table.app))
    told = [table for table in TABLES if here.issuperset(table.needs) and here & set(table.others)]
    if told:
        return max(told, key=lambda table: len(here & table.columns) / len(table.columns))
    if len(here & best.columns) < 2:
        shown = ", ".join(column[:30] for column in columns[:6] if column) or "no column has a name"
        raise NotAnExport(f"No app is known here that writes a table with these columns: {shown}.")
    missing = [column for column in best.needs if column not in here] or [*best.others[:1]]
    lacks = " and ".join(f"“{column}”" for column in missing)
    raise NotAnExport(f"This looks like a table of {best.app}, but it has no column {lacks}. Export it again.")
