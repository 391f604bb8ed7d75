"""The first claims and pieces of a person, a publication or a tag, beneath its record.

The same rows as the ledger and the shelf would give, narrowed to it. Their queries are compiled once: together with the
record of two thousand claims there is no time to build them anew.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reader.claims.models import Claim
from reader.claims.queries import LINE as CLAIM_LINE
from reader.claims.queries import listed_claims, standing_statements
from reader.core.prepared import Row, prepared
from reader.core.requests import AnyUser
from reader.core.visibility import visible_to
from reader.highlights.models import Highlight
from reader.library.models import Article, Authorship, Person, Publication, Reading
from reader.pages.shelf import lines
from reader.reports.record_queries import Subject, claims_in_order
from reader.tags.models import Tag

#: So many stand there; a link leads to all.
FIRST = 12


def first_claims(user: AnyUser, subject: Subject) -> tuple[list[Claim], bool]:
    """The newest claims of the ledger, and whether there are more."""
    ids = [pk for (pk,) in claim_ids(type(subject))(user, about(subject))]
    return claims_in_order(ids[:FIRST], CLAIM_LINE), len(ids) > FIRST


def first_pieces(user: AnyUser, subject: Subject) -> tuple[list[Article], bool]:
    """The pieces that came last, without those that the reader archived, and whether there are more."""
    ids = [pk for (pk,) in piece_ids(type(subject))(user, about(subject))]
    found = lines(Article.objects.filter(pk__in=ids[:FIRST])).in_bulk()
    return [found[pk] for pk in ids[:FIRST]], len(ids) > FIRST


def about(subject: Subject) -> int | str:
    """What its rows are found by: a tag's name is one to a reader, whatever its scopes."""
    return subject.key if isinstance(subject, Tag) else subject.pk


def tags_called(user: AnyUser, key: Any) -> "QuerySet[Tag]":
    return Tag.objects.filter(visible_to(user), key=key)


@cache
def claim_ids(kind: type[Subject]) -> Callable[..., list[Row]]:
    @prepared
    def ids(user: AnyUser, about: Any) -> "QuerySet[Any, Any]":
        stated = standing_statements(user).filter(claim=OuterRef("pk"))
        claims = listed_claims(user)
        if kind is Person:
            claims = claims.filter(Exists(stated.filter(speaker=about)))
        elif kind is Publication:
            claims = claims.filter(Exists(stated.filter(highlight__article__publication=about)))
        else:
            tagged = Claim.tags.through.objects.filter(tag__in=tags_called(user, about))
            claims = claims.filter(pk__in=tagged.values("claim"))
        return claims.order_by("-created_at", "-id").values_list("pk")[: FIRST + 1]

    return ids


@cache
def piece_ids(kind: type[Subject]) -> Callable[..., list[Row]]:
    @prepared
    def ids(user: AnyUser, about: Any) -> "QuerySet[Any, Any]":
        articles = Article.objects.filter(visible_to(user), piece_bears(kind, user, about))
        if user.is_authenticated:
            archived = Reading.objects.filter(reader_id=user.pk, state=Reading.State.ARCHIVED)
            articles = articles.exclude(Exists(archived.filter(article=OuterRef("pk"))))
        return articles.order_by("-added_at", "-id").values_list("pk")[: FIRST + 1]

    return ids


def piece_bears(kind: type[Subject], user: AnyUser, about: Any) -> Q:
    if kind is Person:
        return Q(pk__in=Authorship.objects.filter(person=about).values("article"))
    if kind is Publication:
        return Q(publication=about)
    tags = tags_called(user, about)
    tagged = Article.tags.through.objects.filter(tag__in=tags).values("article")
    marked = Highlight.tags.through.objects.filter(
        visible_to(user, "highlight__"), tag__in=tags, highlight__deleted_at=None
    )
    return Q(pk__in=tagged) | Q(pk__in=marked.values("highlight__article"))
