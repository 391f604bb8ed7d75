"""What others marked and wrote since somebody was last in a piece."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from reader.core.models import Event
from reader.core.visibility import visible_to
from reader.highlights.models import Highlight, Note

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


def news_for(user: "AnyUser") -> "QuerySet[Event]":
    """The events that brought a mark or a note of somebody else's which still stands."""
    marks = Highlight.objects.standing().filter(visible_to(user), pk=OuterRef("subject_id"))
    notes = (
        Note.objects.standing()
        .visible_to(user)
        .filter(Q(highlight__isnull=True) | Q(highlight__deleted_at=None), pk=OuterRef("subject_id"))
    )
    brought = Q(Exists(marks), verb="marked", subject_kind="highlight")
    brought |= Q(Exists(notes), verb="wrote", subject_kind="note")
    rows: QuerySet[Event] = Event.objects.filter(visible_to(user)).filter(brought)
    return rows.exclude(actor_id=user.pk)


class News(NamedTuple):
    """The marks and notes that somebody has not seen yet."""

    marks: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        return len(self.marks) + len(self.notes)


def news_since(since: int, article_id: int, user: "AnyUser") -> News:
    """What came into a piece after that event."""
    rows = news_for(user).filter(article_id=article_id, pk__gt=since).values_list("subject_kind", "subject_id")
    found = list(rows)
    return News(
        frozenset(subject for kind, subject in found if kind == "highlight"),
        frozenset(subject for kind, subject in found if kind == "note"),
    )
