"""Saying what a file would bring, before anything is brought in."""

from typing import IO, TYPE_CHECKING

from reader.intake.archives import Unopened
from reader.intake.exports.things import Export
from reader.intake.mail.boxes import mails_in
from reader.intake.parcels.comparing import Comparison
from reader.intake.parcels.contents import Kind, Parcel, Source, parcel_in
from reader.intake.parcels.models import Plan

if TYPE_CHECKING:
    from reader.accounts.models import User

SEVERAL = "*"  # not all came from one app
MOST_TOLD = 40


def plan_for(reader: "User", name: str, file: IO[bytes]) -> Plan:
    """What is in the file; nothing of it is kept but the counts, and the reasons why some of it cannot be read.

    Raises:
        Unopened: there is nothing in it that can be brought in.
    """
    plan = Plan()
    told: list[str] = []
    with parcel_in(file, name) as parcel:
        add_parcel(plan, parcel, Comparison(plan, reader), told)
    plan.app = "" if plan.app == SEVERAL else plan.app
    plan.problems, plan.problem_count = told[:MOST_TOLD], len(told)
    if not plan.things:
        raise Unopened(told[0] if told else "There is nothing in this file.")
    return plan


def add_parcel(plan: Plan, parcel: Parcel, look: Comparison, told: list[str]) -> None:
    if parcel.export:
        add_export(plan, parcel.export, look, told, f"{parcel.place}: " if parcel.place else "")
    for source in parcel.sources:
        add_source(plan, source, look, told, alone=parcel.alone)


def add_source(plan: Plan, source: Source, look: Comparison, told: list[str], *, alone: bool) -> None:
    place = "" if alone else f"{source.name}: "
    if source.kind in (Kind.MAIL, Kind.BOX, Kind.PIECE, Kind.FEEDS):
        plan.app = SEVERAL
    try:
        match source.kind:
            case Kind.MAIL:
                look.mail(source.mail)
            case Kind.BOX:
                add_box(source, look)
            case Kind.PIECE:
                look.file(source)
            case Kind.EXPORT:
                add_export(plan, source.export(), look, told, place)
            case Kind.FEEDS:
                look.feeds(source.feeds())
            case Kind.ARCHIVE:
                with source.unpacked() as inner:
                    add_parcel(plan, inner, look, told)
            case Kind.REFUSED:
                told.append(place + source.refusal)
    except Unopened as why:
        told.append(f"{place}{why}")


def add_box(source: Source, look: Comparison) -> None:
    with source.opened() as file:
        for found in mails_in(file):
            look.mail(lambda data=found.data: data)  # type: ignore[misc]  # its type is that of the mail


def add_export(plan: Plan, export: Export, look: Comparison, told: list[str], place: str) -> None:
    plan.app = export.app if plan.app in ("", export.app) else SEVERAL
    look.export(export)
    for problem in export.problems:
        row = f"{'row' if place else 'Row'} {problem.row}, " if problem.row else ""
        told.append(f"{place}{row}{f'“{problem.name[:80]}”: ' if problem.name else ''}{problem.sentence}")
