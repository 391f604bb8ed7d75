"""Exports that are JSON: Hypothesis, Karakeep, what Pocket calls annotations, and Omnivore's lists."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

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

BROKEN = "This file is no valid JSON, so nothing in it can be read."
UNKNOWN = "This JSON file is of no app that is known here."
MOST_ROWS = 200_000
#: What these apps call the day on which something was kept, marked or published.
DATES = ("created", "createdAt", "savedAt", "publishedAt")


def read_json(text: str) -> Export:
    """What an app wrote as JSON.

    Raises:
        NotAnExport: it is broken, or of an app that is not known.
    """
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise NotAnExport(BROKEN) from None
    rows = rows_of(data)
    first = next((row for row in rows if isinstance(row, dict)), {})
    if "target" in first or ("uri" in first and "user" in first):
        return gathered("Hypothesis", rows, hypothesis)
    if "highlights" in first and "url" in first:
        return gathered("Pocket", rows, pocket)
    if "slug" in first and "savedAt" in first:
        return gathered("Omnivore", rows, omnivore)
    if "content" in first and "createdAt" in first:
        return gathered("Karakeep", rows, karakeep)
    raise NotAnExport(UNKNOWN)


def rows_of(data: object) -> list[Any]:
    if isinstance(data, dict):
        data = next(
            (data[name] for name in ("annotations", "rows", "bookmarks") if isinstance(data.get(name), list)), []
        )
    return data[:MOST_ROWS] if isinstance(data, list) else []


class BadEntry(ValueError):
    """This entry cannot be read; the message says why."""


def gathered(app: str, rows: list[Any], read: "Any") -> Export:
    export = Export(app)
    pieces: list[Piece] = []
    for number, row in enumerate(rows, 1):
        try:
            if not isinstance(row, dict):
                raise BadEntry("This entry is not what the app writes.")
            piece: Piece = read(row, number)
        except BadEntry as bad:
            export.problems.append(Problem(number, str(bad), titled(row.get("title")) if isinstance(row, dict) else ""))
            continue
        piece.doubtful += doubts(row.get(name) for name in DATES)
        pieces.append(piece)
    export.pieces = together(pieces)
    return export


def hypothesis(row: Mapping[str, Any], number: int) -> Piece:
    if row.get("references"):
        raise BadEntry("It is an answer to somebody’s annotation, which has no passage of its own.")
    url, note, tags = required(row.get("uri")), noted(row.get("text")), labels(listed(row.get("tags")))
    title = next(iter(listed(mapped(row.get("document")).get("title"))), "")
    piece = Piece(title=titled(title), url=url, row=number)
    selectors = {str(one.get("type")): one for one in selectors_of(row)}
    quote, place = selectors.get("TextQuoteSelector", {}), selectors.get("TextPositionSelector", {})
    exact = quoted(quote.get("exact"))
    if exact:
        start = place.get("start")
        mark = Mark(
            exact=exact,
            prefix=str(quote.get("prefix") or "")[-64:],
            suffix=str(quote.get("suffix") or "")[:64],
            start=start if isinstance(start, int) and start >= 0 else None,
            note=note,
            tags=tags,
            made_at=moment(row.get("created")),
            row=number,
        )
        piece.marks = [mark]
    elif note:
        piece.notes, piece.tags = [note], tags
    else:
        raise BadEntry("It marks no words and says none.")
    return piece


def selectors_of(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for target in listed(row.get("target")):
        yield from (one for one in listed(mapped(target).get("selector")) if isinstance(one, dict))


def pocket(row: Mapping[str, Any], number: int) -> Piece:
    marks = [
        Mark(exact=exact, made_at=moment(one.get("created_at")), row=number)
        for one in map(mapped, listed(row.get("highlights")))
        if (exact := quoted(one.get("quote")))
    ]
    doubtful = doubts(mapped(one).get("created_at") for one in listed(row.get("highlights")))
    url = required(row.get("url"))
    return Piece(title=titled(row.get("title")), url=url, marks=marks, doubtful=doubtful, row=number)


def omnivore(row: Mapping[str, Any], number: int) -> Piece:
    return Piece(
        title=titled(row.get("title")),
        authors=(titled(row["author"])[:120],) if row.get("author") else (),
        url=required(row.get("url")),
        slug=str(row.get("slug") or "")[:300],
        published=moment(row.get("publishedAt") or ""),
        saved_at=moment(row.get("savedAt") or ""),
        tags=labels(listed(row.get("labels"))),
        archived=str(row.get("state") or "").casefold() == "archived",
        row=number,
    )


def karakeep(row: Mapping[str, Any], number: int) -> Piece:
    content, note = mapped(row.get("content")), noted(row.get("note"))
    is_text = content.get("type") == "text" and bool(str(content.get("text") or "").strip())
    lines = quoted(content.get("text")).split("\n") if is_text else []
    return Piece(
        title=titled(row.get("title") or content.get("title")),
        url="" if is_text else required(content.get("url")),
        html="".join(f"<p>{escaped(line)}</p>" for line in lines if line.strip()),
        tags=labels(tag.get("name") if isinstance(tag, dict) else tag for tag in listed(row.get("tags"))),
        saved_at=moment(row.get("createdAt") or ""),
        archived=row.get("archived") is True,
        notes=[note] if note else [],
        row=number,
    )


def escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;")


def required(value: object) -> str:
    url = addressed(value)
    if not url:
        raise BadEntry("It is of no page on the web: a file, or an address that is none.")
    return url


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def mapped(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
