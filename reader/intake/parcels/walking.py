"""Going through a file that was handed in, thing by thing."""

import hashlib
from collections.abc import Iterator
from functools import partial

from reader.intake.archives import Unopened
from reader.intake.details import as_details, as_text
from reader.intake.exports.things import Export
from reader.intake.imports import Door, Import, Item, NotBrought, Outcome, Step, open_kept, walked_by
from reader.intake.mail.boxes import mails_in
from reader.intake.mail.letters import TOO_LARGE
from reader.intake.parcels.awaiting import fetch_awaited
from reader.intake.parcels.contents import Kind, Parcel, Source, parcel_in
from reader.intake.parcels.letters import bring_letter, key_of
from reader.intake.parcels.models import Awaited, Plan
from reader.intake.parcels.pieces import bring_piece
from reader.intake.reading import Empty, guess_form, read
from reader.library.shelving import shelve


@walked_by(Door.MAIL)
@walked_by(Door.EXPORT)
def walk(work: Import) -> Iterator[Step]:
    plan = Plan.objects.filter(work=work).first()
    if plan and work.total is None:
        work.expect(plan.things + plan.problem_count)
    try:
        with parcel_in(open_kept(work), work.source) as parcel:
            yield from steps_of(work, parcel)
    except Unopened as why:
        raise NotBrought(str(why)) from None
    ask_for_texts(work)


def steps_of(work: Import, parcel: Parcel) -> Iterator[Step]:
    if parcel.export:
        yield from steps_of_export(work, parcel.export, "")
    alone = len(parcel.sources) == 1
    for source in parcel.sources:
        try:
            yield from steps_of_source(work, source, alone=alone)
        except Unopened as why:
            yield said(source.name, str(why))


def steps_of_source(work: Import, source: Source, *, alone: bool) -> Iterator[Step]:
    match source.kind:
        case Kind.REFUSED:
            yield said(source.name, source.refusal)
        case Kind.MAIL:
            data = source.mail()
            yield Step(key_of(data), source.name, partial(bring_letter, work, data, source.name))
        case Kind.BOX:
            yield from steps_of_box(work, source, alone=alone)
        case Kind.EXPORT:
            yield from steps_of_export(work, source.export(), "" if alone else source.name)
        case Kind.PIECE:
            yield Step(f"piece {source.name}", source.name, partial(bring_file, work, source))


def steps_of_box(work: Import, source: Source, *, alone: bool) -> Iterator[Step]:
    """The mails of a box; of one that was handed in by itself, from where the slice before left off."""
    at = work.place if alone and source.file is not None else 0
    with source.opened() as file:
        if at:
            file.seek(at)
        for number, found in enumerate(mails_in(file, at), 1):
            name = f"{source.name}, mail {number}" if not at else f"{source.name}, the mail at byte {found.start:,}"
            place = found.next if alone and source.file is not None else None
            if found.data is None:
                yield said(name, TOO_LARGE, place)
            else:
                yield Step(key_of(found.data), name, partial(bring_letter, work, found.data, name), place)


def steps_of_export(work: Import, export: Export, name: str) -> Iterator[Step]:
    for problem in export.problems:
        row = f"{'row' if name else 'Row'} {problem.row}" if problem.row else ""
        yield said(", ".join(filter(None, [name, row, problem.name])), problem.sentence)
    for piece in export.pieces:
        key = "\n".join([export.app, piece.url, piece.title, *piece.authors, str(piece.row if not piece.url else "")])
        step = hashlib.sha256(key.encode()).hexdigest()
        yield Step(step, piece.title or piece.url, partial(bring_piece, work, piece, export.app))


def said(name: str, sentence: str, place: int | None = None) -> Step:
    """A step that brings nothing and says why."""
    item = Item(name=name or "The file", outcome=Outcome.LEFT, sentence=sentence)
    return Step(f"{name} {sentence}", name, lambda: [item], place)


def bring_file(work: Import, source: Source) -> list[Item]:
    """A piece that lies in a file of its own."""
    raw = source.text()
    try:
        reading = read(raw, guess_form(raw, source.name), uploaded=True)
    except Empty as nothing:
        return [Item(name=source.name, outcome=Outcome.LEFT, sentence=str(nothing))]
    article, is_new = shelve(as_details(reading), as_text(reading, raw), work.owner, *work.audience)
    return [Item(name=article.title, outcome=Outcome.ADDED if is_new else Outcome.KNOWN, article=article)]


def ask_for_texts(work: Import) -> None:
    """Have the texts fetched of which only the addresses came."""
    if Awaited.objects.filter(owner=work.owner_id, ended_at=None).exists():
        fetch_awaited.enqueue(owner_id=work.owner_id)
