"""What would go if an import were taken back, and what stays because somebody has built on it since."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from reader.claims.evidence import Evidence
from reader.claims.models import Statement
from reader.core.access import may_change
from reader.core.models import Event
from reader.core.visibility import Visibility
from reader.highlights.models import Highlight, Note
from reader.highlights.reactions import Reaction
from reader.intake.counting import counted, listed_out
from reader.intake.imports.made import Made, Stays
from reader.intake.imports.models import Import, ImportItem, State
from reader.library.models import QUOTES, Article, Reading, Revision

if TYPE_CHECKING:
    from reader.accounts.models import User
    from reader.intake.parcels.models import Awaited

#: So many of the pieces that stay are named.
MOST_LISTED = 100
#: What `Made.stays` says of a thing that nothing keeps.
GOES = ""


@dataclass(slots=True)
class Found:
    """What an import made, sorted by whether it goes; the row of what stays says why."""

    going_pieces: list[int] = field(default_factory=list)
    going_marks: list[int] = field(default_factory=list)
    going_notes: list[int] = field(default_factory=list)
    staying: list[Made] = field(default_factory=list)

    def keep(self, row: Made, why: str) -> None:
        row.stays = why
        self.staying.append(row)


def find(by: "User", rows: "QuerySet[Made]") -> Found:
    """What goes of all that an import of `by` made in some pieces, and what stays; `rows` are all of each piece."""
    found, marks_kept, used = Found(), set[int](), set[int]()
    for row in rows.filter(highlight__isnull=False).annotate(is_used=mark_is_used()):
        if row.is_used:
            found.keep(row, Stays.MARK)
            marks_kept.add(cast(int, row.highlight_id))
            used.add(row.article_id)
        else:
            found.going_marks.append(cast(int, row.highlight_id))
    going = set(found.going_marks)
    for row in rows.filter(note__isnull=False).annotate(on=F("note__highlight"), is_used=note_is_used()):
        if row.is_used or row.on in marks_kept:
            found.keep(row, Stays.MARK)
            used.add(row.article_id)
        elif row.on not in going:  # the others go with their marks
            found.going_notes.append(cast(int, row.note_id))
    for piece in rows.filter(highlight=None, note=None).annotate(why=why_a_piece_stays()).select_related("article"):
        if piece.article.owner_id == by.pk and may_change(by, piece.article):
            why = piece.why or (Stays.USED if piece.article_id in used else GOES)
        else:
            why = Stays.RIGHTS  # what others do there is nothing for them to know any more
        if why:
            found.keep(piece, why)
        else:
            found.going_pieces.append(piece.article_id)
    return found


def mark_is_used() -> "Combinable":
    """Whether somebody has done something with a mark since it was brought."""
    mine = {"highlight": OuterRef("highlight")}
    changed = Q(highlight__deleted_at=None) & (
        Q(highlight__changed_at__gt=F("at")) | ~Q(highlight__visibility=Visibility.PRIVATE)
    )
    hangs_on_it = Exists(Statement.objects.filter(**mine)) | Exists(Evidence.objects.filter(**mine))
    return true_where(changed | hangs_on_it | Exists(Reaction.objects.filter(**mine)) | notes_since(**mine))


def note_is_used() -> "Combinable":
    changed = Q(note__deleted_at=None, note__changed_at__gt=F("at"))
    return true_where(changed | Exists(Note.objects.standing().filter(parent=OuterRef("note"))))


def why_a_piece_stays() -> "Combinable":
    here = {"article": OuterRef("article")}
    there = {"highlight__article": OuterRef("article")}
    owner = OuterRef("work__owner")
    read = Exists(Reading.objects.filter(**here).exclude(reader=owner))
    marked = Exists(Highlight.objects.standing().filter(**here).exclude(owner=owner))
    wrote = Exists(Note.objects.standing().filter(Q(**here) | Q(**there)).exclude(owner=owner))
    claimed = Exists(Statement.objects.filter(**there)) | Exists(Evidence.objects.filter(**there))
    brought = Made.objects.filter(work=OuterRef(OuterRef("work")), highlight=OuterRef("pk"))
    marks_since = Exists(Highlight.objects.standing().filter(~Exists(brought), **here))
    # A text of quotes alone is made by imports, never by hand.
    texts = Revision.objects.filter(number__gt=1, created_at__gt=OuterRef("at"), **here).exclude(source_kind=QUOTES)
    return Case(
        When(article__visibility=Visibility.PUBLIC, then=Value(Stays.PUBLIC)),
        When(Q(article__visibility=Visibility.TEAM) & (read | marked | wrote), then=Value(Stays.OTHERS)),
        When(claimed | marks_since | notes_since(**here) | notes_since(**there), then=Value(Stays.USED)),
        When(Exists(texts), then=Value(Stays.TEXT)),
        When(Exists(corrected_or_tagged()), then=Value(Stays.DETAIL)),
        default=Value(GOES),
        output_field=CharField(),
    )


def corrected_or_tagged() -> "QuerySet[Event]":
    """What tags others gave it for themselves is theirs to know."""
    by_whom = Q(verb="described", actor__isnull=False) | Q(verb="tagged", actor=OuterRef("work__owner"))
    here = {"subject_kind": "article", "subject_id": OuterRef("article")}
    return Event.objects.filter(by_whom, at__gt=OuterRef("at"), **here)


def notes_since(**on: OuterRef) -> Exists:
    """Whether a note stands there that the import did not bring, or not with these words."""
    brought = Made.objects.filter(work=OuterRef(OuterRef("work")), note=OuterRef("pk"), at__gte=OuterRef("changed_at"))
    return Exists(Note.objects.standing().filter(~Exists(brought), **on))


def true_where(condition: Q | Combinable) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would go and what would stay, or has gone and stayed: how many pieces for each reason."""

    pieces: int
    marks: int
    addresses: int
    staying: list[tuple[str, int]]
    marks_staying: int
    #: Pieces that go, though another import of the same reader found them here.
    met_again: int = 0

    @property
    def says(self) -> str:
        """What goes, or went."""
        return listed_out(
            counted(self.pieces, "piece", "pieces"),
            counted(self.marks, "mark", "marks"),
            counted(self.addresses, "address to be fetched", "addresses to be fetched"),
        )

    @property
    def says_of_staying(self) -> str:
        pieces = sum(count for _, count in self.staying)
        return listed_out(counted(pieces, "piece", "pieces"), counted(self.marks_staying, "mark", "marks"))


