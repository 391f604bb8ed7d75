"""What has changed in a piece since somebody last asked. The log of events is the one cursor."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from reader.claims.models import Statement
from reader.core.models import Event
from reader.core.prepared import prepared
from reader.core.visibility import visible_to
from reader.foresight.looking import LOOKED
from reader.highlights.models import Anchor, Note
from reader.library.models import Article, Revision

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

#: Of more changes than these the whole page is the shorter answer.
MOST = 200


class Standing(NamedTuple):
    """A piece as it stands now: its newest text, and its latest event behind the cursor (0 where there is none)."""

    article_id: int
    team_id: int | None
    revision_id: int
    latest_event: int


@prepared
def standing_fields(user: "AnyUser", slug: str, cursor: int) -> "QuerySet[Any, Any]":
    events = Event.objects.filter(visible_to(user), article_id=OuterRef("pk"), pk__gt=cursor).order_by("-id")
    revisions = Revision.objects.filter(article_id=OuterRef("pk")).order_by("-number")
    pieces: QuerySet[Any, Any] = Article.objects.filter(visible_to(user), slug=slug).annotate(
        revision_id=Subquery(revisions.values("pk")[:1]),
        latest_event=Coalesce(Subquery(events.values("pk")[:1]), 0),
    )
    return pieces.values_list("pk", "team_id", "revision_id", "latest_event")


def standing(user: "AnyUser", slug: str, cursor: int) -> Standing:
    """The piece of this address, for somebody who may read it.

    Raises:
        Http404: there is none, or none any more for this reader.
    """
    rows = standing_fields(user, slug, cursor)
    if not rows:
        raise Http404
    return Standing(*rows[0])


@dataclass(slots=True)
class Changes:
    """What to draw anew. A mark is named by where it stands: what stands there now is asked for afterwards."""

    spans: set[tuple[int, int]] = field(default_factory=set)
    notes_on_piece: bool = False
    looked_through: bool = False  # there may be something in the gutter
    too_many: bool = False


@prepared
def event_fields(user: "AnyUser", article_id: int, cursor: int) -> "QuerySet[Any, Any]":
    events = Event.objects.filter(visible_to(user), article_id=article_id, pk__gt=cursor).order_by("id")
    return events.values_list("subject_kind", "subject_id", "verb", "detail")[: MOST + 1]


@prepared
def marks_of_notes(user: "AnyUser", ids: list[int]) -> "QuerySet[Any, Any]":
    """The marks on which these notes are, deleted notes too; a note on the piece has none."""
    return Note.objects.filter(pk__in=ids).values_list("highlight_id")


@prepared
def marks_of_claims(user: "AnyUser", article_id: int, ids: list[int]) -> "QuerySet[Any, Any]":
    """The marks of these claims that `user` sees: a public claim can be stated by somebody's private mark."""
    stated = Statement.objects.filter(visible_to(user, "highlight__"), claim__in=ids, highlight__article=article_id)
    return stated.values_list("highlight_id")


@prepared
def spans_of(user: "AnyUser", revision_id: int, ids: list[int]) -> "QuerySet[Any, Any]":
    """Where these marks stand, deleted ones and those that were hidden too: there something is to be taken away."""
    placed = Anchor.objects.filter(revision_id=revision_id, highlight__in=ids)
    return placed.exclude(state=Anchor.State.ORPHANED).values_list("start", "end")


def changes_since(cursor: int, piece: Standing, user: "AnyUser") -> Changes:
    """What `user` may know to have changed behind `cursor`."""
    events = event_fields(user, piece.article_id, cursor)
    changes = Changes(too_many=len(events) > MOST)
    if changes.too_many:
        return changes
    subjects: dict[str, set[int]] = {"highlight": set(), "note": set(), "claim": set(), "article": set()}
    for kind, subject, verb, detail in events:
        changes.looked_through |= verb == LOOKED
        subjects.setdefault(kind, set()).add(subject)
        changes.spans |= {
            (start, end) for revision, start, end in detail.get("was", ()) if revision == piece.revision_id
        }
    marks = subjects["highlight"]
    if notes := subjects["note"]:
        found = {mark for (mark,) in marks_of_notes(user, sorted(notes))}
        changes.notes_on_piece = None in found
        marks |= found - {None}
    if claims := subjects["claim"]:
        marks |= {mark for (mark,) in marks_of_claims(user, piece.article_id, sorted(claims))}
    if marks:
        changes.spans |= set(spans_of(user, piece.revision_id, sorted(marks)))
    return changes
