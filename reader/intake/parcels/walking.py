"""Going through a file that was handed in, thing by thing."""

import hashlib
from collections.abc import Iterator
from functools import partial

from django.db import transaction

from reader.intake.archives import Unopened
from reader.intake.details import as_details, as_text
from reader.intake.exports.things import Export
from reader.intake.feeds.following import follow_unasked
from reader.intake.feeds.jobs import ask_soon
from reader.intake.feeds.opml import Listed
from reader.intake.imports import Door, Import, Item, NotBrought, Outcome, Step, open_kept, walked_by
from reader.intake.imports.made import gave_more, made_piece
from reader.intake.mail.boxes import mails_in
from reader.intake.mail.letters import TOO_LARGE
from reader.intake.parcels.awaiting import fetch_soon
from reader.intake.parcels.completing import TEXT_CAME, give_text, quoted_from
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
        yield from steps_of_export(work, parcel.export, parcel.place, parcel.place)
    for source in parcel.sources:
        try:
            yield from steps_of_source(work, source, alone=parcel.alone)
        except Unopened as why:
            yield said(source.name, str(why), key=source.key)


def steps_of_source(work: Import, source: Source, *, alone: bool) -> Iterator[Step]:
    match source.kind:
        case Kind.REFUSED:
            yield said(source.name, source.refusal, key=source.key)
        case Kind.MAIL:
            data = source.mail()
            yield Step(key_of(data), source.name, partial(bring_letter, work, data, source.name))
        case Kind.BOX:
            yield from steps_of_box(work, source, alone=alone)
        case Kind.EXPORT:
            name, key = ("", "") if alone else (source.name, source.key)
            yield from steps_of_export(work, source.export(), name, key)
        case Kind.PIECE:
            yield Step(f"piece {source.key}", source.name, partial(bring_file, work, source))
        case Kind.FEEDS:
            yield from steps_of_list(work, source.feeds())
        case Kind.ARCHIVE:
            with source.unpacked() as inner:
                yield from steps_of(work, inner)


def steps_of_box(work: Import, source: Source, *, alone: bool) -> Iterator[Step]:
    """The mails of a box; of one that was handed in by itself, from where the slice before left off."""
    at = work.place if alone and source.file is not None else 0
    before = work.done if at else 0  # each mail of it has one line in the log
    with source.opened() as file:
        if at:
            file.seek(at)
        for number, found in enumerate(mails_in(file, at), before + 1):
            name = f"{source.name}, mail {number:,}"
            place = found.next if alone and source.file is not None else None
            if found.data is None:
                yield said(name, TOO_LARGE, place)
            else:
                yield Step(key_of(found.data), name, partial(bring_letter, work, found.data, name), place)


def steps_of_export(work: Import, export: Export, name: str, file: str) -> Iterator[Step]:
    """The pieces of an export; what another file tells of the same piece is a step of its own."""
    for problem in export.problems:
        row = f"{'row' if name else 'Row'} {problem.row}" if problem.row else ""
        yield said(", ".join(filter(None, [name, row, problem.name])), problem.sentence, key=f"{file} {problem.row}")
    for piece in export.pieces:
        key = "\n".join([export.app, piece.url, piece.title, *piece.authors, str(piece.row if not piece.url else "")])
        step = hashlib.sha256((f"{file}\n{key}" if file else key).encode()).hexdigest()
        yield Step(step, piece.title or piece.url, partial(bring_piece, work, piece, export.app))


def steps_of_list(work: Import, listed: list[Listed]) -> Iterator[Step]:
    """Each feed of a list is followed; its site is asked by the next round, and so holds up nothing else."""
    for one in listed:
        yield Step(f"feed {one.url}", one.title or one.url, partial(follow_unasked, work, one))
    ask_soon()


def said(name: str, sentence: str, place: int | None = None, key: str = "") -> Step:
    """A step that brings nothing and says why."""
    item = Item(name=name or "The file", outcome=Outcome.LEFT, sentence=sentence)
    return Step(f"{key or name} {sentence}", name, lambda: [item], place)


def bring_file(work: Import, source: Source) -> list[Item]:
    """A piece that lies in a file of its own."""
    raw = source.text()
    try:
        reading = read(raw, guess_form(raw, source.path), uploaded=True)
    except Empty as nothing:
        return [Item(name=source.name, outcome=Outcome.LEFT, sentence=str(nothing))]
    details, text = as_details(reading), as_text(reading, raw)
    with transaction.atomic():
        quotes = quoted_from(details, text, work.owner, *work.audience)
        if quotes:
            give_text(quotes, details, text, work.owner)
            gave_more(work.pk, quotes)
            return [Item(name=quotes.title, outcome=Outcome.CHANGED, sentence=TEXT_CAME, article=quotes)]
        article, is_new = shelve(details, text, work.owner, *work.audience)
        if is_new:
            made_piece(work.pk, article)
    return [Item(name=article.title, outcome=Outcome.ADDED if is_new else Outcome.KNOWN, article=article)]


def ask_for_texts(work: Import) -> None:
    """Have the texts fetched of which only the addresses came."""
    if Awaited.objects.filter(owner=work.owner_id, ended_at=None).exists():
        fetch_soon(work.owner_id)
