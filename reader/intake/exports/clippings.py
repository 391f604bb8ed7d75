"""Kindle's `My Clippings.txt`, in the languages of the device."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time

from reader.intake.dates import read_date
from reader.intake.exports.tables import names
from reader.intake.exports.things import (
    Export,
    Mark,
    NotAnExport,
    Piece,
    Problem,
    is_believed,
    noted,
    quoted,
    titled,
    together,
)

DIVIDER = "=========="
HEADING = re.compile(r"^- .{3,300}$")
BOOK = re.compile(r"(?P<title>.*?)\s*(?:\((?P<authors>[^()]*(?:\([^()]*\)[^()]*)*)\))?\s*")
NUMBERS = re.compile(r"(?<!\d)(\d{1,6})(?:\s?[-–]\s?(\d{1,6}))?(?!\d)")
MARKED = re.compile(
    r"highlight|markierung|surlign|subrayad|destaque|evidenziazion|markering|выделен|ハイライト|标注|標註",
    re.IGNORECASE,
)
NOTED = re.compile(r"\bnote\b|notiz|\bnota\b|notitie|заметк|メモ|笔记|筆記", re.IGNORECASE)
KEPT_PLACE = re.compile(
    r"bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer|закладк|ブックマーク|书签|書籤", re.IGNORECASE
)
LIMIT = re.compile(r"<.{5,200}(?:limit|Limit|límite|limite|Limite).{0,120}>")
ADDED = re.compile(
    r"(?:added on|hinzugefügt am|ajouté le|añadido el|adicionado:?|aggiunto in data|toegevoegd op)\s*(.+)",
    re.IGNORECASE,
)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?", re.IGNORECASE)
WEEKDAY = re.compile(r"^[^\W\d]+,\s*")
AMOUNT = "The app kept these words to itself: the publisher’s limit for clippings was reached."
STRANGE = "This clipping is not written as Kindle writes them."
NO_WORDS = "There are no words in this clipping."


@dataclass(frozen=True, slots=True)
class Clipping:
    book: str
    kind: str
    place: tuple[int, int]
    words: str
    made_at: datetime | None
    doubtful: list[str]  # a date that cannot be meant
    row: int


def read_clippings(text: str) -> Export:
    """The clippings of a device.

    Raises:
        NotAnExport: there are none in this text.
    """
    if not is_clippings(text):
        raise NotAnExport("These are no clippings of a Kindle.")
    export, found = Export("Kindle"), list[Clipping]()
    for number, block in enumerate(text.replace("\ufeff", "").replace("\r\n", "\n").split(DIVIDER), 1):
        if not block.strip():
            continue
        clipping = read_clipping(block.strip("\n"), number)
        if clipping is None or clipping.kind == "?":
            export.problems.append(Problem(number, STRANGE))
        elif clipping.kind != "bookmark":
            found += [clipping] if kept(clipping, export) else []
    export.pieces = together(piece_of(clipping) for clipping in with_notes(without_drafts(found), export))
    return export


def is_clippings(text: str) -> bool:
    lines = text[:20_000].replace("\r\n", "\n").split("\n")
    return any(line.startswith(DIVIDER) for line in lines) and any(HEADING.match(line) for line in lines[1:2])


def read_clipping(block: str, number: int) -> Clipping | None:
    lines = block.split("\n")
    if len(lines) < 2 or not HEADING.match(lines[1]):
        return None
    head = lines[1]
    kind = (
        "bookmark" if KEPT_PLACE.search(head) else "note" if is_note(head) else "mark" if MARKED.search(head) else "?"
    )
    made_at = added(head)
    believed, doubtful = (made_at, []) if made_at is None or is_believed(made_at) else (None, [f"{made_at:%Y-%m-%d}"])
    return Clipping(lines[0].strip(), kind, place_of(head), "\n".join(lines[2:]).strip(), believed, doubtful, number)


def is_note(head: str) -> bool:
    return NOTED.search(head) is not None and MARKED.search(head) is None


def kept(clipping: Clipping, export: Export) -> bool:
    refusal = NO_WORDS if not clipping.words else AMOUNT if LIMIT.fullmatch(clipping.words) else ""
    if refusal:
        export.problems.append(Problem(clipping.row, refusal, titled(clipping.book)))
    return not refusal


def place_of(head: str) -> tuple[int, int]:
    """The last range before the date: the location, which is finer than the page."""
    before = head.split("|")[:-1] or [ADDED.sub("", head)]
    found = NUMBERS.findall(before[-1])
    if not found:
        return 0, 0
    first, last = found[-1]
    start = int(first)
    # "1406-9" is 1406 to 1409.
    end = int(first[: len(first) - len(last)] + last) if last and len(last) < len(first) else int(last or first)
    return start, end


def added(head: str) -> datetime | None:
    found = ADDED.search(head) or re.search(r"\|\s*([^|]+)$", head)
    words = WEEKDAY.sub("", found[1].strip()) if found else ""
    day = read_date(re.sub(CLOCK, "", words).strip(" ,")) or read_date(words)
    if day is None or day.precision != "day":
        return None
    clock = CLOCK.search(words)
    return datetime.combine(day.day, hour_of(clock) if clock else time(), UTC)


def hour_of(clock: re.Match[str]) -> time:
    hour, half = int(clock[1]), (clock[4] or "").lower().replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(min(hour, 23), min(int(clock[2]), 59), min(int(clock[3] or 0), 59))


def without_drafts(clippings: list[Clipping]) -> list[Clipping]:
    """One of the marks that were drawn anew over each other: the last, where it holds or is held by the one before."""
    last: dict[tuple[str, str], Clipping] = {}
    dropped: set[int] = set()
    for clipping in clippings:
        key = (clipping.book, clipping.kind)
        before = last.get(key)
        if clipping.kind == "mark" and before and is_drawn_anew(before, clipping):
            dropped.add(before.row)
        last[key] = clipping
    return [clipping for clipping in clippings if clipping.row not in dropped]


def is_drawn_anew(before: Clipping, after: Clipping) -> bool:
    touches = before.place[0] <= after.place[1] and after.place[0] <= before.place[1]
    return touches and (before.words in after.words or after.words in before.words)


def with_notes(clippings: list[Clipping], export: Export) -> list[tuple[Clipping, str]]:
    """Marks with the notes that were written on them; a note without a mark is one on the book."""
    marks = [clipping for clipping in clippings if clipping.kind == "mark"]
    said: dict[int, str] = {}
    alone: list[tuple[Clipping, str]] = []
    for note in (clipping for clipping in clippings if clipping.kind == "note"):
        on = [one for one in marks if one.book == note.book and one.place[0] <= note.place[0] <= one.place[1] + 1]
        if on:
            nearest = min(on, key=lambda one: abs(one.place[1] - note.place[0]))
            said[nearest.row] = "\n\n".join(filter(None, [said.get(nearest.row, ""), note.words]))
        else:
            alone.append((note, ""))
    return [*((mark, said.get(mark.row, "")) for mark in marks), *alone]


def piece_of(found: tuple[Clipping, str]) -> Piece:
    clipping, note = found
    match = BOOK.fullmatch(clipping.book)
    title, authors = (match["title"], match["authors"] or "") if match else (clipping.book, "")
    doubtful = list(clipping.doubtful)
    piece = Piece(title=titled(title), authors=authors_of(authors), kind="book", doubtful=doubtful, row=clipping.row)
    if clipping.kind == "note":
        piece.notes = [noted(clipping.words)]
    else:
        words = quoted(clipping.words)
        piece.marks = [Mark(exact=words, note=noted(note), made_at=clipping.made_at, row=clipping.row)]
    return piece


def authors_of(value: str) -> tuple[str, ...]:
    """ "Castell, Mira; Lund, Freya" or "Mira Castell and Freya Lund"."""
    if ";" in value or value.count(",") == 1:
        parts = (part.split(",") for part in value.split(";"))
        return tuple(titled(" ".join(reversed([one.strip() for one in part]))) for part in parts if any(part))[:10]
    return names(value)
