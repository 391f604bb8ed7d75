"""Marks that have no place in the newest text of their piece, with the likeliest one."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from reader.core.access import may_change
from reader.core.partials import partial
from reader.core.prepared import prepared
from reader.core.visibility import visible_to
from reader.highlights.models import Anchor, Highlight
from reader.highlights.queries import anchors_in
from reader.highlights.rendering import MarkRow
from reader.highlights.wording import how_alike
from reader.library.models import QUOTES, Article, Revision
from reader.library.queries import newest_revision
from reader.pages.cards import said_of

if TYPE_CHECKING:
    from reader.core.requests import AnyUser, Request

#: So many are listed in the margin; all of them have a page, so many at a time.
IN_MARGIN, PAGE = 5, 30
#: As much of a quote as tells it from others.
EXCERPT = 400


class LostMark(NamedTuple):
    """A mark without a place, and whoever made it."""

    id: int
    kind: str
    exact: str
    owner_id: int
    owner: str
    visibility: str
    team_id: int | None
    team: str | None
    start: int
    end: int
    method: str
    score: float
    had_place: bool

    @property
    def is_kept(self) -> bool:
        """Whether somebody lets it be a quote without a place."""
        return self.method == Anchor.KEPT

    def as_row(self, reader_id: int | None) -> MarkRow:
        """The mark at its likeliest place, for drawing."""
        return self.id, self.start, self.end, self.kind, self.owner_id == reader_id

    @property
    def words(self) -> str:
        return shortened(self.exact)


#: Whether it ever stood in the piece itself: one from another app may not, or but in a text made of such quotes.
HAD_PLACE = Exists(
    Anchor.objects.filter(highlight=OuterRef("highlight_id"))
    .exclude(state=Anchor.State.ORPHANED)
    .exclude(revision__source_kind=QUOTES)
)
FIELDS = (
    *("highlight_id", "highlight__kind", "highlight__exact", "highlight__owner_id", "highlight__owner__name"),
    *(
        "highlight__visibility",
        "highlight__team_id",
        "highlight__team__name",
        "start",
        "end",
        "method",
        "score",
        "had_place",
    ),
)


def lost_in(revision_id: int, user: "AnyUser") -> "QuerySet[Anchor]":
    """The places of the lost marks that `user` sees, in the order in which they were made."""
    placed = Anchor.objects.filter(revision_id=revision_id, state=Anchor.State.ORPHANED, highlight__deleted_at=None)
    return placed.filter(visible_to(user, "highlight__")).order_by("highlight_id").annotate(had_place=HAD_PLACE)


@prepared
def lost_fields(user: "AnyUser", revision_id: int, after: int) -> "QuerySet[Any, Any]":
    return lost_in(revision_id, user).filter(highlight_id__gt=after).values_list(*FIELDS)[: PAGE + 1]


@prepared
def lost_field(user: "AnyUser", revision_id: int, highlight_id: int) -> "QuerySet[Any, Any]":
    return lost_in(revision_id, user).filter(highlight_id=highlight_id).values_list(*FIELDS)


def lost_marks(revision_id: int, user: "AnyUser", after: int = 0) -> list[LostMark]:
    """A page of them, and one more where there are more."""
    return [LostMark(*row) for row in lost_fields(user, revision_id, after)]


def lost_mark(revision_id: int, user: "AnyUser", highlight_id: int | None) -> LostMark | None:
    rows = lost_field(user, revision_id, highlight_id) if highlight_id else []
    return LostMark(*rows[0]) if rows else None


def is_lost(mark: Highlight) -> bool:
    """Whether it has no place in the newest text of its piece."""
    last = Anchor.objects.filter(highlight=mark).order_by("-revision__number").first()
    return last is not None and last.state == Anchor.State.ORPHANED


def address_in_list(mark: Highlight) -> str:
    """Where the mark stands in the list of those that lost their place: at the top of a page of it."""
    return f"{reverse('lost-marks', args=[mark.article.slug])}?after={mark.pk - 1}#highlight-{mark.pk}"


def lost_by(revision: Revision, user: "AnyUser") -> int:
    """How many of the marks that `user` sees have no place in this text, and had one in the text before."""
    before = Anchor.objects.filter(revision__article=revision.article_id, revision__number=revision.number - 1)
    placed = before.exclude(state=Anchor.State.ORPHANED).values("highlight")
    return lost_in(revision.pk, user).filter(highlight__in=placed).count()


class Shown(NamedTuple):
    """A lost mark as a list shows it: with the words at its likeliest place, and what the reader may do."""

    mark: LostMark
    candidate: str
    may_change: bool
    #: Whether another mark that the reader sees has most of that place.
    is_taken: bool
    #: What belongs to it, as its card would show it: claim, tags, notes, responses, and what the reader may do.
    said: Mapping[str, object]

    @property
    def alike(self) -> str:
        return how_alike(self.mark.exact, self.candidate, self.mark.score)


def shown(marks: list[LostMark], revision_id: int, text: str, user: "AnyUser") -> list[Shown]:
    taken = taken_from(marks, revision_id, user)
    said = said_of([mark.id for mark in marks], user, timezone.localdate())
    return [
        Shown(
            mark,
            shortened(text[mark.start : mark.end]),
            may_change(user, mark),
            mark.id in taken,
            said.get(mark.id, {}),
        )
        for mark in marks
    ]


def taken_from(marks: Sequence[LostMark], revision_id: int, user: "AnyUser") -> set[int]:
    """The marks whose likeliest place another one has, as far as `user` sees it."""
    meeting = Q()
    for mark in marks:
        meeting |= Q(start__lt=mark.end, end__gt=mark.start)
    places = list(anchors_in(revision_id, user).filter(meeting).values_list("start", "end")) if meeting else []
    return {
        mark.id
        for mark in marks
        if any(2 * (min(end, mark.end) - max(start, mark.start)) > mark.end - mark.start for start, end in places)
    }


class Panel(NamedTuple):
    """What the margin says of them."""

    marks: list[Shown]
    total: str
    is_more: bool
    kept: int
    had_places: bool

    @property
    def says(self) -> str:
        if self.had_places:
            return "1 mark has lost its place" if self.total == "1" else f"{self.total} marks have lost their place"
        return "1 mark has no place yet" if self.total == "1" else f"{self.total} marks have no place yet"


def panel(revision_id: int, text: str, user: "AnyUser", fresh: int | None = None) -> Panel:
    """The first of them, and the one that came just now, wherever it stands among them."""
    found = lost_marks(revision_id, user)
    lost = [mark for mark in found if not mark.is_kept]
    total = f"{PAGE}+" if len(found) > PAGE and len(lost) >= PAGE else str(len(lost))
    had_places = any(mark.had_place for mark in lost)
    listed = lost[:IN_MARGIN]
    if fresh and all(mark.id != fresh for mark in listed) and (newest := lost_mark(revision_id, user, fresh)):
        listed.append(newest)
    return Panel(
        shown(listed, revision_id, text, user), total, len(lost) > len(listed), len(found) - len(lost), had_places
    )


def lost_anew(request: "Request", article: Article, fresh: int | None = None) -> SafeString:
    """The list in the margin as it is now, of the newest text; `fresh` is the mark that has come to it, or changed."""
    newest = newest_revision(article.pk)
    context = {
        "lost": panel(newest.pk, newest.text, request.user, fresh),
        "address": article.get_absolute_url(),
        "revision_id": newest.pk,
        "is_fresh": True,
        "fresh": fresh,
    }
    return partial("#unplaced", SafeString(render_to_string("highlights/lost_panel.html", context, request)))


def shortened(words: str) -> str:
    plain = " ".join(words[: 2 * EXCERPT].split())
    return plain if len(plain) <= EXCERPT else plain[:EXCERPT].rpartition(" ")[0] + " …"
