"""Correcting what is known of a piece, together with what its claims took from it."""

from typing import TYPE_CHECKING

from django.db import transaction

from reader.claims.models import COMMITTED, Statement
from reader.core.access import may_change
from reader.core.visibility import InScope, Scope, scope_of
from reader.library.models import Article, latest_day
from reader.library.shelving import Details, describe

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from reader.accounts.models import User


class PredictsThePast(Exception):
    """With this date a claim's window would have ended before it was said; `statement` is the first such."""

    def __init__(self, statement: Statement) -> None:
        super().__init__("A claim of this piece would have been over before it was said.")
        self.statement = statement


def correct(article: Article, details: Details, by: "User") -> None:
    """Save the corrections; the statements made in the piece were said on its corrected day.

    Raises:
        PredictsThePast: a claim forbids the new date; nothing is saved.
    """
    latest = latest_day(details.published, details.published_precision) if details.published else None
    with transaction.atomic():
        statements = Statement.objects.filter(highlight__article=article)
        refuse_the_past(statements.filter(stance__in=COMMITTED), latest)
        describe(article, details, by)
        statements.update(said_on=details.published, said_no_later_than=latest)


def refuse_the_past(statements: "QuerySet[Statement]", latest: "date | None") -> None:
    over = statements.filter(window_end__lt=latest).first() if latest else None
    if over:
        raise PredictsThePast(over)


def tag_scope(article: Article, reader: "User") -> InScope:
    """Whose tags a reader sets on a piece: its own where they may change it, else theirs alone."""
    return article if may_change(reader, article) else Scope(reader.pk)


def tag_names(article: Article, scope: InScope) -> list[str]:
    return list(article.tags.filter(scope_of(scope)).order_by("name").values_list("name", flat=True))
