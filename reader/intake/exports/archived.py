"""Exports that are archives: of Substack's the posts alone, never its lists of subscribers."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from reader.intake.archives import Entry, Unopened
from reader.intake.decoding import Unreadable, decode
from reader.intake.exports.annotations import read_json
from reader.intake.exports.tables import columns_of, read_table, records, rows_in
from reader.intake.exports.things import (
    Export,
    Mark,
    NotAnExport,
    Piece,
    Problem,
    doubts,
    labels,
    moment_as_told,
    noted,
    quoted,
    titled,
    together,
)

MOST_OF_TABLE, MOST_OF_POST = 50 * 1024**2, 5 * 1024**2
POSTS, METADATA = "posts.csv", re.compile(r"metadata_\d+_to_\d+\.json")
LIST_OF = re.compile(r"(?:email_list|subscriber_details|subscribers?)[._-](?P<name>[\w-]+)\.csv", re.IGNORECASE)
PUBLISHED = ("true", "1", "yes")
NOT_OUT = "This post was never published, so it is a draft of its author’s."
NO_TEXT = "The archive has no text of this post."
#: Up to an empty line: of a quote's lines only those that follow one have a mark of their own.
QUOTE = re.compile(r"^>(.*(?:\n[^\S\n]*\S.*)*)", re.MULTILINE)
LABELS = re.compile(r"#\S.*")
#: What parts a note on the whole, which ends with an empty line of its own, from what follows.
END_OF_NOTE = "\n\n\n\n"


def substack(entries: list[Entry]) -> Export | None:
    """The posts of a Substack export; None where the archive is none."""
    table = find(entries, POSTS)
    if table is None:
        return None
    export = Export("Substack")
    site = site_of(entries)
    bodies = {
        PurePosixPath(one.name).stem: one for one in entries if one.name.lower().endswith(".html") and not one.refusal
    }
    for number, row in table_rows(table, export):
        try:
            export.pieces.append(post(row, number, bodies, site))
        except Unopened as why:
            export.problems.append(Problem(number, str(why), titled(row.get("title"))))
    return export


def site_of(entries: list[Entry]) -> str:
    """Where the posts stand, which the name of the list of subscribers tells; the list itself is never opened."""
    found = next((match for one in entries if (match := LIST_OF.fullmatch(PurePosixPath(one.name).name))), None)
    return f"https://{found['name'].lower()}.substack.com" if found else ""


def post(row: dict[str, str], number: int, bodies: dict[str, Entry], site: str) -> Piece:
    key = row.get("post_id", "").strip()
    if row.get("is_published", "").lower() not in PUBLISHED:
        raise Unopened(NOT_OUT)
    body = bodies.get(key) or next((one for name, one in bodies.items() if name.partition(".")[0] == key), None)
    if body is None:
        raise Unopened(NO_TEXT)
    slug = PurePosixPath(body.name).stem.partition(".")[2]
    html = text_in(body, MOST_OF_POST)
    if not re.sub(r"<[^>]*>|\s", "", html):
        raise Unopened(NO_TEXT)
    title, subtitle = titled(row.get("title")), titled(row.get("subtitle"))
    return Piece(
        title=title or "Untitled",
        url=f"{site}/p/{slug}" if site and slug else "",
        html=page(title, subtitle, html),
        published=moment_as_told(row.get("post_date", "")),
        doubtful=doubts([row.get("post_date")]),
        audience={"everyone": "everyone", "only_paid": "only_paid"}.get(row.get("audience", ""), ""),
        row=number,
    )


def page(title: str, subtitle: str, html: str) -> str:
    """The post as a page would show it."""
    below = f"<h3 class='subtitle'>{escaped(subtitle)}</h3>" if subtitle else ""
    return f"<h1>{escaped(title)}</h1>{below}<div class='body markup'>{html}</div>"


def omnivore(entries: list[Entry]) -> Export | None:
    """The library of an Omnivore export; None where the archive is none."""
    lists = [one for one in entries if METADATA.fullmatch(PurePosixPath(one.name).name)]
    if not lists:
        return None
    named = {PurePosixPath(one.name).name: one for one in entries}
    export = Export("Omnivore")
    for one in lists:
        try:
            part = read_json(text_in(one, MOST_OF_TABLE))
        except (NotAnExport, Unopened) as why:
            export.problems.append(Problem(0, str(why), one.name))
            continue
        export.pieces += part.pieces
        export.problems += part.problems
    for piece in export.pieces:
        body, marks = named.get(f"{piece.slug}.html"), named.get(f"{piece.slug}.md")
        piece.html = text_or_none(body)
        piece.marks, piece.notes = marks_in(text_or_none(marks), piece.row)
    return export


def marks_in(words: str, row: int) -> tuple[list[Mark], list[str]]:
    """The quotes of a file of highlights, each with its labels and what was written on it; and the notes on the whole.

    One follows the other behind an empty line: `> words`, `#label #other`, the note.
    """
    words = words.replace("\r\n", "\n")
    found = list(QUOTE.finditer(words))
    starts, ends = [match.start() for match in found], [match.end() for match in found]
    notes = notes_on_the_whole(words[: starts[0]] if starts else words)
    marks = []
    for match, end in zip(found, [*starts[1:], len(words)], strict=True):
        exact = quoted(re.sub(r"^> ?", "", match[1].removeprefix(" "), flags=re.MULTILINE))
        below, whole = parted(words[match.end() : end], is_last=match.end() == ends[-1])
        notes += whole
        named, _, rest = below.partition("\n")
        tags = labels(re.split(r"\s+(?=#)", named)) if LABELS.fullmatch(named) else ()
        if exact:
            marks.append(Mark(exact=exact, note=noted(rest if tags else below), tags=tags, row=row))
    return marks, notes


def parted(below: str, *, is_last: bool) -> tuple[str, list[str]]:
    """What is written below a quote: on it, and on the whole."""
    if not below.endswith("\n\n" if is_last else END_OF_NOTE):
        return below.strip(), []
    own, *others = [part for part in re.split(r"\n{2,}", below.strip()) if part] or [""]
    if not others and not LABELS.fullmatch(own):
        return "", notes_on_the_whole(own)
    return "\n\n".join([own, *others[:-1]]), notes_on_the_whole(*others[-1:])


def notes_on_the_whole(*parts: str) -> list[str]:
    return [note for part in parts for one in part.split(END_OF_NOTE) if (note := noted(one))]


def pocket(entries: list[Entry]) -> Export | None:
    """The tables and lists in Pocket's archive; None where there are none."""
    parts = [one for one in entries if re.fullmatch(r"part_\d+\.(?:csv|json)", PurePosixPath(one.name).name)]
    if not parts:
        return None
    export = Export("Pocket")
    for one in parts:
        try:
            text = text_in(one, MOST_OF_TABLE)
            found = read_json(text) if one.name.endswith(".json") else read_table(text)
        except (NotAnExport, Unopened) as why:
            export.problems.append(Problem(0, str(why), one.name))
            continue
        export.pieces += found.pieces
        export.problems += found.problems
    export.pieces = together(export.pieces)
    return export


