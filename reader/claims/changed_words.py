"""Which marks stand on other words by now than were quoted, for lists: asked only of pieces that got another text."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Substr

from reader.core.prepared import NOBODY, prepared
from reader.highlights.models import Anchor
from reader.highlights.wording import same_words
from reader.library.models import Revision

if TYPE_CHECKING:
    from reader.core.requests import AnyUser


@prepared
def newest_words(user: "AnyUser", marks: list[int]) -> "QuerySet[Any, Any]":
    """What was marked and what stands there in the newest text; of marks that had a place once."""
    newer = Revision.objects.filter(article=OuterRef("revision__article"), number__gt=OuterRef("revision__number"))
    placed = Anchor.objects.filter(highlight=OuterRef("highlight")).exclude(state=Anchor.State.ORPHANED)
    newest = Anchor.objects.filter(~Exists(newer), Exists(placed), highlight__in=marks)
    words = Substr("revision__text", F("start") + 1, F("end") - F("start"))
    return newest.annotate(words=words).values_list("highlight_id", "state", "highlight__exact", "words")


def changed_words(marks: Iterable[tuple[int, datetime | None]]) -> dict[int, str]:
    """Of these marks, each with when its piece got its newest text, the words of those that are others by now.

    Nothing stands for words that are gone.
    """
    revised = sorted({mark for mark, revised_at in marks if revised_at})
    if not revised:
        return {}
    return {
        mark: "" if state == Anchor.State.ORPHANED else words
        for mark, state, exact, words in newest_words(NOBODY, revised)
        if state == Anchor.State.ORPHANED or not same_words(exact, words)
    }
