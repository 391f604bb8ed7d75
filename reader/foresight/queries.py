"""What there is to point at in a text, for one reader."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from reader.core.prepared import prepared
from reader.foresight.models import Answer, Suggestion

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


class Pointer(NamedTuple):
    """A sentence to point at, unless this reader has waved it away, in this text of the piece or in another."""

    key: str
    start: int
    end: int
    rank: int
    by_chance: bool
    is_waved: bool

    @property
    def turn(self) -> tuple[bool, int]:
        """When it comes among the others: the likely ones best first, and behind them what was drawn by chance."""
        return self.by_chance, self.rank


@prepared
def suggestion_fields(user: "AnyUser", revision_id: int, article_id: int) -> QuerySet[Any, Any]:
    waved = Answer.objects.filter(reader_id=user.pk, article_id=article_id, key=OuterRef("key"), predicts=False)
    rows = Suggestion.objects.filter(revision_id=revision_id).exclude(revision__article__team__foresight=False)
    rows = rows.annotate(is_waved=Exists(waved)).order_by("rank")
    return rows.values_list(*Pointer._fields)


def pointers_in(revision_id: int, article_id: int, user: "AnyUser") -> list[Pointer]:
    """All that is suggested in one text, the best first."""
    return [Pointer(*row) for row in suggestion_fields(user, revision_id, article_id)]


def places_of(pointers: Iterable[Pointer]) -> tuple[int, ...]:
    """Where they stand, waved away or not: one drawing of the text is for all its readers."""
    return tuple(sorted(one.start for one in pointers))


def suggested_key(revision_id: int, span: tuple[int, int]) -> str:
    """What names the suggestion of exactly these words of a text; nothing where it is none."""
    start, end = span
    keys = Suggestion.objects.filter(revision_id=revision_id, start=start, end=end).values_list("key", flat=True)
    return keys.first() or ""
