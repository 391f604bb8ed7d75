"""What of the library somebody may read."""

from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.http import Http404

from reader.core.prepared import NOBODY, prepared
from reader.core.visibility import visible_to
from reader.library.models import Article, Named, Revision
from reader.tags.models import fold

if TYPE_CHECKING:
    from reader.core.requests import AnyUser

SUGGESTIONS, PIECES = 10, 20
#: No name is longer, and SQLite refuses to look for a pattern of fifty thousand characters.
LONGEST = 200
ARTICLE_FIELDS = [field.attname for field in Article._meta.concrete_fields]
#: All but the input that a text was made of, which may be megabytes.
TEXT_FIELDS = [field.attname for field in Revision._meta.concrete_fields if field.attname != "raw"]


@prepared
def article_fields(user: "AnyUser", slug: str) -> QuerySet[Any, Any]:
    return Article.objects.filter(visible_to(user), slug=slug).values_list(*ARTICLE_FIELDS)


def find_article(user: "AnyUser", slug: str) -> Article:
    """The piece of this address, for somebody who may read it.

    Raises:
        Http404: there is none, or none for this reader.
    """
    for row in article_fields(user, slug):
        return Article.from_db(DEFAULT_DB_ALIAS, ARTICLE_FIELDS, row)
    raise Http404


@prepared
def newest_fields(user: "AnyUser", article_id: int) -> QuerySet[Any, Any]:
    return Revision.objects.filter(article_id=article_id).order_by("-number").values_list(*TEXT_FIELDS)[:1]


def newest_revision(article_id: int) -> Revision:
    """The text of a piece as it is now, without what it was made of."""
    (row,) = newest_fields(NOBODY, article_id)
    return Revision.from_db(DEFAULT_DB_ALIAS, TEXT_FIELDS, row)


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
