"""Correcting what is known of a piece, together with what its claims took from it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from reader.claims.models import COMMITTED, Claim, Statement
from reader.claims.proposing import requote
from reader.claims.queries import standing_statements
from reader.claims.timing import Horizon, read_horizons
from reader.claims.windows import SET_BY_A_READER, WindowKind, window_of
from reader.core.access import may_change
from reader.core.events import let_ids_appear_in_order
from reader.core.visibility import InScope, Scope, scope_of, visible_to
from reader.foresight.looking import watch_anew
from reader.library.addresses import spellings
from reader.library.models import Article
from reader.library.precision import latest_day
from reader.library.shelving import AddressTaken, Details, describe

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.accounts.models import User


class PredictsThePast(Exception):
    """With this date a claim's window would have ended before it was said; `statement` is the first such."""

    def __init__(self, statement: Statement) -> None:
        super().__init__("A claim of this piece would have been over before it was said.")
        self.statement = statement


def correct(article: Article, details: Details, by: "User", tags: list[str] | None = None) -> None:
    """Save the corrections, and the tags where they are given; what the piece states was said on its corrected day.

    Raises:
        AddressTaken: another piece has the address; nothing is saved.
        PredictsThePast: a claim that `by` sees forbids the new date; nothing is saved.
    """
    latest = latest_day(details.published, details.published_precision) if details.published else None
    over = Q(stance__in=COMMITTED, window_end__lt=latest) if latest else Q(pk__in=[])
    with transaction.atomic():
        let_ids_appear_in_order()  # or somebody else could take the address meanwhile
        article.look_again()
        refuse_a_taken_address(article, details.canonical_url)
        refuse_the_past(standing_statements(by).filter(over, visible_to(by, "claim__"), highlight__article=article))
        was_undated, is_redated = article.published is None, article.published != details.published
        describe(article, details, by)
        if tags is not None:
            article.label(tags, by, tag_scope(article, by))
        # What others keep to themselves cannot refuse a correction, nor be told of: it keeps the day it was made with.
        statements = Statement.objects.filter(highlight__article=article).exclude(over)
        redate(statements, details.published, latest, by)
        if was_undated and details.published:
            read_anew(article, by)
        if is_redated:
            watch_anew(article)


def redate(statements: "QuerySet[Statement]", said_on: date | None, latest: date | None, by: "User") -> None:
    """Let the statements have been said on another day, where it is another."""
    moved = statements.exclude(said_on=said_on, said_no_later_than=latest)
    for claim in Claim.objects.filter(statements__in=moved).distinct():
        claim.tell(by, "redated", said_on=said_on.isoformat() if said_on else None)
    moved.update(said_on=said_on, said_no_later_than=latest)


def read_anew(article: Article, by: "User") -> None:
    """Read the time wording of claims that had no day to count from, or to begin on, where `by` may amend them."""
    unread = Statement.objects.filter(highlight__article=article).exclude(time_text="")
    for statement in unread.exclude(window_rule=SET_BY_A_READER).select_related("claim", "highlight__article"):
        read = as_it_was_read(statement, read_horizons(statement.highlight.exact, article))
        if read and read.window != window_of(statement):
            requote(statement, by, read)


def as_it_was_read(statement: Statement, readings: Sequence[Horizon]) -> Horizon | None:
    """What the words mean now that had no days; of what had days, the same reading of them."""
    if statement.window_kind == WindowKind.NONE:
        of_its_words = (one for one in readings if one.time_text == statement.time_text)
        return next(of_its_words, None) or next(iter(readings), None)
    read = (statement.window_rule, statement.window_end)
    return next((one for one in readings if (one.rule, one.end) == read), None)


def refuse_a_taken_address(article: Article, url: str | None) -> None:
    if not url:
        return
    taken = Article.objects.filter(scope_of(article), canonical_url__in=spellings(url)).exclude(pk=article.pk).first()
    if taken:
        raise AddressTaken(article, taken)


def refuse_the_past(statements: "QuerySet[Statement]") -> None:
    over = statements.select_related("claim").first()
    if over:
        raise PredictsThePast(over)


def tag_scope(article: Article, reader: "User") -> InScope:
    """Whose tags a reader sets on a piece: its own where they may change it, else theirs alone."""
    return article if may_change(reader, article) else Scope(reader.pk)


def tag_names(article: Article, scope: InScope) -> list[str]:
    return list(article.tags.filter(scope_of(scope)).order_by("name").values_list("name", flat=True))
