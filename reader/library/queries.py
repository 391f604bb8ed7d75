"""What of the library somebody may read."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from reader.library.models import Article, Named
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

SUGGESTIONS, PIECES = 10, 20
#: No name is longer, and SQLite refuses to look for a pattern of fifty thousand characters.
LONGEST = 200


def names_like(model: type[Named], typed: str, user: "AnyUser") -> list[str]:
    """Names of people or publications that contain what is typed, each once, for completing it."""
    key = fold(typed[:LONGEST].replace("\x00", ""))
    if not key:
        return []
    rows: QuerySet[Named] = model.objects.visible_to(user).filter(key__contains=key)
    names = rows.order_by("key").values_list("name", flat=True)[: SUGGESTIONS * 3]
    return list(dict.fromkeys(names))[:SUGGESTIONS]


def pieces_like(typed: str, user: "AnyUser") -> list[Article]:
    """The pieces whose title or publication holds every word that is typed, the newest here first."""
    pieces: QuerySet[Article] = Article.objects.visible_to(user).select_related("publication", "team")
    for word in typed[:LONGEST].replace("\x00", "").split()[:SUGGESTIONS]:
        pieces = pieces.filter(Q(title__icontains=word) | Q(publication__name__icontains=word))
    return list(pieces.order_by("-added_at", "-pk")[:PIECES])
