"""Saying what a file would bring, before anything is brought in."""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from reader.intake.archives import Unopened
from reader.intake.exports.things import Export
from reader.intake.parcels.contents import Kind, Parcel, Source, parcel_in
from reader.intake.parcels.models import Plan
from reader.library.addresses import spellings
from reader.library.models import Article

if TYPE_CHECKING:
    from reader.accounts.models import User

SEVERAL = "*"  # not all came from one app
MOST_TOLD = 40
BATCH = 300


def plan_for(reader: "User", name: str, file: IO[bytes]) -> Plan:
    """What is in the file; nothing of it is kept but the counts, and the reasons why some of it cannot be read.

    Raises:
        Unopened: there is nothing in it that can be brought in.
    """
    plan = Plan()
    told: list[str] = []
    with parcel_in(file, name) as parcel:
        add_parcel(plan, parcel, reader, told)
    plan.app = "" if plan.app == SEVERAL else plan.app
    plan.problems, plan.problem_count = told[:MOST_TOLD], len(told)
    if not plan.things:
        raise Unopened(told[0] if told else "There is nothing in this file.")
    return plan


def add_parcel(plan: Plan, parcel: Parcel, reader: "User", told: list[str]) -> None:
    if parcel.export:
        add_export(plan, parcel.export, reader, told, f"{parcel.place}: " if parcel.place else "")
    for source in parcel.sources:
        add_source(plan, source, reader, told, alone=parcel.alone)


def add_source(plan: Plan, source: Source, reader: "User", told: list[str], *, alone: bool) -> None:
    place = "" if alone else f"{source.name}: "
    if source.kind in (Kind.MAIL, Kind.BOX, Kind.PIECE, Kind.FEEDS):
        plan.app = SEVERAL
    try:
        match source.kind:
            case Kind.MAIL:
                plan.mails += 1
            case Kind.BOX:
                plan.mails += source.count()
            case Kind.PIECE:
                plan.pieces += 1
            case Kind.EXPORT:
                add_export(plan, source.export(), reader, told, place)
            case Kind.FEEDS:
                plan.feeds += len(source.feeds())
            case Kind.ARCHIVE:
                with source.unpacked() as inner:
                    add_parcel(plan, inner, reader, told)
            case Kind.REFUSED:
                told.append(place + source.refusal)
    except Unopened as why:
        told.append(f"{place}{why}")


def add_export(plan: Plan, export: Export, reader: "User", told: list[str], place: str) -> None:
    plan.app = export.app if plan.app in ("", export.app) else SEVERAL
    whole = [piece for piece in export.pieces if piece.html or piece.marks or piece.notes]
    plan.pieces += len(whole)
    plan.addresses += len(export.pieces) - len(whole)
    plan.marks += export.marks
    plan.known += known_among([piece.url for piece in export.pieces if piece.url], reader)
    for problem in export.problems:
        row = f"{'row' if place else 'Row'} {problem.row}, " if problem.row else ""
        told.append(f"{place}{row}{f'“{problem.name[:80]}”: ' if problem.name else ''}{problem.sentence}")


def known_among(urls: list[str], reader: "User") -> int:
    """How many of these addresses the reader can see a piece of."""
    return sum(
        Article.objects.visible_to(reader).filter(canonical_url__in=all_spellings(urls[at : at + BATCH])).count()
        for at in range(0, len(urls), BATCH)
    )


def all_spellings(urls: Iterable[str]) -> list[str]:
    return [spelling for url in urls for spelling in spellings(url)]
