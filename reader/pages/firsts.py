"""The first claims and pieces of a person, a publication or a tag, beneath its record.

The same rows as the ledger and the shelf would give, narrowed to it. Their queries are compiled once: together with the
record of two thousand claims there is no time to build them anew.

Of whom there is much, the first are soon met among the newest of all; of whom there is little, all of it is gathered.
Either way of asking is slow for the others, and no database knows beforehand which is whose.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

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
        claims = bearing(listed_claims(user), claims_that_bear(kind, user, about), "claim", much=much)
        return claims.order_by("-created_at", "-id").values_list("pk")[: FIRST + 1]

    return ids


def claims_that_bear(kind: type[Subject], user: AnyUser, about: Any) -> "QuerySet[Any]":
    if kind is Tag:
        return Claim.tags.through.objects.filter(tag__in=tags_called(user, about)).order_by()
    by = {"speaker": about} if kind is Person else {"highlight__article__publication": about}
    return standing_statements(user).filter(**by).order_by()


def bearing(rows: "QuerySet[Any]", bearers: "QuerySet[Any]", name: str, *, much: bool) -> "QuerySet[Any]":
    """Those of the rows that one of the bearers names: looked up for each row in turn where there is much, else first.

    A value is asked for instead of its existence, which PostgreSQL would turn round, and gather all of it.
    """
    if not much:
        return rows.filter(pk__in=bearers.values(name))
    borne: QuerySet[Any] = rows.alias(borne=named_by(bearers, name)).filter(borne__isnull=False)
    return borne


def named_by(bearers: "QuerySet[Any]", name: str) -> Subquery:
    """The row itself, if one of the bearers names it."""
    return Subquery(bearers.filter(**{name: OuterRef("pk")}).values(name)[:1])


@cache
def piece_ids(kind: type[Subject], *, much: bool) -> Callable[..., list[Row]]:
    @prepared
    def ids(user: AnyUser, about: Any) -> "QuerySet[Any, Any]":
        articles = pieces_that_bear(kind, user, about, much=much)
        if user.is_authenticated:
            archived = Reading.objects.filter(reader_id=user.pk, state=Reading.State.ARCHIVED)
            articles = articles.exclude(Exists(archived.filter(article=OuterRef("pk"))))
        return articles.order_by("-added_at", "-id").values_list("pk")[: FIRST + 1]

    return ids


def pieces_that_bear(kind: type[Subject], user: AnyUser, about: Any, *, much: bool) -> "QuerySet[Any]":
    articles: QuerySet[Any] = Article.objects.filter(visible_to(user))
    if kind is Publication:
        return articles.filter(publication=about)
    if kind is Person:
        return bearing(articles, Authorship.objects.filter(person=about), "article", much=much)
    tags = tags_called(user, about)
    tagged = Article.tags.through.objects.filter(tag__in=tags)
    marked = Highlight.tags.through.objects.filter(
        visible_to(user, "highlight__"), tag__in=tags, highlight__deleted_at=None
    )
    here, there = "article", "highlight__article"
    if not much:
        return articles.filter(Q(pk__in=tagged.values(here)) | Q(pk__in=marked.values(there)))
    articles = articles.alias(tagged=named_by(tagged, here), marked=named_by(marked, there))
    return articles.filter(Q(tagged__isnull=False) | Q(marked__isnull=False))
