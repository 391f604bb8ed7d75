"""The first claims and pieces of a person, a publication or a tag, beneath its record.

The same rows as the ledger and the shelf would give, narrowed to it. Their queries are compiled once: together with the
record of two thousand claims there is no time to build them anew.

Of whom there is much, the first are soon met among the newest of all; of whom there is little, all of it is gathered.
Either way of asking is slow for the others, and no database knows beforehand which is whose.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reader.claims.models import Claim, Statement
from reader.claims.queries import LINE as CLAIM_LINE
from reader.claims.queries import listed_claims, standing_statements
from reader.core.prepared import NOBODY, Row, prepared
from reader.core.requests import AnyUser
from reader.core.visibility import visible_to
from reader.highlights.models import Highlight
from reader.library.models import Article, Authorship, Person, Publication, Reading
from reader.pages.shelf import lines
from reader.reports.record_queries import Subject, claims_in_order
from reader.tags.models import Tag

#: So many stand there; a link leads to all.
FIRST = 12
#: From so many statements, pieces or labels on there is much: to gather fewer takes some milliseconds at most, to walk
#: past a hundred thousand claims of others takes twenty.
MUCH = 2_500


def first_claims(user: AnyUser, subject: Subject) -> tuple[list[Claim], bool]:
    """The newest claims of the ledger, and whether there are more."""
    kind = type(subject)
    ids = [pk for (pk,) in claim_ids(kind, much=there_is_much(subject))(user, about(subject))]
    return claims_in_order(ids[:FIRST], CLAIM_LINE), len(ids) > FIRST


def first_pieces(user: AnyUser, subject: Subject) -> tuple[list[Article], bool]:
    """The pieces that came last, without those that the reader archived, and whether there are more."""
    kind = type(subject)
    ids = [pk for (pk,) in piece_ids(kind, much=there_is_much(subject))(user, about(subject))]
    found = lines(Article.objects.filter(pk__in=ids[:FIRST])).in_bulk()
    return [found[pk] for pk in ids[:FIRST]], len(ids) > FIRST


def about(subject: Subject) -> int | str:
    """What its rows are found by: a tag's name is one to a reader, whatever its scopes."""
    return subject.key if isinstance(subject, Tag) else subject.pk


def tags_called(user: AnyUser, key: Any) -> "QuerySet[Tag]":
    return Tag.objects.filter(visible_to(user), key=key)


def there_is_much(subject: Subject) -> bool:
    """Whoever may see it: it only says how to ask."""
    return len(the_last_of_many(type(subject))(NOBODY, about(subject))) > 0


@cache
def the_last_of_many(kind: type[Subject]) -> Callable[..., list[Row]]:
    @prepared
    def rows(user: AnyUser, about: Any) -> "QuerySet[Any, Any]":
        if kind is Person:
            return Statement.objects.filter(speaker=about).order_by().values_list("speaker_id")[MUCH - 1 : MUCH]
        if kind is Publication:
            return Article.objects.filter(publication=about).order_by().values_list("publication_id")[MUCH - 1 : MUCH]
        labels = Highlight.tags.through.objects.filter(tag__key=about)
        return labels.order_by().values_list("tag_id")[MUCH - 1 : MUCH]

    return rows


@cache
def claim_ids(kind: type[Subject], *, much: bool) -> Callable[..., list[Row]]:
    @prepared
    def ids(user: AnyUser, about: Any) -> "QuerySet[Any, Any]":
        claims = listed_claims(user).filter(claim_bears(kind, user, about, much=much))
        return claims.order_by("-created_at", "-id").values_list("pk")[: FIRST + 1]

    return ids


def claim_bears(kind: type[Subject], user: AnyUser, about: Any, *, much: bool) -> Q | Exists:
    if kind is Tag:
        tagged = Claim.tags.through.objects.filter(tag__in=tags_called(user, about))
        return Exists(tagged.filter(claim=OuterRef("pk"))) if much else Q(pk__in=tagged.values("claim"))
    by = {"speaker": about} if kind is Person else {"highlight__article__publication": about}
    stated = standing_statements(user).filter(**by).order_by()
    return Exists(stated.filter(claim=OuterRef("pk"))) if much else Q(pk__in=stated.values("claim"))


@cache
def piece_ids(kind: type[Subject], *, much: bool) -> Callable[..., list[Row]]:
    @prepared
    def ids(user: AnyUser, about: Any) -> "QuerySet[Any, Any]":
        articles = Article.objects.filter(visible_to(user), piece_bears(kind, user, about, much=much))
        if user.is_authenticated:
            archived = Reading.objects.filter(reader_id=user.pk, state=Reading.State.ARCHIVED)
            articles = articles.exclude(Exists(archived.filter(article=OuterRef("pk"))))
        return articles.order_by("-added_at", "-id").values_list("pk")[: FIRST + 1]

    return ids


def piece_bears(kind: type[Subject], user: AnyUser, about: Any, *, much: bool) -> Q | Exists:
    if kind is Publication:
        return Q(publication=about)
    if kind is Person:
        written = Authorship.objects.filter(person=about)
        return Exists(written.filter(article=OuterRef("pk"))) if much else Q(pk__in=written.values("article"))
    tags = tags_called(user, about)
    tagged = Article.tags.through.objects.filter(tag__in=tags)
    marked = Highlight.tags.through.objects.filter(
        visible_to(user, "highlight__"), tag__in=tags, highlight__deleted_at=None
    )
    if much:
        here = OuterRef("pk")
        return Exists(tagged.filter(article=here)) | Exists(marked.filter(highlight__article=here))
    return Q(pk__in=tagged.values("article")) | Q(pk__in=marked.values("highlight__article"))
