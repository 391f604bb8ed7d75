"""A library as large as one likes, for measuring: the same each time, and in minutes."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from reader.accounts.models import User
from reader.core.events import record
from reader.core.models import Event
from reader.core.refusals import Refused
from reader.core.visibility import Scope
from reader.library.models import Article
from reader.pages.filling.batch import PIECES, Batch, Plan
from reader.pages.filling.cast import READER, Cast, find_cast, make_cast
from reader.pages.filling.ledger import make_claims
from reader.pages.filling.marks import make_marks
from reader.pages.filling.pieces import make_pieces
from reader.pages.filling.prose import Prose
from reader.pages.filling.tables import Tables

FILLED = "filled"


def fill(articles: int, highlights: int, claims: int) -> Iterator[int]:
    """Fill the library, or go on where that was broken off; answers how many pieces there are, again and again.

    What the search knows of it is for `reindex` to make.

    Raises:
        Refused: the library holds something else, or was filled otherwise; nothing is written.
    """
    prose = Prose()
    plan, cast = begin(Plan(articles, highlights, claims, timezone.localdate()), prose)
    tables = Tables()
    done = Article.objects.count()
    while done < articles:
        numbers = range(done, min(articles, done + PIECES))
        batch = Batch(plan, numbers, cast, prose, tables)
        make_claims(batch, make_marks(batch, make_pieces(batch)))
        with transaction.atomic():
            batch.write()
        done = numbers.stop
        yield done
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def begin(plan: Plan, prose: Prose) -> tuple[Plan, Cast]:
    """The plan and the people of what was begun earlier, or new ones."""
    known = plan_kept()
    if known is None:
        refuse_what_is_in_use()
        with transaction.atomic():
            cast = make_cast(plan.articles, prose)
            reader = User.objects.get(email=READER)
            record(reader, FILLED, reader, scope=Scope(reader.pk), **{**asdict(plan), "day": str(plan.day)})
        return plan, cast
    if known != Plan(plan.articles, plan.highlights, plan.claims, known.day):
        raise Refused(
            f"This installation was filled with {known.articles:,} articles, {known.highlights:,} highlights and"
            f" {known.claims:,} claims. Say the same numbers to go on, or fill an empty installation."
        )
    return known, find_cast()


def plan_kept() -> Plan | None:
    told = Event.objects.filter(verb=FILLED, subject_kind="user").order_by("id").first()
    if told is None:
        return None
    detail: dict[str, Any] = told.detail
    return Plan(detail["articles"], detail["highlights"], detail["claims"], date.fromisoformat(detail["day"]))


def refuse_what_is_in_use() -> None:
    if Article.objects.exists() or User.objects.exists():
        raise Refused(
            "This installation is in use: somebody has an account here, or articles are on the shelf. Filling is for"
            " measuring, on an empty one: name a new folder in FORECITE_DATA, or a new database in DATABASE_URL."
        )
