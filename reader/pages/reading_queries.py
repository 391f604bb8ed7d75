"""What the reading page needs to know, in as few and as lean queries as it takes."""

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404

from reader.claims.models import Claim, Statement
from reader.claims.queries import HIDDEN_STATES
from reader.core.events import latest_id
from reader.core.models import Event
from reader.core.visibility import visible_to
from reader.highlights.models import Kind
from reader.library.models import Article, Reading, Revision

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Place(NamedTuple):
    """Where a reader is in a piece."""

    state: str = Reading.State.UNREAD
    position: int = 0
    percent: int = 0


class Opening(NamedTuple):
    """What decides whether a page is still the one that the browser keeps."""

    article_id: int
    latest_event: int
    place: Place


def open_article(user: "AnyUser", slug: str) -> Opening:
    """The piece of this address, for somebody who may read it.

    Raises:
        Http404: there is none, or none for this reader.
    """
    article_id = Article.objects.filter(visible_to(user), slug=slug).values_list("pk", flat=True).first()
    if article_id is None:
        raise Http404
    return Opening(article_id, latest_event(user, article_id), place_of(user, article_id))


def latest_event(user: "AnyUser", article_id: int) -> int:
    """The id of the newest change around this piece that `user` may know of."""
    return latest_id(Event.objects.filter(visible_to(user), article_id=article_id))


def place_of(user: "AnyUser", article_id: int) -> Place:
    if not user.is_authenticated:
        return Place()
    kept = Reading.objects.filter(reader_id=user.pk, article_id=article_id)
    row = kept.values_list("state", "position", "percent").first()
    return Place(*row) if row else Place()


def newest_revision(article_id: int) -> Revision:
    return Revision.objects.filter(article_id=article_id).defer("raw").latest("number")


class ClaimRow(NamedTuple):
    """The claim of a prediction, as far as its card tells it."""

    highlight_id: int
    claim: Claim


def claim_rows(ids: list[int], user: "AnyUser") -> list[ClaimRow]:
    """The claims that these marks state and that `user` sees."""
    rows = Statement.objects.filter(
        visible_to(user, "claim__"), claim__deleted_at=None, highlight__in=ids, highlight__kind=Kind.PREDICTION
    ).exclude(claim__state__in=HIDDEN_STATES)
    return [
        ClaimRow(
            highlight_id,
            Claim(pk=pk, statement=statement, window_kind=kind, window_start=start, window_end=end),
        )
        for highlight_id, pk, statement, kind, start, end in rows.values_list(
            "highlight_id",
            "claim_id",
            "claim__statement",
            "claim__window_kind",
            "claim__window_start",
            "claim__window_end",
        )
    ]