def outlook(work: Import) -> Outlook:
    found = find(work.owner, work.made.all())
    kept = Counter(row.stays for row in found.staying if row.highlight_id is None and row.note_id is None)
    return Outlook(
        len(found.going_pieces),
        len(found.going_marks),
        addresses_alone(work).count(),
        in_words(kept),
        sum(row.highlight_id is not None for row in found.staying),
        len(met_again(work).intersection(found.going_pieces)),
    )


def met_again(work: Import) -> set[int]:
    others = Import.objects.filter(owner=work.owner).exclude(pk=work.pk).exclude(state__in=(State.TAKING, State.TAKEN))
    pieces = work.made.filter(highlight=None, note=None).values("article")
    return set(ImportItem.objects.filter(work__in=others, article__in=pieces).values_list("article", flat=True))


def addresses_alone(work: Import) -> "QuerySet[Awaited]":
    """Those that wait for the text of no piece which the import made, and that no other import named."""
    pieces = work.made.filter(highlight=None, note=None)
    return work.still_awaited.exclude(article__in=pieces.values("article")).filter(~Exists(heirs()))


def heirs() -> "QuerySet[Import]":
    """The other imports that named an awaited address, and that nobody takes back."""
    named = Import.objects.filter(named_addresses=OuterRef("pk"))
    return named.exclude(state__in=(State.TAKING, State.TAKEN)).exclude(pk=OuterRef("work"))


def left_behind(work: Import) -> Outlook:
    """What became of an import that was taken back."""
    rows = work.made.exclude(stays=GOES)
    pieces = rows.filter(highlight=None, note=None).values_list("stays").annotate(count=Count("pk")).order_by()
    marks = rows.filter(highlight__isnull=False).count()
    return Outlook(work.taken_pieces, work.taken_marks, work.taken_addresses, in_words(dict(pieces)), marks)


def in_words(kept: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(str(why.label), kept[why]) for why in Stays if kept.get(why)]


def pieces_left(work: Import, reader: "User") -> "list[tuple[Article, str]]":
    """The pieces that stay, the first of them, with the reasons."""
    rows = (
        work.made.exclude(stays=GOES).filter(highlight=None, note=None).order_by("pk").values_list("article", "stays")
    )
    whys = dict(rows[:MOST_LISTED])
    seen = Article.objects.visible_to(reader).in_bulk(whys)
    return [(seen[pk], str(Stays(why).label)) for pk, why in whys.items() if pk in seen]