ARCHIVES = (substack, omnivore, pocket)


def find(entries: list[Entry], name: str) -> Entry | None:
    return next((one for one in entries if PurePosixPath(one.name).name == name and not one.refusal), None)


def table_rows(entry: Entry, export: Export) -> Iterator[tuple[int, dict[str, str]]]:
    text = text_in(entry, MOST_OF_TABLE)
    rows = records(text)
    columns = columns_of(rows)
    missing = [name for name in ("post_id", "is_published", "title") if name not in columns]
    if missing:
        raise NotAnExport(f"The archive’s posts.csv has no column {' and '.join(f'“{name}”' for name in missing)}.")
    for number, row in rows_in(rows, columns, export):
        yield number, dict(row)


def text_in(entry: Entry, most: int) -> str:
    """The words of a file in the archive.

    Raises:
        Unopened: it is refused, damaged, too long or no text.
    """
    if entry.refusal:
        raise Unopened(entry.refusal)
    with entry.opened() as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unopened("It is longer than anything that is read here.")
    try:
        return decode(data)
    except Unreadable as why:
        raise Unopened(why.fault) from None


def text_or_none(entry: Entry | None) -> str:
    try:
        return text_in(entry, MOST_OF_POST) if entry else ""
    except Unopened:
        return ""


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
