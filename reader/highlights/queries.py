"""Reading marks and notes: only what the reader may see, as plain rows where there can be thousands."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import Count, Q, QuerySet

from reader.core.prepared import prepared
from reader.core.visibility import Visibility, visible_to
from reader.highlights.models import Anchor, Highlight, Kind, Note
from reader.highlights.reactions import Reaction
from reader.highlights.rendering import MarkRow
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


#: A place that no text reaches.
BEYOND_ANY_TEXT = 2**31 - 1
MARK_FIELDS = ("highlight_id", "start", "end", "highlight__kind", "highlight__owner_id")


def highlights_for(user: "AnyUser") -> QuerySet[Highlight]:
    """Every highlight that `user` may read, the deleted ones too (their owner may bring them back)."""
    rows = Highlight.objects.visible_to(user).filter(visible_to(user, "article__"))
    return cast("QuerySet[Highlight]", rows.select_related("article"))


def notes_for(user: "AnyUser", *, with_deleted_marks: bool = False) -> QuerySet[Note]:
    """Every note that `user` may read, deleted ones too, on something that they may read."""
    on_highlight = visible_to(user, "highlight__") & visible_to(user, "highlight__article__")
    if not with_deleted_marks:
        on_highlight &= Q(highlight__deleted_at=None)
    on_article = Q(article__isnull=False) & visible_to(user, "article__")
    on_claim = Q(claim__isnull=False, claim__deleted_at=None) & visible_to(user, "claim__")
    rows = Note.objects.visible_to(user).filter(Q(highlight__isnull=False) & on_highlight | on_article | on_claim)
    return cast("QuerySet[Note]", rows.select_related("highlight__article", "article", "claim", "owner"))


def anchors_in(revision_id: int, user: "AnyUser") -> QuerySet[Anchor]:
    """The places of the marks that `user` sees in one text, in the order of the text."""
    placed = Anchor.objects.filter(revision_id=revision_id, highlight__deleted_at=None)
    placed = placed.exclude(state=Anchor.State.ORPHANED).filter(visible_to(user, "highlight__"))
    return placed.order_by("start", "highlight_id")


@prepared
def mark_fields(user: "AnyUser", revision_id: int) -> QuerySet[Any, Any]:
    return anchors_in(revision_id, user).values_list(*MARK_FIELDS)


@prepared
def mark_fields_between(user: "AnyUser", revision_id: int, start: int, end: int) -> QuerySet[Any, Any]:
    return anchors_in(revision_id, user).filter(start__lt=end, end__gt=start).values_list(*MARK_FIELDS)


@prepared
def prediction_fields(user: "AnyUser", revision_id: int) -> QuerySet[Any, Any]:
    """Where `user` sees predictions in one text."""
    return anchors_in(revision_id, user).filter(highlight__kind=Kind.PREDICTION).values_list("start", "end")


def marks_in(
    revision_id: int, user: "AnyUser", span: tuple[int, int] | None = None, narrowed: Q | None = None
) -> list[MarkRow]:
    """The marks that `user` sees in one text, in its order.

    `span` gives a part of the text (code points), `narrowed` what the anchors are narrowed to.
    """
    if narrowed is not None:
        rows = list(narrowed_fields(revision_id, user, span, narrowed))
    else:
        rows = mark_fields_between(user, revision_id, *span) if span else mark_fields(user, revision_id)
    me = user.pk
    return [(pk, start, end, kind, owner == me) for pk, start, end, kind, owner in rows]


def narrowed_fields(
    revision_id: int, user: "AnyUser", span: tuple[int, int] | None, narrowed: Q
) -> "QuerySet[Any, Any]":
    placed = anchors_in(revision_id, user).filter(narrowed)
    if span:
        placed = placed.filter(start__lt=span[1], end__gt=span[0])
    return placed.values_list(*MARK_FIELDS)


@prepared
def place_fields(user: "AnyUser", revision_id: int, highlight_id: int) -> QuerySet[Any, Any]:
    placed = Anchor.objects.filter(visible_to(user, "highlight__"), revision_id=revision_id, highlight_id=highlight_id)
    return placed.values_list("start")


def place_of(revision_id: int, user: "AnyUser", highlight_id: int) -> int | None:
    """Where this mark begins in the text, deleted or not; None where `user` may not see it."""
    return next((start for (start,) in place_fields(user, revision_id, highlight_id)), None)


class Passage(NamedTuple):
    """Words that are marked, with all who marked exactly these. The first of the marks speaks for the passage."""

    start: int
    end: int
    ids: list[int]

    @property
    def first(self) -> int:
        return self.ids[0]


def passages_of(marks: Iterable[MarkRow], most: int | None = None) -> list[Passage]:
    """The passages of marks that come in the order of the text, in that order; at least `most` of more than that."""
    found: dict[tuple[int, int], list[int]] = {}
    last = 0
    for pk, start, end, _, _ in marks:
        if most is not None and len(found) >= most and start > last:
            break
        found.setdefault((start, end), []).append(pk)
        last = start
    return [Passage(start, end, ids) for (start, end), ids in found.items()]


def passages_after(revision_id: int, user: "AnyUser", after: int | None, narrowed: Q | None = None) -> list[Passage]:
    """The passages behind the one that the mark `after` speaks for, which may have been deleted meanwhile."""
    if after is None:
        return passages_of(marks_in(revision_id, user, narrowed=narrowed))
    place = place_of(revision_id, user, after)
    if place is None:
        return []
    passages = passages_of(marks_in(revision_id, user, (place, BEYOND_ANY_TEXT), narrowed))
    return [passage for passage in passages if (passage.start, passage.first) > (place, after)]


class Marker(NamedTuple):
    """Somebody who marked words in a text."""

    id: int
    name: str
    marks: int


def markers_in(revision_id: int, user: "AnyUser") -> list[Marker]:
    """Whose marks `user` sees in one text, by name."""
    people = anchors_in(revision_id, user).order_by("highlight__owner__name", "highlight__owner_id")
    counted = people.values_list("highlight__owner_id", "highlight__owner__name").annotate(marks=Count("pk"))
    return [Marker(*row) for row in counted]


def tags_in(revision_id: int, user: "AnyUser") -> list[str]:
    """The names of the tags on the marks that `user` sees in one text."""
    marks = anchors_in(revision_id, user).order_by().values("highlight_id")
    tags = Tag.objects.visible_to(user).filter(highlights__in=marks).order_by("key").values_list("key", "name")
    return list(dict(tags).values())


class CardRow(NamedTuple):
    """What a margin card says of its mark."""

    id: int
    kind: str
    exact: str
    owner_id: int
    owner: str
    visibility: str
    team_id: int | None
    team: str | None
    created_at: datetime


class NoteRow(NamedTuple):
    """A note as it is shown; `html` was cleaned when the note was saved. On a piece as a whole `highlight_id` is 0."""

    id: int
    parent_id: int | None
    highlight_id: int
    html: str
    owner_id: int
    owner: str
    visibility: str
    team_id: int | None
    created_at: datetime
    hidden_because: str
    resolved_at: datetime | None
    resolved_by: str | None
    marker_id: int | None


class ReactionRow(NamedTuple):
    """What one reader responded to a mark."""

    highlight_id: int
    response: str
    reader_id: int
    reader: str


class TagRow(NamedTuple):
    highlight_id: int
    name: str
    slug: str


@prepared
def card_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    rows = Highlight.objects.standing().filter(visible_to(user), pk__in=ids)
    return rows.values_list(
        "id",
        "kind",
        "exact",
        "owner_id",
        "owner__name",
        "visibility",
        "team_id",
        "team__name",
        "created_at",
    )


def card_rows(ids: list[int], user: "AnyUser") -> list[CardRow]:
    """The marks of these ids that `user` sees, in the order of `ids`."""
    found = {row[0]: CardRow(*row) for row in card_fields(user, ids)}
    return [found[pk] for pk in ids if pk in found]


NOTE_FIELDS = (
    "id",
    "parent_id",
    "highlight_id",
    "html",
    "owner_id",
    "owner__name",
    "visibility",
    "team_id",
    "created_at",
    "hidden_because",
    "resolved_at",
    "resolved_by__name",
    "highlight__owner_id",
)


@prepared
def note_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    return Note.objects.standing().visible_to(user).filter(highlight_id__in=ids).values_list(*NOTE_FIELDS)


@prepared
def article_note_fields(user: "AnyUser", article_id: int) -> QuerySet[Any, Any]:
    return Note.objects.standing().visible_to(user).filter(article_id=article_id).values_list(*NOTE_FIELDS)


def note_rows(ids: list[int], user: "AnyUser") -> list[NoteRow]:
    """The standing notes on these marks that `user` sees, oldest first."""
    return [NoteRow(*row) for row in note_fields(user, ids)]


def article_note_rows(article_id: int, user: "AnyUser") -> list[NoteRow]:
    """The standing notes on a piece as a whole that `user` sees, oldest first."""
    return [NoteRow(*row)._replace(highlight_id=0) for row in article_note_fields(user, article_id)]


@prepared
def tag_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    rows = Highlight.tags.through._default_manager.filter(visible_to(user, "tag__"), highlight_id__in=ids)
    return rows.order_by("tag__key").values_list("highlight_id", "tag__name", "tag__slug")


def tag_rows(ids: list[int], user: "AnyUser") -> list[TagRow]:
    """The tags on these marks that `user` sees, by name."""
    return [TagRow(*row) for row in tag_fields(user, ids)]


@prepared
def reaction_fields(user: "AnyUser", ids: list[int]) -> QuerySet[Any, Any]:
    rows = Reaction.objects.filter(visible_to(user, "highlight__"), heard_by(user), highlight_id__in=ids)
    return rows.values_list("highlight_id", "response", "reader_id", "reader__name")


def heard_by(user: "AnyUser") -> Q:
    """What a team responds is for the team: whoever left keeps their marks there, and hears no more of them."""
    heard = ~Q(highlight__visibility=Visibility.TEAM)
    if not user.is_authenticated:
        return heard
    return heard | Q(reader_id=user.pk) | Q(highlight__team_id__in=user.team_ids)


def reaction_rows(ids: list[int], user: "AnyUser") -> list[ReactionRow]:
    """What was responded to these marks that `user` sees, oldest first."""
    return [ReactionRow(*row) for row in reaction_fields(user, ids)]
